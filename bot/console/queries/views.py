"""Filters that were saved under a name, by one coach or shared with all."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.console.errors import bad_request, not_found
from bot.console.review_tables import views
from bot.console.sessions import Coach

_LONGEST = 60


def views_for(connection: Connection, coach: Coach) -> list[Row]:
    """One's own and the shared ones, by name."""
    mine_or_shared = (views.c.owner == coach.name) | views.c.shared.is_(True)
    return list(connection.execute(sa.select(views).where(mine_or_shared).order_by(views.c.name, views.c.id)))


def save(connection: Connection, coach: Coach, name: str, query: str, shared: bool) -> None:
    """Save a filter; one's own of the same name is replaced."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST:
        raise bad_request(f"A saved filter needs a name of {_LONGEST} characters at most.")
    mine = (views.c.owner == coach.name) & (views.c.name == name)
    values = {"query": query[:4000], "shared": shared}
    if not connection.execute(sa.update(views).where(mine).values(values)).rowcount:
        connection.execute(sa.insert(views).values(owner=coach.name, name=name, **values))


def delete(connection: Connection, coach: Coach, view_id: int) -> None:
    """Delete one's own."""
    mine = (views.c.owner == coach.name) & (views.c.id == view_id)
    if not connection.execute(sa.delete(views).where(mine)).rowcount:
        raise not_found()
