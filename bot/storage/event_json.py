"""Events as they are stored, in JSON, read so that one that is broken stops nothing."""

import json
from collections.abc import Mapping
from typing import Any


def parsed(data: str | None) -> Any:
    """What stored JSON holds; None where it can't be read, because it is broken or nested too deeply."""
    try:
        return json.loads(data or "")
    except (RecursionError, ValueError):
        return None


def event_of(data: str | None) -> Mapping[str, Any]:
    """A stored event; empty where it can't be read."""
    return mapping(parsed(data))


def mapping(value: Any) -> Mapping[str, Any]:
    """The value if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}
