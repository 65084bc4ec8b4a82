"""Conversations that only the gateway answered, because Rasa was down: coaches find and read them like all others."""

import re
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.console.review_tables import items
from bot.web.store import State, Store
from tests.unit.console.review_events import said, shown, tell

CARD = {
    "type": "care_card", "text": "Call 911 now.", "choices": [], "sources": [],
    "data": {"urgency": "emergency", "headline": "Get help now", "heard": ["blisters"], "steps": ["Call."]},
}  # fmt: skip
SORRY = {"type": "text", "text": "I can't answer right now.", "choices": [], "sources": [], "data": {}}


@pytest.fixture
def answered(engine: Engine, console: Any, clock: Any) -> Callable[..., None]:
    """Has the gateway answer by itself: answered("conversation", "message id", "words", reply)."""
    store = Store(engine, clock)
    store.create_tables()

    def answer(sender_id: str, client_id: str, words: str, reply: dict[str, Any]) -> None:
        if store.state(sender_id) is None:
            store.begin(sender_id)
        store.keep(sender_id, client_id, {"replies": [reply], "urgency": None}, State(), words)

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
    places = re.findall(r'id="(own-\d+)"', page)
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


def test_export_of_the_patient_has_it(lead: Any, answered: Any) -> None:
    """The readable form quotes what the gateway alone has, in order."""
    answered("down", "m1", "may I take turmeric", SORRY)
    page = lead.post("/patients/down/export", {"form": "readable"}).text
    assert page.index("may I take turmeric") < page.replace("&#39;", "'").index("I can't answer right now.")


def test_an_answer_that_cannot_be_read_hides_nothing(coach: Any, answered: Any, engine: Engine) -> None:
    """The patient's words are shown all the same."""
    answered("down", "m1", "may I take turmeric", SORRY)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE web_answers SET answer = '{broken'")
    page = coach.get("/conversations/down").text
    assert "may I take turmeric" in page and "can’t be read" in page
