"""Features of a message."""

import numpy as np
import pytest

from bot.language.word_vectors import WordVectors
from bot.rasa_parts.message_features import MessageFeatures, text_array, text_list

TEXTS = ["red itchy arms", "red itchy legs", "which cream helps?", "can i stop the capsules"]
TAGS = [{"itch:present"}, {"itch:present", "rash:present"}, set(), set()]


@pytest.fixture
def features() -> MessageFeatures:
    """Features with two known words and the tag that two messages have."""
    return MessageFeatures.fit(TEXTS, TAGS, WordVectors(["cream", "red"], np.eye(2, 3, dtype=np.float32)))


@pytest.mark.parametrize("text", [*TEXTS, "", " ", "?", "👍", "zzz", "RED\nITCHY\tARMS", "a" * 2_000, "<b>x</b>"])
def test_features_fit_the_width(features: MessageFeatures, text: str) -> None:
    """Any text gives distinct places within the width and finite values."""
    places, values = features(text)
    assert len(places) == len(values) == len(set(places.tolist()))
    assert places.size and places.min() >= 0 and places.max() < features.width
    assert np.isfinite(values).all()


def test_features_ignore_case_and_curly_apostrophes(features: MessageFeatures) -> None:
    """Capitals and the apostrophes of phones make no difference."""
    first, second = features("I can’t STOP the red itch"), features("i can't stop the RED itch")
    assert first[0].tolist() == second[0].tolist()
    assert first[1].tolist() == second[1].tolist()


def test_features_know_tags_of_two_messages_only(features: MessageFeatures) -> None:
    """A tag seen in one training message is no feature."""
    plain = len(features("red")[0])
    assert len(features("red", {"itch:present"})[0]) == plain + 1
    assert len(features("red", {"rash:present", "never:seen"})[0]) == plain


def test_features_survive_being_stored(features: MessageFeatures) -> None:
    """Features read back from arrays are the same."""
    vectors = WordVectors(["cream", "red"], np.eye(2, 3, dtype=np.float32))
    again = MessageFeatures.from_arrays(features.as_arrays(), vectors)
    for text in TEXTS:
        assert again(text, TAGS[0])[0].tolist() == features(text, TAGS[0])[0].tolist()
        assert again(text, TAGS[0])[1].tolist() == features(text, TAGS[0])[1].tolist()


@pytest.mark.parametrize("lines", [[], ["a"], ["é", "#  x", "👍"]])
def test_text_survives_being_stored(lines: list[str]) -> None:
    """Lines of any script come back from their bytes."""
    assert text_list(text_array(lines)) == lines
