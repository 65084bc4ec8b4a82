"""The conversation so far, for a page that is opened again: from the tracker store's events and our own answers."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from bot.leading_slash import as_typed
from bot.storage import own_turns
from bot.storage.ratings import ratings_of
from bot.storage.tables import events
from bot.web.rasa_client import reply_from_rasa

PAGE = 50
LARGEST_PAGE = 200


def read_history(engine: Engine, sender_id: str, before: int | None, limit: int) -> dict[str, Any]:
    """One page of messages, oldest first.

    {"messages": [{"from": "patient", "id", "text", "at"} | {"from": "guide", "at", ...reply}], "earlier": cursor}.
    A patient's message has "rating" where its answer was rated. `before` is an "earlier" cursor, which is None once
    the beginning is reached. `at` is seconds since 1970.
    """
    with engine.connect() as connection:
        rows, more, newest = _event_page(connection, sender_id, before, limit)
        messages = [message for row in rows for message in _message(row)]
        oldest = rows[0].timestamp if rows and more else float("-inf")
        messages += _own_answers(connection, sender_id, oldest, newest, messages)
        rated = ratings_of(connection, sender_id)
    messages.sort(key=lambda message: message["at"])
    for message in messages:
        if message["from"] == "patient" and message["id"] in rated:
            message["rating"] = rated[message["id"]]
    return {"messages": messages, "earlier": rows[0].id if rows and more else None}


def _event_page(
    connection: Connection, sender_id: str, before: int | None, limit: int
) -> tuple[list[Row], bool, float]:
    """The events of one page in order, whether there are earlier ones, and the time at which the page ends."""
    newest = float("inf")
    query = sa.select(events).where(events.c.sender_id == sender_id, events.c.type_name.in_(("user", "bot")))
    if before is not None:
        end = connection.execute(query.where(events.c.id == before)).first()
        newest = end.timestamp if end else newest
        query = query.where(events.c.id < before)
    rows = connection.execute(query.order_by(events.c.id.desc()).limit(limit + 1)).all()
    return rows[:limit][::-1], len(rows) > limit, newest


def _message(row: Row) -> Iterator[dict[str, Any]]:
    """The message that an event is, if it is one that a patient saw."""
    event = json.loads(row.data)
    if row.type_name == "user":
        if isinstance(event.get("text"), str):
            client_id = (event.get("metadata") or {}).get("client_id")
            yield {"from": "patient", "id": client_id, "text": as_typed(event["text"]), "at": row.timestamp}
        return
    content: Mapping[str, Any] = event.get("data") or {}
    reply = reply_from_rasa({"custom": content.get("custom")}) if content.get("custom") else None
    if reply is None and event.get("text"):
        reply = reply_from_rasa({"text": event["text"], "buttons": content.get("buttons")})
    if reply:
        yield {"from": "guide", "at": row.timestamp, **reply}


def _own_answers(
    connection: Connection, sender_id: str, oldest: float, newest: float, stored: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Turns that the gateway answered by itself. A message that slow Rasa has stored after all is not repeated."""
    stored_ids = {message["id"] for message in stored if message["from"] == "patient" and message["id"]}
    for turn in own_turns.of_conversation(connection, sender_id):
        if oldest <= turn.at < newest:
            for event in turn.as_events(stored_ids):
                if event["event"] == "bot":
                    yield {"from": "guide", "at": turn.at, **event["data"]["custom"]}
                elif isinstance(event.get("text"), str):
                    yield {"from": "patient", "id": turn.client_id, "text": event["text"], "at": turn.at - 1e-3}
