"""Reads conversations that have changed into `review_items`, where the queue, filters and search find them.

Every page that lists conversations catches up first; usually there is a handful to read. After an upgrade or an import
there may be many: those are read in the background, in small transactions, so that patients' turns don't wait.
"""

import logging
import re
import threading
import time
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.console import search
from bot.console.queries.places import URGENT_RANK, place
from bot.console.review_tables import changes, items, tags, terms, texts
from bot.storage import own_turns
from bot.storage.database import writing
from bot.storage.event_json import event_of
from bot.storage.ratings import newest_down
from bot.storage.summary import URGENCIES
from bot.storage.tables import contact_requests, conversations, events

log = logging.getLogger(__name__)

#: Conversations read in one transaction, and seconds that a page spends on catching up.
_AT_ONCE, _PATIENCE = 50, 0.1

#: Characters of a conversation that are searched. PostgreSQL takes 1 MB of search words at most.
_LONGEST = 200_000

#: Any number: consoles on one PostgreSQL take turns by it.
_TURN = 5_027_732

_COPIED = (
    "patient", "pseudonym", "started_at", "last_at", "message_count", "grade", "min_confidence", "fallback_count",
    "language", "last_step", "completed", "thumbs_down", "is_test", "has_contact_request",
)  # fmt: skip

_background = threading.Lock()


def catch_up(engine: Engine, patience: float = _PATIENCE) -> int:
    """Read in what has changed, for `patience` seconds at most; the number of changes that are left.

    What is left is read in by a thread.
    """
    deadline = time.monotonic() + patience
    left = _count(engine)
    # Some are always read, however slow the machine is: a page that reads none would never show what is new.
    while left and _read_some(engine):
        left = _count(engine)
        if time.monotonic() > deadline:
            break
    if left and _background.acquire(blocking=False):
        threading.Thread(target=_read_all, args=(engine,), daemon=True).start()
    return left


def read_everything(engine: Engine) -> None:
    """Read in all that has changed, however long it takes."""
    while _read_some(engine):
        pass


def _read_all(engine: Engine) -> None:
    try:
        while _read_some(engine):
            # Others may want to write.
            time.sleep(0.02)
    except SQLAlchemyError as error:
        log.error("conversations could not be read into the queue: %s", type(error).__name__)
    finally:
        _background.release()


def _count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(changes)).scalar_one())


def _read_some(engine: Engine) -> bool:
    """Read in a few conversations. False if nothing was left, or another console is at it."""
    with engine.connect() as connection:
        if connection.execute(sa.select(changes.c.id).limit(1)).first() is None:
            return False
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            took_turn = connection.execute(sa.select(sa.func.pg_try_advisory_xact_lock(_TURN))).scalar()
            if not took_turn:
                return False
        search.prepare(connection)
        rows = connection.execute(sa.select(changes).order_by(changes.c.id).limit(_AT_ONCE)).all()
        for sender_id in dict.fromkeys(row.conversation for row in rows):
            read_in(connection, sender_id)
        connection.execute(sa.delete(changes).where(changes.c.id.in_([row.id for row in rows])))
    return bool(rows)


def read_in(connection: Connection, sender_id: str) -> None:
    """Bring the row of one conversation up to date."""
    query = sa.select(conversations).where(conversations.c.sender_id == sender_id)
    summary = connection.execute(query).mappings().first()
    if summary is None:
        return
    item = _item(connection, sender_id)
    own = own_turns.of_conversation(connection, sender_id)
    # Turns that the gateway answered by itself have no number to read on from.
    last_event, text = (0, "") if own else _read_so_far(connection, item)
    new = _events_after(connection, sender_id, last_event)
    stored = own_turns.client_ids(event for _, event in new) if own else set()
    new += [(0, event) for turn in own for event in turn.as_events(stored)]
    urgent_at = item["urgent_at"] if item and last_event else None
    values = {
        **{name: summary[name] for name in _COPIED},
        "urgency": URGENCIES.index(summary["highest_urgency"]) if summary["highest_urgency"] in URGENCIES else None,
        "urgent_at": max(filter(None, (urgent_at, *(_urgent_at(event) for _, event in new))), default=None),
        "contact_at": _oldest_request(connection, sender_id),
        "down_at": newest_down(connection, sender_id),
    }
    item_id = _store(connection, item, sender_id, values)
    _store_terms(connection, item_id, summary, sender_id)
    said = [_words(event) for _, event in new if event.get("event") == "user"]
    last_event = max((event_id for event_id, _ in new), default=last_event)
    search.store(connection, item_id, last_event, "\n".join(filter(None, [text, *said]))[:_LONGEST])


def replace_in_queue(connection: Connection, sender_id: str) -> None:
    """Work out the place in the queue again, after a coach changed something."""
    item = _item(connection, sender_id)
    if item is not None:
        bucket, since = place(item)
        changed = {"bucket": int(bucket), "waiting_since": since}
        connection.execute(sa.update(items).where(items.c.id == item["id"]).values(changed))


def set_tags(connection: Connection, sender_id: str) -> None:
    """Make the conversation's tags, and those of its messages, findable."""
    item = _item(connection, sender_id)
    if item is not None:
        _replace_terms(connection, item["id"], ("tag",), _tags(connection, sender_id))


def _item(connection: Connection, sender_id: str) -> Mapping[str, Any] | None:
    query = sa.select(items).where(items.c.sender_id == sender_id)
    row: Mapping[str, Any] | None = connection.execute(query).mappings().first()
    return row


def _read_so_far(connection: Connection, item: Mapping[str, Any] | None) -> tuple[int, str]:
    if item is None:
        return 0, ""
    row = connection.execute(sa.select(texts.c.last_event, texts.c.text).where(texts.c.item_id == item["id"])).first()
    return (row.last_event, row.text) if row else (0, "")


def _events_after(connection: Connection, sender_id: str, last_event: int) -> list[tuple[int, Mapping[str, Any]]]:
    query = sa.select(events.c.id, events.c.data).where(events.c.sender_id == sender_id, events.c.id > last_event)
    rows = connection.execute(query.where(events.c.type_name.in_(("user", "bot"))).order_by(events.c.id)).all()
    return [(row.id, event_of(row.data)) for row in rows]


def _urgent_at(event: Mapping[str, Any]) -> float | None:
    """When the guide told the patient to seek care, if it did so in this event."""
    if event.get("event") != "bot":
        return None
    custom = _mapping(_mapping(event.get("data")).get("custom") or _mapping(event.get("metadata")).get("reply"))
    urgency = _mapping(custom.get("data")).get("urgency")
    told = custom.get("type") == "care_card" and urgency in URGENCIES and URGENCIES.index(urgency) >= URGENT_RANK
    at = event.get("timestamp")
    return float(at) if told and isinstance(at, int | float) else None


def _words(event: Mapping[str, Any]) -> str:
    """What was written, not tapped, without what databases refuse."""
    text = event.get("text")
    if not isinstance(text, str) or "answer" in _mapping(event.get("metadata")):
        return ""
    return re.sub("[\0\ud800-\udfff]", " ", text)


def _oldest_request(connection: Connection, sender_id: str) -> float | None:
    waiting = (contact_requests.c.sender_id == sender_id) & (contact_requests.c.status == "new")
    oldest: float | None = connection.execute(
        sa.select(sa.func.min(contact_requests.c.created_at)).where(waiting)
    ).scalar()
    return oldest


def _store(connection: Connection, item: Mapping[str, Any] | None, sender_id: str, values: dict[str, Any]) -> int:
    known: Mapping[str, Any] = item or {
        "sender_id": sender_id, "state": "open", "seen_at": None, "reviewed_at": None,
    }  # fmt: skip
    bucket, since = place({**known, **values})
    row = {**values, "bucket": int(bucket), "waiting_since": since}
    if item is not None:
        connection.execute(sa.update(items).where(items.c.id == item["id"]).values(row))
        return int(item["id"])
    stored = connection.execute(sa.insert(items).values(sender_id=sender_id, **row))
    return int(stored.inserted_primary_key[0])


def _store_terms(connection: Connection, item_id: int, summary: Mapping[str, Any], sender_id: str) -> None:
    wanted = {("intent", str(intent)) for intent in summary["intents"] or ()}
    for finding in summary["findings"] or ():
        if isinstance(finding, dict):
            wanted.add(("finding", str(finding.get("concept"))))
            wanted.add(("finding", f"{finding.get('concept')}:{finding.get('status')}"))
    wanted |= _tags(connection, sender_id)
    _replace_terms(connection, item_id, ("intent", "finding", "tag"), {(kind, value[:160]) for kind, value in wanted})


def _tags(connection: Connection, sender_id: str) -> set[tuple[str, str]]:
    query = sa.select(tags.c.tag).where(tags.c.sender_id == sender_id)
    return {("tag", tag) for tag in connection.execute(query).scalars()}


def _replace_terms(connection: Connection, item_id: int, kinds: Iterable[str], wanted: set[tuple[str, str]]) -> None:
    of_item = (terms.c.item_id == item_id) & terms.c.kind.in_(tuple(kinds))
    known = {(row.kind, row.value) for row in connection.execute(sa.select(terms).where(of_item))}
    for kind, value in known - wanted:
        connection.execute(sa.delete(terms).where(of_item, terms.c.kind == kind, terms.c.value == value))
    added = [{"kind": kind, "value": value, "item_id": item_id} for kind, value in sorted(wanted - known)]
    if added:
        connection.execute(sa.insert(terms), added)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
