"""The gateway's own answers, with the real reader and the reviewed content."""

import pytest

from bot.clinical.signs import MAIN_SIGN, RED_FLAGS, Sign
from bot.knowledge import load_knowledge
from bot.language import Reader
from bot.web.asked import Asked, asked_by
from bot.web.choices import Said
from bot.web.fallback import Fallback
from bot.web.knowledge_texts import KnowledgeTexts, page_facts


@pytest.fixture(scope="module")
def fallback() -> Fallback:
    """As in the running gateway."""
    return Fallback(Reader(), KnowledgeTexts(load_knowledge()))


@pytest.fixture(scope="module")
def by_rules() -> Fallback:
    """Without the safety net, which may be surer than a writer who is in doubt."""
    return Fallback(Reader(with_safety_net=False), KnowledgeTexts(load_knowledge()))


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("I have blisters all over", "emergency"),
        ("can't get my breath and my lips are swollen", "emergency"),
        ("I want to end my life", "emergency"),
        ("I have a fever of 102", "urgent"),
        ("tengo ampollas", "emergency"),
    ],
)
def test_urgent_signs_get_the_card(fallback: Fallback, text: str, urgency: str) -> None:
    """What is said as present now is answered with the card, in words and as data."""
    [reply] = fallback.answer(Said(text)).replies
    assert (reply["type"], reply["data"]["urgency"]) == ("care_card", urgency)
    assert reply["data"]["call"]["number"] in ("911", "988")


@pytest.mark.parametrize("text", ["no blisters, just a bit itchy", "is there a diet for this?", "hello", "\U0001f525"])
def test_anything_else_gets_the_honest_answer(fallback: Fallback, text: str) -> None:
    """Nothing urgent: the guide says that it can't answer, with the number."""
    [reply] = fallback.answer(Said(text)).replies
    assert reply["type"] == "text"
    assert "can't answer" in reply["text"] and "911" in reply["text"]
    assert "now?" not in reply["text"]


def test_doubt_is_asked_about(by_rules: Fallback) -> None:
    """A sign that a message leaves in doubt is asked about, with what to do if it is there."""
    [reply] = by_rules.answer(Said("not sure if these are blisters")).replies
    assert "Do you have blisters now?" in reply["text"]
    assert "If yes, call 911 now." in reply["text"]
    assert reply["data"] == {"asks": ["blistering"]}


YES = (Said("yes"), Said("Yes, now"), Said("yes it is"), Said("Yes, now", {"choice": "yes"}))
NOT_SURE = (Said("not sure"), Said("maybe"), Said("Not sure", {"choice": "not_sure"}))
NO = (Said("no"), Said("No", {"choice": "no"}))


@pytest.mark.parametrize("said", YES, ids=str)
@pytest.mark.parametrize(("flag", "urgency"), [("blistering", "emergency"), ("fever", "urgent")])
def test_a_yes_to_the_direct_question_gets_the_card(fallback: Fallback, said: Said, flag: str, urgency: str) -> None:
    """Tapped or typed: the sign that was asked about is there, whoever asked."""
    answered = fallback.answer(said, Asked((flag,)))
    [reply] = answered.replies
    assert (reply["type"], reply["data"]["urgency"]) == ("care_card", urgency)
    assert reply["data"]["heard"] == list(load_knowledge().heard([MAIN_SIGN[flag]]))
    assert answered.reading["reported"] == [MAIN_SIGN[flag].value]


@pytest.mark.parametrize("said", NOT_SURE, ids=str)
@pytest.mark.parametrize("flag", RED_FLAGS)
def test_not_sure_about_a_sign_is_a_possible_yes(fallback: Fallback, said: Said, flag: str) -> None:
    """The urgent card, as with Rasa."""
    [reply] = fallback.answer(said, Asked((flag,))).replies
    assert (reply["type"], reply["data"]["urgency"]) == ("care_card", "urgent")


@pytest.mark.parametrize("said", [*NOT_SURE, Said("not sure about any"), Said("Not sure", {"choices": ["not_sure"]})])
def test_not_sure_about_the_checklist_is_one_too(fallback: Fallback, said: Said) -> None:
    """The card says that it is about signs that the patient is not sure of."""
    [reply] = fallback.answer(said, Asked(checklist=True)).replies
    assert reply["data"]["urgency"] == "urgent"
    assert reply["data"]["heard"] == ["danger signs that you are not sure about"]


def test_a_yes_to_the_checklist_is_no_certain_sign(fallback: Fallback) -> None:
    """It does not say which."""
    [reply] = fallback.answer(Said("yes"), Asked(checklist=True)).replies
    assert reply["data"]["urgency"] == "urgent"


@pytest.mark.parametrize("said", NO, ids=str)
@pytest.mark.parametrize("asked", [Asked(("blistering",)), Asked(checklist=True)], ids=["direct", "checklist"])
def test_a_no_gets_the_honest_answer(fallback: Fallback, said: Said, asked: Asked) -> None:
    """Nothing is there, so there is nothing to do but to say that the guide can't answer."""
    [reply] = fallback.answer(said, asked).replies
    assert reply["type"] == "text" and "can't answer" in reply["text"]


@pytest.mark.parametrize("said", [*YES, *NOT_SURE], ids=str)
def test_a_yes_to_nothing_reports_nothing(fallback: Fallback, said: Said) -> None:
    """As to "how much do you itch?"."""
    assert fallback.answer(said).replies[0]["type"] == "text"


def test_words_go_before_the_question(fallback: Fallback) -> None:
    """What a message says of another sign counts, whatever was asked."""
    [reply] = fallback.answer(Said("no, but I have blisters all over"), Asked(("fever",))).replies
    assert reply["data"]["urgency"] == "emergency"


def test_a_doubt_beside_a_sign_is_no_report(fallback: Fallback) -> None:
    """As in the whole assistant, peeling "a bit" is no peeling skin, and the fever alone makes the urgency."""
    answered = fallback.answer(Said("I have a fever of 38.6 and my skin is peeling a bit"))
    assert answered.replies[0]["data"]["urgency"] == "urgent"
    assert answered.reading["reported"] == ["fever"]


def test_what_replies_ask() -> None:
    """Direct questions by their red flags, known ones only; the checklist by its type."""
    checklist = {"type": "checklist", "data": {}}
    assert asked_by([{"type": "buttons", "data": {"asks": ["fever", "new flag", "fever"]}}]) == Asked(("fever",))
    assert asked_by([{"type": "text", "data": {}}, checklist]) == Asked(checklist=True)
    assert asked_by([{"type": "text", "data": {"asks": "fever"}}]) == Asked()


def test_every_line_of_the_checklist_counts(fallback: Fallback) -> None:
    """Each line that can be ticked leads to the card, alone."""
    for item in load_knowledge().checklist:
        [reply] = fallback.answer(Said("", {"choices": [item]})).replies
        assert reply["type"] == "care_card", item
    [reply] = fallback.answer(Said("", {"choice": "none"})).replies
    assert reply["type"] == "text"


def test_answers_of_other_questions_count_too() -> None:
    """A tap on "growing within hours" reports that sign."""
    texts = KnowledgeTexts(load_knowledge())
    assert list(texts.signs_of("spread_fast")) == [Sign.RAPID_SPREAD]
    assert list(texts.signs_of("no such choice")) == []


@pytest.mark.parametrize("country", ["US", "GB", "CA", "AU"])
def test_pages_know_the_countrys_numbers(country: str) -> None:
    """The numbers in the pages are the country's, ready to dial; every red flag is named."""
    knowledge = load_knowledge(country=country)
    facts = page_facts(knowledge, keep_days=30)
    assert facts.emergency.number == knowledge.country.emergency_number
    assert facts.crisis and facts.crisis.dial.isdigit()
    assert [flag.id for flag in facts.flags] == list(knowledge.red_flags)
    assert facts.notice == ("" if knowledge.status.reviewed else knowledge.status.notice)
