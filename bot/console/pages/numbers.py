"""Figures over any range of days, as charts with tables, and as CSV."""

import csv
import io
from datetime import date, datetime, timedelta, timezone

from starlette.responses import Response

from bot.console.errors import bad_request
from bot.console.pages.export import as_file, safe_cell
from bot.console.queries import index, numbers
from bot.console.roles import COACHES, LEADS, Role
from bot.console.routing import get
from bot.console.visit import Visit
from bot.storage.database import writing

#: Without a range, this many days until today.
_USUAL = 30


def page(visit: Visit) -> Response:
    """Charts and tables."""
    days = _range(visit)
    with writing(visit.console.engine) as connection:
        visit.audit(connection, "numbers read")
    found = _tables(visit, days)
    today = _today(visit)
    ranges = {
        name: {"from": (today - timedelta(days=length - 1)).isoformat(), "to": today.isoformat()}
        for name, length in (("7 days", 7), ("30 days", 30), ("90 days", 90), ("a year", 365))
    }
    can_export = visit.coach.role is Role.LEAD
    return visit.page("numbers.html", title="Numbers", tables=found, days=days, ranges=ranges, can_export=can_export)


def as_csv(visit: Visit) -> Response:
    """The same figures, one row each."""
    days = _range(visit)
    with writing(visit.console.engine) as connection:
        visit.audit(connection, "export", kind="numbers")
    found = _tables(visit, days)
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(["from", "to", "table", "name", "value"])
    for table in found:
        for name, value in table.rows:
            writer.writerow([days.first, days.last, table.title, safe_cell(name), "" if value is None else value])
    return as_file(output.getvalue(), "text/csv", "numbers.csv")


def _tables(visit: Visit, days: numbers.Range) -> list[numbers.Table]:
    """The figures, with the newest messages in them."""
    index.catch_up(visit.console.engine)
    with visit.console.engine.connect() as connection:
        return numbers.tables(connection, days, visit.now)


def _range(visit: Visit) -> numbers.Range:
    today = _today(visit)
    last = _day(visit.query.get("to"), today)
    first = _day(visit.query.get("from"), last - timedelta(days=_USUAL - 1))
    if first > last:
        raise bad_request("The first day must not be after the last.")
    if (last - first).days > 3660:
        raise bad_request("A range has ten years at most.")
    return numbers.Range(first, last)


def _day(text: str, default: date) -> date:
    if not text:
        return default
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise bad_request("A day is written like 2026-01-31.") from None
    if not 1971 <= day.year <= 9000:
        raise bad_request("A day is written like 2026-01-31.")
    return day


def _today(visit: Visit) -> date:
    return datetime.fromtimestamp(visit.now, timezone.utc).date()


PAGES = (
    get("/numbers", page, "numbers", allow=COACHES),
    get("/numbers.csv", as_csv, "numbers_csv", allow=LEADS),
)
