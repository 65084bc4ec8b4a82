"""The layout of the database and its migrations."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.engine import Engine

from bot.storage import tables
from bot.storage.database import DatabaseError, engine_for, writing
from bot.storage.schema import newest, upgrade


@pytest.fixture()
def empty(tmp_path: Path) -> Engine:
    """A database without any table."""
    return engine_for(f"sqlite:///{tmp_path}/bot.db")


def test_migrations_lead_to_the_tables_of_the_code(empty: Engine) -> None:
    """Nothing differs, index for index."""
    upgrade(empty)
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_upgrading_again_changes_nothing(empty: Engine) -> None:
    """Every process upgrades when it starts."""
    upgrade(empty)
    with writing(empty) as connection:
        connection.execute(sa.insert(tables.erasures).values(sender_hash="h", erased_at=1))
    upgrade(empty)
    with empty.connect() as connection:
        assert connection.execute(sa.select(tables.erasures.c.sender_hash)).scalars().all() == ["h"]


def test_processes_that_start_together_take_turns(empty: Engine) -> None:
    """One of them makes the tables, the others find them made."""
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(upgrade, empty) for _ in range(4)]:
            done.result()
    with empty.connect() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == newest()


def test_events_of_stock_rasa_are_kept(empty: Engine) -> None:
    """Who used Rasa's own store before finds the conversations again."""
    with writing(empty) as connection:
        connection.execute(
            sa.text(
                "CREATE TABLE events (id INTEGER PRIMARY KEY, sender_id VARCHAR(255) NOT NULL, type_name VARCHAR(255) "
                "NOT NULL, timestamp FLOAT, intent_name VARCHAR(255), action_name VARCHAR(255), data TEXT)"
            )
        )
        connection.execute(sa.text("CREATE INDEX ix_events_sender_id ON events (sender_id)"))
        connection.execute(sa.insert(tables.events).values(sender_id="s", type_name="user", data="{}"))
    upgrade(empty)
    with empty.connect() as connection:
        assert connection.execute(sa.select(tables.events.c.sender_id)).scalars().all() == ["s"]


def test_a_database_of_a_newer_version_is_refused(empty: Engine) -> None:
    """Going on could damage what a newer guide has stored."""
    upgrade(empty)
    with writing(empty) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="9999"):
        upgrade(empty)


def test_json_columns_take_what_a_device_sends(empty: Engine) -> None:
    """A zero character or half an emoji, which PostgreSQL refuses, becomes a replacement character."""
    upgrade(empty)
    state = {"slots": {"quote\0": ["half \ud83d", 1, None]}}
    with writing(empty) as connection:
        connection.execute(sa.insert(tables.checkpoints).values(sender_id="s", after_event=1, state=state))
        stored = connection.execute(sa.select(tables.checkpoints.c.state)).scalar()
    assert stored == {"slots": {"quote\N{REPLACEMENT CHARACTER}": ["half \N{REPLACEMENT CHARACTER}", 1, None]}}
