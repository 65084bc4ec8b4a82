"""What is kept of a patient by the real processes, and that it goes when asked."""

import json

import httpx

from bot.serve import ACTIONS
from tests.service.real_guide import Patient, RealGuide

PERSONAL = ("Annabel", "annabel@example.org", "please ring me after six")
#: Every table that has something of a conversation.
TABLES = (
    "events",
    "conversations",
    "assessments",
    "contact_requests",
    "checkpoints",
    "web_conversations",
    "web_answers",
    "own_turns",
)


def test_request_with_consent_is_stored(patient: Patient) -> None:
    """Name, address and words are stored with the consent as it was worded, and nowhere else."""
    introduction, question = patient.say("can I talk to the coach?")
    assert introduction["data"]["name"] and {choice["id"] for choice in question["choices"]} == {"yes", "no"}
    patient.tap("yes")
    for text in PERSONAL:
        replies = patient.say(text)
    assert "list" in replies[-1]["text"]
    [request] = patient.rows("contact_requests")
    assert (request["name"], request["reach"], request["message"]) == PERSONAL
    assert request["consent_text"] in question["text"] and request["consent_at"] > 0 and request["status"] == "new"
    assert [row["has_contact_request"] for row in patient.rows("conversations")] == [True]
    events = json.dumps(patient.rows("events"))
    assert not [text for text in PERSONAL if text in events]


def test_request_without_consent_is_not_stored(patient: Patient) -> None:
    """A no at the question stores nothing."""
    patient.say("can I talk to the coach?")
    patient.tap("no")
    assert patient.rows("contact_requests") == []


def test_request_that_is_taken_back_is_not_stored(patient: Patient) -> None:
    """Who agreed and then stops the request leaves nothing, not even in the stored words."""
    patient.say("can I talk to the coach?")
    patient.tap("yes")
    patient.say(PERSONAL[0])
    patient.say(PERSONAL[1])
    patient.say("cancel")
    assert patient.rows("contact_requests") == []
    events = json.dumps(patient.rows("events"))
    assert PERSONAL[0] not in events and PERSONAL[1] not in events
    assert "911" in patient.say("hello")[-1]["text"]
    assert patient.rows("contact_requests") == []


def test_urgent_sign_goes_before_the_coach(patient: Patient) -> None:
    """A sign told inside the request gets the card; nothing is passed on."""
    patient.say("can I talk to the coach?")
    patient.tap("yes")
    patient.say(PERSONAL[0])
    [card] = patient.say("my lips and tongue are swelling up right now")
    assert (card["type"], patient.urgency) == ("care_card", "emergency")
    assert patient.rows("contact_requests") == []


def test_delete_my_data(patient: Patient) -> None:
    """It asks once; a yes erases every row and ends the session, and the next conversation knows nothing."""
    patient.say("can I talk to the coach?")
    patient.tap("yes")
    for text in PERSONAL:
        patient.say(text)
    assert patient.say("I have an itchy rash")[-1]["data"]["step"] == "red_flags"
    assert {table for table in TABLES if patient.rows(table)} >= {"events", "conversations", "contact_requests"}
    question, *_ = patient.say("delete my data")
    assert {choice["id"] for choice in question["choices"]} == {"forget:yes", "forget:no"}
    assert patient.rows("events")
    [done] = patient.tap("forget:yes")
    assert done["data"]["forgotten"] is True
    assert {table: patient.rows(table) for table in TABLES if patient.rows(table)} == {}
    assert patient.send(text="hello").status_code == 401
    patient.begin()
    patient.say("hello")
    assert len([message for message in patient.history() if message["from"] == "patient"]) == 1


def test_delete_my_data_can_be_declined(patient: Patient) -> None:
    """A no keeps everything."""
    patient.say("hello")
    patient.say("delete my data")
    [kept] = patient.tap("forget:no")
    assert "kept" in kept["text"] and len(patient.history()) == 6


def test_nobody_else_can_read_it(guide: RealGuide, patient: Patient) -> None:
    """Without the cookie, or with one that is not signed by us, there is no conversation."""
    patient.say("hello")
    for headers in (
        {},
        {"authorization": f"Bearer {patient.sender_id}"},
        {"cookie": f"rash_guide={patient.sender_id}"},
    ):
        response = httpx.get(f"{guide.address}/api/conversation", headers=headers, trust_env=False)
        assert response.status_code == 401


def test_logs_hold_no_words_of_patients(guide: RealGuide, patient: Patient) -> None:
    """Neither of what went well nor of what failed, in no log of any process."""
    patient.say("my weeping zoster-like zebrafinch rash itches")
    with guide.without(ACTIONS):
        patient.say("what helps against a zebrafinch rash?")
    patient.send(text="zebrafinch" * 300)
    patient.send(choice="zebrafinch")
    logs = "\n".join(path.read_text(encoding="utf-8") for path in guide.logs.iterdir())
    assert len(logs) > 1000
    said = {text for text in guide.said if len(text) >= 12}
    assert [text for text in said if text in logs] == []
    assert "zebrafinch" not in logs and patient.sender_id not in logs
    assert not [text for text in PERSONAL if text in logs]
