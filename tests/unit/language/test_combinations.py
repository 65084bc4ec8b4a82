"""Hives with something more are anaphylaxis, whatever they are put down to."""

import pytest

from bot.language import Reader, verdict

CAUSES = (
    "hives all over from a bee sting", "welts everywhere about ten minutes after the shot",
    "maybe the pollen, but hives from scalp to toes", "hives after gardening",
)  # fmt: skip
MORE = ("heart racing", "heart going mental", "I feel faint", "I've been sick twice", "my throat is tight")


@pytest.mark.parametrize("more", MORE)
@pytest.mark.parametrize("cause", CAUSES)
def test_a_harmless_cause_of_hives_explains_nothing_more(reader: Reader, cause: str, more: str) -> None:
    """A cause is harmless only where it does no more."""
    assert verdict(reader.read(f"{cause}, {more}")).action == "escalate"


def test_low_blood_pressure_is_told_by_the_floor(reader: Reader) -> None:
    """The company of hives, in lay words."""
    assert verdict(reader.read("blood pressure through the floor after a sting, hives all over")).action == "escalate"
