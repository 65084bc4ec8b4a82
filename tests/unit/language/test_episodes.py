"""Long stories of several episodes: what healed long ago is left behind, what is there now or back is not."""

from itertools import product

import pytest

from bot.language.reader import Reader
from bot.language.verdict import verdict

OPENINGS = (
    "Hello everybody, I am 68, from Leeds, and I have been reading here for a year without saying anything at all.",
    "My husband thinks I should write this down for others, so here it is, with a cup of tea and the cat on my knees.",
)
THEN = (
    "In my first cycle I had {sign}, and they kept me in for six days.",
    "Two years ago on the old dose I got {sign} and had to go to hospital.",
    "In February there was {sign}, which frightened all of us.",
)
HEALED = ("It all healed within a month and my doctor was happy.", "By the end of the month everything had cleared.")
NOW = (
    "I restarted in autumn at a lower dose, and this week I have a small pink patch on my arm that itches a little at "
    "night. Which cream is best for it?"
)
SIGNS = ("big blisters on both feet", "a swollen face", "sores in my mouth", "a fever of 39.4", "pain in my chest")


def tell(opening: str, then: str, sign: str, *rest: str) -> str:
    """A long message."""
    return " ".join((opening, then.format(sign=sign), *rest))


@pytest.mark.parametrize(("opening", "then", "healed", "sign"), product(OPENINGS, THEN, HEALED, SIGNS))
def test_an_episode_is_left_behind(reader: Reader, opening: str, then: str, healed: str, sign: str) -> None:
    """A time of then, a recovery and a harmless now: no alarm."""
    assert verdict(reader.read(tell(opening, then, sign, healed, NOW))).action == "clear"


@pytest.mark.parametrize(("opening", "then", "sign"), product(OPENINGS, (THEN[0], THEN[2]), SIGNS))
def test_without_a_recovery_it_is_not(reader: Reader, opening: str, then: str, sign: str) -> None:
    """Nobody said how it ended, or only that the medicine was stopped. (Years ago is an ending by itself.)"""
    for between in ("", "They stopped the tablets.", "The clinic was very busy that day and the nurse was kind."):
        assert verdict(reader.read(tell(opening, then, sign, between, NOW))).action != "clear"


@pytest.mark.parametrize(
    ("opening", "then", "healed", "sign", "again"),
    product(
        OPENINGS, THEN, HEALED, SIGNS,
        ("Since this morning it is back.", "Now it has come back.", "Today I have {sign} again.",
         "And today {sign}, the same again."),
    ),
)  # fmt: skip
def test_what_is_back_is_heard(
    reader: Reader, opening: str, then: str, healed: str, sign: str, again: str
) -> None:  # fmt: skip
    """Told anew, or only said to be back: an alarm or a question, never silence."""
    text = tell(opening, then, sign, healed, NOW, again.format(sign=sign))
    assert verdict(reader.read(text)).action != "clear"


def test_a_thought_of_harm_is_asked_about(reader: Reader) -> None:
    """Whatever became of it."""
    text = tell(OPENINGS[0], "In my first cycle I wanted to end my life.", "", HEALED[1], NOW)
    assert verdict(reader.read(text)).action != "clear"
