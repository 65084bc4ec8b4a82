"""The row that sums a conversation up."""

from typing import Any

import pytest

from bot.storage.summary import finished_assessments, new_summary, pseudonym, with_events


def user(at: float = 10.0, intent: str = "describe_rash", confidence: float = 0.9, **more: Any) -> dict[str, Any]:
    """A message as Rasa stores it."""
    reading = more.pop("reading", {})
    parse_data = {"intent": {"name": intent, "confidence": confidence}, "reading": reading}
    return {"event": "user", "timestamp": at, "text": "words", "parse_data": parse_data, **more}


def bot(reply_type: str, at: float = 11.0, **data: Any) -> dict[str, Any]:
    """A reply to the gateway as Rasa stores it."""
    return {"event": "bot", "timestamp": at, "data": {"custom": {"type": reply_type, "data": data}}}


def summed(*events: dict[str, Any]) -> dict[str, Any]:
    """The row after these events."""
    return with_events(new_summary("s", 5.0), events)


def test_messages_times_and_intents_are_counted() -> None:
    """The coach's list shows how long a conversation is and when it was."""
    row = summed(user(10), bot("text", 11), user(20, "ask_study", 0.6), user(30, "ask_study", 0.8))
    assert (row["message_count"], row["started_at"], row["last_at"]) == (3, 5.0, 30)
    assert (row["intents"], row["last_intent"]) == (["describe_rash", "ask_study"], "ask_study")
    assert row["min_confidence"] == 0.6


def test_turns_add_up() -> None:
    """Turn by turn gives the same row as all at once."""
    events = [user(10, reading={"urgency": "urgent"}), bot("text", 11), user(20, "nlu_fallback", 0.2)]
    row = new_summary("s", 5.0)
    for event in events:
        row = with_events(row, [event])
    assert row == summed(*events)
    assert row["fallback_count"] == 1


def test_a_tap_does_not_count_as_understood_words() -> None:
    """Its confidence says nothing of the classifier."""
    assert summed(user(confidence=0.1, metadata={"answer": {"choice": "yes"}}))["min_confidence"] is None


def test_the_highest_urgency_stays_and_the_latest_follows() -> None:
    """An emergency early on is not hidden by a later answer."""
    row = summed(
        user(reading={"urgency": "emergency"}),
        user(reading={"informed": True, "assessment": {"urgency": "routine", "grade": 1}}),
    )
    assert (row["highest_urgency"], row["latest_urgency"], row["grade"]) == ("emergency", "routine", 1)


def test_an_assessment_of_nothing_known_is_no_urgency() -> None:
    """A greeting is not "routine"."""
    row = summed(user(reading={"informed": False, "assessment": {"urgency": "routine", "grade": None}}))
    assert row["highest_urgency"] is None


def test_a_reply_tells_urgency_too() -> None:
    """What the patient was told counts, whatever led to it."""
    assert summed(user(), bot("care_card", urgency="urgent"))["highest_urgency"] == "urgent"


def test_the_newest_status_of_each_finding_is_kept() -> None:
    """Words and taps alike, without the words themselves."""
    row = summed(
        user(reading={"findings": [{"concept": "itch", "status": "present", "text": "itches"}]}),
        user(reading={"findings": [{"concept": "itch", "status": "absent"}, {"concept": "fever", "status": "past"}]}),
        user(reading={"case": {"signs": {"fever": "unsure"}}}),
    )
    assert row["findings"] == [{"concept": "itch", "status": "absent"}, {"concept": "fever", "status": "unsure"}]


def test_a_red_flag_counts_by_its_weightiest_sign() -> None:
    """Sores in the mouth are a mucosal lesion even when those of the eyes are denied."""
    from bot.clinical.signs import Sign

    signs = [sign for sign in Sign if sign.flag]
    first, second = next((a, b) for a in signs for b in signs if a is not b and a.flag == b.flag)
    row = summed(user(reading={"case": {"signs": {first.value: "present", second.value: "absent"}}}))
    assert row["findings"] == [{"concept": first.flag, "status": "present"}]


def test_the_last_step_and_the_end_of_an_assessment_are_noted() -> None:
    """The coach sees where people leave."""
    left = summed(bot("checklist", step="red_flags"), bot("body_map", step="where"))
    assert (left["last_step"], left["completed"]) == ("where", False)
    assert summed(bot("summary", grade=2)) | {"completed": True, "grade": 2} == summed(bot("summary", grade=2))


def test_a_reply_on_another_channel_is_seen() -> None:
    """`rasa shell` gets plain text, with the reply beside it."""
    event = {"event": "bot", "timestamp": 1, "data": {}, "metadata": {"reply": {"type": "summary", "data": {}}}}
    assert summed(event)["completed"]


@pytest.mark.parametrize(
    "event",
    [user(metadata={"is_test": True}), user(input_channel="cmdline")],
    ids=["marked by the gateway", "typed into rasa shell"],
)
def test_test_conversations_are_marked(event: dict[str, Any]) -> None:
    """They don't mix with patients'."""
    assert summed(event, user(input_channel="rest"))["is_test"]
    assert not summed(user(input_channel="rest"))["is_test"]


def test_conversations_of_one_patient_share_a_pseudonym() -> None:
    """The pseudonym comes from the patient's id, if the gateway sends one."""
    assert summed(user(metadata={"patient": "p"}))["pseudonym"] == pseudonym("p") != pseudonym("s")
    assert len(pseudonym("p")) == 9


@pytest.mark.parametrize(
    "event",
    [
        {"event": "user", "timestamp": None, "text": None},
        {"event": "user", "parse_data": None, "metadata": None},
        {"event": "user", "parse_data": {"intent": None, "reading": []}},
        {"event": "user", "parse_data": {"reading": {"findings": "none", "case": 3, "assessment": [], "urgency": 1}}},
        {"event": "user", "parse_data": {"reading": {"findings": [None, {}], "case": {"signs": {"x": None}}}}},
        {"event": "bot", "data": None},
        {"event": "bot", "data": {"custom": {"type": "summary", "data": None}}},
    ],
)
def test_half_written_events_are_taken_as_they_are(event: dict[str, Any]) -> None:
    """What is missing in an event never keeps a turn from being stored."""
    assert summed(event)["sender_id"] == "s"
    finished_assessments([event])


def test_a_finished_assessment_is_kept_for_the_diary() -> None:
    """With the extent and the itch that the message before it led to."""
    reading = {"assessment": {"extent": {"low": 9.0, "high": 18.0}}, "case": {"itch": 3}}
    rows = finished_assessments([user(reading=reading), bot("summary", 12.0, urgency="same_day", grade=2, title="T")])
    summary = {"urgency": "same_day", "grade": 2, "title": "T"}
    assert rows == [
        {"made_at": 12.0, "urgency": "same_day", "grade": 2, "extent_low": 9.0, "extent_high": 18.0, "itch": 3}
        | {"summary": summary}
    ]
