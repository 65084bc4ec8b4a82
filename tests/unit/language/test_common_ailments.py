"""A common ailment told with what shows that it is one raises no question; anything more beside it does."""

import pytest

from bot.language import Reader, verdict
from bot.language.doubt import COMMON_AILMENTS
from bot.language.lexicon import load_lexicon

TOLD = {
    "cold": "sore throat and a runny nose since Monday",
    "heartburn": "heartburn after curry, gaviscon sorted it",
    "moon_face": "moon face is back with the steroids",
    "itchy_eyes": "itchy eyes from the pollen again",
    "scabs": "little scabs on my scalp where I scratched",
    "spotting": "spotting between periods since the implant",
    "piles": "piles again, which cream",
}
MORE = {
    "cold": ("and a rash on my chest", "and a fever", "and it hurts to swallow"),
    "heartburn": ("and my left arm aches", "and I'm sweaty", "for three hours now"),
    "moon_face": ("and my lips too", "it came within an hour"),
    "itchy_eyes": ("and the light hurts", "and a rash on my lids"),
    "scabs": ("honey coloured, and more each day", "one is hot and weeps"),
    "spotting": ("and I'm on Revlimid", "and my gums bleed"),
    "piles": ("a cupful of blood this morning", "and sores down there"),
}
PAIRS = [(ailment, more) for ailment in COMMON_AILMENTS for more in MORE[ailment]]


@pytest.mark.parametrize("ailment", COMMON_AILMENTS)
def test_by_itself_it_raises_no_question(reader: Reader, ailment: str) -> None:
    """What shows that it is a common one stands beside it."""
    assert verdict(reader.read(TOLD[ailment])).action == "clear"


@pytest.mark.parametrize(("ailment", "more"), PAIRS)
def test_with_more_beside_it_does(reader: Reader, ailment: str, more: str) -> None:
    """It is asked about as ever, or there is a sign."""
    assert verdict(reader.read(f"{TOLD[ailment]}, {more}")).action != "clear"


@pytest.mark.parametrize("ailment", COMMON_AILMENTS)
def test_each_has_its_three_lists(ailment: str) -> None:
    """What it brings, what shows that it is one, and what may be more; nothing shows that and may be more."""
    lists = load_lexicon().words
    assert lists[ailment] and lists[f"{ailment}_beside"] and lists[f"{ailment}_or_more"]
    assert lists[f"{ailment}_beside"].isdisjoint(lists[f"{ailment}_or_more"])
