"""What a conversation amounts to in one row, kept up to date by the events of each turn. No words of the patient."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from bot.clinical.signs import Sign, Urgency
from bot.storage.event_json import mapping

#: From the least to the most urgent.
URGENCIES = tuple(urgency.value for urgency in Urgency)

#: Statuses of a sign, the one that counts most last.
_WEIGHED = ("absent", "unsure", "present")

Event = Mapping[str, Any]


def new_summary(sender_id: str, at: float) -> dict[str, Any]:
    """The row of a conversation that nothing was said in yet."""
    return {
        "sender_id": sender_id,
        "patient": sender_id,
        "pseudonym": pseudonym(sender_id),
        "channel": None,
        "started_at": at,
        "last_at": at,
        "message_count": 0,
        "highest_urgency": None,
        "latest_urgency": None,
        "grade": None,
        "last_intent": None,
        "intents": [],
        "min_confidence": None,
        "fallback_count": 0,
        "findings": [],
        "language": None,
        "last_step": None,
        "completed": False,
        "is_test": False,
    }


def pseudonym(patient: str) -> str:
    """A name for a patient that can be said aloud and leads back to nobody: "P-" and seven characters."""
    digest = hashlib.sha256(patient.encode()).digest()
    return "P-" + base64.b32encode(digest).decode()[:7]


def with_events(
    summary: Mapping[str, Any], events: Iterable[Event], counted: Mapping[str, bool] = {}
) -> dict[str, Any]:
    """The row after these events, which are in order and in Rasa's JSON form. What they don't tell stays as it was.

    counted: client ids of messages that the row has already -> whether as not understood. A message counts once, also
    where slow Rasa and the gateway that gave up on it both answered.
    """
    row = dict(summary)
    for event in events:
        row["last_at"] = max(row["last_at"], event.get("timestamp") or 0)
        if event.get("event") == "user":
            _add_message(row, event, counted)
        elif event.get("event") == "bot":
            _add_reply(row, event)
    return row


def finished_assessments(events: Iterable[Event]) -> list[dict[str, Any]]:
    """One row, without sender_id, for each summary that the guide gave in these events."""
    rows: list[dict[str, Any]] = []
    reading: Mapping[str, Any] = {}
    for event in events:
        if event.get("event") == "user":
            reading = _reading(event)
        reply = _reply(event)
        if reply.get("type") == "summary":
            rows.append(_assessment(mapping(reply.get("data")), reading, event.get("timestamp") or 0))
    return rows


def is_not_understood(event: Event) -> bool:
    """Whether the guide had no answer of its own to a message."""
    intent = mapping(mapping(event.get("parse_data")).get("intent"))
    return intent.get("name") == "nlu_fallback" or bool(mapping(event.get("metadata")).get("unanswered"))


def _add_message(row: dict[str, Any], event: Event, counted: Mapping[str, bool]) -> None:
    metadata = mapping(event.get("metadata"))
    before = counted.get(str(metadata.get("client_id")))
    row["message_count"] += before is None
    row["fallback_count"] += is_not_understood(event) and not before
    row["channel"] = event.get("input_channel") or row["channel"]
    if isinstance(metadata.get("patient"), str) and metadata["patient"]:
        row["patient"] = metadata["patient"]
        row["pseudonym"] = pseudonym(metadata["patient"])
    # What a maintainer types into `rasa shell` is no patient's.
    row["is_test"] = row["is_test"] or bool(metadata.get("is_test")) or event.get("input_channel") == "cmdline"
    _add_intent(row, event, tapped="answer" in metadata)
    reading = _reading(event)
    _add_findings(row, reading)
    row["language"] = reading.get("language") or row["language"]
    assessment = mapping(reading.get("assessment"))
    if reading.get("informed"):
        # Before anything is known of the rash, the assessment says "routine" of nothing.
        _add_urgency(row, assessment.get("urgency"))
        row["grade"] = _whole(assessment.get("grade"))
    _add_urgency(row, reading.get("urgency"))


def _add_intent(row: dict[str, Any], event: Event, tapped: bool) -> None:
    intent = mapping(mapping(event.get("parse_data")).get("intent"))
    name, confidence = intent.get("name"), intent.get("confidence")
    if not name:
        return
    row["last_intent"] = name
    if name not in row["intents"]:
        row["intents"] = [*row["intents"], name]
    # A tap says nothing about how well words were understood.
    if not tapped and isinstance(confidence, int | float):
        row["min_confidence"] = min(confidence, row["min_confidence"] if row["min_confidence"] is not None else 1.0)


def _add_findings(row: dict[str, Any], reading: Mapping[str, Any]) -> None:
    """What the message says, and over it what the case holds, which knows taps as well as words."""
    known = {finding["concept"]: finding["status"] for finding in row["findings"]}
    findings = reading.get("findings")
    for finding in findings if isinstance(findings, list) else ():
        if isinstance(finding, Mapping) and finding.get("concept") and finding.get("status"):
            known[str(finding["concept"])] = str(finding["status"])
    known |= _flags(mapping(mapping(reading.get("case")).get("signs")))
    row["findings"] = [{"concept": concept, "status": status} for concept, status in known.items()]


def _flags(signs: Mapping[str, Any]) -> dict[str, str]:
    """Concept -> status. Where a red flag has several signs, the one that counts most."""
    by_weight = [(sign, status) for weighed in _WEIGHED for sign, status in signs.items() if status == weighed]
    return {_flag(sign): status for sign, status in by_weight}


def _flag(sign: str) -> str:
    try:
        return Sign(sign).flag or sign
    except ValueError:
        return sign


def _add_reply(row: dict[str, Any], event: Event) -> None:
    reply = _reply(event)
    data = mapping(reply.get("data"))
    _add_urgency(row, data.get("urgency"))
    if isinstance(data.get("step"), str):
        row["last_step"] = data["step"]
    if reply.get("type") == "summary":
        row["completed"] = True
        if _whole(data.get("grade")) is not None:
            row["grade"] = data["grade"]


def _add_urgency(row: dict[str, Any], urgency: Any) -> None:
    if urgency not in URGENCIES:
        return
    row["latest_urgency"] = urgency
    highest = row["highest_urgency"]
    if highest is None or URGENCIES.index(urgency) > URGENCIES.index(highest):
        row["highest_urgency"] = urgency


def _assessment(data: Mapping[str, Any], reading: Mapping[str, Any], at: float) -> dict[str, Any]:
    extent = mapping(mapping(reading.get("assessment")).get("extent"))
    return {
        "made_at": at,
        "urgency": data.get("urgency") if data.get("urgency") in URGENCIES else None,
        "grade": _whole(data.get("grade")),
        "extent_low": extent.get("low"),
        "extent_high": extent.get("high"),
        "itch": _whole(mapping(reading.get("case")).get("itch")),
        "summary": dict(data),
    }


def _reading(event: Event) -> Mapping[str, Any]:
    return mapping(mapping(event.get("parse_data")).get("reading"))


def _reply(event: Event) -> Mapping[str, Any]:
    """The whole reply, which the gateway gets as it is and other channels beside its plain text."""
    return mapping(mapping(event.get("data")).get("custom") or mapping(event.get("metadata")).get("reply"))


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
