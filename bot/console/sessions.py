"""Who is signed in: random tokens in a cookie, their hashes in the database.

A session ends after 15 minutes without a request of the coach's own (polling doesn't count), after 8 hours, when it is
ended from the list of sessions, and when the coach is disabled or reset.
"""

import hashlib
import secrets
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.console.roles import Role
from bot.console.tables import coaches, sessions

#: Seconds.
IDLE, LONGEST = 15 * 60, 8 * 3600

#: How exactly the time of the last request is kept, in seconds: not every page view has to write.
_EXACT = 20


@dataclass(frozen=True)
class Coach:
    """Who is signed in."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True)
class Session:
    """A session that is valid now."""

    id: int
    coach: Coach
    created_at: float
    seen_at: float

    def needs_touch(self, now: float) -> bool:
        """Whether the time of the last request should be written again."""
        return now - self.seen_at > _EXACT


def begin(connection: Connection, coach_id: int, now: float, address: str, device: str) -> str:
    """Start a session and return its token, which is stored nowhere."""
    token = new_token()
    row = {
        "token_hash": token_hash(token),
        "coach_id": coach_id,
        "created_at": now,
        "seen_at": now,
        "address": address[:64],
        "device": device[:120],
    }
    connection.execute(sa.insert(sessions).values(row))
    return token


def find(connection: Connection, token: str, now: float) -> Session | None:
    """The session of a token; None where it is forged, ended or too old."""
    query = (
        sa.select(sessions, coaches.c.name, coaches.c.role)
        .join(coaches, coaches.c.id == sessions.c.coach_id)
        .where(sessions.c.token_hash == token_hash(token), _alive(now), coaches.c.disabled_at.is_(None))
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    return Session(row.id, Coach(row.coach_id, row.name, Role(row.role)), row.created_at, row.seen_at)


def touch(connection: Connection, session_id: int, now: float) -> None:
    """Note a request of the coach's own."""
    connection.execute(sa.update(sessions).where(sessions.c.id == session_id).values(seen_at=now))


def list_sessions(connection: Connection, now: float, coach_id: int | None = None) -> list[sa.engine.Row]:
    """The sessions that are valid now, of one coach or of all: columns of the table and `name`; newest use first."""
    query = sa.select(sessions, coaches.c.name).join(coaches, coaches.c.id == sessions.c.coach_id).where(_alive(now))
    if coach_id is not None:
        query = query.where(sessions.c.coach_id == coach_id)
    return list(connection.execute(query.order_by(sessions.c.seen_at.desc(), sessions.c.id)))


def end(connection: Connection, session_id: int) -> None:
    """End one session."""
    connection.execute(sa.delete(sessions).where(sessions.c.id == session_id))


def end_all(connection: Connection, coach_id: int, but: int | None = None) -> int:
    """End all sessions of a coach, but for one; the number of them."""
    query = sa.delete(sessions).where(sessions.c.coach_id == coach_id)
    if but is not None:
        query = query.where(sessions.c.id != but)
    return int(connection.execute(query).rowcount)


def prune(connection: Connection, now: float) -> None:
    """Forget sessions that are over."""
    connection.execute(sa.delete(sessions).where(sa.not_(_alive(now))))


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a token. It is random, so a plain hash tells nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def _alive(now: float) -> sa.sql.ColumnElement:
    return sa.and_(sessions.c.seen_at > now - IDLE, sessions.c.created_at > now - LONGEST)
