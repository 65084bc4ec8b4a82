"""The database of the guide: one SQLAlchemy engine per address, SQLite in a file or PostgreSQL by URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.engine.url import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

#: Seconds that a writer waits for another one. The gateway gives up on Rasa after 8.
LOCK_WAIT = 5

#: An error shows the statement that failed, but not the patient's words in it.
_OPTIONS = {"hide_parameters": True}


class DatabaseError(Exception):
    """The database setting can't be used. The message says why, without a password."""


@lru_cache(maxsize=8)
def engine_for(address: str) -> Engine:
    """The engine for a database address; the same one each time. Raises DatabaseError."""
    # The form that hosting services hand out, which SQLAlchemy no longer takes.
    if address.startswith("postgres://"):
        address = "postgresql://" + address.removeprefix("postgres://")
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        # The address itself may hold a password.
        raise DatabaseError("BOT_DATABASE is not an address such as sqlite:///var/bot.db") from None
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url)
    raise DatabaseError(f"BOT_DATABASE must be sqlite or postgresql, not {url.get_backend_name()}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it is kept, or, when an error leaves the block, nothing.

    On SQLite it takes the write lock at once. A transaction that reads first and writes later would be refused
    without any wait when another process wrote in between.
    """
    with engine.execution_options(writes=True).begin() as connection:
        yield connection


def _sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise DatabaseError("BOT_DATABASE: SQLite needs a file, such as sqlite:///var/bot.db")
    try:
        # Health data: a folder that we make is for its owner only.
        Path(url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseError(f"can't make the folder of the database: {error}") from error
    arguments = {"timeout": LOCK_WAIT, "check_same_thread": False}
    engine = sa.create_engine(url, connect_args=arguments, poolclass=QueuePool, **_OPTIONS)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Python's driver would begin transactions itself, late and never for DDL; `_begin_sqlite` does it instead.
    connection.isolation_level = None
    # Readers go on while one process writes.
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA foreign_keys=ON")
    # What is erased is overwritten, not just let go.
    connection.execute("PRAGMA secure_delete=ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: URL) -> Engine:
    milliseconds = LOCK_WAIT * 1000
    arguments = {
        "connect_timeout": LOCK_WAIT,
        "options": f"-c lock_timeout={milliseconds} -c statement_timeout={4 * milliseconds}",
    }
    # pre_ping: a connection that broke while it lay in the pool is replaced, not handed out.
    pool = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20}
    return sa.create_engine(url, connect_args=arguments, **pool, **_OPTIONS)
