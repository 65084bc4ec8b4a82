"""Turns that the gateway answered by itself while Rasa was silent.

They are no events: Rasa would replay them as its own. The message is kept in the form that a stored event has, so that
it can be read, corrected and redacted like one. Where coaches name a message by its event's number, such a one has its
own number below zero.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import events, own_turns


class OwnTurn(NamedTuple):
    """at: when it was answered, in seconds since 1970. message, replies: JSON, an event and a list of replies."""

    id: int
    client_id: str
    at: float
    message: str
    replies: str

    @property
    def number(self) -> int:
        """What coaches know the message by."""
        return -self.id

    @property
    def event(self) -> dict[str, Any]:
        """The message. Raises ValueError where it can't be read."""
        event: dict[str, Any] = _read(self.message, dict)
        return event

    @property
    def said(self) -> dict[str, Any]:
        """What the patient sent: {"text"} and, of a tap, {"answer"}; {} where it can't be read."""
        with suppress(ValueError, KeyError, TypeError):
            event = self.event
            answer = event["metadata"].get("answer")
            return {"text": event["text"], **({"answer": answer} if answer else {})}
        return {}

    @property
    def shown(self) -> list[dict[str, Any]]:
        """The replies. Raises ValueError where they can't be read."""
        return [dict(reply) for reply in _read(self.replies, list) if isinstance(reply, dict)]

    def as_events(self, stored: Collection[str] = ()) -> list[dict[str, Any]]:
        """The turn in the form that stored events have, as far as it can be read.

        stored: client ids of messages that Rasa has stored too. Of these the replies only.
        """
        found = []
        if self.client_id not in stored:
            with suppress(ValueError):
                found.append(self.event)
        with suppress(ValueError):
            found += [shown_at(self.at, reply) for reply in self.shown]
        return found


def message_event(
    client_id: str, at: float, text: str, answer: Mapping[str, Any] | None, reading: Mapping[str, Any], heard: bool
) -> dict[str, Any]:
    """A message in the form of an event. answer: what was tapped; heard: whether the gateway had an answer to it."""
    metadata: dict[str, Any] = {"client_id": client_id, "unanswered": not heard}
    if answer:
        metadata["answer"] = dict(answer)
    parsed = {"text": text, "reading": dict(reading)}
    return {"event": "user", "timestamp": at, "text": text, "parse_data": parsed, "metadata": metadata}


def shown_at(at: float, reply: Mapping[str, Any]) -> dict[str, Any]:
    """A reply in the form of an event."""
    return {"event": "bot", "timestamp": at, "data": {"custom": dict(reply)}}


def client_id_of(event: Mapping[str, Any]) -> str | None:
    """The id that the patient's page gave a message."""
    metadata = event.get("metadata")
    client_id = metadata.get("client_id") if isinstance(metadata, Mapping) else None
    return client_id if isinstance(client_id, str) else None


def client_ids(events: Iterable[Mapping[str, Any]]) -> set[str]:
    """Those of all messages among these events."""
    return {client_id for event in events if event.get("event") == "user" and (client_id := client_id_of(event))}


def add(
    connection: Connection, sender_id: str, message: Mapping[str, Any], replies: Iterable[Mapping[str, Any]]
) -> None:
    """Keep a turn. message: see `message_event`."""
    row = {
        "sender_id": sender_id, "client_id": message["metadata"]["client_id"], "at": message["timestamp"],
        "message": json.dumps(message), "replies": json.dumps(list(replies)),
    }  # fmt: skip
    connection.execute(sa.insert(own_turns).values(row))


def of_conversation(connection: Connection, sender_id: str) -> list[OwnTurn]:
    """All of a conversation, in order."""
    columns = (own_turns.c[name] for name in OwnTurn._fields)
    query = sa.select(*columns).where(own_turns.c.sender_id == sender_id).order_by(own_turns.c.id)
    return [OwnTurn(*row) for row in connection.execute(query)]


def unanswered(connection: Connection, sender_id: str, client_ids: Collection[str]) -> dict[str, bool]:
    """Which of these messages the gateway has taken for its own -> whether it had no answer to it."""
    if not client_ids:
        return {}
    these = own_turns.c.client_id.in_(client_ids)
    query = sa.select(own_turns.c.client_id, own_turns.c.message).where(own_turns.c.sender_id == sender_id, these)
    found = {}
    for row in connection.execute(query):
        try:
            found[row.client_id] = bool(_read(row.message, dict)["metadata"]["unanswered"])
        except (KeyError, TypeError, ValueError):
            found[row.client_id] = False
    return found


def stored_message(connection: Connection, number: int, sender_id: str | None = None) -> str | None:
    """The JSON of a patient's message by its number, of an event or of a turn of ours; None where there is none.

    sender_id: only if it belongs to this conversation.
    """
    if number < 0:
        query = sa.select(own_turns.c.message).where(own_turns.c.id == -number)
        table = own_turns
    else:
        query = sa.select(events.c.data).where(events.c.id == number, events.c.type_name == "user")
        table = events
    if sender_id is not None:
        query = query.where(table.c.sender_id == sender_id)
    data: str | None = connection.execute(query).scalar()
    return data


def change_message(connection: Connection, number: int, data: str) -> None:
    """Store other JSON in the place of a message."""
    if number < 0:
        connection.execute(sa.update(own_turns).where(own_turns.c.id == -number).values(message=data))
    else:
        connection.execute(sa.update(events).where(events.c.id == number).values(data=data))


def _read(stored: str | None, kind: type) -> Any:
    try:
        value = json.loads(stored or "")
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, kind):
        raise ValueError(f"not a {kind.__name__}")
    return value
