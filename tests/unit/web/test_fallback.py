"""The gateway's own answers, with the real reader and the reviewed content."""

import pytest

from bot.clinical.signs import Sign
from bot.knowledge import load_knowledge
from bot.language import Reader
from bot.web.choices import NOTHING_OFFERED, Offered, Said
from bot.web.fallback import Fallback
from bot.web.knowledge_texts import KnowledgeTexts, page_facts
from bot.web.messages import Message


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


@pytest.mark.parametrize("answer", ["yes", "not_sure"])
@pytest.mark.parametrize("flag", sorted(load_knowledge().red_flags))
def test_yes_to_a_direct_question_gets_the_card(fallback: Fallback, flag: str, answer: str) -> None:
    """Tapped or typed, whoever had asked; not sure of a red flag is a reason to seek care as well."""
    typed = {"yes": "yes it is", "not_sure": "I'm not sure"}[answer]
    for said in (Said("Yes, now", {"choice": answer}, (flag,)), Said(typed, None, (flag,))):
        [reply] = fallback.answer(said).replies
        assert (reply["type"], reply["data"]["urgency"] in ("urgent", "emergency")) == ("care_card", True)


def test_no_to_a_direct_question_is_no_alarm(fallback: Fallback) -> None:
    """And without a question a yes means nothing here."""
    for said in (Said("No", {"choice": "no"}, ("airway",)), Said("no", None, ("airway",)), Said("yes", None)):
        [reply] = fallback.answer(said).replies
        assert reply["type"] == "text"


def test_a_question_of_the_gateways_own_is_remembered(by_rules: Fallback) -> None:
    """So that the yes after it is understood, also while Rasa is still away."""
    offered = NOTHING_OFFERED.and_those_of(by_rules.answer(Said("not sure if these are blisters")).replies)
    said = Offered.from_json(offered.as_json()).said(Message("1", choice="yes"))
    assert by_rules.answer(said).replies[0]["type"] == "care_card"
    assert offered.and_those_of(by_rules.answer(Said("hello")).replies).asks == ()


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
