"""A console on a fresh database, a clock to turn, and browsers in which coaches of each role are signed in."""

import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
import sqlalchemy as sa
from httpx import Response
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.console import coaches, sessions
from bot.console.app import create_console
from bot.console.context import Console
from bot.console.csrf import make_token
from bot.console.roles import Role
from bot.console.settings import ConsoleSettings
from bot.console.tables import audit_log
from bot.settings import Settings
from bot.storage.database import engine_for, writing
from bot.storage.schema import newest, upgrade
from bot.storage.turns import store_turn


class Clock:
    """Stands still until it is turned. Begins at the present: the storage reads the real time."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now


class Browser:
    """A browser of one person. Posts carry the token that a page would have given."""

    def __init__(self, app: Starlette, console: Console, address: str = "192.0.2.1") -> None:
        self.client = TestClient(app, follow_redirects=False, client=(address, 50_000), raise_server_exceptions=False)
        self.console = console

    def get(self, path: str, **options: Any) -> Response:
        """Open a page, by its address after /coach."""
        return self.client.get(f"/coach{path}", **options)

    def read(self, path: str) -> str:
        """A page without its tokens: a random one may spell what a test looks for in vain."""
        return re.sub(r"\b[0-9a-f]{80}\b", "", self.get(path).text)

    def post(self, path: str, fields: dict[str, Any] | None = None, **options: Any) -> Response:
        """Send a form."""
        if "coach" not in self.client.cookies:
            self.get("/sign-in")
        token = make_token(self.console.keys, self.client.cookies["coach"])
        return self.client.post(f"/coach{path}", data={"csrf": token, **(fields or {})}, **options)


@pytest.fixture
def clock() -> Clock:
    """The console's clock."""
    return Clock()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file of the newest layout, to be copied: migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "bot.db"
    engine = engine_for(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def server() -> Engine | None:
    """An empty database on a server, where CONSOLE_TEST_DATABASE names one: all these tests then run on it."""
    address = os.environ.get("CONSOLE_TEST_DATABASE")
    if not address:
        return None
    engine = engine_for(address)
    upgrade(engine)
    return engine


@pytest.fixture
def engine(tmp_path: Path, migrated: Path, server: Engine | None) -> Engine:
    """A fresh database."""
    if server is None:
        copyfile(migrated, tmp_path / "bot.db")
        return engine_for(f"sqlite:///{tmp_path / 'bot.db'}")
    tables = ", ".join(name for name in sa.inspect(server).get_table_names() if name != "alembic_version")
    with server.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {tables} RESTART IDENTITY")
        connection.exec_driver_sql("INSERT INTO audit_head VALUES (1, 0, '', '')")
        connection.execute(sa.text("UPDATE alembic_version SET version_num = :newest"), {"newest": newest()})
    return server


@pytest.fixture
def app(tmp_path: Path, engine: Engine, clock: Clock) -> Starlette:
    """The console, mounted as the gateway does it."""
    console_app = create_console(Settings(data_folder=tmp_path), engine, ConsoleSettings())
    console_app.state.console.clock = clock
    console_app.state.console.prepare()
    app = Starlette(routes=[Mount("/coach", console_app)])
    app.state.console = console_app.state.console
    return app


@pytest.fixture
def console(app: Starlette) -> Console:
    """What the running console works with."""
    return app.state.console


@pytest.fixture
def stranger(app: Starlette, console: Console) -> Browser:
    """A browser in which nobody is signed in."""
    return Browser(app, console)


@pytest.fixture
def signed_in(app: Starlette, console: Console) -> Callable[..., Browser]:
    """Makes a browser with a session of a coach: signed_in("lead"), signed_in("coach", "Ann")."""

    def make(role: str, name: str = "", address: str = "192.0.2.1") -> Browser:
        browser = Browser(app, console, address)
        with writing(console.engine) as connection:
            found = coaches.find(connection, name or role.title())
            coach_id = found.id if found else coaches.add(connection, name or role.title(), Role(role), console.clock())
            token = sessions.begin(connection, coach_id, console.clock(), address, "a test")
        browser.client.cookies.set("coach", token)
        return browser

    return make


@pytest.fixture
def lead(signed_in: Callable[..., Browser]) -> Browser:
    """A lead's browser."""
    return signed_in("lead")


@pytest.fixture
def coach(signed_in: Callable[..., Browser]) -> Browser:
    """A coach's browser."""
    return signed_in("coach")


@pytest.fixture
def tester(signed_in: Callable[..., Browser]) -> Browser:
    """A tester's browser."""
    return signed_in("tester")


@pytest.fixture
def say(engine: Engine, console: Console, clock: Clock) -> Callable[..., None]:
    """Stores a turn: say("conversation", "words", patient="p", is_test=False, at=seconds)."""

    def store(sender_id: str, text: str, answer: str = "I see.", at: float | None = None, **metadata: Any) -> None:
        moment = clock() if at is None else at
        turn = [
            {"event": "user", "timestamp": moment, "text": text, "metadata": metadata,
             "parse_data": {"text": text, "intent": {"name": "describe_rash", "confidence": 0.9}}},
            {"event": "bot", "timestamp": moment, "text": answer, "data": {"custom": {"type": "text", "text": answer}}},
        ]  # fmt: skip
        with writing(engine) as connection:
            store_turn(connection, sender_id, turn, None)

    return store


@pytest.fixture
def logged(engine: Engine, console: Console) -> Callable[..., list[dict[str, Any]]]:
    """The rows of the audit log of one action, with details as an object."""

    def rows(action: str) -> list[dict[str, Any]]:
        query = sa.select(audit_log).where(audit_log.c.action == action).order_by(audit_log.c.id)
        with engine.connect() as connection:
            found = [dict(row) for row in connection.execute(query).mappings()]
        return [{**row, "details": json.loads(row["details"])} for row in found]

    return rows
