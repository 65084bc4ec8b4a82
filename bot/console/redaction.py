"""Takes words out of a stored message, and out of whatever repeats them in the same conversation.

The mask has the length of what it covers, so that the places of findings stay right. The words can't be had back.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.console.errors import ConsoleError, bad_request, not_found
from bot.storage.event_json import parsed
from bot.storage.own_turns import change_message, stored_message
from bot.storage.redaction import SHORTEST_ECHO, mask_of
from bot.storage.tables import events

#: What a patient gave for the coach on purpose, and what coaches wrote.
_LEFT_ALONE = {"contact_requests", "contact_notes", "contact_notices", "conversations", "events"}

Change = Callable[[str], str]


def message_text(connection: Connection, sender_id: str, event_id: int) -> str:
    """The text of a patient's message. Raises ConsoleError 404, and 422 for an event that can't be read."""
    return str(_message(connection, sender_id, event_id)["text"])


def redact_words(connection: Connection, sender_id: str, event_id: int, words: str) -> int:
    """Take words out of a message wherever they stand in it, see `redact_span`. Raises ConsoleError 400 for others."""
    text = message_text(connection, sender_id, event_id)
    found = _pattern(words).search(text) if words.strip() else None
    if found is None:
        raise bad_request("These words do not stand in the message. Whole words count; case does not.")
    return redact_span(connection, sender_id, event_id, found.start(), found.end())


def redact_span(connection: Connection, sender_id: str, event_id: int, start: int, end: int) -> int:
    """Take `text[start:end]`, widened to whole words, out of a message and out of what repeats it.

    Returns the number of stored rows that were changed. Raises ConsoleError as `message_text` does, and 400 for a
    span that is not in the text.
    """
    event = _message(connection, sender_id, event_id)
    text = event["text"]
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise bad_request("That part is not in the message.")
    start, end = _whole_words(text, start, end)
    pattern = _pattern(text[start:end])

    def masked(value: str) -> str:
        return pattern.sub(lambda match: mask(len(match[0])), value)

    after = masked(text[:start] + mask(end - start) + text[end:])
    changed = _with_spans(_walk(event, masked), text, after)
    changed["text"] = after
    if isinstance(changed.get("parse_data"), dict) and "text" in changed["parse_data"]:
        changed["parse_data"]["text"] = after
    change_message(connection, event_id, json.dumps(changed))
    if end - start < SHORTEST_ECHO:
        # Shorter ones could stand anywhere by chance, so they are taken out of the message itself only.
        return 1
    return 1 + _redact_elsewhere(connection, sender_id, event_id, masked)


def mask(length: int) -> str:
    """A mask of this length, which says what it is where there is room."""
    return mask_of(length, "removed")


def _message(connection: Connection, sender_id: str, event_id: int) -> dict[str, Any]:
    data = stored_message(connection, event_id, sender_id)
    if data is None:
        raise not_found()
    event = _object(data)
    if not isinstance(event, dict) or not isinstance(event.get("text"), str):
        message = "The stored event can't be read, so nothing can be taken out of it. Erase the conversation instead."
        raise ConsoleError(422, "Unreadable message", message)
    return event


def _redact_elsewhere(connection: Connection, sender_id: str, event_id: int, masked: Change) -> int:
    """In the other events and in every table with a column `sender_id`, also one that was added elsewhere."""
    count = 0
    others = sa.select(events.c.id, events.c.data).where(events.c.sender_id == sender_id, events.c.id != event_id)
    for row in connection.execute(others).all():
        changed = _changed_text(row.data, masked)
        if changed != row.data:
            connection.execute(sa.update(events).where(events.c.id == row.id).values(data=changed))
            count += 1
    found = sa.MetaData()
    found.reflect(connection)
    for table in found.sorted_tables:
        if "sender_id" in table.c and table.name not in _LEFT_ALONE:
            count += _redact_table(connection, table, sender_id, masked)
    return count


def _redact_table(connection: Connection, table: sa.Table, sender_id: str, masked: Change) -> int:
    count = 0
    keys = list(table.primary_key)
    columns = [column for column in table.c if column not in keys and isinstance(column.type, sa.JSON | sa.Text)]
    if not keys or not columns:
        return 0
    for row in connection.execute(sa.select(table).where(table.c.sender_id == sender_id)).mappings().all():
        changed = {}
        for column in columns:
            value = row[column.name]
            after = _changed_text(value, masked) if isinstance(value, str) else _walk(value, masked)
            if after != value:
                changed[column.name] = after
        if changed:
            this = sa.and_(*(key == row[key.name] for key in keys))
            connection.execute(sa.update(table).where(this).values(changed))
            count += 1
    return count


def _changed_text(stored: str | None, masked: Change) -> str | None:
    """A stored text, which may be JSON, without the words. What can't be read is changed as plain text."""
    value = _object(stored)
    if value is None:
        return masked(stored) if stored else stored
    changed = _walk(value, masked)
    return stored if changed == value else json.dumps(changed)


def _walk(value: Any, masked: Change, key: str = "") -> Any:
    """JSON data without the words. Names such as an intent's or a sign's are no text: they are left as they are."""
    if isinstance(value, str):
        return masked(value) if key in ("text", "value") or any(c.isspace() for c in value) else value
    if isinstance(value, dict):
        return {name: _walk(item, masked, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_walk(item, masked, key) for item in value]
    return value


def _with_spans(value: Any, before: str, after: str) -> Any:
    """What quotes the message by its place in it (findings, entities) quotes the masked text."""
    if isinstance(value, list):
        return [_with_spans(item, before, after) for item in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _with_spans(item, before, after) for name, item in value.items()}
    start, end = value.get("start"), value.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(before):
        changed |= {name: after[start:end] for name in ("text", "value") if isinstance(value.get(name), str)}
    return changed


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and _in_word(text[start]) and _in_word(text[start - 1]):
        start -= 1
    while end < len(text) and _in_word(text[end - 1]) and _in_word(text[end]):
        end += 1
    return start, end


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _pattern(words: str) -> re.Pattern[str]:
    plain = words.strip()
    inside = r"\s+".join(re.escape(word) for word in plain.split())
    left = r"(?<!\w)" if _in_word(plain[0]) else ""
    right = r"(?!\w)" if _in_word(plain[-1]) else ""
    return re.compile(f"{left}{inside}{right}", re.IGNORECASE)


def _object(stored: str | None) -> Any:
    """The dict or list that a stored text holds, else None."""
    value = parsed(stored)
    return value if isinstance(value, dict | list) else None
