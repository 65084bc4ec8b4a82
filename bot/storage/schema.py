"""Brings the database to the layout that the code expects. Every process does it when it starts."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from bot.storage.database import DatabaseError, writing

MIGRATIONS = Path(__file__).parent / "migrations"

#: Any number: processes that start together take turns by it on PostgreSQL.
_TURN = 5_027_731


def upgrade(engine: Engine, target: str = "head") -> None:
    """Run the migrations that are missing, all or none. Raises DatabaseError if the database is newer than the code."""
    with engine.connect() as connection:
        if _revision(connection) == newest():
            return
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            # A table that has grown large may take its time; the usual limits are for a patient who waits.
            connection.execute(sa.text("SET LOCAL lock_timeout = 0"))
            connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TURN)))
        revision = _revision(connection)
        if revision is not None and revision not in _known():
            raise DatabaseError(f"the database has layout {revision}, which this version of the guide does not know")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, target)


def newest() -> str:
    """The revision that the code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
