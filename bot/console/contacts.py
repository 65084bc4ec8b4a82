"""Contact requests: the inbox, and changes of status that never overwrite another coach's."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from bot.console.errors import bad_request, changed_meanwhile, not_found
from bot.console.tables import contact_notes
from bot.storage.tables import contact_requests, conversations

#: In the order in which a request goes through them.
STATUSES = ("new", "answered", "closed")

#: Longest note of a coach, in characters.
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Request:
    """One contact request with what coaches did about it.

    row: columns of `contact_requests` and, where the conversation has been summed up, `pseudonym`,
    `highest_urgency` and `is_test` (else None).
    """

    row: Row
    notes: list[Row]


def inbox(status: str = "") -> Select:
    """The query for a list: new requests first, those that wait longest at the top; closed ones last.

    Raises ConsoleError 400 for an unknown status; "" gives those of every status.
    """
    if status and status not in STATUSES:
        raise bad_request("There is no such status.")
    rank = sa.case({name: place for place, name in enumerate(STATUSES)}, value=contact_requests.c.status)
    query = _with_conversation().order_by(rank, contact_requests.c.created_at, contact_requests.c.id)
    return query.where(contact_requests.c.status == status) if status else query


def counts(connection: Connection) -> dict[str, int]:
    """How many requests have each status."""
    query = sa.select(contact_requests.c.status, sa.func.count()).group_by(contact_requests.c.status)
    found = {status: count for status, count in connection.execute(query)}
    return {status: found.get(status, 0) for status in STATUSES}


def request(connection: Connection, request_id: int) -> Request:
    """One request. Raises ConsoleError 404, also for one that was erased."""
    row = connection.execute(_with_conversation().where(contact_requests.c.id == request_id)).first()
    if row is None:
        raise not_found()
    notes = sa.select(contact_notes).where(contact_notes.c.request_id == request_id).order_by(contact_notes.c.id)
    return Request(row, list(connection.execute(notes)))


def change(
    connection: Connection, request_id: int, *, seen: str, status: str, note: str, coach: str, now: float
) -> None:
    """Set the status and keep a note. seen: the status that the coach saw when deciding.

    Raises ConsoleError: 409 where another coach has changed it since, saying who; 400 for an unknown status.
    """
    if status not in STATUSES or seen not in STATUSES:
        raise bad_request("There is no such status.")
    if len(note) > LONGEST_NOTE:
        raise bad_request(f"A note may have {LONGEST_NOTE} characters.")
    found = request(connection, request_id)
    as_seen = (contact_requests.c.id == request_id) & (contact_requests.c.status == seen)
    if not connection.execute(sa.update(contact_requests).where(as_seen).values(status=status)).rowcount:
        who = found.notes[-1].coach if found.notes else "Somebody"
        message = f"{who} has marked this request {found.row.status} meanwhile. Your change was not made. Your note: "
        raise changed_meanwhile(message + (note or "(none)"))
    row = {"sender_id": found.row.sender_id, "request_id": request_id, "at": now, "coach": coach}
    connection.execute(sa.insert(contact_notes).values(**row, status=status, note=note))


def _with_conversation() -> Select:
    known = (conversations.c.pseudonym, conversations.c.highest_urgency, conversations.c.is_test)
    joined = contact_requests.outerjoin(conversations, conversations.c.sender_id == contact_requests.c.sender_id)
    return sa.select(contact_requests, *known).select_from(joined)
