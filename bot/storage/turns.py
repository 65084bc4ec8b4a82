"""Reads and writes the events of conversations, and with each turn all that follows from it, in one transaction."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from bot.storage import checkpoints, own_turns
from bot.storage.event_json import parsed
from bot.storage.stored_events import Event, cleared_contacts, to_store
from bot.storage.summary import finished_assessments, is_not_understood, new_summary, with_events
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
    said = own_turns.client_ids(turn)
    _sum_up(connection, sender_id, turn, lambda: own_turns.unanswered(connection, sender_id, said))
    finished = [{"sender_id": sender_id, **row} for row in finished_assessments(turn)]
    if finished:
        connection.execute(sa.insert(assessments), finished)
    if any(event["event"] == "session_started" for event in turn):
        checkpoints.begin_session(connection, sender_id)
    if state:
        checkpoints.check_in(connection, sender_id, state)


def store_own_turn(
    connection: Connection, sender_id: str, message: Event, replies: Iterable[Mapping[str, Any]]
) -> None:
    """Store a turn that the gateway answered by itself, and bring the summary row up to date.

    message: see `own_turns.message_event`. Where the answer was not to seek care, it counts as not understood: nobody
    has answered it. An answer to Rasa's contact form is masked as a whole, unless a sign was heard in it.
    """
    replies = list(replies)
    if not message["parse_data"]["reading"].get("reported"):
        [message], _ = to_store([message], _requested_slot(connection, sender_id, message))
    own_turns.add(connection, sender_id, message, replies)
    shown = [own_turns.shown_at(message["timestamp"], reply) for reply in replies]
    client_id = message["metadata"]["client_id"]

    def stored_by_rasa() -> dict[str, bool]:
        event = said_to_rasa(connection, sender_id, client_id)
        return {} if event is None else {client_id: is_not_understood(event)}

    _sum_up(connection, sender_id, [message, *shown], stored_by_rasa)


def missed_by_rasa(connection: Connection, sender_id: str) -> list[own_turns.OwnTurn]:
    """The gateway's own turns that Rasa has neither stored nor been told of with a later message, in order."""
    told = (events.c.sender_id == sender_id) & (events.c.type_name == "user")
    last = connection.execute(sa.select(sa.func.max(events.c.timestamp)).where(told)).scalar() or 0.0
    late = [turn for turn in own_turns.of_conversation(connection, sender_id) if turn.at > last]
    # Rasa, when slow, may have taken in a message that the gateway had given up on.
    return [turn for turn in late if said_to_rasa(connection, sender_id, turn.client_id) is None]


def said_to_rasa(connection: Connection, sender_id: str, client_id: str) -> Event | None:
    """The event of the message with this client id; None where the tracker store has none."""
    query = sa.select(events.c.data).where(events.c.sender_id == sender_id, events.c.type_name == "user")
    for data in connection.execute(query.order_by(events.c.id.desc())).scalars():
        event = parsed(data)
        if isinstance(event, dict) and own_turns.client_id_of(event) == client_id:
            return event
    return None


def _requested_slot(connection: Connection, sender_id: str, message: Event) -> str | None:
    """What Rasa's form was asking for when the message came; Rasa, when slow, may have taken it and gone on."""
    taken = said_to_rasa(connection, sender_id, message["metadata"]["client_id"]) or message
    query = sa.select(events.c.data).where(
        events.c.sender_id == sender_id,
        events.c.type_name == "slot",
        events.c.action_name == "requested_slot",
        events.c.timestamp < taken["timestamp"],
    )
    data = connection.execute(query.order_by(events.c.id.desc()).limit(1)).scalar()
    return json.loads(data).get("value") if data else None


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


def _sum_up(
    connection: Connection, sender_id: str, turn: list[Event], counted: Callable[[], Mapping[str, bool]]
) -> None:
    """counted: asked once the row is locked: of two who store the same message, the second one sees the first."""
    before = _summary(connection, sender_id)
    if before is None:
        _begin(connection, sender_id, turn[0].get("timestamp") or 0)
        before = _summary(connection, sender_id)
        assert before is not None
    # Only the columns that events tell: others write the rest, such as ratings, at the same time.
    known = new_summary(sender_id, 0).keys()
    summary = with_events({name: before[name] for name in known}, turn, counted())
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
