"""The summary of turns that the gateway answered by itself, while Rasa was silent."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.storage.database import engine_for, writing
from bot.storage.schema import upgrade
from bot.storage.tables import conversations
from bot.storage.turns import store_turn, sum_up_own

CARD = {"type": "care_card", "text": "Call 911 now.", "choices": [], "sources": [], "data": {"urgency": "emergency"}}
SORRY = {"type": "text", "text": "I can't answer right now.", "choices": [], "sources": [], "data": {}}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A fresh database."""
    engine = engine_for(f"sqlite:///{tmp_path / 'bot.db'}")
    upgrade(engine)
    return engine


def row_after(engine: Engine, *turns: tuple[str, dict[str, Any], float]) -> Any:
    """The summary row after these turns."""
    with writing(engine) as connection:
        for said, reply, at in turns:
            sum_up_own(connection, "s", said, [reply], at)
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


def test_rasa_goes_on_with_the_same_row(engine: Engine) -> None:
    """What it knows is added to what the gateway had noted."""
    row_after(engine, ("blisters", CARD, 5.0))
    said = {"event": "user", "timestamp": 9.0, "text": "hi", "parse_data": {"intent": {"name": "greet"}}}
    with writing(engine) as connection:
        store_turn(connection, "s", [said], None)
        row = connection.execute(sa.select(conversations)).one()
    assert (row.highest_urgency, row.message_count, row.started_at, row.last_at) == ("emergency", 2, 5.0, 9.0)
    assert row.last_intent == "greet"
