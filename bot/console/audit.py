"""The audit log: who did what to what, in a chain of keyed hashes that shows every later change.

Each row's hash covers the row and the hash before it, under the console's key; a sealed head says where the log ends.
Subject is a conversation's id, a coach's name or the like. Details are short facts and never words of a patient.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.console.keys import Keys
from bot.console.tables import audit_head, audit_log, coaches

#: Every action that is logged, with what it means. Others are refused, so that the list in the docs is whole.
ACTIONS = {
    "sign-in": "signed in",
    "sign-in failed": "name, password or code was wrong, or too many tries",
    "sign-out": "signed out",
    "session ended": "ended a session of one's own or of another coach",
    "password set": "set password and second factor by a one-time link",
    "recovery codes made": "made new recovery codes",
    "coach added": "added a coach",
    "coach changed": "changed a coach's role",
    "coach disabled": "took a coach's access away",
    "coach enabled": "gave a coach access again",
    "coach reset": "made a new one-time link for a coach",
    "transcript read": "opened a conversation",
    "search": "searched in conversations",
    "queue read": "looked at the list of conversations",
    "numbers read": "looked at the figures",
    "corrections read": "looked at the inbox of corrections",
    "review": "marked, flagged, assigned, tagged or commented",
    "correction": "corrected an intent, a finding or an urgency",
    "contacts read": "looked at the inbox or at one contact request",
    "contact changed": "changed the status of a contact request",
    "notice sent": "a notice of a contact request went out by e-mail",
    "export": "exported conversations, corrections or numbers",
    "patient read": "looked at what is stored of a patient",
    "patient exported": "exported all that is stored of a patient",
    "redaction": "took words out of a stored message",
    "erasure": "erased a conversation, for a patient or because its time was over",
    "retention previewed": "looked at which conversations a number of days would erase",
    "audit read": "looked at this log",
}

_ONLY = 1


@dataclass(frozen=True)
class Break:
    """A place where the log is not what was written: a row that is there or should be, and a sentence about it."""

    row: int
    text: str


def audit(
    connection: Connection, keys: Keys, coach: str, action: str, subject: str = "", details: Mapping[str, Any] = {}
) -> None:
    """Add a row, in the caller's transaction, which must be one of `bot.storage.database.writing`.

    coach: the name; for what nobody signed in did, "(nobody)" or "(system)".
    """
    if action not in ACTIONS:
        raise ValueError(f"{action!r} is no action of the audit log")
    # The head's row lets processes take turns on PostgreSQL; on SQLite the transaction itself does.
    head = connection.execute(sa.select(audit_head).where(audit_head.c.id == _ONLY).with_for_update()).one()
    row = {
        "id": head.count + 1,
        "at_ms": int(time.time() * 1000),
        "coach": coach[:64],
        "action": action,
        "subject": subject[:255],
        "details": json.dumps(dict(details), sort_keys=True),
    }
    row["hash"] = _hash(keys, head.hash, row)
    connection.execute(sa.insert(audit_log).values(row))
    new_head = {"count": row["id"], "hash": row["hash"], "seal": _seal(keys, row["id"], row["hash"])}
    connection.execute(sa.update(audit_head).where(audit_head.c.id == _ONLY).values(new_head))


def verify(connection: Connection, keys: Keys) -> tuple[int, list[Break]]:
    """Read the whole log: the number of rows, and where it was changed. After a break the chain is taken up again."""
    breaks = []
    before, expected, count = "", 1, 0
    for row in _rows(connection):
        count += 1
        if row.id != expected:
            breaks.append(_missing(expected, row.id - 1))
        elif not hmac.compare_digest(_hash(keys, before, row), row.hash):
            breaks.append(Break(row.id, f"Row {row.id} was changed or put in afterwards."))
        before, expected = row.hash, row.id + 1
    breaks += _check_head(connection, keys, expected - 1, before)
    if not count and connection.execute(sa.select(coaches.c.id).limit(1)).first():
        # Adding a coach is logged, so this is no fresh installation.
        breaks.append(Break(1, "Row 1 is missing, and so is every other row."))
    return count, breaks


def _check_head(connection: Connection, keys: Keys, last: int, last_hash: str) -> Iterator[Break]:
    head = connection.execute(sa.select(audit_head).where(audit_head.c.id == _ONLY)).first()
    if head is None or (head.count > 0 and not hmac.compare_digest(_seal(keys, head.count, head.hash), head.seal)):
        yield Break(last, "The seal that says where the log ends was changed.")
    elif head.count > last:
        yield _missing(last + 1, head.count)
    elif head.count < last:
        yield Break(head.count + 1, f"Row {head.count + 1} and what follows was put in afterwards.")
    elif not hmac.compare_digest(head.hash, last_hash):
        yield Break(last, f"Row {last} is not the one that was written last.")


def _missing(first: int, last: int) -> Break:
    return Break(first, f"Row {first} is missing." if first == last else f"Rows {first} to {last} are missing.")


def _rows(connection: Connection, at_once: int = 1000) -> Iterator[Row]:
    last = None
    while True:
        query = sa.select(audit_log).order_by(audit_log.c.id).limit(at_once)
        rows = connection.execute(query if last is None else query.where(audit_log.c.id > last)).all()
        if not rows:
            return
        yield from rows
        last = rows[-1].id


def _hash(keys: Keys, before: str, row: Any) -> str:
    fields = dict(row) if isinstance(row, dict) else dict(row._mapping)
    covered = [fields[name] for name in ("id", "at_ms", "coach", "action", "subject", "details")]
    return hmac.new(keys.key("audit"), json.dumps([before, *covered]).encode(), hashlib.sha256).hexdigest()


def _seal(keys: Keys, count: int, last_hash: str) -> str:
    return hmac.new(keys.key("audit head"), f"{count} {last_hash}".encode(), hashlib.sha256).hexdigest()
