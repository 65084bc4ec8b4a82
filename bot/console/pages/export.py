"""Files to take away, for leads: the filtered list, a conversation as a test story."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row
from starlette.responses import Response

from bot.console import conversations
from bot.console.errors import ConsoleError, not_found
from bot.console.queries import index
from bot.console.queries.filters import conditions, read_filters
from bot.console.queries.places import Part
from bot.console.review_tables import items, tags
from bot.console.roles import LEADS
from bot.console.routing import get
from bot.console.story import as_yaml, stories
from bot.console.visit import Visit
from bot.storage import own_turns
from bot.storage.database import writing
from bot.storage.event_json import parsed
from bot.storage.summary import URGENCIES
from bot.storage.tables import conversations as summaries
from bot.storage.tables import events

#: Rows of a list, and conversations with all their messages, in one file.
MOST_ROWS, MOST_WHOLE = 200_000, 2_000

_COLUMNS = (
    "sender_id", "patient", "started_at", "last_at", "channel", "language", "messages", "urgency", "grade", "completed",
    "last_step", "last_intent", "lowest_confidence", "not_understood", "thumbs_down", "contact_request", "test",
    "queue", "state", "reviewed_by", "reviewed_at", "verdict", "verdict_by", "flagged", "assignee", "second_review",
    "tags",
)  # fmt: skip


def export(visit: Visit) -> Response:
    """The conversations of the filters: CSV, JSON lines or test stories."""
    kind = visit.param("kind")
    if kind not in _MAKERS:
        raise not_found()
    media, name, most, make = _MAKERS[kind]
    filters = read_filters(visit.query, visit.coach)
    index.catch_up(visit.console.engine)
    with writing(visit.console.engine) as connection:
        query = sa.select(items, summaries.c.channel, summaries.c.last_intent)
        query = query.join(summaries, summaries.c.sender_id == items.c.sender_id)
        query = query.where(*conditions(connection, filters, visit.coach, visit.now))
        rows = connection.execute(query.order_by(items.c.last_at.desc(), items.c.id.desc()).limit(most + 1)).all()
        if len(rows) > most:
            message = (
                f"These are more than {most} conversations, too many for one file. Filter them, for example by date."
            )
            raise ConsoleError(413, "Too many", message)
        visit.audit(connection, "export", kind=kind, conversations=len(rows), filters=filters.names)
    # Read after the transaction: nobody waits for a long file.
    with visit.console.engine.connect() as connection:
        body = make(connection, rows)
    return as_file(body, media, name)


def conversation_story(visit: Visit) -> Response:
    """One conversation as a test story."""
    sender_id = visit.param("sender_id")
    with writing(visit.console.engine) as connection:
        summary = conversations.conversation(connection, visit.coach, sender_id)
        visit.audit(connection, "export", sender_id, kind="story")
        made = stories(_story_name(summary.pseudonym, sender_id), _events(connection, sender_id))
    if not made:
        raise ConsoleError(
            409, "Nothing to tell", "No message of this conversation was read by Rasa, so there is no story."
        )
    return as_file(as_yaml(made), "application/yaml", f"test_{_file_part(summary.pseudonym)}.yml")


def as_file(body: str, media: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body.encode("utf-8", "replace"), media_type=f"{media}; charset=utf-8", headers=headers)


def _csv(connection: Connection, rows: list[Row]) -> str:
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(_COLUMNS)
    for fields in _fields(connection, rows):
        writer.writerow([safe_cell(fields[name]) for name in _COLUMNS])
    return output.getvalue()


def _jsonl(connection: Connection, rows: list[Row]) -> str:
    lines = []
    for fields in _fields(connection, rows):
        stored = [_object(data) for data in _events(connection, fields["sender_id"])]
        own = own_turns.of_conversation(connection, fields["sender_id"])
        known = own_turns.client_ids(event for event in stored if event is not None)
        told = [_told(event) for event in (*stored, *(event for turn in own for event in turn.as_events(known)))]
        fields["messages_in_order"] = [entry for entry in told if entry]
        if own:
            fields["messages_in_order"].sort(key=lambda entry: entry.get("at") or 0)
        lines.append(json.dumps(fields, ensure_ascii=False) + "\n")
    return "".join(lines)


def _stories(connection: Connection, rows: list[Row]) -> str:
    made = (stories(_story_name(row.pseudonym, row.sender_id), _events(connection, row.sender_id)) for row in rows)
    return as_yaml(story for of_conversation in made for story in of_conversation)


_MAKERS: dict[str, tuple[str, str, int, Any]] = {
    "csv": ("text/csv", "conversations.csv", MOST_ROWS, _csv),
    "jsonl": ("application/x-ndjson", "conversations.jsonl", MOST_WHOLE, _jsonl),
    "stories": ("application/yaml", "test_conversations.yml", MOST_WHOLE, _stories),
}


def _fields(connection: Connection, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    tagged: dict[str, list[str]] = {}
    for tag in connection.execute(sa.select(tags.c.sender_id, tags.c.tag).distinct().order_by(tags.c.tag)):
        tagged.setdefault(tag.sender_id, []).append(tag.tag)
    for row in rows:
        yield {
            "sender_id": row.sender_id, "patient": row.pseudonym, "started_at": row.started_at, "last_at": row.last_at,
            "channel": row.channel, "language": row.language, "messages": row.message_count,
            "urgency": URGENCIES[row.urgency] if row.urgency is not None else None, "grade": row.grade,
            "completed": row.completed, "last_step": row.last_step, "last_intent": row.last_intent,
            "lowest_confidence": row.min_confidence, "not_understood": row.fallback_count,
            "thumbs_down": row.thumbs_down, "contact_request": row.has_contact_request, "test": row.is_test,
            "queue": Part(row.bucket).title, "state": row.state, "reviewed_by": row.reviewed_by,
            "reviewed_at": row.reviewed_at, "verdict": row.verdict, "verdict_by": row.verdict_by,
            "flagged": row.flagged, "assignee": row.assignee, "second_review": row.second,
            "tags": tagged.get(row.sender_id, []),
        }  # fmt: skip


def safe_cell(value: Any) -> Any:
    """A cell of a table. One that begins like a formula would be worked out by a spreadsheet."""
    if isinstance(value, list):
        value = "; ".join(value)
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return "'" + value
    return "" if value is None else value


def _object(data: str | None) -> Mapping[str, Any] | None:
    """A stored event; None for one that can't be read."""
    event = parsed(data)
    return event if isinstance(event, Mapping) else None


def _told(event: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A message or a reply, without what only the dialogue needs."""
    if event is None:
        return {"unreadable": True}
    if event.get("event") not in ("user", "bot"):
        return None
    if event["event"] == "user":
        parsed = event.get("parse_data") or {}
        reading = parsed.get("reading") or {}
        return {
            "from": "patient", "at": event.get("timestamp"), "text": event.get("text"), "intent": parsed.get("intent"),
            "findings": reading.get("findings", []), "urgency": reading.get("urgency"),
        }  # fmt: skip
    reply = (event.get("data") or {}).get("custom") or (event.get("metadata") or {}).get("reply") or {}
    return {
        "from": "guide",
        "at": event.get("timestamp"),
        "type": reply.get("type"),
        "text": reply.get("text") or event.get("text"),
    }


def _events(connection: Connection, sender_id: str) -> list[str | None]:
    query = sa.select(events.c.data).where(events.c.sender_id == sender_id).order_by(events.c.id)
    return list(connection.execute(query).scalars())


def _story_name(pseudonym: str, sender_id: str) -> str:
    return f"Conversation {pseudonym} {sender_id[:8]}"


def _file_part(text: str) -> str:
    return "".join(c if c.isalnum() else "_" for c in text).lower()


PAGES = (
    get("/export/{kind}", export, "export", allow=LEADS),
    get("/conversations/{sender_id}/story.yml", conversation_story, "conversation_story", allow=LEADS),
)
