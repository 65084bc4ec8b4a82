"""Where the recent part of a long conversation begins, and what held there.

A checkpoint is made at the end of a turn once enough events have come after the last one. Two are kept, and the recent
part begins at the older: so it never shrinks to nothing. A new session begins afresh.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import checkpoints, events

#: Events between two checkpoints. Rasa gets between once and about twice as many.
EVERY = 80

State = dict[str, Any]


class Start(NamedTuple):
    """The recent part: the events with a greater id, and the state before them; None at the start of a session."""

    after_event: int
    state: State | None


def start_of_recent(connection: Connection, sender_id: str) -> Start:
    """Where the recent part of a conversation begins."""
    query = sa.select(checkpoints.c.after_event, checkpoints.c.state).where(checkpoints.c.sender_id == sender_id)
    row = connection.execute(query.order_by(checkpoints.c.after_event)).first()
    return Start(row.after_event, row.state) if row else Start(_before_newest_session(connection, sender_id), None)


def begin_session(connection: Connection, sender_id: str) -> None:
    """Let the recent part begin at the session that was stored last."""
    connection.execute(sa.delete(checkpoints).where(checkpoints.c.sender_id == sender_id))
    _add(connection, sender_id, _before_newest_session(connection, sender_id), None)


def check_in(connection: Connection, sender_id: str, state: Callable[[], State]) -> None:
    """Make a checkpoint of `state()` if enough events have come since the last one."""
    of_conversation = checkpoints.c.sender_id == sender_id
    kept = connection.execute(sa.select(checkpoints.c.after_event).where(of_conversation)).scalars().all()
    since = max(kept, default=0)
    query = sa.select(sa.func.count(), sa.func.max(events.c.id))
    count, last = connection.execute(query.where(events.c.sender_id == sender_id, events.c.id > since)).one()
    if count < EVERY:
        return
    connection.execute(sa.delete(checkpoints).where(of_conversation, checkpoints.c.after_event < since))
    _add(connection, sender_id, last, state())


def forget_slots(connection: Connection, sender_id: str, names: list[str]) -> None:
    """Take these slots out of the conversation's checkpoints."""
    rows = connection.execute(sa.select(checkpoints).where(checkpoints.c.sender_id == sender_id)).all()
    for row in rows:
        if row.state and not row.state["slots"].keys().isdisjoint(names):
            slots = {name: value for name, value in row.state["slots"].items() if name not in names}
            changed = {**row.state, "slots": slots}
            connection.execute(sa.update(checkpoints).where(checkpoints.c.id == row.id).values(state=changed))


def _add(connection: Connection, sender_id: str, after_event: int, state: State | None) -> None:
    values = {"sender_id": sender_id, "after_event": after_event, "state": state if state else sa.null()}
    connection.execute(sa.insert(checkpoints).values(values))


def _before_newest_session(connection: Connection, sender_id: str) -> int:
    # By id, not by time as in Rasa: a clock that is set back must not hide events.
    is_start = (events.c.sender_id == sender_id) & (events.c.type_name == "session_started")
    newest = connection.execute(sa.select(sa.func.max(events.c.id)).where(is_start)).scalar()
    return newest - 1 if newest else 0
