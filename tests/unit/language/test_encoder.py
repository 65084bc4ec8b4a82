"""The encoder hears every text in bounded time, and its labels are those that the rest of the guide knows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assessment.conversation import REQUESTS
from bot.clinical.signs import RED_FLAGS
from bot.language.encoder import MOST_WINDOWS, WINDOW, Encoder, load_encoder


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """The one that is kept with the code."""
    return load_encoder()


def test_it_names_red_flags_and_intents_that_there_are(encoder):
    """A flag that the rules don't know could not be answered."""
    heard = encoder.hear("my skin is peeling off")
    assert set(heard.flags) <= set(RED_FLAGS)
    assert set(encoder.intents) >= REQUESTS


def test_an_urgent_sign_in_unusual_words_sounds_alarming(encoder):
    """More than the same words without it."""
    told = encoder.hear("I dried my arm and the top layer stayed on the towel, it is wet and raw under there")
    plain = encoder.hear("I dried my arm and put the towel on the chair, the rash is dry and faint")
    assert told.alarm > 0.8 > 0.2 > plain.alarm


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300))
def test_it_hears_any_text(text):
    """Probabilities, whatever is written."""
    heard = load_encoder().hear(text)
    assert 0 <= heard.alarm <= 1
    assert sum(heard.intents.values()) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("text", ["a" * 2000, "rash " * 400, "x.y " * 500, "😀" * 2000])
def test_a_long_message_is_heard_in_parts(encoder, text):
    """So that the time grows with the length, and never beyond a bound."""
    parts = encoder._parts(text)
    assert 1 <= len(parts) <= MOST_WINDOWS
    assert max(map(len, parts)) <= WINDOW + 2


def test_the_end_of_a_long_message_is_heard(encoder):
    """An urgent sign at the end of a long story counts."""
    story = "We had a lovely week with the grandchildren and went to the sea. " * 20
    assert encoder.hear(story + "Now my whole mouth is full of sores and my lips are bleeding.").alarm > 0.5
