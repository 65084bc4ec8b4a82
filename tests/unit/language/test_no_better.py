"""An ending that is denied ends nothing, of no sign and in no words."""

from itertools import product

import pytest

from bot.language import Reader, verdict
from bot.language.reading import Context

SIGNS = (
    "blisters on my arms", "sores in my mouth", "swollen lips", "a fever of 39", "skin peeling off my hands",
    "wheezing", "crushing chest pain", "purple spots that do not fade", "red painful eyes", "sores on my penis",
    "hives and a swollen tongue", "a swollen painful calf", "yellow eyes", "swollen glands and a rash",
)  # fmt: skip
NOT_ENDED = (
    "no better since Monday", "not better since", "not any better since yesterday", "not gone yet",
    "has not really gone", "never cleared up", "still not healed", "hasn't got better since", "isn't going down",
    "nothing has cleared it up", "won't go away", "refuses to settle", "no sign of it healing",
)  # fmt: skip
ENDED = ("all gone since Monday", "better now, completely gone", "healed weeks ago", "cleared up in March")


@pytest.mark.parametrize(("sign", "words"), list(product(SIGNS, NOT_ENDED)))
def test_a_denied_ending_ends_nothing(reader: Reader, sign: str, words: str) -> None:
    """Whatever is told, and however it is denied that it went."""
    for text in (f"I have {sign}, {words}", f"I've got {sign} and it is {words}"):
        assert verdict(reader.read(text)).action == "escalate", text


@pytest.mark.parametrize("words", ENDED)
def test_a_plain_ending_still_ends(reader: Reader, words: str) -> None:
    """Also where something else before it is denied."""
    assert verdict(reader.read(f"I had blisters, {words}")).action == "clear"
    assert verdict(reader.read(f"I had blisters, not many, {words}")).action == "clear"


@pytest.mark.parametrize(
    "words", ["it is gone now I think", "I think it's gone now", "they are gone, I hope", "it's all gone, touch wood"]
)
def test_an_ending_that_is_only_thought_ends_nothing(reader: Reader, words: str) -> None:
    """ "It is gone now, I think", after a fever was told: it still counts."""
    told = Context(known=("fever",), before="I have a rash and a fever of 101")
    assert verdict(reader.read(words, told)).action == "escalate"
    assert verdict(reader.read("it's all gone now", told)).action == "clear"
