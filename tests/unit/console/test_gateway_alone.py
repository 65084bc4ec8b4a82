"""Conversations that only the gateway answered, because Rasa was down: coaches find and read them like all others."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.console.review_tables import items
from bot.web.store import OwnMessage, State, Store
from tests.unit.console.review_events import did, said, shown, tell

CARD = {
    "type": "care_card", "text": "Call 911 now.", "choices": [], "sources": [],
    "data": {"urgency": "emergency", "headline": "Get help now", "heard": ["blisters"], "steps": ["Call."]},
}  # fmt: skip
READING = {
    "findings": [{"concept": "blistering", "sign": "blisters", "status": "present", "text": "blisters", "start": 10,
                  "end": 18, "rule": "named", "site": None, "in_doubt": False}],
    "language": "en", "asks": [], "reported": ["blisters"], "urgency": "emergency",
}  # fmt: skip
SORRY = {"type": "text", "text": "I can't answer right now.", "choices": [], "sources": [], "data": {}}


@pytest.fixture
def answered(engine: Engine, console: Any, clock: Any) -> Callable[..., None]:
    """Has the gateway answer by itself: answered("conversation", "message id", "words", reply)."""
    store = Store(engine, clock)
    store.create_tables()

    def answer(sender_id: str, client_id: str, words: str, reply: dict[str, Any], reading: Any = None) -> None:
        if store.state(sender_id) is None:
            store.begin(sender_id)
        own = OwnMessage(words, reading=reading or {})
        store.keep(sender_id, client_id, {"replies": [reply], "urgency": None}, State(), own)

    return answer


def test_emergency_is_first_in_the_queue(coach: Any, answered: Any, clock: Any) -> None:
    """Until a coach has opened it, as any other; what triggered it is told."""
    answered("down", "m1", "there are blisters on my lips", CARD)
    assert "/conversations/down?" in coach.get("/queue?part=1").text
    page = coach.get("/conversations/down").text
    assert "Answered by the gateway alone" in page and "Triggered by:" in page
    assert page.count("there are blisters on my lips") == 2
    assert "/conversations/down?" not in coach.get("/queue?part=1").text
    assert "/conversations/down?" in coach.get("/queue?part=3").text


def test_what_was_read_is_shown(coach: Any, answered: Any) -> None:
    """Findings are marked in the words and name what triggered; the list is filtered by them."""
    answered("down", "m1", "there are blisters", CARD, READING)
    page = coach.get("/conversations/down").text
    assert '<mark class="present">blisters' in page and "“blisters”</a> (blistering)" in page
    assert "/conversations/down?" in coach.get("/queue?view=all&finding=blistering&status=present").text


def test_each_message_is_corrected_tagged_commented(coach: Any, lead: Any, answered: Any) -> None:
    """As any other, under its own number; what is accepted becomes an example and a labelled line."""
    answered("down", "m1", "there are blisters, call 212 555 0199", CARD, READING)
    forms = coach.get("/conversations/down/messages/-1").text
    assert "Status of “blisters”" in forms
    for form in (
        {"kind": "intent", "value": "describe_rash"},
        {"kind": "finding", "target": "blisters", "value": "past"},
        {"kind": "urgency", "value": "none"},
    ):
        done = coach.post("/conversations/down/messages/-1", form)
        assert (done.status_code, done.headers["location"]) == (303, "/coach/conversations/down?#m-1")
    assert coach.post("/conversations/down/tags", {"tag": "outage", "event": "-1"}).status_code == 303
    assert coach.post("/conversations/down/comments", {"text": "Called back.", "event": "-1"}).status_code == 303
    page = coach.get("/conversations/down").text
    assert page.count('class="corrected"') == 3 and "outage" in page and "Called back." in page
    inbox = coach.get("/learn").text
    assert inbox.count("[phone]") >= 3 and "/conversations/down#m-1" in inbox
    for ids in re.findall(r'name="ids" value="([\d,]+)"', inbox):
        coach.post("/learn", {"ids": ids, "state": "accepted"})
    assert "+    - there are blisters, call phone\n" in lead.get("/learn/nlu.patch").text
    line = lead.get("/learn/messages.jsonl").json()
    assert (line["intent"], line["urgent"], line["signs"]) == ("describe_rash", False, [])


@pytest.mark.parametrize("number", ["-2", "-", "--1", "-1.0", "-99999999999"])
def test_a_number_of_no_message_is_refused(lead: Any, answered: Any, number: str) -> None:
    """Also one that another conversation has."""
    answered("down", "m1", "hello", SORRY)
    answered("other", "m1", "hello", SORRY)
    for path in (f"/conversations/down/messages/{number}", f"/conversations/down/messages/{number}/redact"):
        assert lead.get(path).status_code == 404
    assert lead.post("/conversations/down/tags", {"tag": "x", "event": number}).status_code == 400


def test_words_are_taken_out_of_it(lead: Any, answered: Any, engine: Engine) -> None:
    """Of the message, what repeats it, the search and the corrections, in every table."""
    answered("down", "m1", "Barbara has blisters", {**CARD, "text": "You said: Barbara has blisters"}, READING)
    assert "Barbara" in lead.get("/queue?view=all&q=barbara").text
    lead.post("/conversations/down/messages/-1", {"kind": "urgency", "value": "none"})
    done = lead.post("/conversations/down/messages/-1/redact", {"words": "barbara"})
    assert done.headers["location"] == "/coach/conversations/down/messages/-1/redact"
    assert "/conversations/down?" not in lead.get("/queue?view=all&q=barbara").text
    assert "Barbara" not in lead.get("/learn").text and "has blisters" in lead.get("/learn").text
    with engine.connect() as connection:
        for table in sa.inspect(connection).get_table_names():
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert "Barbara" not in str(rows), table


def test_unanswered_question_is_with_those_not_understood(coach: Any, answered: Any) -> None:
    """The patient was told that there is no answer now, so somebody should look."""
    answered("down", "m1", "may I take turmeric", SORRY)
    assert "/conversations/down?" in coach.get("/queue?part=4").text


def test_its_words_are_found(coach: Any, answered: Any, engine: Engine, clock: Any) -> None:
    """Also after Rasa is back and more was said; nothing is found twice or lost."""
    answered("down", "m1", "may I take turmeric", SORRY)
    assert "/conversations/down?" in coach.get("/queue?view=all&q=turmeric").text
    tell(engine, "down", said("and ginger", clock.now + 5), shown(clock.now + 6))
    clock.now += 10
    answered("down", "m2", "or saffron", SORRY)
    for word in ("turmeric", "ginger", "saffron"):
        assert "/conversations/down?" in coach.get(f"/queue?view=all&q={word}").text
    page = coach.get("/conversations/down").text
    assert page.index("turmeric") < page.index("saffron")
    places = re.findall(r'id="(m-\d+)"', page)
    assert len(places) == len(set(places)) == 2


def test_review_is_like_any_other(coach: Any, answered: Any, engine: Engine) -> None:
    """It can be marked reviewed and judged."""
    answered("down", "m1", "there are blisters", CARD)
    coach.get("/conversations/down")
    for version, form in enumerate(({"action": "verdict", "verdict": "right"}, {"action": "reviewed"})):
        assert coach.post("/conversations/down/review", {**form, "version": version}).status_code == 303
    with engine.connect() as connection:
        row = connection.execute(sa.select(items)).one()
    assert (row.verdict, row.state) == ("right", "reviewed")
    assert "/conversations/down?" not in coach.get("/queue").text


def test_slow_rasa_and_the_gateway_count_one_message_once(
    coach: Any, answered: Any, engine: Engine, clock: Any
) -> None:
    """Where Rasa has stored the message by the time the gateway keeps its own answer."""
    tell(engine, "down", said("hello", clock.now, client_id="m1"), shown(clock.now))
    answered("down", "m1", "hello", SORRY)
    coach.get("/queue")
    with engine.connect() as connection:
        assert connection.execute(sa.select(items.c.message_count)).scalar() == 1


def test_both_answers_are_shown_beside_the_one_message(
    coach: Any, lead: Any, answered: Any, engine: Engine, clock: Any
) -> None:
    """Where slow Rasa answers after the gateway has: in the order in which they came, each named; nothing twice."""
    answered("down", "m1", "may I take turmeric", SORRY)
    tell(engine, "down", said("may I take turmeric", clock.now - 9, client_id="m1"),
         shown(clock.now + 3, text="Ask about it."), did("action_listen", clock.now + 3))  # fmt: skip
    page = coach.get("/conversations/down").text.replace("&#39;", "'")
    assert page.count("may I take turmeric") == 1
    assert (
        page.index("can't answer right now")
        < page.index("Came after the gateway’s answer")
        < page.index("Ask about it.")
    )
    told = [line["text"] for line in lead.get("/export/jsonl?view=all").json()["messages_in_order"]]
    assert told == ["may I take turmeric", "I can't answer right now.", "Ask about it."]
    readable = lead.post("/patients/down/export", {"form": "readable"}).text
    assert readable.count("may I take turmeric") == 1
    with engine.connect() as connection:
        row = connection.execute(sa.select(items)).one()
    assert (row.message_count, row.fallback_count) == (1, 1)


def test_export_of_the_patient_has_it(lead: Any, answered: Any) -> None:
    """The readable form quotes what the gateway alone has, in order."""
    answered("down", "m1", "may I take turmeric", SORRY)
    page = lead.post("/patients/down/export", {"form": "readable"}).text
    assert page.index("may I take turmeric") < page.replace("&#39;", "'").index("I can't answer right now.")


def test_an_answer_that_cannot_be_read_hides_nothing(coach: Any, answered: Any, engine: Engine) -> None:
    """The patient's words are shown all the same."""
    answered("down", "m1", "may I take turmeric", SORRY)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE own_turns SET replies = '{broken'")
    page = coach.get("/conversations/down").text
    assert "may I take turmeric" in page and "can’t be read" in page


def test_a_message_that_cannot_be_read_hides_nothing(coach: Any, answered: Any, engine: Engine) -> None:
    """The answer is shown all the same, and the page with its forms opens."""
    answered("down", "m1", "may I take turmeric", SORRY)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE own_turns SET message = '[1]'")
    page = coach.get("/conversations/down").text.replace("&#39;", "'")
    assert "can't answer right now" in page and "can’t be read" in page
    assert coach.get("/conversations/down/messages/-1").status_code == 200


def test_what_stayed_unanswered_is_in_the_numbers(coach: Any, answered: Any, engine: Engine, clock: Any) -> None:
    """With the questions that Rasa did not understand; neither taps nor what was masked as a whole."""
    answered("down", "m1", "may I take turmeric", SORRY)
    answered("down", "m2", "there are blisters", CARD)
    tell(engine, "up", said("May I take turmeric?", clock.now, "nlu_fallback", 0.2),
         said("No, thanks", clock.now, "out_of_scope", answer={"choice": "no"}),
         said("[contact····]", clock.now, "out_of_scope"))  # fmt: skip
    table = coach.get("/numbers").text.partition("Top unanswered questions")[2]
    assert "ay I take turmeric" in table and "<td>2</td>" in table
    assert "blisters" not in table and "No, thanks" not in table and "contact" not in table
