"""The table of word vectors."""

import numpy as np
import pytest

from bot.language.word_vectors import VECTORS, WordVectors, load_word_vectors


def test_unknown_words_have_no_direction() -> None:
    """Words outside the table, or none, give zeros and no warning."""
    vectors = WordVectors(["red"], np.ones((1, 4), np.float32))
    assert not vectors.mean(["blue"]).any()
    assert not vectors.mean([]).any()
    assert np.linalg.norm(vectors.mean(["red", "blue"])) == pytest.approx(1)


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [("diarrhea", "constipation", "football"), ("ointment", "cream", "railway"), ("hives", "rash", "mortgage")],
)
def test_the_table_knows_what_is_near(word: str, near: str, far: str) -> None:
    """A word points more to a word of its kind than to a word of another."""
    vectors = load_word_vectors()
    assert vectors.mean([word]) @ vectors.mean([near]) > vectors.mean([word]) @ vectors.mean([far]) + 0.2


def test_the_table_is_small() -> None:
    """It is cloned with the code."""
    assert VECTORS.stat().st_size <= 8_000_000


def test_extremes_keep_a_single_telling_word() -> None:
    """Each side of an axis has its own place, and words that reach less far change nothing."""
    vectors = WordVectors(["far", "back", "near"], np.array([[2, 0], [0, -2], [1, -1]], np.float32))
    assert vectors.extremes(["far", "back"]) == pytest.approx(np.array([1, 0, 0, 1]) / np.sqrt(2))
    assert vectors.extremes(["far", "back", "near"]) == pytest.approx(vectors.extremes(["far", "back"]))
    assert not vectors.extremes(["unknown"]).any()
