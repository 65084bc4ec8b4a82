"""From the first layout of the database to the last, with data in it."""

import json
from pathlib import Path

import sqlalchemy as sa

from bot.console.audit import audit, verify
from bot.console.keys import Keys
from bot.storage.database import engine_for, writing
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
