"""What the reader needs to know of the conversation so far, taken from the tracker."""

from typing import Any

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

ASSESSMENT_FORM = "assessment_form"


def context_of(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """Case, open question, offered choices and last message, as `conversation.Before.from_json` takes them."""
    if tracker is None:
        return {}
    loop = tracker.active_loop_name
    step = tracker.get_slot("requested_slot") if loop == ASSESSMENT_FORM else None
    return {
        "case": last_reading(tracker).get("case", {}),
        "step": step,
        "offered": _offered(tracker),
        "busy": bool(loop) and loop != ASSESSMENT_FORM,
        "said": _said(tracker),
    }


def _said(tracker: DialogueStateTracker) -> str:
    """The patient's latest message in words; "" before the first and after a tap."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered) and event.text:
            return "" if (event.metadata or {}).get("answer") or event.text.startswith("/") else event.text
    return ""


def last_reading(tracker: DialogueStateTracker) -> dict[str, Any]:
    """The outcome kept with the patient's latest message, {} before the first."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered) and event.text:
            reading: dict[str, Any] = (event.parse_data or {}).get("reading") or {}
            return reading
    return {}


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
