"""Which conversations a coach may know of. Every page that shows one asks here."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.console.errors import erased, not_found
from bot.console.roles import Role
from bot.console.sessions import Coach
from bot.console.tables import audit_log
from bot.storage.privacy import erased_since
from bot.storage.tables import conversations

#: Longest id of a conversation.
_LONGEST = 255


def conversation(connection: Connection, coach: Coach, sender_id: str) -> Row:
    """The summary row of a conversation.

    Raises ConsoleError: 410 where it was erased, 404 where it never was or is not for this coach.
    """
    if len(sender_id) > _LONGEST or "\0" in sender_id:
        raise not_found()
    row = connection.execute(sa.select(conversations).where(conversations.c.sender_id == sender_id)).first()
    if row is None:
        if coach.role is not Role.TESTER and was_erased(connection, sender_id):
            raise erased()
        raise not_found()
    if coach.role is Role.TESTER and not row.is_test:
        raise not_found()
    return row


def of_patient(connection: Connection, patient: str) -> list[Row]:
    """All conversations of a patient, oldest first."""
    query = sa.select(conversations).where(conversations.c.patient == patient)
    return list(connection.execute(query.order_by(conversations.c.started_at, conversations.c.sender_id)))


def was_erased(connection: Connection, sender_id: str) -> bool:
    """Whether a conversation was erased. What a patient erases is known for 90 days, what the console does for good."""
    logged = sa.select(audit_log.c.id).where(audit_log.c.subject == sender_id, audit_log.c.action == "erasure")
    return erased_since(connection, sender_id, 0) or connection.execute(logged.limit(1)).first() is not None
