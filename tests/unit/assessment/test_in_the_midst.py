"""What patients say in the midst of the questions and after them, as people who talked to the guide found it."""

from collections.abc import Callable

import pytest

from bot.assessment.case import ABSENT, PRESENT, STEPS, Case
from bot.assessment.conversation import Before, Listener, Outcome, choose_intent
from bot.clinical.signs import Urgency
from bot.knowledge import load_knowledge
from bot.language import Reader
from tests.unit.language.test_never_silenced import SIGNS

ASKED = Case(rash=True, asked=("skin_peeling",), signs={"skin_peeling": PRESENT}, told="emergency")


@pytest.fixture(scope="module")
def hears() -> Callable[..., Outcome]:
    """What a message makes of a case; step: the question that is open."""
    listener = Listener(Reader(), load_knowledge())
    return lambda text, case, step=None: listener.listen(text, Before(case=case, step=step))


@pytest.mark.parametrize(
    "text", ["No, her skin is not peeling or raw", "there's no raw or peeling skin", "my skin isn't peeling"]
)
def test_a_denial_in_a_sentence_answers_like_a_bare_no(hears: Callable[..., Outcome], text: str) -> None:
    """The direct question is answered, and not put once more."""
    outcome = hears(text, ASKED)
    assert outcome.turn.answered and outcome.case.signs["skin_peeling"] == ABSENT and not outcome.turn.doubts


@pytest.mark.parametrize("text", ["no, but my lips are swollen", "it's not my skin", "not peeling but blisters came"])
def test_what_is_no_plain_denial_answers_nothing(hears: Callable[..., Outcome], text: str) -> None:
    """Another sign, or something else, leaves what was told as it is."""
    outcome = hears(text, ASKED)
    assert outcome.case.signs["skin_peeling"] == PRESENT


CHILLS = Case(rash=True, signs={"chills": PRESENT}, told=Urgency.URGENT.value, steps=("red_flags",))


@pytest.mark.parametrize(
    "text",
    ["its gone 9 now and they havent rung back", "the office has gone home", "my tablets have gone, i ran out",
     "its gone red", "it's gone to my chest", "it's gone half nine"],
)  # fmt: skip
@pytest.mark.parametrize("step", ["where", "symptoms", None])
def test_not_all_that_has_gone_is_over(hears: Callable[..., Outcome], text: str, step: str | None) -> None:
    """The hour, the office and the capsules end no sign, and leave the rash where it is."""
    case = hears(text, CHILLS, step).case
    assert case.signs["chills"] == PRESENT and case.told == "urgent" and case.rash


def test_no_rash_is_taken_beside_a_danger_sign(hears: Callable[..., Outcome]) -> None:
    """ "The rash has gone" to somebody who has been told to get care: the advice stands, the questions too."""
    assert hears("the rash has gone", CHILLS, "where").case.rash is True
    assert hears("the rash has gone", Case(rash=True), "where").case.rash is False


@pytest.mark.parametrize("text", ["HE IS ASLEEP I DONT WANT TO WAKE HIM", "SHE WONT LET ME RING ANYONE"])
def test_who_has_told_a_danger_sign_is_asked_no_guess(hears: Callable[..., Outcome], text: str) -> None:
    """A relative in an emergency is not asked about thoughts of suicide because of a sleeping patient."""
    told = Case(rash=True, signs={"facial_swelling": PRESENT}, told="emergency")
    assert hears(text, told).turn.doubts == ()


@pytest.mark.parametrize(
    "text", ["mum has a rash on both arms, she takes revlimid", "98 point something this morning i think"]
)
def test_plain_openings_raise_no_question(hears: Callable[..., Outcome], text: str) -> None:
    """All of it is read: there is nothing else to hear in it."""
    outcome = hears(text, Case())
    assert outcome.urgency is None and outcome.turn.doubts == ()


@pytest.mark.parametrize(
    "text", ["i wish i just wouldnt wake up", "some nights I hope I don't wake up", "so sick of it, cant keep doing it"]
)
def test_a_wish_not_to_wake_is_no_faint(hears: Callable[..., Outcome], text: str) -> None:
    """It is heard as what it is, or asked about, so that the crisis line is named."""
    outcome = hears(text, Case())
    assert "self_harm" in {*outcome.case.signs, *outcome.turn.doubts}


def test_an_alarm_that_only_the_net_hears_is_asked_about_at_a_question(hears: Callable[..., Outcome]) -> None:
    """ "I have to help her get dressed, she can't manage the sleeves" answers a question about daily life."""
    text = "Well like I said I have to help her get dressed, she can't manage the sleeves"
    assert hears(text, Case(rash=True), "daily_life").urgency is None


def test_goodbye_ends_the_questions(hears: Callable[..., Outcome]) -> None:
    """Nobody is held back by the next one."""
    before = Before(case=Case(rash=True), step="daily_life")
    intent, outcome = choose_intent(hears("thanks bye", before.case, before.step), before, "goodbye", 0.99)
    assert intent == "goodbye" and outcome.case.paused


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "answer",
    [
        "{s}", "mild, {s}", "{s}, about a week", "I'm fine but {s}", "no, {s}", "nothing new. {s}",
        "its gone from my arms, {s}", "5, {s}", "{s}, since Tuesday", "he manages. {s}",
    ],
)  # fmt: skip
def test_no_answer_silences_a_sign(hears: Callable[..., Outcome], step: str, answer: str) -> None:
    """Whatever question is open, and whatever answers it beside the sign: it is reported or asked about."""
    heard = [(sign, hears(answer.format(s=sign), Case(rash=True), step)) for sign in SIGNS]
    assert [sign for sign, outcome in heard if not (outcome.urgency or outcome.turn.doubts)] == []
