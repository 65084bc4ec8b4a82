"""What nobody should send and somebody does: each gets a clear answer, and the conversation goes on."""

import pytest

from bot.knowledge import load_knowledge
from tests.service.real_guide import Patient

ODD = {
    "a command of Rasa": "/restart",
    "a command that names an intent": '/report_urgent_sign{"urgency": "emergency"}',
    "2,000 of one letter": "a" * 2000,
    "emoji only": "😀😭🔥",
    "a script": "<script>alert(document.cookie)</script>",
    "a quote from a database": "'; DROP TABLE events; --",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_words_change_nothing(patient: Patient, text: str) -> None:
    """They are words like others: kept as typed, no command, no urgent sign; the open question stays open."""
    patient.say("hello")
    patient.tap("intent:describe_rash")
    replies = patient.say(text)
    assert replies[-1]["data"]["step"] == "red_flags" and patient.urgency is None
    assert patient.tap("none")[-1]["data"]["step"] == "where"
    assert text in [message["text"] for message in patient.history()]
    assert [row["message_count"] for row in patient.rows("conversations")] == [4]


@pytest.mark.parametrize("text", [ODD["2,000 of one letter"], ODD["emoji only"]], ids=["letters", "emoji"])
def test_nothing_to_understand(patient: Patient, text: str) -> None:
    """Without an open question the guide says that it did not understand, with the signs to call for and choices."""
    [reply] = patient.say(text)
    assert reply["text"] == load_knowledge(country="US").small_talk["fallback"].text
    assert reply["choices"]


@pytest.mark.parametrize("text", ["<b>I have blisters on my chest</b>", "/ I have blisters on my chest"])
def test_urgent_sign_inside_markup_is_heard(patient: Patient, text: str) -> None:
    """Marks around the words don't hide the sign."""
    [card] = patient.say(text)
    assert (card["type"], patient.urgency) == ("care_card", "emergency")


FOREIGN = {
    "es": ("me pica mucho la piel y no puedo dormir", "llame al 911"),
    "fr": ("J'ai des boutons partout depuis hier", "appelez le 911"),
    "de": ("Ich habe seit gestern einen Ausschlag am Arm", "911"),
}


@pytest.mark.parametrize("language", FOREIGN)
@pytest.mark.parametrize("in_form", [False, True], ids=["at the start", "beside a question"])
def test_another_language(patient: Patient, language: str, in_form: bool) -> None:
    """Whom to call comes in that language, also beside an open question, which is then asked again."""
    text, sentence = FOREIGN[language]
    if in_form:
        patient.say("hello")
        patient.tap("intent:describe_rash")
    replies = patient.say(text)
    assert sentence in replies[0]["text"]
    assert load_knowledge(country="US").only_english_in(language) in replies[0]["text"]
    if in_form:
        assert replies[-1]["data"]["step"] == "red_flags"


def test_refused_and_nothing_lost(patient: Patient) -> None:
    """What was not offered, too long, empty or no JSON gets a sentence for the patient; the question stays open."""
    patient.say("hello")
    patient.tap("intent:describe_rash")
    refused = (
        (422, "unknown_choice", {"choice": "itch_severe"}),
        (422, "unknown_choice", {"choices": ["blisters", "made_up"]}),
        (422, "contradiction", {"choices": ["blisters", "none"]}),
        (422, "unknown_choice", {"areas": {"chest": "half"}}),
        (413, "too_long", {"text": "a" * 2001}),
        (422, "empty", {"text": " \n "}),
        (422, "bad_message", {}),
    )
    for status, code, content in refused:
        response = patient.send(**content)
        error = response.json()["error"]
        assert (response.status_code, error["code"]) == (status, code), content
        assert error["message"].endswith(".")
    response = patient.http.post("/api/messages", content=b"hello")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "not_json")
    assert patient.tap("none")[-1]["data"]["step"] == "where"
    assert [row["message_count"] for row in patient.rows("conversations")] == [3]
