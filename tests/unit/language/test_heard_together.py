"""Two messages that are harmless one by one: the second is heard with the one before it."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import Reader, verdict
from bot.language.reading import Context

READER = Reader()
ORDER = ["clear", "ask", "escalate"]
SECOND_TURNS = ["ok thanks", "what cream helps", "both arms", "and the legs", "is that normal", "39", "it itches"]
FIRST_TURNS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[2] / "messages" / "development.jsonl").read_text(encoding="utf-8").splitlines()
    if '"text"' in line
][::11]


def action(before: str, text: str, **context: object) -> str:
    return verdict(READER.read(text, Context(before=before, **context))).action  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("reddish patch on shin", "spreading hot with streaks"),
        ("rash yes", "39"),
        ("My daughter has hives after her len. What should I watch for, breathing?", "yes she's started with that"),
    ],
)
def test_what_belongs_together_is_heard_together(before: str, text: str) -> None:
    """Neither alarms alone; together they do."""
    assert action("", before) != "escalate"
    assert action(before, text) != "clear"


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("a pink rash on my arms since Tuesday", "both sides, a bit itchy"),
        ("hello", "what can help against the itch"),
        ("my rash is mild", "thank you, goodbye"),
        ("red bumps", "just the arms"),
    ],
)
def test_calm_messages_stay_calm_together(before: str, text: str) -> None:
    """Two harmless ones make no alarm."""
    assert action(before, text) == "clear"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FIRST_TURNS), st.sampled_from(SECOND_TURNS))
def test_the_message_before_never_lowers(before: str, text: str) -> None:
    """It can only raise what the second message is by itself."""
    assert ORDER.index(action(before, text)) >= ORDER.index(action("", text))


@pytest.mark.parametrize("context", [{"known": ("blisters",)}, {"asked": ("blisters",)}, {"step": "where"}])
def test_what_is_known_or_asked_is_not_raised_again(context: dict[str, object]) -> None:
    """After a seek-care answer, a direct question or beside an open one, the next words count by themselves."""
    assert action("water bubbles on my palms", "ok thanks for that", **context) == "clear"
