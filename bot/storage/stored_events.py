"""Turns the events of one turn into what is stored of them: without contact data, without what repeats itself."""

from collections.abc import Iterable, Iterator
from typing import Any

from bot.storage import redaction

#: Slots whose names begin so hold what a patient gave on purpose for the coach; they live until they are cleared.
CONTACT = "contact_"

Event = dict[str, Any]

#: What goes with a message for its reading alone.
_CONTEXT = {"context", "missed"}

#: What was masked: the patient's words and their kind.
Echo = tuple[str, str]


def to_store(events: Iterable[Event], requested_slot: str | None = None) -> tuple[list[Event], list[Echo]]:
    """Rasa's events as they are stored, and what was masked in them. requested_slot: what was asked for before them.

    E-mail addresses, phone numbers and the like give way to masks of the same length in the patient's text and
    wherever the turn repeats them; contact slots keep their value. An answer to the contact form is masked as a whole
    unless something of health was read in it.
    """
    redacted: list[Event] = []
    echoes: list[Echo] = []
    for event in events:
        if event.get("event") == "slot" and event.get("name") == "requested_slot":
            requested_slot = event.get("value")
        if event.get("event") == "user":
            event = _without_context(event)
            text = event.get("text") or ""
            spans = redaction.find(text)
            echoes += [(text[span.start : span.end], span.kind) for span in spans]
            event = _with_text(event, redaction.mask(text, spans))
            if text and str(requested_slot).startswith(CONTACT) and not _findings(event):
                event = _blanked(event)
        redacted.append(event)
    return [event if _is_contact(event) else redaction.redact_echoes(event, echoes) for event in redacted], echoes


def cleared_contacts(events: Iterable[Event]) -> Iterator[str]:
    """The contact slots that these events end up clearing."""
    last = {event["name"]: event.get("value") for event in events if _is_contact(event)}
    return (name for name, value in last.items() if value is None)


def _is_contact(event: Event) -> bool:
    return event.get("event") == "slot" and str(event.get("name")).startswith(CONTACT)


def _without_context(event: Event) -> Event:
    """The reader's context (see `bot.rasa_parts.mends`) can be had from the events before this one, what Rasa had
    missed from the gateway's own turns: in one place only, a message can be redacted."""
    metadata = event.get("metadata")
    if not isinstance(metadata, dict) or not _CONTEXT & metadata.keys():
        return event
    return {**event, "metadata": {key: value for key, value in metadata.items() if key not in _CONTEXT}}


def _findings(event: Event) -> Any:
    reading = (event.get("parse_data") or {}).get("reading") or {}
    return reading.get("findings")


def _with_text(event: Event, text: str) -> Event:
    """The event with this text in place of the patient's own, which Rasa keeps twice."""
    changed = {**event, "text": text}
    if isinstance(event.get("parse_data"), dict):
        changed["parse_data"] = {**event["parse_data"], "text": text}
    return changed


def _blanked(event: Event) -> Event:
    """The event with a mask over the whole text, and over what repeats it. The case in its reading is kept."""
    changed = redaction.redact_echoes(event, [(event["text"], "CONTACT")])
    changed = _with_text(changed, redaction.mask_all(event["text"]))
    if "parse_data" in changed:
        changed["parse_data"]["entities"] = []
    return changed
