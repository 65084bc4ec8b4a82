"""One page of a long list."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.console.forms import Fields


@dataclass(frozen=True)
class ListPage:
    """Rows with the number of the page, from 1, and whether another one follows."""

    rows: list[Any]
    number: int
    has_next: bool


def list_page(connection: Connection, query: Select, fields: Fields, size: int = 50) -> ListPage:
    """The page that `page=` in the address asks for. The rows are not counted: that takes long in a large table."""
    number = fields.number("page", 1, 1, 100_000)
    rows = connection.execute(query.limit(size + 1).offset((number - 1) * size)).all()
    return ListPage(list(rows[:size]), number, len(rows) > size)
