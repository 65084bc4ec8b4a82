"""What the reader needs to know of the conversation so far, taken from the tracker."""

from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assessment.steps import FORM


def context_of(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """Case, open question, offered choices and last message, as `conversation.Before.from_json` takes them."""
    if tracker is None:
        return {}
    loop = tracker.active_loop_name
    step = tracker.get_slot("requested_slot") if loop == FORM else None
    return {
        "case": last_reading(tracker).get("case", {}),
        "step": step,
        "offered": _offered(tracker),
        "busy": bool(loop) and loop != FORM,
        "said": _said(tracker),
    }


def _last_message(tracker: DialogueStateTracker) -> UserUttered | None:
    return next((e for e in reversed(tracker.events) if isinstance(e, UserUttered) and e.text), None)


def _said(tracker: DialogueStateTracker) -> str:
    """The patient's latest message in words; "" before the first and after a tap."""
    event = _last_message(tracker)
    if event is None or not event.text or (event.metadata or {}).get("answer") or event.text.startswith("/"):
        return ""
    return str(event.text)


def last_reading(tracker: DialogueStateTracker) -> dict[str, Any]:
    """The outcome kept with the patient's latest message, {} before the first."""
    event = _last_message(tracker)
    reading: dict[str, Any] = ((event.parse_data or {}) if event else {}).get("reading") or {}
    return reading


def reply_of(event: BotUttered) -> dict[str, Any] | None:
    """The reply that a bot event shows, on whatever channel."""
    reply: dict[str, Any] | None = (event.data or {}).get("custom") or (event.metadata or {}).get("reply")
    return reply


def _offered(tracker: DialogueStateTracker) -> dict[str, str]:
    """title -> id of everything that the last turn offered to tap."""
    offered: dict[str, str] = {}
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            break
        reply = reply_of(event) if isinstance(event, BotUttered) else None
        for choice in (reply or {}).get("choices", []):
            offered.setdefault(choice["title"].casefold(), choice["id"])
    return offered
