"""Findings marked in the words that said them."""

from typing import Any

import pytest

from bot.console.highlight import segments

TEXT = "hives and a fever"
HIVES = {"start": 0, "end": 5, "status": "present"}
FEVER = {"start": 12, "end": 17, "status": "present"}
ALL = {"start": 0, "end": 17, "status": "unsure"}


@pytest.mark.parametrize(
    ("findings", "marked"),
    [
        ([], []),
        ([FEVER, HIVES], ["hives", "fever"]),
        # A doubt about the whole message hides nothing that was named in it.
        ([ALL, HIVES, FEVER], ["hives", "fever"]),
        ([ALL], [TEXT]),
        ([HIVES, {**HIVES, "status": "absent"}], ["hives"]),
        ([{"start": 3, "end": 14}, HIVES], ["hives"]),
        # What can't be, from another version or another text.
        ([{"start": 0, "end": 99}, {"start": 5, "end": 5}, {"start": -1, "end": 2}, {"start": "0"}, None], []),
    ],
)
def test_what_is_marked(findings: list[Any], marked: list[str]) -> None:
    """In order, each stretch once, and the text stays whole."""
    parts = segments(TEXT, findings)
    assert "".join(part.text for part in parts) == TEXT
    assert [part.text for part in parts if part.finding] == marked
