"""Reads and writes the events of conversations, and with each turn all that follows from it, in one transaction."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.storage import checkpoints
from bot.storage.stored_events import Event, cleared_contacts
from bot.storage.summary import finished_assessments, new_summary, with_events
from bot.storage.tables import assessments, contact_requests, conversations, events


def events_after(connection: Connection, sender_id: str, event_id: int = 0) -> list[str]:
    """The JSON of a conversation's events with a greater id, in the order in which they were stored."""
    query = sa.select(events.c.data).where(events.c.sender_id == sender_id, events.c.id > event_id)
    return list(connection.execute(query.order_by(events.c.id)).scalars())


def store_turn(
    connection: Connection, sender_id: str, turn: list[Event], state: Callable[[], checkpoints.State] | None
) -> None:
    """Store the events of a turn, ready for storing, and bring everything else up to date.

    state: gives slots and form as they stand after the turn; None if it did not end at a place to go on from.
    """
    connection.execute(sa.insert(events), [_row(sender_id, event) for event in turn])
    cleared = list(cleared_contacts(turn))
    if cleared:
        _forget_values(connection, sender_id, cleared)
        checkpoints.forget_slots(connection, sender_id, cleared)
    _sum_up(connection, sender_id, turn)
    finished = [{"sender_id": sender_id, **row} for row in finished_assessments(turn)]
    if finished:
        connection.execute(sa.insert(assessments), finished)
    if any(event["event"] == "session_started" for event in turn):
        checkpoints.begin_session(connection, sender_id)
    if state:
        checkpoints.check_in(connection, sender_id, state)


def sum_up_own(
    connection: Connection, sender_id: str, said: str, replies: Iterable[Mapping[str, Any]], at: float
) -> None:
    """Bring the summary row up to date by a turn that the gateway answered by itself; it has no events.

    Where the answer was not to seek care, the message counts as not understood: nobody has answered it.
    """
    replies = list(replies)
    heard = any(reply.get("type") == "care_card" for reply in replies)
    message = {"event": "user", "timestamp": at, "text": said, "metadata": {"unanswered": not heard}}
    shown = [{"event": "bot", "timestamp": at, "data": {"custom": reply}} for reply in replies]
    _sum_up(connection, sender_id, [message, *shown])


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    return {
        "sender_id": sender_id,
        "type_name": event["event"],
        "timestamp": event.get("timestamp"),
        "intent_name": ((event.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": event.get("name"),
        "data": json.dumps(event),
    }


def _forget_values(connection: Connection, sender_id: str, slots: list[str]) -> None:
    """Clear what these slots were set to. What the patient gave for the coach stays in the contact request alone."""
    where = (events.c.sender_id == sender_id) & (events.c.type_name == "slot") & events.c.action_name.in_(slots)
    for row in connection.execute(sa.select(events.c.id, events.c.data).where(where)).all():
        data = json.dumps({**json.loads(row.data), "value": None})
        connection.execute(sa.update(events).where(events.c.id == row.id).values(data=data))


def _sum_up(connection: Connection, sender_id: str, turn: list[Event]) -> None:
    before = _summary(connection, sender_id)
    if before is None:
        _begin(connection, sender_id, turn[0].get("timestamp") or 0)
        before = _summary(connection, sender_id)
        assert before is not None
    # Only the columns that events tell: others write the rest, such as ratings, at the same time.
    known = new_summary(sender_id, 0).keys()
    summary = with_events({name: before[name] for name in known}, turn)
    connection.execute(sa.update(conversations).where(conversations.c.sender_id == sender_id).values(summary))


def _summary(connection: Connection, sender_id: str) -> Mapping[str, Any] | None:
    """The row, locked: slow Rasa and the gateway that gave up on it may both be at it."""
    query = sa.select(conversations).where(conversations.c.sender_id == sender_id).with_for_update()
    row: Mapping[str, Any] | None = connection.execute(query).mappings().first()
    return row


def _begin(connection: Connection, sender_id: str, at: float) -> None:
    """Make the row, unless somebody was first."""
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert
    asked = sa.exists().where(contact_requests.c.sender_id == sender_id)
    row = {**new_summary(sender_id, at), "has_contact_request": sa.select(asked).scalar_subquery()}
    connection.execute(insert(conversations).values(row).on_conflict_do_nothing())
