"""Conversations as end-to-end stories for `rasa test`, in the form of `tests/stories/`.

`rasa test` reads each message alone, without the conversation before it, and runs no action. So the words of a message
stand in the story where they are understood alone; an answer that means something only after its question ("no",
a tap on the body map) stands there by its intent.

Where the guide went on because of what it had read, which `rasa test` can't know, a second story takes over.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.assessment.steps import FORM
from bot.console.queries.correcting import clean
from bot.storage.event_json import event_of, mapping

_NOT_IN_STORIES = {"action_listen", "action_session_start", "action_extract_slots", "action_restart"}

#: Whether a message is read alone as it was in its conversation: words, reading, intent.
Alone = Callable[[str, Mapping[str, Any], str], bool]


class _Words(str):
    """Text that is written as a block, as in the stories written by hand."""


class _Dumper(yaml.SafeDumper):
    """Indents lists below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """As the parent does, but never without indentation."""
        super().increase_indent(flow, False)


_Dumper.add_representer(_Words, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), "|"))


def stories(name: str, rows: Iterable[str | None], alone: Alone | None = None) -> list[dict[str, Any]]:
    """The stories of one conversation from its stored events, in order; none where nothing was said."""
    alone = alone or read_alone
    parts: list[list[dict[str, Any]]] = [[]]
    events = [event_of(data) for data in rows]
    for at, event in enumerate(events):
        kind, steps = event.get("event"), parts[-1]
        if kind == "user" and isinstance(event.get("text"), str):
            steps += _said(event, alone)
        elif not steps:
            # Before the first message only the session begins.
            continue
        elif kind == "action" and event.get("name") and event["name"] not in _NOT_IN_STORIES:
            if _rests_on_reading(event, steps):
                parts.append([])
                parts[-1] += [
                    {"active_loop": FORM},
                    {"slot_was_set": [{"requested_slot": _first_question(events[at:])}]},
                ]
            else:
                steps.append({"action": event["name"]})
        elif kind == "active_loop":
            _append(steps, {"active_loop": event.get("name")})
        elif kind == "slot" and event.get("name") == "urgency" and not _leads_on(event, events[at:]):
            # The questions end here. A value from before would let them go on.
            if any("urgency" in slots for step in steps for slots in step.get("slot_was_set", ())):
                steps.append({"slot_was_set": [{"urgency": None}]})
        elif kind == "slot" and event.get("name") in ("requested_slot", "urgency"):
            _append(steps, {"slot_was_set": [{event["name"]: event.get("value")}]})
    told = [steps for steps in parts if any("intent" in step for step in steps)]
    return [{"story": name if len(told) == 1 else f"{name}, part {i}", "steps": s} for i, s in enumerate(told, start=1)]


def as_yaml(stories: Iterable[dict[str, Any]]) -> str:
    """A file of stories."""
    body = yaml.dump(
        {"stories": list(stories)}, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000, indent=2
    )
    return f'version: "3.1"\n\n{body}'


def read_alone(text: str, reading: Mapping[str, Any], intent: str) -> bool:
    """By the rules of the reader. The classifier is not asked again: its finding is kept with the message."""
    # The reader takes a moment to load, and only stories need it.
    from bot.assessment.conversation import Before, choose_intent

    outcome = _listener().listen(text, Before())
    alone, outcome = choose_intent(outcome, Before(), str(reading.get("wanted") or intent))
    urgency = outcome.urgency.value if outcome.urgency else None
    return alone == intent and urgency == reading.get("urgency")


def _append(steps: list[dict[str, Any]], step: dict[str, Any]) -> None:
    """Add a step, unless a story that takes over begins with it."""
    if step not in steps or any("intent" in known for known in steps):
        steps.append(step)


def _rests_on_reading(event: Mapping[str, Any], steps: list[dict[str, Any]]) -> bool:
    """Whether the safety policy opened the form after an answer: it knew of a rash."""
    after_seek_care = any(step.get("action") == "utter_seek_care" for step in steps[-2:])
    return event["name"] == FORM and str(event.get("policy")).endswith("SafetyPolicy") and not after_seek_care


def _first_question(events: Iterable[Mapping[str, Any]]) -> Any:
    asked = (e.get("value") for e in events if e.get("event") == "slot" and e.get("name") == "requested_slot")
    return next(asked, None)


def _leads_on(event: Mapping[str, Any], events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether this sets how urgent it is, and the questions go on in the same turn because of it."""
    for following in events:
        if following.get("event") == "user" or following.get("name") == "action_listen":
            return False
        if following.get("event") == "action" and following.get("name") == FORM:
            return True
    return False


def _said(event: Mapping[str, Any], alone: Alone) -> list[dict[str, Any]]:
    parsed = mapping(event.get("parse_data"))
    reading, intent = mapping(parsed.get("reading")), mapping(parsed.get("intent")).get("name")
    if not intent:
        return []
    tapped = "answer" in mapping(event.get("metadata"))
    # Square brackets would be read as marked entities.
    words = clean(event["text"]).translate(str.maketrans("[]", "()"))
    if words and not tapped and alone(words, reading, str(intent)):
        return [{"user": _Words(words), "intent": intent}]
    return [{"intent": intent}]


@lru_cache(maxsize=1)
def _listener() -> Any:
    from bot.assessment.conversation import Listener
    from bot.knowledge import load_knowledge
    from bot.language import Reader
    from bot.settings import settings

    return Listener(Reader(), load_knowledge(country=settings().country))
