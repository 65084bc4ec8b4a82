"""The filters of the queue: read from an address, checked, written back, and turned into conditions."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Connection

from bot.console import search
from bot.console.errors import bad_request
from bot.console.forms import Fields
from bot.console.queries.places import QUEUE, Part
from bot.console.review_tables import items, mentions, terms
from bot.console.roles import Role
from bot.console.sessions import Coach
from bot.storage.summary import URGENCIES

VIEWS = {
    "queue": "Queue",
    "all": "All conversations",
    "mine": "Assigned to me",
    "mentions": "I am mentioned",
    "later": "Saved for later",
    "flagged": "Flagged",
    "second": "Second review wanted",
    "reviewed": "Reviewed",
    "unreviewed": "Not reviewed",
}

GRADES = ("1", "2", "3", "none")
KINDS = {"real": "Patients", "test": "Tests", "any": "Both"}
#: As in `bot.language.reading.Status`, which brings the whole reader with it.
STATUSES = ("present", "absent", "past", "hypothetical", "unsure", "someone_else")

#: Up to so many conversations with a term are looked at one by one; with more, the list is walked in its order.
_FEW = 2000

_LONGEST_SEARCH = 200
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Filters:
    """What to show. Empty means not filtered by that.

    since, until: days (UTC) of the newest message; parts: of the queue; confidence: lowest of a conversation, 0 to 1;
    length: number of the patient's messages.
    """

    view: str = "queue"
    search: str = ""
    parts: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None
    urgency: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    intent: str = ""
    finding: str = ""
    status: str = ""
    confidence_from: float | None = None
    confidence_to: float | None = None
    length_from: int | None = None
    length_to: int | None = None
    fallback: bool = False
    contact: bool = False
    language: str = ""
    tag: str = ""
    reviewed_by: str = ""
    patient: str = ""
    kind: str = "real"
    #: The pairs of the address that led here, without the cursor.
    pairs: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def in_queue_order(self) -> bool:
        """By part and waiting time; otherwise the newest first."""
        return self.view == "queue"

    @property
    def names(self) -> list[str]:
        """Which filters are set, for the audit log: without their values."""
        return sorted({name for name, _ in self.pairs})


#: Names in the address.
_NAMES = (
    "view", "q", "part", "from", "to", "urgency", "grade", "intent", "finding", "status", "conf_from", "conf_to",
    "len_from", "len_to", "fallback", "contact", "language", "tag", "reviewed_by", "patient", "kind",
)  # fmt: skip


def read_filters(fields: Fields, coach: Coach) -> Filters:
    """The filters of an address. Raises ConsoleError 400 with the field that can't be used."""
    default_kind = "test" if coach.role is Role.TESTER else "real"
    pairs = tuple((name, value.strip()[:300]) for name, value in fields.pairs if name in _NAMES and value.strip())
    return Filters(
        view=_one_of(fields, "view", VIEWS, "queue"),
        search=fields.get("q")[:_LONGEST_SEARCH],
        parts=tuple(int(value) for value in _all_of(fields, "part", [str(int(part)) for part in QUEUE])),
        since=_day(fields, "from"),
        until=_day(fields, "to"),
        urgency=_all_of(fields, "urgency", URGENCIES),
        grade=_all_of(fields, "grade", GRADES),
        intent=fields.get("intent")[:160],
        finding=fields.get("finding")[:80],
        status=_one_of(fields, "status", STATUSES, ""),
        confidence_from=_share(fields, "conf_from"),
        confidence_to=_share(fields, "conf_to"),
        length_from=_count(fields, "len_from"),
        length_to=_count(fields, "len_to"),
        fallback=bool(fields.get("fallback")),
        contact=bool(fields.get("contact")),
        language=fields.get("language")[:16],
        tag=fields.get("tag").lower()[:40],
        reviewed_by=fields.get("reviewed_by")[:64],
        patient=fields.get("patient")[:16],
        kind=_one_of(fields, "kind", KINDS, default_kind),
        pairs=pairs,
    )


def conditions(connection: Connection, filters: Filters, coach: Coach, now: float) -> list[sa.sql.ColumnElement]:
    """Conditions on `review_items`, for what this coach may see."""
    found = [*_of_view(filters, coach, now), *_plain(filters), *_of_terms(connection, filters)]
    if coach.role is Role.TESTER:
        found.append(items.c.is_test.is_(True))
    elif filters.kind != "any":
        found.append(items.c.is_test.is_(filters.kind == "test"))
    return found


def _of_view(filters: Filters, coach: Coach, now: float) -> Iterable[sa.sql.ColumnElement]:
    if filters.view == "queue":
        parts = filters.parts or tuple(int(part) for part in QUEUE)
        # An inequality, where it says the same: then the order of the index is used.
        yield items.c.bucket < int(Part.OUT)
        if filters.parts:
            yield items.c.bucket.in_(parts)
        yield items.c.waiting_since <= now
    elif filters.parts:
        yield items.c.bucket.in_(filters.parts)
    if filters.view == "mine":
        yield items.c.assignee == coach.name
    elif filters.view == "mentions":
        of_coach = sa.select(mentions.c.sender_id).where(mentions.c.coach == coach.name, mentions.c.read_at.is_(None))
        yield items.c.sender_id.in_(of_coach)
    elif filters.view == "flagged":
        yield items.c.flagged.is_(True)
    elif filters.view == "second":
        yield items.c.second == "wanted"
    elif filters.view in ("later", "reviewed"):
        yield items.c.state == filters.view
    elif filters.view == "unreviewed":
        yield items.c.state != "reviewed"


def _plain(filters: Filters) -> Iterable[sa.sql.ColumnElement]:
    if filters.since:
        yield items.c.last_at >= _seconds(filters.since)
    if filters.until:
        yield items.c.last_at < _seconds(filters.until + _DAY)
    if filters.urgency:
        yield items.c.urgency.in_([URGENCIES.index(urgency) for urgency in filters.urgency])
    if filters.grade:
        grades = [int(grade) for grade in filters.grade if grade != "none"]
        has_none = items.c.grade.is_(None) if "none" in filters.grade else sa.false()
        yield sa.or_(items.c.grade.in_(grades), has_none)
    if filters.confidence_from is not None:
        yield items.c.min_confidence >= filters.confidence_from
    if filters.confidence_to is not None:
        yield items.c.min_confidence <= filters.confidence_to
    if filters.length_from is not None:
        yield items.c.message_count >= filters.length_from
    if filters.length_to is not None:
        yield items.c.message_count <= filters.length_to
    if filters.fallback:
        yield items.c.fallback_count > 0
    if filters.contact:
        yield items.c.has_contact_request.is_(True)
    if filters.language:
        yield items.c.language == filters.language
    if filters.reviewed_by:
        yield items.c.reviewed_by == filters.reviewed_by
    if filters.patient:
        yield items.c.pseudonym == filters.patient


def _of_terms(connection: Connection, filters: Filters) -> Iterable[sa.sql.ColumnElement]:
    finding = f"{filters.finding}:{filters.status}" if filters.status else filters.finding
    wanted = (("intent", filters.intent), ("finding", finding if filters.finding else ""), ("tag", filters.tag))
    for kind, value in wanted:
        if value:
            having = (terms.c.kind == kind) & (terms.c.value == value)
            few = _few(connection, sa.select(terms.c.item_id).where(having))
            yield (
                _among(connection, few) if few is not None else sa.exists().where(having, terms.c.item_id == items.c.id)
            )
    if filters.search:
        search.prepare(connection)
        few = _few(connection, search.found(connection, filters.search))
        yield _among(connection, few) if few is not None else search.is_found(connection, filters.search)


def _few(connection: Connection, ids: sa.sql.Select) -> list[int] | None:
    """The ids, or None where there are many."""
    found = list(connection.execute(ids.limit(_FEW + 1)).scalars())
    return found if len(found) <= _FEW else None


def _among(connection: Connection, ids: list[int]) -> sa.sql.ColumnElement:
    """One parameter for all of them: a statement with thousands takes longer to prepare than to run."""
    if connection.dialect.name == "postgresql":
        return items.c.id == sa.func.any(sa.bindparam(None, ids, type_=ARRAY(sa.Integer)))
    listed = sa.text("SELECT value FROM json_each(:ids)").bindparams(sa.bindparam("ids", json.dumps(ids), unique=True))
    return items.c.id.in_(listed.columns(sa.column("value", sa.Integer)))


def _seconds(day: date) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.utc).timestamp()


def _one_of(fields: Fields, name: str, known: Iterable[str], default: str) -> str:
    value = fields.get(name) or default
    if value and value not in known:
        raise bad_request(f"“{name}” has a value that is not known.")
    return value


def _all_of(fields: Fields, name: str, known: Iterable[str]) -> tuple[str, ...]:
    values = tuple(dict.fromkeys(fields.all(name)))
    if any(value not in known for value in values):
        raise bad_request(f"“{name}” has a value that is not known.")
    return values


def _day(fields: Fields, name: str) -> date | None:
    text = fields.get(name)
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise bad_request(f"“{name}” must be a day such as 2026-01-31.") from None
    if not 1970 <= day.year <= 9000:
        raise bad_request(f"“{name}” must be a day such as 2026-01-31.")
    return day


def _share(fields: Fields, name: str) -> float | None:
    text = fields.get(name)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise bad_request(f"“{name}” must be a number from 0 to 1.")
    return value


def _count(fields: Fields, name: str) -> int | None:
    return fields.number(name, 0, 0, 1_000_000) if fields.get(name) else None
