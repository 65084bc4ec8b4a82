"""The transcript: as the patient saw it, with what the guide made of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.console.transcript import read_turns
from bot.storage.database import writing
from bot.storage.own_turns import message_event
from bot.storage.privacy import erase
from bot.storage.tables import events
from bot.storage.turns import store_own_turn
from tests.unit.console.review_events import blisters_reading, care_card, did, said, shown, tell, tell_emergency


def test_everything_beside_the_message(coach: Any, engine: Engine, console: Any, clock: Any) -> None:
    """Words, findings with status and rule, intent with runners-up, assessment, policy, action, time."""
    tell_emergency(engine, "a", clock.now - 60)
    html = coach.get("/conversations/a").text
    assert '<mark class="present">blisters<sup> present</sup></mark>' in html
    for part in (
        "report_urgent_sign", "the classifier found describe_rash 0.80", "ask_treatment", "by told as present",
        "utter_seek_care", "SafetyPolicy", "0.25 s", "Call 911 now", "Emergency: 911", "itch", "1 system event<",
        "no fever", "Rules: R01", "Triggered by:", "Revlimid label",
    ):  # fmt: skip
        assert part in html, part


def test_reading_is_logged(coach: Any, engine: Engine, console: Any, clock: Any, logged: Callable[..., Any]) -> None:
    """With who and which conversation; printing too."""
    tell_emergency(engine, "a", clock.now)
    coach.get("/conversations/a")
    coach.get("/conversations/a/print")
    assert [(row["coach"], row["subject"]) for row in logged("transcript read")] == [("Coach", "a"), ("Coach", "a")]


def test_seen_is_not_shown_as_unseen(coach: Any, tester: Any, engine: Engine, console: Any, clock: Any) -> None:
    """Opening it takes it out of the first part; a newer seek-care reply brings it back."""
    tell_emergency(engine, "a", clock.now - 60)
    assert "Urgent, not yet seen</strong>" in coach.get("/queue").text
    coach.get("/conversations/a")
    assert "Urgent, seen, to be reviewed</strong>" in coach.get("/queue").text
    tell_emergency(engine, "a", clock.now + 5)
    clock.now += 10
    assert "Urgent, not yet seen</strong>" in coach.get("/queue").text


@pytest.mark.parametrize(
    ("reply", "parts"),
    [
        (shown(1, "buttons", "Which?", ("Yes", "No")), ("Which?", "<li>Yes</li>")),
        (shown(1, "checklist", "Any?\n- x", items=[{"id": "x", "title": "Fever", "hint": "38 C"}]), ("Fever", "38 C")),
        (shown(1, "body_map", "Where?", areas=[]), ("Where?", "Shown as a body map")),
        (
            shown(1, "chart", "Months", title="Time", unit="months",
                  groups=[{"label": "Rash", "p": "0.003", "bars": [{"label": "yes", "value": 32}]}]),
            ("<caption>Time, in months</caption>", "p 0.003", "<td>32 <svg class=\"strip\"", "<rect width=\"100.0\""),
        ),
        (
            shown(1, "summary", "S", title="Summary", sections=[{"title": "Now", "lines": ["itch"]}]),
            ("Now", "<li>itch</li>"),
        ),
        (care_card(1), ("What to say: I have blisters.", "Watch for:")),
        (shown(1, "hologram", "Something new"), ("Something new",)),
        (
            {"event": "bot", "timestamp": 1, "text": "plain", "data": {"buttons": [{"title": "Go"}]}},
            ("plain", "<li>Go</li>"),
        ),
        ({"event": "bot", "timestamp": 1, "text": None, "data": None, "metadata": None}, ("In short",)),
    ],
)  # fmt: skip
def test_every_kind_of_reply_can_be_read(
    coach: Any, engine: Engine, console: Any, reply: dict[str, Any], parts: tuple[str, ...]
) -> None:
    """Cards and pictures in a form in which they can be read; unknown ones by their text."""
    tell(engine, "a", said("hello", 1), reply)
    html = coach.get("/conversations/a").text
    assert all(part in html for part in parts)


def test_taps_on_the_body_map(coach: Any, engine: Engine, console: Any) -> None:
    """Are shown as areas and how much of each."""
    tell(engine, "a", said("tapped the body map", 1, answer={"areas": {"upper_arms": "half"}}))
    html = coach.get("/conversations/a").text
    assert "upper arms</th><td>half" in html


def test_words_are_harmless(coach: Any, engine: Engine, console: Any) -> None:
    """HTML in a message, an intent, a reply or an id is text."""
    evil = "<img src=x onerror=alert(1)>"
    tell(engine, "a", said(evil, 1, evil), shown(1, "text", evil, (evil,)), did(evil, 1, evil))
    for path in ("/conversations/a", "/conversations/a/print", "/queue?view=all&q=onerror"):
        html = coach.get(path).text
        assert "<img" not in html and "&lt;img" in html


def test_half_written_and_unreadable(coach: Any, engine: Engine, console: Any) -> None:
    """Each is shown as such, and the rest of the conversation with it."""
    tell(engine, "a", said("first words", 1), shown(2), did("action_listen", 2), said("last words", 3))
    with writing(engine) as connection:
        for data in ("{half", "[]", '{"event": 3}', None, '{"event": "user", "text": "x", "parse_data": []}'):
            connection.execute(sa.insert(events).values(sender_id="a", type_name="user", data=data))
    html = coach.get("/conversations/a").text
    assert "first words" in html and "last words" in html
    assert "Half-written: no answer to this message was stored." in html
    assert "4 stored events can’t be read" in html


@pytest.mark.parametrize("reading", [{"findings": "x"}, {"findings": [1, {}]}, {"findings": [{"start": 1}]}, [], "x",
                                     {"findings": [{"start": 5, "end": 2}, {"start": -1, "end": 99}]},
                                     {"assessment": [], "informed": True, "case": 3}])  # fmt: skip
def test_any_reading_can_be_shown(coach: Any, engine: Engine, console: Any, reading: Any) -> None:
    """Readings of other versions of the guide too."""
    event = said("some words", 1)
    event["parse_data"]["reading"] = reading
    with writing(engine) as connection:
        from bot.storage.turns import store_turn

        store_turn(connection, "a", [said("before", 1)], None)
        connection.execute(sa.insert(events).values(sender_id="a", type_name="user", data=json.dumps(event)))
    page = coach.get("/conversations/a")
    assert page.status_code == 200 and "some words" in page.text


def test_what_is_gone_and_what_is_not_for_you(
    coach: Any, tester: Any, stranger: Any, engine: Engine, console: Any, clock: Any
) -> None:
    """Erased: 410; unknown: 404; a patient's conversation for a tester: 404; nobody signed in: to the sign-in."""
    tell_emergency(engine, "a", clock.now)
    tell(engine, "t", said("test words", clock.now, is_test=True), shown(clock.now))
    assert tester.get("/conversations/t").status_code == 200
    assert "Reviewed and next" not in tester.get("/conversations/t").text
    assert tester.get("/conversations/a").status_code == tester.get("/conversations/never").status_code == 404
    assert tester.get("/conversations/a/changes").status_code == 404
    assert stranger.get("/conversations/a").status_code == 303
    erase(engine, "a")
    assert coach.get("/conversations/a").status_code == 410
    assert coach.get("/conversations/never").status_code == 404


def test_contact_data_stays_in_the_inbox(coach: Any, engine: Engine, console: Any) -> None:
    """A transcript shows that it was given, not what."""
    tell(engine, "a", said("x", 1), {"event": "slot", "timestamp": 1, "name": "contact_reach", "value": "212 555 0199"})
    html = coach.read("/conversations/a")
    assert "555" not in html and "(contact data)" in html


def test_conversations_of_the_same_patient(coach: Any, engine: Engine, console: Any) -> None:
    """Are listed with links."""
    for name in ("one", "two"):
        tell(engine, name, said("x", 1, patient="p"), shown(1))
        coach.get(f"/conversations/{name}")
    assert "/conversations/two" in coach.get("/conversations/one").text


def test_answers_of_the_gateway_alone_are_there(coach: Any, engine: Engine, console: Any, clock: Any) -> None:
    """What the patient got while Rasa was silent is part of what the patient saw."""
    tell_emergency(engine, "a", clock.now)
    message = message_event("c1", clock.now + 5, "are you there", None, {}, heard=False)
    with writing(engine) as connection:
        store_own_turn(connection, "a", message, [{"type": "text", "text": "I can't answer now.", "data": {}}])
    html = coach.get("/conversations/a").text
    assert "are you there" in html and "I can&#39;t answer now." in html and "Answered by the gateway alone" in html


def test_denied_signs_are_marked_as_such() -> None:
    """By class and in words."""
    text = "no blisters"
    (turn,) = read_turns([(1, json.dumps(said(text, 1, reading=blisters_reading(text, "absent"))))])
    assert turn.message is not None
    assert [(part.text, part.finding and part.finding["status"]) for part in turn.message.segments] == [
        ("no ", None), ("blisters", "absent"),
    ]  # fmt: skip


def test_a_long_conversation_is_shown_in_part(coach: Any, engine: Engine, console: Any) -> None:
    """The newest messages first, all of them on request."""
    tell(engine, "a", *(event for i in range(250) for event in (said(f"message {i}.", i), shown(i))))
    html = coach.get("/conversations/a").text
    assert "message 249." in html and "message 3." not in html and "Show 50 earlier messages" in html
    assert "message 3." in coach.get("/conversations/a?all=1").text


def test_a_reply_shows_all_that_the_patient_read(coach: Any, engine: Engine, console: Any) -> None:
    """What got worse since the last check, the emergency sentence in another language, and the findings of a chart."""
    told = {"worse": ["It itches more than at your last check."], "foreign": "Llame al 911 ahora."}
    chart = {"title": "Months", "intro": "The bars show medians.", "findings": ["With a rash, 22.4 months."],
             "limits": ["One small study."], "groups": []}  # fmt: skip
    tell(engine, "a", said("itchy", 1), shown(1, "care_card", "Call.", headline="Call your team", **told),
         shown(1, "chart", "The bars show medians.\n- One small study.", **chart))  # fmt: skip
    html = coach.read("/conversations/a")
    for line in (told["worse"][0], told["foreign"], chart["intro"], chart["findings"][0]):
        assert line in html, line
    assert html.count("One small study.") == 1
