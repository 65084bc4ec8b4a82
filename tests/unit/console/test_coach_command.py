"""`bot coach` on the command line."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.console import coach_command

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command with these words: exit code, output, errors."""
    monkeypatch.setenv("BOT_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("BOT_DATABASE", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("BOT_PORT", "8123")

    def command(*words: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        coach_command.add_arguments(parser)
        code = coach_command.run(parser.parse_args(words))
        return code, *capsys.readouterr()

    return command


def test_adding_prints_a_link_that_works(run: Run, stranger: Any, logged: Any) -> None:
    """It leads to the gateway's port, and the first coach is told that a lead is needed."""
    code, output, _ = run("add", "Ann")
    link = re.search(r"http://127\.0\.0\.1:8123/coach(/set-up\?key=\S+)", output)
    assert code == 0 and "There is no lead yet" in output
    assert "Welcome, Ann" in stranger.get(link[1]).text
    assert logged("coach added")[0]["coach"] == "(command line)"


@pytest.mark.parametrize("name", ["a", "", "x" * 65, "Ann<b>", "Ann\nBob", "'; DROP TABLE coaches", "Ann"])
def test_a_name_that_cannot_be_used_is_refused(run: Run, name: str) -> None:
    """Nor one that is taken, in whatever case. Nothing is stored."""
    run("add", "ann")
    code, _, error = run("add", name)
    assert code == 1 and error.startswith("bot coach: ")
    assert run("list")[1].count("\n") == 1


def test_the_list_shows_roles_and_access(run: Run) -> None:
    """Before there is anybody, it says how to begin."""
    assert "bot coach add NAME" in run("list")[1]
    run("add", "Ann", "--role", "lead")
    run("add", "Tim", "--role", "tester")
    run("disable", "TIM")
    assert re.sub(" +", " ", run("list")[1]) == "Ann lead not set up\nTim tester no access\n"


def test_a_reset_gives_access_again(run: Run, stranger: Any) -> None:
    """With a new link; earlier ones no longer work."""
    first = re.search(r"/set-up\S+", run("add", "Ann")[1])[0]
    run("disable", "Ann")
    second = re.search(r"/set-up\S+", run("reset", "Ann")[1])[0]
    assert [stranger.get(link).status_code for link in (first, second)] == [410, 200]


def test_an_unknown_coach_is_an_error(run: Run) -> None:
    """With the command that lists them."""
    assert run("reset", "Nobody") == (1, "", "bot coach: there is no coach Nobody. See: bot coach list\n")
