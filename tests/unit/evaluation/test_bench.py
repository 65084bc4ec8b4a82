"""`bot bench`: two sides in turn, and the table of both."""

import argparse
import json
import subprocess
from typing import Any

import pytest

from bot.evaluation import bench

ARGS = argparse.Namespace(side=None, rounds=1, turns=2)


def ran(monkeypatch: pytest.MonkeyPatch, returncode: int, stdout: str, stderr: str = "") -> list[list[str]]:
    commands: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, returncode, stdout, stderr)

    monkeypatch.setattr(subprocess, "run", run)
    return commands


def test_the_table_has_both_sides_and_how_they_compare() -> None:
    """The ratio says how many times as much Rasa takes as it comes; by nothing it can't be told."""
    heading, reading, nothing = bench.table(
        {"reading, ms": 2.0, "nothing": 0.0}, {"reading, ms": 5.0, "nothing": 1.0}
    ).splitlines()
    assert all(what in heading for what in bench.SIDES.values())
    assert reading.split()[-3:] == ["2.00", "5.00", "2.50"]
    assert nothing.split()[-1] == "nan"


def test_each_side_is_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With the same rounds and turns; only the last line of its output counts."""
    commands = ran(monkeypatch, 0, 'a warning\n{"start, s": 3.0}\n')
    assert bench.run(ARGS) == 0
    assert [command[command.index("--side") + 1] for command in commands] == list(bench.SIDES)
    assert all(command[-4:] == ["--rounds", "1", "--turns", "2"] for command in commands)
    assert "start, s" in capsys.readouterr().out


@pytest.mark.parametrize(("stderr", "said"), [("Traceback\nno trained model\n", "no trained model"), ("", "failed")])
def test_a_side_that_fails_is_said_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stderr: str, said: str
) -> None:
    """The command fails with it."""
    ran(monkeypatch, 1, "", stderr)
    assert bench.run(ARGS) == 1
    assert capsys.readouterr().err == f"{said}\n"


def test_one_side_alone_prints_its_figures(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON, for the process that started it."""

    async def measured(side: str, rounds: int, turns: int) -> dict[str, float]:
        return {f"{side} {rounds} {turns}": 1.0}

    monkeypatch.setattr(bench, "_measure", measured)
    assert bench.run(argparse.Namespace(side="stock", rounds=3, turns=4)) == 0
    assert json.loads(capsys.readouterr().out) == {"stock 3 4": 1.0}
