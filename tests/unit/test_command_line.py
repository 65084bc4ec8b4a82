"""The command `bot`: each command is found, and what is wrong is said without a traceback."""

import pytest

from bot.__main__ import COMMANDS, is_here, main


def test_help_names_the_commands_that_are_here(capsys: pytest.CaptureFixture[str]) -> None:
    """Help lists every command of this version."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in COMMANDS if is_here(name))


def test_missing_command_is_said_plainly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A command whose module is missing ends with a sentence and exit code 2."""
    monkeypatch.setitem(COMMANDS, "ask", ("bot.evaluation.nowhere", "nothing"))
    assert main(["ask"]) == 2
    assert "not part of this version" in capsys.readouterr().err


def test_unknown_setting_is_said_plainly(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown BOT_ variable is named, with those that exist."""
    monkeypatch.setenv("BOT_PROT", "8001")
    assert main(["check"]) == 2
    said = capsys.readouterr().err
    assert "BOT_PROT" in said and "BOT_PORT" in said
