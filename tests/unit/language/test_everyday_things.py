"""Peeling beside a treatment that peels, and pain that is not of the skin, are asked about; with more, they alarm."""

import pytest

from bot.language import Reader, verdict

TREATED = (
    "I use tretinoin and my face is peeling", "skin peeling from the retinol I started",
    "my face peels from the acne gel",
    "started accutane, lips are chapped and peeling", "Differin: my skin is peeling",
)  # fmt: skip
MORE = (
    "and blisters on my chin", "and sores inside my mouth", "and a fever", "and I'm on Revlimid",
    "it's coming off in sheets",
    "my palms too", "and my eyes hurt",
)  # fmt: skip


@pytest.mark.parametrize("told", TREATED)
def test_a_treatment_that_peels_leaves_a_question(reader: Reader, told: str) -> None:
    """It may be no more than that."""
    assert verdict(reader.read(told)).action == "ask"


@pytest.mark.parametrize("more", MORE)
@pytest.mark.parametrize("told", TREATED)
def test_with_more_it_is_no_excuse(reader: Reader, told: str, more: str) -> None:
    """Whatever such a treatment does not explain makes it an alarm."""
    assert verdict(reader.read(f"{told}, {more}")).action == "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "my shoulders are so painful I can't sleep", "my big toe is painful to the touch",
        "the lump on my wrist hurts to touch",
    ],
)  # fmt: skip
def test_pain_of_an_inner_part_is_asked_about(reader: Reader, text: str) -> None:
    """No skin is named in the whole message."""
    assert verdict(reader.read(text)).action == "ask"


@pytest.mark.parametrize(
    "text",
    [
        "the rash on my shoulders is so painful I can't sleep", "it's painful to the touch", "my skin hurts to touch",
        "so painful I can't bear the sheet on my knees", "knees and skin hurt so much I cry",
    ],
)  # fmt: skip
def test_pain_of_the_skin_alarms_wherever_it_is(reader: Reader, text: str) -> None:
    """The skin, a rash, what touches it, or nothing else."""
    assert verdict(reader.read(text)).action == "escalate"
