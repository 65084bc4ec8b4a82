"""The gateway's command."""

from pathlib import Path

import pytest

from bot.web.__main__ import main


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BOT_PROT", "80", "unknown setting BOT_PROT. Known are: BOT_HOST, BOT_PORT"),
        ("BOT_PORT", "eighty", "BOT_PORT must be a whole number"),
        ("BOT_COUNTRY", "XX", "unknown country; known are"),
        ("BOT_DATABASE", "mysql://x", "BOT_DATABASE must be sqlite or postgresql"),
    ],
)
def test_wrong_setting_ends_the_command(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    name: str,
    value: str,
    told: str,
) -> None:
    """One line on standard error says what is wrong, and the exit code is 2."""
    monkeypatch.setenv("BOT_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv(name, value)
    assert main() == 2
    error = capsys.readouterr().err
    assert told in error
    assert "Traceback" not in error
