"""A thought of self-harm that a story tells as over is asked about, with whom to call; one of now is an emergency."""

import pytest

from bot.language import Reader, verdict

THOUGHTS = (
    "I was suicidal", "I had suicidal thoughts", "I wanted to die", "I thought about suicide every day",
    "I tried to kill myself", "I had thoughts of killing myself", "I felt suicidal for months",
)  # fmt: skip
RECOVERIES = (
    "This medicine saved my life.", "It has kept me stable for a year.", "I am happier than I have been in years.",
    "The new tablets helped and I am grateful.", "That has gone and I feel normal.", "It was a lifesaver.",
)  # fmt: skip
OF_NOW = ("It is back.", "I still want to die.", "I want to end it tonight.", "Nothing helps.", "I can't go on.")


@pytest.mark.parametrize("recovery", RECOVERIES)
@pytest.mark.parametrize("thought", THOUGHTS)
def test_a_recovery_makes_it_a_question(reader: Reader, thought: str, recovery: str) -> None:
    """Neither an emergency nor silence."""
    assert verdict(reader.read(f"{thought}. {recovery}")).action == "ask"


@pytest.mark.parametrize("now", OF_NOW)
@pytest.mark.parametrize("thought", THOUGHTS)
def test_without_a_recovery_it_is_an_emergency(reader: Reader, thought: str, now: str) -> None:
    """The past tense alone ends nothing."""
    assert verdict(reader.read(f"{thought}. {now}")).action == "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "I am suicidal. The new tablets helped my sleep", "I want to die. My wife is wonderful",
        "I keep thinking about suicide, the nurse was great", "I was suicidal last night. My wife is wonderful",
        "I was suicidal and I still am, nothing is better", "I wanted to die. They'd be better off without me",
        "I wanted to die today. My rash is better", "Wrote letters to my girls. The rash has gone",
    ],
)  # fmt: skip
def test_something_good_beside_a_thought_of_now_calms_nothing(reader: Reader, text: str) -> None:
    """Present tense, a time of now, a recovery of something else, or what is prepared."""
    assert verdict(reader.read(text)).action == "escalate"
