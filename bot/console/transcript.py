"""A conversation as the patient saw it, turn by turn, with what the guide made of each message.

Events are taken as they are stored. One that can't be read is shown as such, and never hides the others.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.console.highlight import Segment, segments
from bot.leading_slash import as_typed
from bot.storage.event_json import mapping
from bot.storage.own_turns import OwnTurn

#: Rasa's own names for its policies begin with their place in the configuration.
_POLICY = "policy_"

#: Slots whose names begin so hold contact data, which is shown only in the inbox of contact requests.
_CONTACT = "contact_"

_QUIET = {"action_listen", "action_session_start"}


class Stored(dict[str, Any]):
    """A stored JSON object. What it does not have is None: other versions of the guide stored other things."""

    def __missing__(self, key: str) -> None:
        return None


@dataclass(frozen=True)
class Message:
    """What the patient wrote or tapped, and how it was read.

    event_id: the number of its event; below zero, that of a turn of the gateway's own.
    ranking: (intent, confidence), the best first. wanted: what the classifier found, where rules decided otherwise.
    reading: see `bot.assessment.conversation.Outcome.as_json`; {} where the message was not read.
    """

    event_id: int
    at: float | None
    text: str
    segments: tuple[Segment, ...] = ()
    intent: str | None = None
    confidence: float | None = None
    ranking: tuple[tuple[str, float], ...] = ()
    wanted: tuple[str, float] | None = None
    tapped: Mapping[str, Any] | None = None
    reading: Mapping[str, Any] = field(default_factory=Stored)
    client_id: str | None = None

    @property
    def anchor(self) -> str:
        """Where the page has it."""
        return f"m{self.event_id}"

    @property
    def findings(self) -> list[Mapping[str, Any]]:
        """The findings that are objects."""
        return [item for item in _list(self.reading.get("findings")) if isinstance(item, Mapping)]

    @property
    def assessment(self) -> Mapping[str, Any]:
        """What the assessment held after this message, {} before anything was known."""
        return mapping(self.reading.get("assessment")) if self.reading.get("informed") else {}

    @property
    def known(self) -> list[tuple[str, str]]:
        """What was known of the patient after this message: name and value, in words."""
        return _known(mapping(self.reading.get("case")))


@dataclass(frozen=True)
class Reply:
    """What the guide showed: a reply as `bot.replies.Reply.as_json` gives it. own: the gateway's, without Rasa."""

    event_id: int
    at: float | None
    type: str
    text: str
    data: Mapping[str, Any]
    choices: tuple[str, ...] = ()
    sources: tuple[Mapping[str, Any], ...] = ()
    own: bool = False

    @property
    def is_own_care(self) -> bool:
        """Whether the gateway said "seek care" by itself."""
        return self.own and self.type == "care_card"


@dataclass(frozen=True)
class Decision:
    """What the guide did next, and which policy chose it."""

    action: str
    policy: str
    confidence: float | None


@dataclass
class Turn:
    """A message with all that followed from it. message is None for what came before the first one.

    system: the other events, as name and value; unreadable: events that can't be read; rating: "up" or "down".
    overtaken: Rasa answered too, after the gateway had.
    """

    message: Message | None = None
    replies: list[Reply] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    system: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    ended: bool = False
    rating: str | None = None
    overtaken: bool = False

    @property
    def client_id(self) -> str | None:
        """The id that the patient's page gave the message."""
        return self.message.client_id if self.message else None

    @property
    def seconds(self) -> float | None:
        """From the message to the guide's last reply. Of its own turns the gateway keeps one moment only."""
        times = [reply.at for reply in self.replies if reply.at is not None and not reply.own]
        if self.message is None or self.message.at is None or not times:
            return None
        return max(0.0, max(times) - self.message.at)

    @property
    def is_half(self) -> bool:
        """Whether the guide's answer was not stored to its end."""
        return self.message is not None and not self.ended and not self.replies

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to show."""
        return not (self.message or self.replies or self.decisions or self.system or self.unreadable)


def read_turns(rows: Iterable[tuple[int, str | None]]) -> list[Turn]:
    """The turns of a conversation. rows: id and stored JSON of its events, in order."""
    turns = [Turn()]
    for event_id, data in rows:
        try:
            event = json.loads(data or "", object_hook=Stored)
            if not isinstance(event, dict) or not isinstance(event.get("event"), str):
                raise ValueError("not an event")
            if event["event"] == "user" and event.get("text") is not None:
                turns.append(Turn(_message(event_id, event)))
            else:
                _add(turns[-1], event_id, event)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
            turns[-1].unreadable.append(event_id)
    return [turn for turn in turns if not turn.is_empty]


def with_own_turns(turns: list[Turn], own_turns: Iterable[OwnTurn]) -> list[Turn]:
    """The turns together with those that the gateway answered by itself.

    A message that slow Rasa has stored after all is one turn, with both answers in the order of their times.
    """
    known = {turn.client_id: turn for turn in turns if turn.client_id}
    added = []
    for own in own_turns:
        turn = known.get(own.client_id)
        if turn is None:
            turn = _own_turn(own)
            added.append(turn)
        try:
            shown = [_reply(own.number, own.at, reply, own=True) for reply in own.shown]
        except (AttributeError, TypeError, ValueError):
            turn.unreadable.append(own.number)
            continue
        turn.overtaken = bool(turn.replies)
        turn.replies = sorted([*shown, *turn.replies], key=lambda reply: reply.at or 0.0)
    return sorted([*turns, *added], key=_time) if added else turns


def _own_turn(own: OwnTurn) -> Turn:
    """The turn with its message only."""
    try:
        event = json.loads(own.message, object_hook=Stored)
        return Turn(_message(own.number, event), ended=True)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return Turn(Message(own.number, own.at, "", client_id=own.client_id), unreadable=[own.number], ended=True)


def with_ratings(turns: list[Turn], ratings: Mapping[str, str]) -> list[Turn]:
    """The turns with what the patient thought of the answers. ratings: client id of the message -> "up" or "down"."""
    for turn in turns:
        turn.rating = ratings.get(turn.client_id or "")
    return turns


def _message(event_id: int, event: Mapping[str, Any]) -> Message:
    parsed, metadata = mapping(event.get("parse_data")), mapping(event.get("metadata"))
    intent, reading = mapping(parsed.get("intent")), mapping(parsed.get("reading"))
    text = as_typed(str(event["text"]))
    ranking = [
        (str(entry.get("name")), float(entry["confidence"]))
        for entry in map(mapping, _list(parsed.get("intent_ranking")))
        if _is_number(entry.get("confidence"))
    ]
    wanted = None
    if (
        reading.get("wanted")
        and reading["wanted"] != intent.get("name")
        and _is_number(reading.get("wanted_confidence"))
    ):
        wanted = (str(reading["wanted"]), float(reading["wanted_confidence"]))
    return Message(
        event_id,
        event["timestamp"] if _is_number(event.get("timestamp")) else None,
        text,
        tuple(segments(text, _list(reading.get("findings")))),
        str(intent["name"]) if intent.get("name") else None,
        float(intent["confidence"]) if _is_number(intent.get("confidence")) else None,
        tuple(ranking[:5]),
        wanted,
        mapping(metadata.get("answer")) or None,
        Stored(reading),
        client_id if isinstance(client_id := metadata.get("client_id"), str) else None,
    )


def _add(turn: Turn, event_id: int, event: Mapping[str, Any]) -> None:
    kind = event["event"]
    at = event["timestamp"] if _is_number(event.get("timestamp")) else None
    if kind == "bot":
        reply = mapping(mapping(event.get("data")).get("custom") or mapping(event.get("metadata")).get("reply"))
        if not reply:
            buttons = map(mapping, _list(mapping(event.get("data")).get("buttons")))
            choices = [{"title": button.get("title")} for button in buttons]
            reply = {"type": "text", "text": event.get("text") or "", "choices": choices}
        turn.replies.append(_reply(event_id, at, reply))
    elif kind == "action":
        name = str(event.get("name") or event.get("action_text"))
        turn.ended = turn.ended or name == "action_listen"
        if name not in _QUIET:
            confidence = event["confidence"] if _is_number(event.get("confidence")) else None
            turn.decisions.append(Decision(name, _policy(event.get("policy")), confidence))
    else:
        turn.system.append((kind, _value(event)))


def _reply(event_id: int, at: float | None, reply: Mapping[str, Any], own: bool = False) -> Reply:
    choices = [str(choice["title"]) for choice in map(mapping, _list(reply.get("choices"))) if choice.get("title")]
    sources = [source for source in map(mapping, _list(reply.get("sources"))) if source.get("title")]
    text = reply.get("text")
    return Reply(
        event_id,
        at,
        str(reply.get("type") or "text"),
        text if isinstance(text, str) else "",
        _shaped(mapping(reply.get("data"))),
        tuple(choices),
        tuple(sources),
        own,
    )


#: What a reply's data may hold that is not a plain value.
_TEXTS = {"heard", "steps", "watch", "worse", "limits", "findings", "lines"}
_OBJECTS = {"items", "groups", "bars", "sections"}


def _shaped(data: Mapping[str, Any]) -> Stored:
    """The data without what does not have the shape in which it is shown."""
    shaped = Stored()
    for key, value in data.items():
        if key in _TEXTS:
            shaped[key] = [str(line) for line in _list(value)]
        elif key in _OBJECTS:
            shaped[key] = [_shaped(entry) for entry in _list(value) if isinstance(entry, Mapping)]
        elif key == "call" and isinstance(value, Mapping):
            shaped[key] = _shaped(value)
        elif isinstance(value, str | int | float):
            shaped[key] = value
    return shaped


def _policy(name: Any) -> str:
    """ "policy_1_RulePolicy" is "RulePolicy"."""
    text = str(name or "")
    return text.rpartition("_")[2] if text.startswith(_POLICY) else text


def _value(event: Mapping[str, Any]) -> str:
    if event["event"] == "slot":
        name = str(event.get("name"))
        value = "(contact data)" if name.startswith(_CONTACT) and event.get("value") else _short(event.get("value"))
        return f"{name}: {value}"
    return _short(event["name"]) if event.get("name") else ""


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "…"


#: What the case keeps for the dialogue only.
_NOT_SHOWN = {"signs", "quotes", "tries", "words"}


def _known(case: Mapping[str, Any]) -> list[tuple[str, str]]:
    lines = []
    signs = mapping(case.get("signs"))
    for status in ("present", "unsure", "absent"):
        names = [str(sign).replace("_", " ") for sign, found in signs.items() if found == status]
        if names:
            lines.append((status, ", ".join(names)))
    for name, value in case.items():
        if name not in _NOT_SHOWN:
            lines.append((str(name).replace("_", " "), _in_words(value)))
    return lines


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_in_words(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{str(key).replace('_', ' ')}: {_in_words(item)}" for key, item in value.items())
    return _short(value).replace("_", " ") if isinstance(value, str) else _short(value)


def _time(turn: Turn) -> float:
    return (turn.message.at if turn.message else None) or 0.0


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
