"""A patient who comes back: since when the present check goes on, and in what it is worse than the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.assessment.conversation import START_OVER
from bot.clinical.trend import Snapshot, worsenings

#: Without "start again", what is told within these hours belongs to the same check: a correction is no change.
SAME_CHECK_HOURS = 6

#: What a patient is told to be worse -> the fields of a snapshot that hold the others.
_ALONE: dict[str, dict[str, Any]] = {
    "extent": {"itch": None, "grade": None},
    "itch": {"extent_band": None, "grade": None},
    "grade": {"extent_band": None, "itch": None},
}


def began(events: Iterable[Mapping[str, Any]], now: float) -> float:
    """When the present check began, in seconds since 1970. `events` are those of the tracker, in Rasa's JSON form."""
    started = [float(event["timestamp"]) for event in events if _starts_over(event)]
    return max([now - SAME_CHECK_HOURS * 3600, *started])


def worse_in(before: Snapshot, now: Snapshot) -> tuple[str, ...]:
    """Which of "extent", "itch" and "grade" are worse by a step, each looked at alone."""
    return tuple(name for name, rest in _ALONE.items() if worsenings(replace(before, **rest), replace(now, **rest)))


def stored_snapshot(summary: Mapping[str, Any]) -> Snapshot | None:
    """The snapshot in the data of a stored summary; None where there is none that can be used."""
    try:
        return Snapshot.from_json(summary["snapshot"])
    except (KeyError, TypeError, ValueError):
        return None


def _starts_over(event: Mapping[str, Any]) -> bool:
    reading = (event.get("parse_data") or {}).get("reading") or {}
    return event.get("event") == "user" and reading.get("tapped") == START_OVER
