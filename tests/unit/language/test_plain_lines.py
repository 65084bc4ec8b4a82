"""Plain lines of three authors, each in a construction of its own: signs are never silent, harmless lines no alarm.

`plain_lines.tsv` holds what the rules alone must manage; lines that only the safety net hears are not in it.
"""

from pathlib import Path

import pytest

from bot.language import Reader, verdict

LINES = [line.split("\t", 1) for line in Path(__file__).with_name("plain_lines.tsv").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("text", [text for label, text in LINES if label == "there"])
def test_a_sign_that_is_there_is_not_silent(reader: Reader, text: str) -> None:
    """It escalates or is asked about."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize("text", [text for label, text in LINES if label == "harmless"])
def test_what_is_harmless_raises_no_alarm(reader: Reader, text: str) -> None:
    """At most it is asked about."""
    assert verdict(reader.read(text)).action != "escalate"
