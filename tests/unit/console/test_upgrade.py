"""From the first layout of the database to the last, with data in it."""

import json
from pathlib import Path

import sqlalchemy as sa

from bot.console.audit import audit, verify
from bot.console.keys import Keys
from bot.console.pages.conversation import turns_of
from bot.storage.database import engine_for, writing
from bot.storage.own_turns import of_conversation
from bot.storage.schema import newest, upgrade

CONVERSATION = {
    "sender_id": "s1", "patient": "mary", "pseudonym": "P-ABCDEFG", "started_at": 1.0, "last_at": 2.0,
    "message_count": 1, "intents": "[]", "findings": "[]", "highest_urgency": "urgent",
}  # fmt: skip

REQUEST = {
    "sender_id": "s1", "created_at": 2.0, "name": "Mary", "reach": "212 555 0199", "message": "Call me",
    "consent_text": "Yes", "consent_at": 2.0,
}  # fmt: skip


def test_upgrading_keeps_what_is_stored(tmp_path: Path) -> None:
    """Rows of the first layout are there in the last one, and the console's tables can be used."""
    engine = engine_for(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine, "0001")
    event = {"sender_id": "s1", "type_name": "user", "timestamp": 1.0, "data": json.dumps({"text": "a rash"})}
    rows = {"events": event, "conversations": CONVERSATION, "contact_requests": REQUEST}
    with writing(engine) as connection:
        for table, row in rows.items():
            columns = [sa.column(name) for name in row]
            connection.execute(sa.insert(sa.table(table, *columns)).values(row))
    upgrade(engine)
    keys = Keys("x" * 32)
    with writing(engine) as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == newest()
        for table, row in rows.items():
            kept = connection.exec_driver_sql(f"SELECT * FROM {table}").mappings().one()
            assert {name: kept[name] for name in row} == row
        assert connection.exec_driver_sql("SELECT status FROM contact_requests").scalar() == "new"
        audit(connection, keys, "Ann", "search")
        assert verify(connection, keys) == (1, [])


def test_what_the_gateway_alone_had_gets_numbers(tmp_path: Path) -> None:
    """Words that earlier versions kept beside the answers are moved, in order; an answer of Rasa's is none of them."""
    engine = engine_for(f"sqlite:///{tmp_path / 'old.db'}")
    upgrade(engine, "0004")
    card = {"type": "care_card", "text": "Call 911 now.", "choices": [], "sources": [], "data": {}}
    rows = [
        ("s1", "b", 5.0, json.dumps({"replies": [card]}), "blisters"),
        ("s1", "a", 4.0, "{broken", "turmeric"),
        ("s1", "c", 6.0, json.dumps({"replies": []}), None),
    ]
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "CREATE TABLE web_answers (sender_id VARCHAR(255), client_id VARCHAR(100), created FLOAT NOT NULL, "
            "answer TEXT NOT NULL, said TEXT, PRIMARY KEY (sender_id, client_id))"
        )
        for row in rows:
            connection.exec_driver_sql("INSERT INTO web_answers VALUES (?, ?, ?, ?, ?)", row)
    upgrade(engine)
    with writing(engine) as connection:
        assert [(turn.number, turn.client_id, turn.shown) for turn in of_conversation(connection, "s1")] == [
            (-1, "a", []), (-2, "b", [card]),
        ]  # fmt: skip
        assert [turn.message and turn.message.text for turn in turns_of(connection, "s1")] == ["turmeric", "blisters"]
        columns = {column["name"] for column in sa.inspect(connection).get_columns("web_answers")}
        assert "said" not in columns
        assert connection.exec_driver_sql("SELECT count(*) FROM web_answers").scalar() == 3
