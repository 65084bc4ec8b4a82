"""What is stored of a turn's events."""

from typing import Any

from bot.storage.redaction import FILL
from bot.storage.stored_events import cleared_contacts, to_store

PHONE = f"[phone{FILL * 5}]"


def user(text: str, **reading: Any) -> dict[str, Any]:
    """A message with its reading."""
    parse_data = {"text": text, "intent": {"name": "describe_rash"}, "entities": [], "reading": reading}
    return {
        "event": "user",
        "text": text,
        "parse_data": parse_data,
        "metadata": {"client_id": "7", "context": {"a": 1}},
    }


def slot(name: str, value: Any) -> dict[str, Any]:
    """A slot that is set."""
    return {"event": "slot", "name": name, "value": value}


def test_findings_stay_where_they_stand_in_the_text() -> None:
    """A mask is as long as what it hides, so start and end still point at the words."""
    text = "call 212 555 0199, blisters!"
    finding = {"concept": "blistering", "status": "present", "text": "blisters", "start": 19, "end": 27}
    (event,), _ = to_store([user(text, findings=[finding])])
    assert event["text"] == event["parse_data"]["text"] == f"call {PHONE}, blisters!"
    assert event["text"][finding["start"] : finding["end"]] == "blisters"


def test_the_turn_does_not_repeat_what_is_masked() -> None:
    """Case, slots and the guide's own words are masked as well."""
    events = [
        user("my number is 212 555 0199", case={"quotes": ["my number is 212 555 0199"]}),
        slot("note", "212 555 0199"),
        {"event": "bot", "text": "You wrote 212 555 0199. In an emergency call 911.", "data": {}},
    ]
    stored, echoes = to_store(events)
    assert "555 0199" not in str(stored)
    assert stored[2]["text"] == f"You wrote {PHONE}. In an emergency call 911."
    assert echoes == [("212 555 0199", "PHONE_NUMBER")]


def test_the_given_events_are_left_alone() -> None:
    """The turn goes on with the patient's own words."""
    event = user("call 212 555 0199")
    to_store([event])
    assert event["text"] == event["parse_data"]["text"] == "call 212 555 0199"


def test_the_readers_context_is_not_stored() -> None:
    """It can be had from the events before; the rest of the metadata stays."""
    assert to_store([user("hi")])[0][0]["metadata"] == {"client_id": "7"}


def test_contact_slots_keep_what_was_given_on_purpose() -> None:
    """The request to the coach still needs it in the next turn."""
    stored, _ = to_store([user("212 555 0199"), slot("contact_reach", "212 555 0199")], "contact_reach")
    assert stored[1]["value"] == "212 555 0199"
    assert "555 0199" not in str(stored[0])


def test_an_answer_to_the_contact_form_is_masked_as_a_whole() -> None:
    """Names follow no pattern. The case that the reading carries on is kept."""
    event = user("Mary, ask at the desk", findings=[], case={"itch": 3, "quotes": ["Mary, ask at the desk"]})
    (stored,), _ = to_store([event], "contact_reach")
    assert "Mary" not in str(stored)
    assert len(stored["text"]) == len(event["text"])
    assert stored["parse_data"]["reading"]["case"]["itch"] == 3


def test_health_told_in_the_contact_form_stays_readable() -> None:
    """A red flag there must reach the coach."""
    event = user("tell them my throat is closing", findings=[{"concept": "airway"}])
    assert to_store([event], "contact_message")[0][0]["text"] == event["text"]


def test_the_form_may_begin_and_end_within_the_turns_events() -> None:
    """What is asked for follows the slot that Rasa sets."""
    events = [user("Mary one"), slot("requested_slot", "contact_reach"), user("Mary two"), slot("requested_slot", None)]
    stored, _ = to_store([*events, user("Mary three")])
    assert [("Mary" in event["text"]) for event in stored if event["event"] == "user"] == [True, False, True]


def test_cleared_contacts_are_those_that_end_empty() -> None:
    """A slot that is set again after being cleared is still needed."""
    events = [slot("contact_reach", "a"), slot("contact_reach", None), slot("contact_message", None)]
    events += [slot("contact_message", "again"), slot("itch", None)]
    assert list(cleared_contacts(events)) == ["contact_reach"]
