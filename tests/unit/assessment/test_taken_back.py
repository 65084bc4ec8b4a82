"""A sign that was told, and a next message that ends it, takes it back, or only sounds as if it did."""

from collections.abc import Callable

import pytest

from bot.answers.questions import question
from bot.answers.result import result
from bot.assessment.case import ABSENT, PRESENT, STEPS, Case
from bot.assessment.conversation import Before, Listener, Outcome, choose_intent
from bot.clinical.signs import Sign
from bot.knowledge import load_knowledge
from bot.language import Reader
from bot.language.reading import Context
from bot.language.second_thoughts import with_second_thoughts

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
def test_a_danger_sign_that_has_gone_is_one_to_tell_of(hears: Callable[[str, str], Outcome], sign: str) -> None:
    """The next question, or the result, begins with what it calls for; manners beside it do not skip that."""
    knowledge = load_knowledge()
    before = Before(case=Case(rash=True, signs={sign: PRESENT}, told="emergency"))
    outcome = hears(sign, "it has gone now, thanks")
    gone = knowledge.small_talk["danger_gone"].text
    if sign == Sign.PREGNANCY_EXPOSURE.value:
        assert not outcome.case.gone
        return
    assert outcome.case.gone == (sign,)
    assert choose_intent(outcome, before, "thank")[0] == "describe_rash"
    assert [question(outcome.case, step, knowledge).text.split("\n")[0] for step in STEPS] == [gone] * len(STEPS)
    assert result(outcome.case, outcome.assessment, knowledge)[0].text == gone


@pytest.mark.parametrize("text", ["never mind, false alarm", "no typo, i meant dry", "it hasn't gone"])
def test_what_was_never_there_or_is_still_there_has_not_gone(hears: Callable[[str, str], Outcome], text: str) -> None:
    """Nor does the message after the one that told of it say so again."""
    assert not hears("blisters", text).case.gone
    listener = Listener(Reader(with_safety_net=False), load_knowledge())
    assert not listener.listen("how long does it take", Before(case=Case(gone=("blisters",)))).case.gone


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


def _hold(reader: Reader) -> Callable[..., Outcome]:
    """Holds a conversation of several messages, and tells the outcome of the last."""
    listener = Listener(reader, load_knowledge())

    def hold(*messages: str) -> Outcome:
        before = Before()
        for message in messages:
            outcome = listener.listen(message, before)
            before = Before(case=outcome.case, said=message)
        return outcome

    return hold


@pytest.fixture(scope="module")
def talk() -> Callable[..., Outcome]:
    """The outcome of the last of several messages, read by the rules alone."""
    return _hold(Reader(with_safety_net=False))


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ("my eyes are swollen", "been chopping onions, sorry, should have said"),
        ("blisters on both heels", "new boots gave me those on Saturday"),
        ("skin is peeling off my hands", "after the foot mask sock things I mean, on my hands too"),
        ("I have a swollen eye", "it was in 2019"),
    ],
)
def test_what_the_next_message_explains_is_asked_about(talk: Callable[..., Outcome], told: str, then: str) -> None:
    """Read together they leave the sign in doubt: a question, not the same card, and nothing is cleared."""
    assert talk(told).urgency is not None
    outcome = talk(told, then)
    assert outcome.urgency is None and outcome.turn.doubts
    assert outcome.case.told == talk(told).case.told


@pytest.mark.parametrize("told", ["blisters on both heels", "my lips are swollen", "I can't breathe properly"])
@pytest.mark.parametrize(
    "then", ["what should I do", "I'm on revlimid", "it's getting worse", "can I take piriton", "I had new boots once"]
)
def test_what_explains_nothing_leaves_the_alarm(talk: Callable[..., Outcome], told: str, then: str) -> None:
    """No question in its place."""
    outcome = talk(told, then)
    assert not outcome.turn.doubts and outcome.case.told == talk(told).case.told


def test_the_question_is_put_twice_before_the_card_comes_again(talk: Callable[..., Outcome]) -> None:
    """Who goes on without an answer is asked once more; after that what was told stands."""
    said = ("my lips are swollen", "in the photo!! it's the wide angle", "is it grade 1")
    assert talk(*said).turn.doubts == ("facial_swelling",)
    outcome = talk(*said, "well is it")
    assert not outcome.turn.doubts and outcome.case.told == "emergency"


def test_a_crisis_is_not_explained_away(talk: Callable[..., Outcome]) -> None:
    """Thoughts of self-harm stay as they were told."""
    outcome = talk("I want to end my life", "it was in 2019 that I last said so")
    assert outcome.case.told == "emergency" and not outcome.turn.doubts


@pytest.fixture(scope="module")
def talk_with_net() -> Callable[..., Outcome]:
    """The outcome of the last of several messages, read with the safety net."""
    return _hold(Reader())


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ("my wife is very confused", "by the new phone i mean, which button is the camera"),
        ("my hands are all yellow", "it was the turmeric, washed my hands and they are pink"),
        ("fever and rash", "Sorry I mean the hay kind, my eyes itch each june. my temperature is normal"),
    ],
)
def test_what_sounds_explained_is_asked_about(talk_with_net: Callable[..., Outcome], told: str, then: str) -> None:
    """Words may put what was told in another light, and both together sound calm: a question, and the level stands."""
    outcome = talk_with_net(told, then)
    assert outcome.turn.doubts and outcome.urgency is None
    assert outcome.case.told_urgent


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ("my lips are swollen", "sorry for the bad typing, they are getting bigger"),
        ("skin is coming off my back", "that was the first time, today my chest as well"),
        ("throat is closing up", "haha no really it is tight"),
    ],
)
def test_what_sounds_as_bad_together_stands(talk_with_net: Callable[..., Outcome], told: str, then: str) -> None:
    """Such words do not lead to a question where both together are alarming."""
    assert not talk_with_net(told, then).turn.doubts


@pytest.mark.parametrize(("score", "asked"), [(0.0, True), (0.29, True), (0.31, False), (0.94, False), (0.96, False)])
def test_words_in_another_light_ask_only_where_both_sound_calm(score: float, asked: bool) -> None:
    """ "That was the dog next door": a question below the threshold, and nothing above it."""
    rules = Reader(with_safety_net=False)
    context = Context(known=("airway",), before="wheezing badly")
    reading = with_second_thoughts(rules.read("that was the dog"), context, rules.read, lambda _: score)
    assert [f.in_doubt for f in reading.findings if f.concept == "airway"] == ([True] if asked else [])


@pytest.mark.parametrize(("score", "asked"), [(0.0, True), (0.94, True), (0.96, False)])
def test_what_sounds_alarming_stands_whatever_the_rules_make_of_both(score: float, asked: bool) -> None:
    """ "Blisters on both heels" - "my new boots did that" is a question, unless both together sound very alarming."""
    rules = Reader(with_safety_net=False)
    context = Context(known=("blisters",), before="blisters on both heels")
    reading = with_second_thoughts(rules.read("new boots gave me those"), context, rules.read, lambda _: score)
    assert [f.in_doubt for f in reading.findings if f.concept == "blisters"] == ([True] if asked else [])


@pytest.mark.parametrize("sign", URGENT)
def test_of_two_lots_the_one_that_is_there_counts(hears: Callable[[str, str], Outcome], sign: str) -> None:
    """ "Over and done" of the first one does not clear the second."""
    outcome = hears(sign, "the 2015 lot is over and done, this one started on friday")
    assert outcome.case.signs[sign] == PRESENT and Sign(sign).flag in outcome.turn.doubts


def test_one_place_said_to_be_fine_leaves_the_other(talk: Callable[..., Outcome]) -> None:
    """ "Sorry, the tongue is normal" takes back nothing of the lips."""
    outcome = talk("lips and tongue are swollen", "sorry, tongue is normal, it is my lips")
    assert outcome.case.signs["facial_swelling"] == PRESENT and outcome.case.told_urgent
