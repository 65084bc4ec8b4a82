"""Figures over the conversations that began in a range of days. Tests don't count."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from statistics import median

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.assessment.case import STEPS
from bot.console.model_names import FALLBACK
from bot.console.queries.correcting import clean
from bot.console.queries.places import URGENT_RANK, Part
from bot.console.review_tables import items
from bot.storage.event_json import event_of, mapping
from bot.storage.redaction import FILL
from bot.storage.summary import URGENCIES
from bot.storage.tables import events, own_turns

#: Intents whose messages the guide has no answer of its own for.
_UNANSWERED = (FALLBACK, "out_of_scope", "other_medical")

#: Messages of each kind that are looked at for the unanswered questions, the newest first.
_MOST = 1000


@dataclass(frozen=True)
class Range:
    """Days, both included, in UTC."""

    first: date
    last: date

    @property
    def seconds(self) -> tuple[float, float]:
        """From the beginning of the first day to the end of the last."""
        return _start(self.first), _start(self.last + timedelta(days=1))


@dataclass(frozen=True)
class Table:
    """A title, and (name, value) in an order that says something. A value of None is not known. unit: of the values."""

    title: str
    rows: tuple[tuple[str, float | None], ...]
    unit: str = ""
    note: str = ""

    @property
    def largest(self) -> float:
        """For the length of bars; never 0."""
        return max((value or 0 for _, value in self.rows), default=0) or 1


def tables(connection: Connection, days: Range, now: float) -> list[Table]:
    """Everything that the page shows."""
    start, end = days.seconds
    here = (items.c.started_at >= start) & (items.c.started_at < end) & items.c.is_test.is_(False)
    return [
        _overview(connection, here),
        _per_day(connection, here, days),
        _left_at(connection, here),
        _urgency(connection, here),
        _verdicts(connection, here),
        _times(connection, here, now),
        _questions(connection, start, end),
    ]


def _overview(connection: Connection, here: sa.sql.ColumnElement) -> Table:
    def count(condition: sa.sql.ColumnElement) -> sa.sql.ColumnElement:
        return sa.func.sum(sa.case((condition, 1), else_=0))

    begun = items.c.last_step.is_not(None)
    row = connection.execute(
        sa.select(
            sa.func.count().label("all"),
            sa.func.sum(items.c.message_count).label("messages"),
            sa.func.sum(items.c.fallback_count).label("fallbacks"),
            count(begun).label("begun"),
            count(items.c.completed.is_(True)).label("completed"),
            count(items.c.urgency >= URGENT_RANK).label("escalated"),
            count(items.c.thumbs_down > 0).label("down"),
            count(items.c.has_contact_request.is_(True)).label("contacts"),
        ).where(here)
    ).one()
    return Table(
        "Conversations",
        (
            ("Conversations", row.all),
            ("Messages of patients", row.messages or 0),
            ("Assessments begun", row.begun or 0),
            ("Assessments completed", row.completed or 0),
            ("Completed, of those begun (%)", _percent(row.completed, row.begun)),
            ("Escalated: told to seek care", row.escalated or 0),
            ("Messages not understood or not answered (%)", _percent(row.fallbacks, row.messages)),
            ("With a contact request", row.contacts or 0),
            ("With thumbs down", row.down or 0),
        ),
    )


def _per_day(connection: Connection, here: sa.sql.ColumnElement, days: Range) -> Table:
    """By day, or by week where the range is long."""
    length = (days.last - days.first).days + 1
    step = 1 if length <= 62 else 7
    start = days.seconds[0]
    number = sa.cast(sa.func.floor((items.c.started_at - start) / (86_400 * step)), sa.Integer).label("number")
    found = dict(connection.execute(sa.select(number, sa.func.count()).where(here).group_by("number")).all())
    rows = [(days.first + timedelta(days=step * i), found.get(i, 0)) for i in range((length + step - 1) // step)]
    title = "Begun per day" if step == 1 else "Begun per week, by its first day"
    return Table(title, tuple((day.isoformat(), count) for day, count in rows[-200:]))


def _left_at(connection: Connection, here: sa.sql.ColumnElement) -> Table:
    dropped = items.c.completed.is_(False) & items.c.last_step.is_not(None)
    urgent = sa.func.coalesce(items.c.urgency, 0) >= URGENT_RANK
    query = sa.select(items.c.last_step, sa.func.count()).where(here, dropped, sa.not_(urgent))
    found = dict(connection.execute(query.group_by(items.c.last_step)).all())
    rows = tuple((step.replace("_", " "), found.get(step, 0)) for step in STEPS)
    return Table("Where people leave", rows, note="The last question shown in assessments that were not completed.")


def _urgency(connection: Connection, here: sa.sql.ColumnElement) -> Table:
    query = sa.select(items.c.urgency, sa.func.count()).where(here).group_by(items.c.urgency)
    found = dict(connection.execute(query).all())
    rows = [(name.replace("_", " "), found.get(rank, 0)) for rank, name in reversed(list(enumerate(URGENCIES)))]
    return Table("Urgency", (*rows, ("none assessed", found.get(None, 0))), note="The highest of each conversation.")


def _verdicts(connection: Connection, here: sa.sql.ColumnElement) -> Table:
    escalated = (items.c.urgency >= URGENT_RANK).label("escalated")
    query = sa.select(items.c.verdict, escalated, sa.func.count().label("number"))
    rows = connection.execute(
        query.where(here, items.c.verdict.is_not(None)).group_by(items.c.verdict, "escalated")
    ).all()

    def count(verdict: str, of_escalated: bool) -> int:
        return sum(row.number for row in rows if row.verdict == verdict and bool(row.escalated) == of_escalated)

    judged = sum(count(verdict, True) for verdict in ("too_high", "right", "too_low"))
    others = sum(count(verdict, False) for verdict in ("too_high", "right", "too_low"))
    return Table(
        "Coaches’ verdicts on urgency",
        (
            ("Escalations judged", judged),
            ("… right", count("right", True)),
            ("… too high", count("too_high", True)),
            ("… too low", count("too_low", True)),
            ("Precision of escalations (%)", _percent(judged - count("too_high", True), judged)),
            ("Others judged", others),
            ("… too low: missed", count("too_low", False)),
            ("Too low, of all judged (%)", _percent(count("too_low", True) + count("too_low", False), judged + others)),
        ),
        note="Precision: escalations that were right or even too low.",
    )


def _times(connection: Connection, here: sa.sql.ColumnElement, now: float) -> Table:
    def hours(end: sa.Column, begin: sa.Column, *conditions: sa.sql.ColumnElement) -> float | None:
        query = sa.select(end - begin).where(here, end.is_not(None), begin.is_not(None), end >= begin, *conditions)
        passed = list(connection.execute(query.limit(100_000)).scalars())
        return round(median(passed) / 3600, 2) if passed else None

    oldest = sa.select(sa.func.min(items.c.urgent_at)).where(items.c.bucket == int(Part.URGENT), here)
    waiting = connection.execute(oldest).scalar()
    return Table(
        "Waiting and review times (hours, median)",
        (
            ("Urgent: until seen", hours(items.c.seen_at, items.c.urgent_at)),
            ("Urgent: until reviewed", hours(items.c.reviewed_at, items.c.urgent_at)),
            ("All: from the newest message until reviewed", hours(items.c.reviewed_at, items.c.last_at)),
            ("Longest wait of an urgent one, still unseen", round((now - waiting) / 3600, 2) if waiting else None),
        ),
        unit="h",
    )


def _questions(connection: Connection, start: float, end: float) -> Table:
    real = sa.exists().where(items.c.sender_id == events.c.sender_id, items.c.is_test.is_(False))
    within = (events.c.timestamp >= start) & (events.c.timestamp < end)
    found = []
    for intent in _UNANSWERED:
        # One intent at a time: the index then has them in order.
        newest = sa.select(events.c.data).where(events.c.intent_name == intent, within, real)
        found += connection.execute(newest.order_by(events.c.timestamp.desc()).limit(_MOST)).scalars().all()
    counts: dict[str, tuple[str, int]] = {}
    for data in (*found, *_left_unanswered(connection, start, end)):
        text = _text(data)
        key = text.casefold().rstrip(".?! ")
        if key:
            counts[key] = (counts.get(key, (text, 0))[0], counts.get(key, ("", 0))[1] + 1)
    most = sorted(counts.values(), key=lambda pair: (-pair[1], pair[0]))[:20]
    # What is stored is redacted already; once more costs time, so it is done for what is shown.
    rows = tuple((clean(text)[:200], count) for text, count in most)
    return Table("Top unanswered questions", rows, note="Without personal data. From the newest 1,000 of each kind.")


def _left_unanswered(connection: Connection, start: float, end: float) -> list[str]:
    """What the gateway alone heard, and could not answer."""
    recent = (own_turns.c.at >= start) & (own_turns.c.at < end)
    real = sa.exists().where(items.c.sender_id == own_turns.c.sender_id, items.c.is_test.is_(False))
    query = sa.select(own_turns.c.message).where(recent, real).order_by(own_turns.c.id.desc()).limit(_MOST)
    return [data for data in connection.execute(query).scalars() if '"unanswered": true' in data]


def _text(data: str | None) -> str:
    """The words; "" for a tap, which asks nothing, and for what was masked as a whole."""
    event = event_of(data)
    if "answer" in mapping(event.get("metadata")):
        return ""
    text = " ".join(str(event.get("text") or "").split())
    return "" if re.fullmatch(rf"\[\w+{FILL}*\]|{FILL}+", text) else text


def _percent(part: float | None, whole: float | None) -> float | None:
    return round(100 * (part or 0) / whole, 1) if whole else None


def _start(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp()
