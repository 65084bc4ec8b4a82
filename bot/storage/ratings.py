"""Thumbs up or down on answers: what a patient thought of them. One for each message that was answered."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.storage.tables import conversations, ratings

#: What a rating may be.
RATINGS = ("up", "down")


def rate(connection: Connection, sender_id: str, client_id: str, rating: str | None, at: float) -> None:
    """Keep a rating in place of an earlier one of the same answer; None takes it back. at: seconds since 1970."""
    this = (ratings.c.sender_id == sender_id) & (ratings.c.client_id == client_id)
    connection.execute(sa.delete(ratings).where(this))
    if rating is not None:
        row = {"sender_id": sender_id, "client_id": client_id, "rating": rating, "at": at}
        connection.execute(sa.insert(ratings).values(row))
    counts = {"thumbs_up": _count(sender_id, "up"), "thumbs_down": _count(sender_id, "down")}
    connection.execute(sa.update(conversations).where(conversations.c.sender_id == sender_id).values(counts))


def ratings_of(connection: Connection, sender_id: str) -> dict[str, str]:
    """Client id of each message whose answer was rated -> its rating."""
    query = sa.select(ratings.c.client_id, ratings.c.rating).where(ratings.c.sender_id == sender_id)
    return {row.client_id: row.rating for row in connection.execute(query)}


def newest_down(connection: Connection, sender_id: str) -> float | None:
    """When the patient last gave thumbs down, of those that stand."""
    down = (ratings.c.sender_id == sender_id) & (ratings.c.rating == "down")
    at: float | None = connection.execute(sa.select(sa.func.max(ratings.c.at)).where(down)).scalar()
    return at


def _count(sender_id: str, rating: str) -> sa.sql.selectable.ScalarSelect:
    this = (ratings.c.sender_id == sender_id) & (ratings.c.rating == rating)
    return sa.select(sa.func.count()).select_from(ratings).where(this).scalar_subquery()
