"""Export, erasure and contact requests."""

import json
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.storage import tables
from bot.storage.contacts import add_contact_request
from bot.storage.database import engine_for, writing
from bot.storage.privacy import erase, erased_since, export
from bot.storage.schema import upgrade
from bot.storage.turns import store_turn


@pytest.fixture()
def engine(tmp_path: Path) -> Engine:
    """A database with the conversations "a" and "b"."""
    engine = engine_for(f"sqlite:///{tmp_path}/bot.db")
    upgrade(engine)
    say(engine, "a", time.time())
    say(engine, "b", time.time())
    return engine


def say(engine: Engine, sender_id: str, at: float) -> None:
    """Store a turn with a message, a finished assessment and a session start."""
    turn = [
        {"event": "session_started", "timestamp": at},
        {"event": "user", "timestamp": at, "text": f"I am {sender_id}", "parse_data": {}},
        {"event": "bot", "timestamp": at, "data": {"custom": {"type": "summary", "data": {}}}},
    ]
    with writing(engine) as connection:
        store_turn(connection, sender_id, turn, None)


def request(engine: Engine, sender_id: str, **changed: str) -> int:
    """A contact request with everything that it needs."""
    given = {"name": "Mary", "reach": "212 555 0199", "message": "please call", "consent_text": "I agree"}
    return add_contact_request(engine, sender_id, **{**given, **changed})


def rows_of(engine: Engine, sender_id: str) -> dict[str, int]:
    """Table -> number of rows of a conversation."""
    return {name: len(rows) for name, rows in export(engine, sender_id).items()}


def test_export_gives_everything_of_one_conversation(engine: Engine) -> None:
    """Ready for JSON, with nothing of another patient."""
    request(engine, "a")
    exported = export(engine, "a")
    assert rows_of(engine, "a") == {
        "assessments": 1, "checkpoints": 1, "contact_requests": 1, "conversations": 1, "events": 3
    }  # fmt: skip
    assert exported["events"][1]["data"]["text"] == "I am a"
    assert exported["contact_requests"][0]["reach"] == "212 555 0199"
    assert "I am b" not in json.dumps(exported)
    assert export(engine, "nobody") == {}


def test_an_unreadable_event_is_exported_as_it_is(engine: Engine) -> None:
    """A patient gets what is stored even where it is broken."""
    with writing(engine) as connection:
        connection.execute(sa.insert(tables.events).values(sender_id="a", type_name="user", data="{half"))
    assert export(engine, "a")["events"][-1]["data"] == {"unreadable": "{half"}


def test_erasing_leaves_nothing_of_one_and_all_of_others(engine: Engine) -> None:
    """Also in tables that other parts of the guide have made."""
    request(engine, "a")
    with writing(engine) as connection:
        connection.execute(sa.text("CREATE TABLE web_answers (sender_id TEXT, said TEXT)"))
        connection.execute(sa.text("INSERT INTO web_answers VALUES ('a', 'x'), ('b', 'y')"))
    before = rows_of(engine, "b")
    assert erase(engine, "a") == 8
    assert export(engine, "a") == {}
    assert rows_of(engine, "b") == before


def test_erased_words_are_gone_from_the_file(engine: Engine, tmp_path: Path) -> None:
    """They are overwritten, not only let go."""
    say(engine, "someone quite particular", time.time())
    erase(engine, "someone quite particular")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"quite particular" not in (tmp_path / "bot.db").read_bytes()


def test_erasure_is_remembered_for_turns_under_way(engine: Engine) -> None:
    """By a hash, and only against what began before it."""
    before = time.time()
    erase(engine, "a")
    with engine.connect() as connection:
        assert erased_since(connection, "a", before)
        assert not erased_since(connection, "a", time.time() + 1)
        assert not erased_since(connection, "b", before)
        assert "a" not in connection.execute(sa.select(tables.erasures.c.sender_hash)).scalars().all()


def test_a_contact_request_keeps_what_was_given_with_consent(engine: Engine) -> None:
    """It begins as new, and the conversation's row tells of it."""
    began = time.time()
    first, second = request(engine, "a"), request(engine, "a", message="again\0")
    assert first != second
    stored = export(engine, "a")
    assert stored["conversations"][0]["has_contact_request"] is True
    assert export(engine, "b")["conversations"][0]["has_contact_request"] is False
    newest = stored["contact_requests"][1]
    assert (newest["name"], newest["message"], newest["consent_text"]) == ("Mary", "again", "I agree")
    assert newest["status"] == "new" and newest["consent_at"] >= began


def test_a_request_made_in_the_first_turn_is_seen(engine: Engine) -> None:
    """The action stores it before the turn itself is stored."""
    request(engine, "first")
    say(engine, "first", time.time())
    say(engine, "first", time.time())
    assert export(engine, "first")["conversations"][0]["has_contact_request"] is True


@pytest.mark.parametrize("missing", ["reach", "consent_text"])
def test_a_request_without_consent_or_a_way_to_be_reached_is_refused(engine: Engine, missing: str) -> None:
    """Nothing is stored of it."""
    with pytest.raises(ValueError, match="contact request needs"):
        request(engine, "a", **{missing: "  "})
    assert "contact_requests" not in export(engine, "a")


def test_a_rating_is_not_undone_by_the_next_turn(engine: Engine) -> None:
    """The tracker store writes only the columns that events tell."""
    with writing(engine) as connection:
        connection.execute(sa.update(tables.conversations).values(thumbs_down=1))
    say(engine, "a", time.time())
    assert export(engine, "a")["conversations"][0]["thumbs_down"] == 1
