"""Meanings of single words as numbers, so that an unseen word counts like the seen ones that mean much the same."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

VECTORS = Path(__file__).resolve().parents[2] / "data" / "vectors" / "words.npz"


class WordVectors:
    """A table from lower-case words to vectors; `scripts/make_vectors.py` says how it is made.

    Frequent words are short vectors, so that a sum follows the words that carry the meaning.
    """

    def __init__(self, words: list[str], vectors: npt.NDArray[np.float32]) -> None:
        self._rows = {word: row for row, word in enumerate(words)}
        self._vectors = vectors

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self._vectors.shape[1])

    def mean(self, words: list[str]) -> npt.NDArray[np.float32]:
        """The direction of the known words together, of length 1; all zero if no word is known."""
        rows = [row for row in map(self._rows.get, words) if row is not None]
        if not rows:
            return np.zeros(self.width, np.float32)
        total = self._vectors[rows].sum(axis=0)
        return np.asarray(total / (np.linalg.norm(total) or 1.0), np.float32)

    def extremes(self, words: list[str]) -> npt.NDArray[np.float32]:
        """How far the known words reach to each side of every axis, of length 1 and twice as wide as a vector.

        In a mean one telling word drowns among many; here it stands out.
        """
        rows = [row for row in map(self._rows.get, words) if row is not None]
        if not rows:
            return np.zeros(2 * self.width, np.float32)
        vectors = self._vectors[rows]
        reach = np.maximum(np.concatenate([vectors.max(axis=0), -vectors.min(axis=0)]), 0)
        return np.asarray(reach / (np.linalg.norm(reach) or 1.0), np.float32)


@lru_cache(maxsize=1)
def load_word_vectors(path: Path = VECTORS) -> WordVectors:
    """Reads the table: "words" is UTF-8 text, a word a line; a vector is its row of int8 "steps" times their "size"."""
    with np.load(path, allow_pickle=False) as file:
        words = file["words"].tobytes().decode("utf-8").split("\n")
        return WordVectors(words, file["steps"].astype(np.float32) * file["size"])
