"""Normalising keeps the way back to the message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.normalise import normalise


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("LIPS", "lips"),
        ("don\u2019t", "don't"),
        ("bl\u200bisters", "blisters"),
        ("\uff26ever", "fever"),
        ("v\u00e9sicule", "vesicule"),
        ("<b>lips</b>", "   lips    "),
        ("38\u00b75", "38.5"),
    ],
)
def test_message_becomes_plain_text(message: str, text: str) -> None:
    """Case, quotes, invisible characters, accents, wide letters and tags."""
    assert normalise(message).text == text


def test_spans_point_into_the_original() -> None:
    """Characters that vanish or multiply don't shift what comes after."""
    message = "\u200b\u200bmy \ufb01ne lips"
    plain = normalise(message)
    start = plain.text.index("lips")
    first, last = plain.span(start, start + 4)
    assert message[first:last] == "lips"


@given(st.text(max_size=80))
def test_every_character_has_an_origin(message: str) -> None:
    """Whatever the text, each character left comes from somewhere in it, in order."""
    plain = normalise(message)
    assert len(plain.text) == len(plain.origin)
    assert list(plain.origin) == sorted(plain.origin)
    assert all(0 <= position < len(message) for position in plain.origin)
