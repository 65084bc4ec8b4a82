"""Conversations as end-to-end stories for `rasa test`, in the form of `tests/stories/`.

`rasa test` reads each message alone, without the conversation before it, and runs no action. So the words of a message
stand in the story where they are understood alone; an answer that means something only after its question ("no",
a tap on the body map) stands there by its intent.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import yaml

from bot.console.queries.correcting import clean
from bot.console.transcript import mapping

#: Slots that decide how the dialogue goes on. Those with the patient's answers do not.
_SLOTS = ("requested_slot", "urgency")

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


def story(name: str, rows: Iterable[str | None], alone: Alone | None = None) -> dict[str, Any] | None:
    """One story from the stored events, in order; None where nothing was said."""
    alone = alone or read_alone
    steps: list[dict[str, Any]] = []
    for data in rows:
        event = _event(data)
        kind = event.get("event")
        if kind == "user" and isinstance(event.get("text"), str):
            step = _said(event, alone)
            if step:
                steps.append(step)
        elif not any("intent" in step for step in steps):
            # Before the first message only the session begins.
            continue
        elif kind == "action" and event.get("name") and event["name"] not in _NOT_IN_STORIES:
            steps.append({"action": event["name"]})
        elif kind == "active_loop":
            steps.append({"active_loop": event.get("name")})
        elif kind == "slot" and event.get("name") in _SLOTS:
            steps.append({"slot_was_set": [{event["name"]: event.get("value")}]})
    return {"story": name, "steps": steps} if steps else None


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


def _said(event: Mapping[str, Any], alone: Alone) -> dict[str, Any] | None:
    parsed = mapping(event.get("parse_data"))
    reading, intent = mapping(parsed.get("reading")), mapping(parsed.get("intent")).get("name")
    if not intent:
        return None
    tapped = "answer" in mapping(event.get("metadata"))
    # Square brackets would be read as marked entities.
    words = clean(event["text"]).translate(str.maketrans("[]", "()"))
    if words and not tapped and alone(words, reading, str(intent)):
        return {"user": _Words(words), "intent": intent}
    return {"intent": intent}


def _event(data: str | None) -> Mapping[str, Any]:
    try:
        return mapping(json.loads(data or ""))
    except (RecursionError, ValueError):
        return {}


@lru_cache(maxsize=1)
def _listener() -> Any:
    from bot.assessment.conversation import Listener
    from bot.knowledge import load_knowledge
    from bot.language import Reader
    from bot.settings import settings

    return Listener(Reader(), load_knowledge(country=settings().country))
