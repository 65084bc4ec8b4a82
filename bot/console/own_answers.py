"""Turns that the gateway answered by itself while Rasa was silent.

It keeps them in a table of its own, not as events.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

#: The gateway makes its table itself, when it first starts.
_TABLE = "web_answers"


class OwnAnswer(NamedTuple):
    """at: seconds since 1970; said: the patient's words, redacted; answer: JSON, {"replies": [...]}."""

    at: float
    client_id: str
    said: str
    answer: str

    @property
    def replies(self) -> list[Mapping[str, Any]]:
        """What was shown. Raises ValueError for an answer that can't be read."""
        try:
            return [dict(reply) for reply in json.loads(self.answer)["replies"]]
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError("not an answer") from error

    def as_events(self) -> list[dict[str, Any]]:
        """The turn in the form that stored events have."""
        message = {"event": "user", "timestamp": self.at, "text": self.said}
        try:
            replies = self.replies
        except ValueError:
            replies = []
        shown = [{"event": "bot", "timestamp": self.at, "data": {"custom": reply}} for reply in replies]
        return [message, *shown]


def own_answers(connection: Connection, sender_id: str) -> list[OwnAnswer]:
    """All of a conversation, in order."""
    if not sa.inspect(connection).has_table(_TABLE):
        return []
    table = sa.table(_TABLE, *map(sa.column, ("sender_id", "client_id", "created", "said", "answer")))
    query = sa.select(table.c.created, table.c.client_id, table.c.said, table.c.answer).order_by(table.c.created)
    rows = connection.execute(query.where(table.c.sender_id == sender_id, table.c.said.is_not(None)))
    return [OwnAnswer(*row) for row in rows]
