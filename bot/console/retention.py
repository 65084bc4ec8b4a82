"""Erasing conversations whose time is over: what would go, and making it go.

How long conversations are kept is the setting BOT_KEEP_DAYS, because patients are told it before they write.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Row

from bot.clinical.signs import Urgency
from bot.console.audit import audit
from bot.console.context import Console
from bot.storage import privacy
from bot.storage.database import writing
from bot.storage.tables import conversations

DAY = 86_400

#: Conversations that a preview shows one by one.
SHOWN = 100


@dataclass(frozen=True)
class Preview:
    """What erasing would take: how many conversations, the oldest of them, and how many with an urgent sign."""

    count: int
    urgent: int
    oldest: list[Row]


def preview(console: Console, days: int) -> Preview:
    """The conversations without a message in the last `days`."""
    urgent = sa.func.count().filter(
        conversations.c.highest_urgency.in_([level.value for level in Urgency if level.is_urgent])
    )
    old = _old(console, days)
    with console.engine.connect() as connection:
        count, urgent_count = connection.execute(sa.select(sa.func.count(), urgent).where(old)).one()
        shown = sa.select(conversations).where(old).order_by(conversations.c.last_at).limit(SHOWN)
        return Preview(count, urgent_count, list(connection.execute(shown)))


def purge(console: Console, days: int, who: str) -> int:
    """Erase them, each in one transaction with its row in the audit log; their number."""
    ids = sa.select(conversations.c.sender_id).where(_old(console, days))
    with console.engine.connect() as connection:
        due = list(connection.execute(ids.order_by(conversations.c.last_at)).scalars())
    count = 0
    for sender_id in due:
        # One transaction each: patients who write meanwhile don't wait for the whole of it.
        with writing(console.engine) as connection:
            # Somebody may have gone on with it since.
            if connection.execute(ids.where(conversations.c.sender_id == sender_id)).first():
                privacy.erase_within(connection, sender_id)
                audit(connection, console.keys, who, "erasure", sender_id, {"why": f"older than {days} days"})
                count += 1
    return count


def _old(console: Console, days: int) -> sa.sql.ColumnElement:
    """The rule: age counts from the last message."""
    return conversations.c.last_at < console.clock() - days * DAY
