"""Assessments held with the real processes, from the first word to what is stored."""

import pytest

from bot.knowledge import Knowledge, load_knowledge
from tests.service.real_guide import Patient, Reply


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The content whose words must arrive."""
    return load_knowledge(country="US")


def asks(replies: list[Reply]) -> str | None:
    """The step of the assessment that the last reply asks about."""
    step: str | None = replies[-1]["data"].get("step")
    return step


def test_by_taps_from_hello_to_the_summary(patient: Patient, knowledge: Knowledge) -> None:
    """Six questions in their order, each with its place and reason; advice, grade and summary; all of it stored."""
    greeting = patient.say("hello")[-1]
    assert greeting["text"] == knowledge.small_talk["greet"].text
    assert "intent:describe_rash" in [choice["id"] for choice in greeting["choices"]]
    answers = (
        ("red_flags", "checklist", lambda: patient.tap("none")),
        ("where", "body_map", lambda: patient.shade(chest="spots", left_thigh_back="half")),
        ("symptoms", "buttons", lambda: patient.tap("itch_moderate")),
        ("daily_life", "buttons", lambda: patient.tap("limits_none")),
        ("timing", "buttons", lambda: patient.tap("rash_days", "len_weeks", "spread_slow")),
        ("medicines", "buttons", lambda: patient.tap("none")),
    )
    replies = patient.tap("intent:describe_rash")
    for number, (step, kind, answer) in enumerate(answers, start=1):
        [question] = replies
        asked = knowledge.questions[step]
        assert (question["type"], question["data"]["step"], question["data"]["why"]) == (kind, step, asked.why)
        assert question["text"].startswith(asked.text)
        assert question["data"]["progress"] == {"step": number, "of": 6}
        assert question["sources"]
        replies = answer()
    card, grade, summary = replies
    assert patient.urgency == card["data"]["urgency"] == "routine"
    assert card["type"] == "care_card" and card["text"].startswith(card["data"]["headline"])
    assert grade["text"] == knowledge.grading.grade(1).estimate
    assert summary["type"] == "summary" and "blisters" in summary["text"]

    [stored] = patient.rows("conversations")
    assert (stored["message_count"], stored["highest_urgency"], stored["grade"]) == (8, "routine", 1)
    assert stored["completed"] and stored["last_step"] == "medicines" and stored["fallback_count"] == 0
    assert {"concept": "blistering", "status": "absent"} in stored["findings"]
    [assessment] = patient.rows("assessments")
    assert (assessment["urgency"], assessment["grade"], assessment["itch"]) == ("routine", 1, 2)
    assert 0 < assessment["extent_low"] < assessment["extent_high"] < 10
    assert assessment["summary"]["sections"] == summary["data"]["sections"]
    told = [message["text"] for message in patient.history() if message["from"] == "patient"]
    assert told[:3] == ["hello", "Check my rash", "None of these"]
    assert told[3] == "Chest: a few spots; Left thigh, back: about half"


def test_in_words(patient: Patient) -> None:
    """The same in the patient's own words, with what they said in the summary; "none of these" clears the checklist."""
    conversation = (
        ("I have an itchy rash", "red_flags"),
        ("none of these", "where"),
        ("both arms, about half", "symptoms"),
        ("it itches a lot and I can't sleep", "daily_life"),
        ("it is hard to do chores", "timing"),
        ("rash for 3 days, lenalidomide for 2 weeks, not spreading", "medicines"),
    )
    for text, step in conversation:
        assert asks(patient.say(text)) == step, text
    card, grade, summary = patient.say("allopurinol since last week")
    assert (card["data"]["urgency"], grade["data"]["grade"]) == ("same_day", 2)
    assert "allopurinol" in summary["text"].lower()
    [assessment] = patient.rows("assessments")
    assert (assessment["urgency"], assessment["grade"]) == ("same_day", 2)


def test_starter_of_the_page_opens_the_checklist(patient: Patient) -> None:
    """The page's first button says "I have a rash": no sign is in doubt there, so the six questions begin at once."""
    assert asks(patient.say("I have a rash")) == "red_flags"
    assert patient.urgency is None


def test_urgent_sign_ends_an_open_form(patient: Patient, knowledge: Knowledge) -> None:
    """In the middle of a question the card comes alone, and comes again in place of other answers."""
    patient.say("hello")
    patient.tap("intent:describe_rash")
    assert asks(patient.tap("none")) == "where"
    [card] = patient.say("my tongue is swelling up and I can't breathe well")
    assert (card["type"], patient.urgency) == ("care_card", "emergency")
    assert {"trouble breathing or swallowing", "swelling of the face, lips or tongue"} == set(card["data"]["heard"])
    assert card["data"]["call"]["number"] == knowledge.country.emergency_number == "911"
    assert "911" in card["text"]
    [again] = patient.say("where can I buy antihistamines?")
    assert again["data"]["urgency"] == "emergency"
    assert [reply["type"] for reply in patient.say("thank you")] == ["text"]
    assert patient.urgency == "emergency"
    [stored] = patient.rows("conversations")
    assert stored["highest_urgency"] == "emergency" and not stored["completed"]
    found = {(finding["concept"], finding["status"]) for finding in stored["findings"]}
    assert {("airway", "present"), ("facial_swelling", "present")} <= found
    assert patient.rows("assessments") == []


def test_ticked_sign_gets_the_card(patient: Patient) -> None:
    """Two questions lead to an emergency, by the checklist too."""
    patient.say("hello")
    patient.tap("intent:describe_rash")
    [card] = patient.tap("blisters", "fever")
    assert (card["data"]["urgency"], len(card["data"]["heard"])) == ("emergency", 2)


def test_request_in_the_middle_is_answered_and_the_question_stays(patient: Patient) -> None:
    """Another question is answered first, then the open one is asked again."""
    patient.say("hello")
    patient.tap("intent:describe_rash")
    patient.tap("none")
    answer, question = patient.say("should I stop taking lenalidomide?")
    assert "lenalidomide" in answer["text"].lower() and question["data"]["step"] == "where"


def test_same_message_twice(patient: Patient) -> None:
    """The same client id gets the same answer, and the message counts once."""
    patient.say("hello")
    first = patient.send("the-same", text="I have an itchy rash")
    second = patient.send("the-same", text="I have an itchy rash")
    assert first.json() == second.json() and first.status_code == second.status_code == 200
    assert [row["message_count"] for row in patient.rows("conversations")] == [2]
    assert len([m for m in patient.history() if m["from"] == "patient" and m["id"] == "the-same"]) == 1
