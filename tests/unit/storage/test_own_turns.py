"""The summary of turns that the gateway answered by itself, while Rasa was silent."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.storage.database import engine_for, writing
from bot.storage.own_turns import message_event, of_conversation
from bot.storage.schema import upgrade
from bot.storage.tables import conversations, events
from bot.storage.turns import missed_by_rasa, said_to_rasa, store_own_turn, store_turn

CARD = {"type": "care_card", "text": "Call 911 now.", "choices": [], "sources": [], "data": {"urgency": "emergency"}}
SORRY = {"type": "text", "text": "I can't answer right now.", "choices": [], "sources": [], "data": {}}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A fresh database."""
    engine = engine_for(f"sqlite:///{tmp_path / 'bot.db'}")
    upgrade(engine)
    return engine


def message(said: str, at: float, heard: bool = False) -> dict[str, Any]:
    """A message that the gateway takes for its own; its client id is its time."""
    return message_event(str(at), at, said, None, {}, heard)


def row_after(engine: Engine, *turns: tuple[str, dict[str, Any], float]) -> Any:
    """The summary row after these turns."""
    with writing(engine) as connection:
        for said, reply, at in turns:
            store_own_turn(connection, "s", message(said, at, reply is CARD), [reply])
        return connection.execute(sa.select(conversations)).one()


def test_seek_care_is_in_the_row(engine: Engine) -> None:
    """The urgency counts as if Rasa had said it."""
    row = row_after(engine, ("blisters", CARD, 5.0))
    assert (row.highest_urgency, row.message_count, row.fallback_count) == ("emergency", 1, 0)
    assert (row.started_at, row.last_at) == (5.0, 5.0)


def test_no_answer_counts_as_not_understood(engine: Engine) -> None:
    """The patient's question is still open."""
    row = row_after(engine, ("is turmeric good?", SORRY, 5.0), ("hello?", SORRY, 6.0))
    assert (row.highest_urgency, row.message_count, row.fallback_count, row.last_at) == (None, 2, 2, 6.0)
    assert row.intents == []


def asking(slot: str | None, at: float) -> dict[str, Any]:
    """Rasa's form asks for a slot, or for none any more."""
    return {"event": "slot", "timestamp": at, "name": "requested_slot", "value": slot}


def kept(engine: Engine, said: str, at: float, **reading: Any) -> str:
    """A message that only the gateway answers, as it is stored."""
    own = message_event(str(at), at, said, None, reading, heard=False)
    with writing(engine) as connection:
        store_own_turn(connection, "s", own, [SORRY])
        return str(of_conversation(connection, "s")[-1].said["text"])


def test_an_answer_to_the_contact_form_is_masked_as_a_whole(engine: Engine) -> None:
    """Names follow no pattern. What is of health stays readable, and so does what another question was asked for."""
    with writing(engine) as connection:
        store_turn(connection, "s", [asking("contact_name", 1.0)], None)
    assert "Mary" not in kept(engine, "Mary at the desk", 2.0)
    fever = {"concept": "fever", "status": "present"}
    assert kept(engine, "Mary has a fever", 3.0, findings=[fever]) == "Mary has a fever"
    assert kept(engine, "yes", 4.0, findings=[], reported=["fever"]) == "yes"
    with writing(engine) as connection:
        store_turn(connection, "s", [asking(None, 5.0)], None)
    assert kept(engine, "Mary at the desk", 6.0) == "Mary at the desk"


def test_slow_rasa_may_have_gone_on_with_its_form(engine: Engine) -> None:
    """The message was still an answer to it."""
    taken = {"event": "user", "timestamp": 2.0, "text": "[contact]", "metadata": {"client_id": "3.0"}}
    with writing(engine) as connection:
        store_turn(connection, "s", [asking("contact_name", 1.0), taken, asking(None, 2.5)], None)
    assert "Mary" not in kept(engine, "Mary at the desk", 3.0)


def test_rasa_goes_on_with_the_same_row(engine: Engine) -> None:
    """What it knows is added to what the gateway had noted."""
    row_after(engine, ("blisters", CARD, 5.0))
    said = {"event": "user", "timestamp": 9.0, "text": "hi", "parse_data": {"intent": {"name": "greet"}}}
    with writing(engine) as connection:
        store_turn(connection, "s", [said], None)
        row = connection.execute(sa.select(conversations)).one()
    assert (row.highest_urgency, row.message_count, row.started_at, row.last_at) == ("emergency", 2, 5.0, 9.0)
    assert row.last_intent == "greet"


def late(at: float, intent: str) -> dict[str, Any]:
    """The event of the same message, stored by Rasa."""
    parsed = {"intent": {"name": intent, "confidence": 0.9}}
    return {"event": "user", "timestamp": at, "text": "x", "parse_data": parsed, "metadata": {"client_id": str(at)}}


@pytest.mark.parametrize("rasa_first", [True, False])
@pytest.mark.parametrize(
    ("intent", "reply", "not_understood"),
    [("greet", CARD, 0), ("greet", SORRY, 1), ("nlu_fallback", CARD, 1), ("nlu_fallback", SORRY, 1)],
)
def test_a_message_that_both_answer_counts_once(
    engine: Engine, rasa_first: bool, intent: str, reply: dict[str, Any], not_understood: int
) -> None:
    """Whoever is first: as one message, and as one that was not understood where either had no answer."""
    with writing(engine) as connection:
        if rasa_first:
            store_turn(connection, "s", [late(5.0, intent)], None)
        store_own_turn(connection, "s", message("x", 5.0, reply is CARD), [reply])
        if not rasa_first:
            store_turn(connection, "s", [late(5.0, intent)], None)
        row = connection.execute(sa.select(conversations)).one()
    assert (row.message_count, row.fallback_count, row.intents) == (1, not_understood, [intent])


def test_an_event_of_nobody_known_hides_no_other(engine: Engine) -> None:
    """Whether Rasa has a message is found beside events that can't be read."""
    with writing(engine) as connection:
        store_turn(connection, "s", [late(5.0, "greet")], None)
        for data in ("{broken", "[]", '{"metadata": 1}', None):
            connection.execute(sa.insert(events).values(sender_id="s", type_name="user", data=data))
        assert said_to_rasa(connection, "s", "5.0") is not None
        assert said_to_rasa(connection, "s", "6.0") is None


def missed(engine: Engine) -> list[str]:
    """The words that the next message brings to Rasa."""
    with engine.connect() as connection:
        return [turn.said["text"] for turn in missed_by_rasa(connection, "s")]


def test_rasa_is_told_once_of_what_it_missed(engine: Engine) -> None:
    """Until a later message has reached it: that one brought them."""
    row_after(engine, ("blisters", CARD, 5.0), ("and a fever", CARD, 6.0))
    assert missed(engine) == ["blisters", "and a fever"]
    with writing(engine) as connection:
        store_turn(connection, "s", [late(7.0, "greet")], None)
    assert missed(engine) == []
    row_after(engine, ("my lips too", CARD, 8.0))
    assert missed(engine) == ["my lips too"]


def test_what_slow_rasa_took_in_after_all_is_not_missed(engine: Engine) -> None:
    """It stored the message, from before the gateway gave up on it."""
    with writing(engine) as connection:
        taken_in = {**late(4.0, "greet"), "metadata": {"client_id": "9.0"}}
        store_turn(connection, "s", [taken_in], None)
    row_after(engine, ("x", SORRY, 9.0), ("y", SORRY, 10.0))
    assert missed(engine) == ["y"]
