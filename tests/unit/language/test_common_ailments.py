"""A common ailment told with what shows that it is one raises no question; anything more beside it does."""

import pytest

from bot.language import Reader, verdict
from bot.language.everyday import COMMON_AILMENTS
from bot.language.lexicon import load_lexicon

TOLD = {
    "cold": "sore throat and a runny nose since Monday",
    "cough": "dry cough since I started lisinopril",
    "sore_throat": "my throat is a bit sore",
    "heartburn": "heartburn after curry, gaviscon sorted it",
    "moon_face": "moon face is back with the steroids",
    "itchy_eyes": "itchy eyes from the pollen again",
    "scabs": "little scabs on my scalp where I scratched",
    "spotting": "spotting between periods since the implant",
    "light_spotting": "a little spotting again this month",
    "piles": "piles again, which cream",
}
MORE = {
    "cold": ("and a rash on my chest", "and a fever", "and it hurts to swallow"),
    "cough": ("and pink on the tissue", "and a fever", "and it hurts when I breathe in", "and a rash"),
    "sore_throat": ("and blotches on my arms", "and it hurts to swallow", "and my mouth too", "since the Revlimid"),
    "heartburn": ("and my left arm aches", "and I'm sweaty", "for three hours now"),
    "moon_face": ("and my lips too", "it came within an hour"),
    "itchy_eyes": ("and the light hurts", "and a rash on my lids"),
    "scabs": ("honey coloured, and more each day", "one is hot and weeps"),
    "spotting": ("and I'm on Revlimid", "and my gums bleed"),
    "light_spotting": ("and I'm on Revlimid", "and I feel faint"),
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
def test_each_has_its_lists(ailment: str) -> None:
    """What it brings, what shows that it is one if anything has to, and what may be more; nothing is in both."""
    lists = load_lexicon().words
    assert lists[ailment] and lists[f"{ailment}_or_more"]
    assert lists.get(f"{ailment}_beside", frozenset()).isdisjoint(lists[f"{ailment}_or_more"])


@pytest.mark.parametrize(
    "told", ["cough, no fever or chills", "dry cough for weeks without fever", "no rash, just a cough"]
)
def test_what_is_said_to_lack_is_nothing_more(reader: Reader, told: str) -> None:
    """A denied sign beside it makes it no less common."""
    assert verdict(reader.read(told)).action == "clear"
