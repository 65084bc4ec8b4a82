"""The console on a port of its own, and what it does by itself."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

from bot.console import __main__ as alone
from bot.console import jobs, notice, retention
from bot.console.settings import ConsoleSettings
from bot.settings import Settings
from bot.storage import privacy


@pytest.fixture
def settings(tmp_path: Path, engine: Engine) -> Settings:
    """Of the test's own database."""
    return Settings(data_folder=tmp_path, database=engine.url.render_as_string(hide_password=False))


def wait_for(condition: Callable[[], bool]) -> bool:
    """Whether it comes true within ten seconds."""
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_it_answers_at_the_same_address(settings: Settings) -> None:
    """ "/" leads there, and the health page is for whoever watches the process."""
    with TestClient(alone.create_app(settings, ConsoleSettings()), follow_redirects=False) as client:
        assert client.get("/").headers["location"] == "/coach/"
        assert client.get("/health").text == "ok"
        assert client.get("/coach/sign-in").status_code == 200


def test_it_erases_what_is_due_when_it_starts(settings: Settings, engine: Engine, say: Any, clock: Any) -> None:
    """And once a day from then on."""
    say("old", "long ago", at=clock() - 91 * retention.DAY)
    with TestClient(alone.create_app(settings, ConsoleSettings())):
        assert wait_for(lambda: privacy.export(engine, "old") == {})


def test_a_failing_database_does_not_end_the_jobs(
    app: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """They try again; the log says so without values."""
    calls = []

    def fail(_: Any) -> int:
        calls.append(1)
        raise OperationalError("SELECT 'Mary'", {}, Exception())

    monkeypatch.setattr(notice, "send_due", fail)
    monkeypatch.setattr(jobs, "EVERY", 0.01)

    async def run() -> None:
        async with jobs.jobs(app):
            while len(calls) < 3:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(run(), 10))
    assert "OperationalError" in caplog.text and "Mary" not in caplog.text


def test_a_wrong_setting_ends_the_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """With its name and exit code 2."""
    monkeypatch.setenv("BOT_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("BOT_DATABASE", "mysql://x/y")
    assert alone.main() == 2
    assert "BOT_DATABASE" in capsys.readouterr().err
