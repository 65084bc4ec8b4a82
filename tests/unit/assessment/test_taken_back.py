"""A sign that was told, and a next message that ends it, takes it back, or only sounds as if it did."""

from collections.abc import Callable

import pytest

from bot.assessment.case import ABSENT, PRESENT, Case
from bot.assessment.conversation import Before, Listener, Outcome
from bot.clinical.signs import Sign
from bot.knowledge import load_knowledge
from bot.language import Reader

URGENT = sorted(sign.value for sign in Sign if sign.flag and sign is not Sign.SELF_HARM)


@pytest.fixture(scope="module")
def hears() -> Callable[[str, str], Outcome]:
    """What a message makes of the case of somebody who has just told a sign."""
    listener = Listener(Reader(with_safety_net=False), load_knowledge())

    def listen(sign: str, text: str) -> Outcome:
        case = Case(rash=True, signs={sign: PRESENT}, told="emergency", mentioned=(sign,))
        return listener.listen(text, Before(case=case))

    return listen


@pytest.mark.parametrize("sign", URGENT)
@pytest.mark.parametrize(
    "text",
    ["all gone down monday morning", "down again, the doctor was happy", "Gone since Wednesday without any tablets",
     "in the photo!! it's the wide angle", "was only joking", "it went off by the football", "sorry, that reads wrong"],
)  # fmt: skip
def test_what_is_loosely_taken_back_is_asked_about(hears: Callable[[str, str], Outcome], sign: str, text: str) -> None:
    """It is neither cleared nor answered with the same card: the patient is asked whether it is there."""
    outcome = hears(sign, text)
    assert Sign(sign).flag in outcome.turn.doubts and outcome.case.signs[sign] == PRESENT


@pytest.mark.parametrize("sign", URGENT)
@pytest.mark.parametrize("text", ["it has gone", "no, they're gone now", "never mind, false alarm", "not any more"])
def test_what_is_plainly_over_is_over(hears: Callable[[str, str], Outcome], sign: str, text: str) -> None:
    """In the very words that the card offers, among others."""
    assert hears(sign, text).case.signs[sign] == ABSENT


@pytest.mark.parametrize("sign", URGENT)
@pytest.mark.parametrize(
    "text",
    ["it hasn't gone down since monday", "still not back to normal", "no joke", "im not joking", "its gone all hard",
     "went down to my knees now", "its gone black", "they have not all healed", "it isn't gone now"],
)  # fmt: skip
def test_what_only_sounds_like_an_ending_ends_nothing(
    hears: Callable[[str, str], Outcome], sign: str, text: str
) -> None:
    """A negative before it, or what it has become."""
    outcome = hears(sign, text)
    assert outcome.case.signs[sign] == PRESENT and outcome.case.told == "emergency"
