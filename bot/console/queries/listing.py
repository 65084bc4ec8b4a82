"""Pages of the queue, by keyset: a page is as fast at the end of a long list as at its beginning."""

from dataclasses import dataclass
from math import isfinite

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.console.errors import bad_request
from bot.console.queries.filters import Filters, conditions
from bot.console.queries.places import QUEUE, Part
from bot.console.review_tables import items
from bot.console.roles import Role
from bot.console.sessions import Coach

SIZE = 50


@dataclass(frozen=True)
class Page:
    """Rows of `review_items`, with the cursors of the pages before and after; empty where there is none."""

    rows: list[Row]
    before: str
    after: str


def page(
    connection: Connection, filters: Filters, coach: Coach, now: float, *, after: str = "", before: str = ""
) -> Page:
    """The page after or before a cursor, else the first. Raises ConsoleError 400 for a cursor that is none."""
    keys = _keys(filters)
    backwards = bool(before)
    query = sa.select(items).where(*conditions(connection, filters, coach, now))
    if cursor := before or after:
        query = query.where(_beyond(keys, _read(cursor, len(keys)), filters.in_queue_order != backwards))
    query = query.order_by(*(key if filters.in_queue_order != backwards else key.desc() for key in keys))
    rows = connection.execute(query.limit(SIZE + 1)).all()
    more = len(rows) > SIZE
    rows = rows[:SIZE]
    if backwards:
        rows.reverse()
    first = cursor_of(rows[0], filters) if rows and (more if backwards else bool(after)) else ""
    last = cursor_of(rows[-1], filters) if rows and (True if backwards else more) else ""
    return Page(rows, first, last)


def neighbours(
    connection: Connection, filters: Filters, coach: Coach, now: float, place: str
) -> tuple[Row | None, Row | None]:
    """The rows before and after a place in a list. Whoever stood there may have moved on since."""
    keys = _keys(filters)
    here = _read(place, len(keys))
    where = conditions(connection, filters, coach, now)
    found = []
    for forwards in (False, True):
        ascending = filters.in_queue_order == forwards
        query = sa.select(items).where(*where, _beyond(keys, here, ascending))
        query = query.order_by(*(key if ascending else key.desc() for key in keys)).limit(1)
        found.append(connection.execute(query).first())
    return found[0], found[1]


def waiting(connection: Connection, coach: Coach, now: float) -> dict[Part, int]:
    """How many conversations wait in each part of the queue."""
    query = sa.select(items.c.bucket, sa.func.count()).where(
        items.c.bucket < int(Part.OUT), items.c.waiting_since <= now, items.c.is_test.is_(coach.role is Role.TESTER)
    )
    counts = {row[0]: row[1] for row in connection.execute(query.group_by(items.c.bucket))}
    return {part: counts.get(int(part), 0) for part in QUEUE}


def cursor_of(item: Row, filters: Filters) -> str:
    """Where a row stands in the list."""
    if filters.in_queue_order:
        return f"{item.bucket}_{item.waiting_since!r}_{item.id}"
    return f"{item.last_at!r}_{item.id}"


def _keys(filters: Filters) -> tuple[sa.Column, ...]:
    if filters.in_queue_order:
        return (items.c.bucket, items.c.waiting_since, items.c.id)
    return (items.c.last_at, items.c.id)


def _beyond(keys: tuple[sa.Column, ...], place: list[float], ascending: bool) -> sa.sql.ColumnElement:
    here = sa.tuple_(*(sa.literal(value, key.type) for value, key in zip(place, keys, strict=True)))
    return sa.tuple_(*keys) > here if ascending else sa.tuple_(*keys) < here


def _read(cursor: str, length: int) -> list[float]:
    try:
        values = [float(part) if "." in part or "e" in part else int(part) for part in cursor.split("_")]
    except ValueError:
        values = []
    if len(values) != length or not all(isfinite(value) and abs(value) < 2**31 for value in values):
        raise bad_request("There is no such page of the list.")
    return values
