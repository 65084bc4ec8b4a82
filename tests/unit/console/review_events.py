"""Events of made-up conversations in the form in which they are stored."""

import json
from typing import Any

from sqlalchemy.engine import Engine

from bot.storage.database import writing
from bot.storage.turns import store_turn


def said(
    text: str,
    at: float,
    intent: str = "describe_rash",
    confidence: float = 0.9,
    reading: dict[str, Any] | None = None,
    **metadata: Any,
) -> dict[str, Any]:
    """A message. reading: as `bot.assessment.conversation.Outcome.as_json`."""
    ranking = [{"name": intent, "confidence": confidence}, {"name": "ask_treatment", "confidence": 0.05}]
    parsed = {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": [], "reading": reading or {}}
    return {"event": "user", "timestamp": at, "text": text, "parse_data": parsed, "input_channel": "rest",
            "metadata": metadata}  # fmt: skip


def blisters_reading(text: str, status: str = "present") -> dict[str, Any]:
    """What the reader makes of a message with blisters in it."""
    start = text.index("blisters")
    finding = {
        "concept": "blistering", "sign": "blisters", "status": status, "text": "blisters", "start": start,
        "end": start + 8, "rule": "told as present", "site": None, "in_doubt": False,
    }  # fmt: skip
    present = status == "present"
    explanation = {
        "for": ["blisters"] if present else [], "against": ["no fever"], "grade": [], "rules": ["R01"],
        "sources": ["S01"],
    }  # fmt: skip
    return {
        "findings": [finding], "language": "en", "case": {"signs": {"blisters": status}, "itch": 2},
        "asks": [], "reported": ["blisters"] if present else [], "informed": True, "answered": False,
        "urgency": "emergency" if present else None, "wanted": "describe_rash", "wanted_confidence": 0.8,
        "assessment": {"urgency": "emergency" if present else "routine", "grade": None, "explanation": explanation},
    }  # fmt: skip


def shown(
    at: float, type: str = "text", text: str = "I see.", choices: tuple[str, ...] = (), **data: Any
) -> dict[str, Any]:
    """A reply."""
    custom = {"type": type, "text": text, "choices": [{"id": c, "title": c} for c in choices], "data": data,
              "sources": [{"id": "S01", "title": "Revlimid label", "level": "label"}]}  # fmt: skip
    return {"event": "bot", "timestamp": at, "text": None, "data": {"custom": custom}, "metadata": {}}


def care_card(at: float, urgency: str = "emergency") -> dict[str, Any]:
    """The seek-care reply."""
    return shown(
        at, "care_card", "Call 911 now.", urgency=urgency, headline="Call 911 now", heard=["blisters"],
        steps=["Call.", "Stop Revlimid."], call={"number": "911", "label": "Emergency"}, say="I have blisters.",
        watch=["trouble breathing"],
    )  # fmt: skip


def did(name: str, at: float, policy: str = "policy_1_RulePolicy", confidence: float = 1.0) -> dict[str, Any]:
    """An action."""
    return {"event": "action", "timestamp": at, "name": name, "policy": policy, "confidence": confidence}


def tell(engine: Engine, sender_id: str, *events: dict[str, Any]) -> None:
    """Store a turn."""
    with writing(engine) as connection:
        store_turn(connection, sender_id, [json.loads(json.dumps(event)) for event in events], None)


def tell_emergency(engine: Engine, sender_id: str, at: float, text: str = "I have blisters on my lips") -> None:
    """A conversation of one turn that ends with "seek care now"."""
    message = said(text, at, "report_urgent_sign", 1.0, blisters_reading(text), patient=f"patient of {sender_id}")
    policy = "policy_0_SafetyPolicy"
    tell(engine, sender_id, did("action_session_start", at - 1), {"event": "session_started", "timestamp": at - 1},
         did("action_listen", at - 1), message, did("utter_seek_care", at + 0.2, policy), care_card(at + 0.25),
         {"event": "slot", "timestamp": at + 0.3, "name": "urgency", "value": "emergency"},
         did("action_listen", at + 0.3, policy))  # fmt: skip
