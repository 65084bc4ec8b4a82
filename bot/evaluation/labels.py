"""Labelled messages of patients, read from JSON lines and checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class LabelError(ValueError):
    """Labelled messages that cannot be used: the file, the line and what is wrong with it."""


@dataclass(frozen=True)
class Message:
    """One labelled message; the label is for the state after the last turn. `urgent` is None for ambiguous."""

    id: str
    turns: tuple[str, ...]
    urgent: bool | None
    preferred: str
    intents: frozenset[str]
    signs: frozenset[str] = frozenset()


_PREFERRED = ("escalate", "either", "no_escalate")


def load(path: Path) -> tuple[Message, ...]:
    """The labelled messages of a file. Raises LabelError naming file, line and reason."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise LabelError(f"{path}: is not UTF-8 text ({error.reason} at byte {error.start})") from error
    except OSError as error:
        raise LabelError(f"{path}: {error.strerror}") from error
    found: dict[str, Message] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            message = _message(json.loads(line))
            if message.id in found:
                raise ValueError(f"the id {message.id!r} is there twice")
        except json.JSONDecodeError as error:
            raise LabelError(f"{path}, line {number}: is not JSON: {error.msg}") from error
        except ValueError as error:
            raise LabelError(f"{path}, line {number}: {error}") from error
        found[message.id] = message
    if not found:
        raise LabelError(f"{path}: holds no messages")
    return tuple(found.values())


def _message(row: Any) -> Message:
    if not isinstance(row, Mapping):
        raise ValueError("must be an object")
    for name in ("id", "urgent"):
        if name not in row:
            raise ValueError(f"needs {name!r}")
    if ("turns" in row) == ("text" in row):
        raise ValueError("needs either 'text' or 'turns'")
    turns = row["turns"] if "turns" in row else [row["text"]]
    if not turns or not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("'text' must be a text, 'turns' a list of texts")
    urgent = row["urgent"]
    if not isinstance(urgent, bool) and urgent != "ambiguous":
        raise ValueError(f"'urgent' must be true, false or \"ambiguous\", not {urgent!r}")
    preferred = row.get("preferred", "either")
    if preferred not in _PREFERRED:
        raise ValueError(f"'preferred' must be one of {', '.join(_PREFERRED)}, not {preferred!r}")
    intents = _names(row, "intent") | _names(row, "intent_also")
    label = urgent if isinstance(urgent, bool) else None
    return Message(str(row["id"]), tuple(turns), label, preferred, intents, _names(row, "signs"))


def _names(row: Mapping[str, Any], field: str) -> frozenset[str]:
    """A name or a list of names; nothing where the field is missing or empty."""
    value = row.get(field) or []
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"{field!r} must be a name or a list of names")
    return frozenset(names)
