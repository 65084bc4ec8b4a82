"""Spots that stay under a glass, told in one message or in two."""

import pytest

from bot.language import Context, Reader, verdict


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", "pressed it with a tumbler like you said, they dont go away"),
        ("", "I rolled a glass over them and the marks don't fade"),
        ("yes pressed a tumbler on it like you said", "nope they dont go away. more of em today"),
        ("my dots fade when I press them", "the new ones on my feet do not"),
        ("should I press a glass on the spots?", "they didn't disappear"),
    ],
)
def test_spots_that_stay_are_purpura(reader: Reader, before: str, text: str) -> None:
    """By whatever name the writer has for them."""
    found = verdict(reader.read(text, Context(before=before)))
    assert found.action == "escalate"
    assert "purpura_or_target" in found.flags


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", "pressed a glass on the spots and they fade"), ("pressed a glass on the spots", "they go white"),
        ("I pressed the button", "they dont go to the clinic"), ("a glass of wine at night", "they dont go out much"),
        ("press 1 for the nurse", "they dont answer"), ("it itches", "they don't go away"),
        ("my dots fade when I press them", "the new ones on my feet do too"),
    ],
)  # fmt: skip
def test_what_is_no_glass_test(reader: Reader, before: str, text: str) -> None:
    """Spots that fade, and other glasses."""
    assert verdict(reader.read(text, Context(before=before))).action == "clear"
