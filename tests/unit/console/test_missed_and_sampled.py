"""What the guide missed can be said, and what was drawn for a look can be judged."""

import json
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.console.queries.places import is_sampled
from bot.console.review_tables import corrections
from bot.storage.tables import events
from bot.web.store import OwnMessage, State, Store
from tests.unit.console.review_events import said, shown, tell

SAMPLED = next(name for name in map("s{}".format, range(1000)) if is_sampled(name))


@pytest.fixture
def message(engine: Engine, console: Any, clock: Any) -> str:
    """The address of a message in which nothing was found."""
    tell(engine, "talk", said("my lips are raw", clock.now - 60), shown(clock.now - 59))
    with engine.connect() as connection:
        event_id = connection.execute(sa.select(events.c.id).where(events.c.type_name == "user")).scalar_one()
    return f"/conversations/talk/messages/{event_id}"


def test_a_missed_sign_is_added(coach: Any, lead: Any, message: str) -> None:
    """From the form on the message to the labelled line; it can be changed and taken back like any correction."""
    assert '<option value="blisters">' in coach.get(message).text
    form = {"kind": "finding", "target": "blisters", "value": "present"}
    assert coach.post(message, form).status_code == 303
    assert "Missed: blisters" in coach.get(message).text
    assert "none → <strong>present" in coach.get("/learn").text.replace("\n", "")
    ids = coach.get("/learn").text.partition('name="ids" value="')[2].partition('"')[0]
    assert coach.post("/learn", {"ids": ids, "state": "accepted"}).status_code == 303
    [line] = lead.get("/learn/messages.jsonl").text.splitlines()
    assert json.loads(line)["signs"] == ["blistering"]
    assert coach.post(message, {**form, "value": "none"}).status_code == 303
    assert "Missed: blisters" not in coach.get(message).text


@pytest.mark.parametrize("target", ["", "nothing we know", "x" * 500, "<b>", "'; DROP TABLE events"])
def test_only_known_signs_can_be_missed(coach: Any, engine: Engine, message: str, target: str) -> None:
    """Anything else is refused, and nothing is stored."""
    answer = coach.post(message, {"kind": "finding", "target": target, "value": "present"})
    assert answer.status_code == 400
    with engine.connect() as connection:
        assert connection.execute(sa.select(corrections)).first() is None


def test_a_sampled_conversation_can_be_judged_after_its_review_too(coach: Any, engine: Engine, clock: Any) -> None:
    """Wherever it stands: the sample tells how many urgent ones were missed."""
    tell(engine, SAMPLED, said("hello", clock.now - 9000, "greet"), shown(clock.now - 9000))
    assert "Was this urgency right?" in coach.get(f"/conversations/{SAMPLED}").text
    assert coach.post(f"/conversations/{SAMPLED}/review", {"action": "reviewed", "version": 0}).status_code == 303
    assert "Was this urgency right?" in coach.get(f"/conversations/{SAMPLED}").text


def test_json_lines_have_what_the_gateway_alone_answered(lead: Any, engine: Engine, console: Any, clock: Any) -> None:
    """In its place between what Rasa has."""
    store = Store(engine, clock)
    store.create_tables()
    store.begin("talk")
    tell(engine, "talk", said("first", clock.now - 60, client_id="m1"), shown(clock.now - 59))
    reply = {"type": "text", "text": "I can't answer now.", "choices": [], "data": {}, "sources": []}
    store.keep("talk", "m2", {"replies": [reply]}, State(), OwnMessage("second"))
    tell(engine, "talk", said("third", clock.now + 60, client_id="m3"), shown(clock.now + 61))
    told = json.loads(lead.get("/export/jsonl?view=all").text)["messages_in_order"]
    assert [entry["text"] for entry in told] == ["first", "I see.", "second", "I can't answer now.", "third", "I see."]
