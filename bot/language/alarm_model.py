"""A linear text model of the safety net: features, prediction and storing. Training is in scripts/make_safety_net.py.

Four groups of features, each of length 1: tf-idf of words and word pairs, tf-idf of letter n-grams within words, tags
(what the rules read, and words marked with the kind of clause that they stand in), and word vectors (their mean over
the message, and the highest and lowest mean of a sentence in each direction). Predicting needs numpy only.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.language.word_vectors import WordVectors

LETTER_LENGTHS = (3, 4, 5)
#: Weight of each group beside the others; chosen by cross-validation.
WEIGHTS = {"w": 1.0, "c": 0.8, "t": 1.0}
VECTOR_WEIGHT = 1.5
#: A message has at most 2,000 characters; more letters than this tell nothing new.
_LONGEST = 2000

_WORD = re.compile(r"[a-z0-9']+")
_SENTENCE = re.compile(r"[.!?;\n]+")

Features = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]
_NO_ROWS = np.zeros(0, np.int64)


def letters(word: str) -> list[str]:
    """The letter n-grams of a word with a space on both sides; the "#" keeps them apart from words."""
    padded = f" {word} "
    return [
        "#" + padded[start : start + length]
        for length in LETTER_LENGTHS
        for start in range(max(len(padded) - length + 1, 1))
    ]


def words_of(text: str) -> list[str]:
    """The words that the model looks at."""
    return _WORD.findall(text[:_LONGEST].lower())


def with_pairs(words: Sequence[str]) -> list[str]:
    """The words, and each with the next one."""
    return [*words, *map(" ".join, pairwise(words))]


def grams(text: str, tags: Iterable[str]) -> dict[str, list[str]]:
    """The sparse features of a message by group, each as often as it occurs: words and pairs, letters, tags."""
    words = words_of(text)
    return {
        "w": with_pairs(words),
        "c": [gram for word in words for gram in letters(word)],
        "t": list(set(tags)),
    }


def vector_part(text: str, vectors: WordVectors) -> npt.NDArray[np.float32]:
    """Mean of the message's word vectors, and the highest and lowest mean of a sentence: 3 x width numbers."""
    text = text[:_LONGEST].lower()
    sentences = [part for part in _SENTENCE.split(text) if part.strip()] or [text]
    means = np.stack([vectors.mean(_WORD.findall(sentence)) for sentence in sentences])
    whole = vectors.mean(_WORD.findall(text))
    return np.asarray(VECTOR_WEIGHT * np.concatenate([whole, means.max(0), means.min(0)]), np.float32)


class AlarmModel:
    """classes: labels in order; places: feature -> (row, rarity); weights: rows x classes, the vectors' rows last."""

    def __init__(
        self,
        classes: Sequence[str],
        places: dict[str, int],
        rarity: npt.NDArray[np.float32],
        weights: npt.NDArray[np.float32],
        offsets: npt.NDArray[np.float32],
        vectors: WordVectors,
    ) -> None:
        self.classes = tuple(classes)
        self._places = places
        self._rarity = rarity
        self._weights = weights
        self._offsets = offsets
        self._vectors = vectors
        #: People use the same words again and again; the letters of each need looking up only once.
        self._rows_of_letters = lru_cache(maxsize=8192)(self._letters_of)

    def sparse(self, text: str, tags: Iterable[str]) -> Features:
        """Rows and values of the known sparse features, each group of length 1 times its weight."""
        words = words_of(text)
        parts = (
            ("w", self._known("w", with_pairs(words))),
            ("c", np.concatenate([_NO_ROWS, *map(self._rows_of_letters, words)])),
            ("t", self._known("t", set(tags))),
        )
        weighed = [self._weighed(rows, WEIGHTS[group]) for group, rows in parts]
        return np.concatenate([rows for rows, _ in weighed]), np.concatenate([values for _, values in weighed])

    def _known(self, group: str, features: Iterable[str]) -> npt.NDArray[np.int64]:
        places = map(self._places.get, (group + feature for feature in features))
        return np.array([row for row in places if row is not None], np.int64)

    def _letters_of(self, word: str) -> npt.NDArray[np.int64]:
        return self._known("c", letters(word))

    def _weighed(self, rows: npt.NDArray[np.int64], weight: float) -> Features:
        """Each row once, with its tf-idf; all values together of length `weight`."""
        rows, counts = np.unique(rows, return_counts=True)
        values = (1 + np.log(counts)) * self._rarity[rows]
        return rows, np.asarray(weight * values / (np.linalg.norm(values) or 1.0), np.float32)

    def scores(self, text: str, tags: Iterable[str]) -> dict[str, float]:
        """Probability of each class."""
        rows, values = self.sparse(text, tags)
        dense = vector_part(text, self._vectors)
        margins = values @ self._weights[rows] if len(rows) else np.zeros(len(self.classes), np.float32)
        margins = margins + dense @ self._weights[-len(dense) :] + self._offsets
        exp = np.exp(margins - margins.max())
        return dict(zip(self.classes, (exp / exp.sum()).tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Writes plain arrays; half precision is enough for the weights."""
        names = "\n".join(self._places)
        arrays: dict[str, Any] = {
            "classes": np.frombuffer("\n".join(self.classes).encode(), np.uint8),
            "features": np.frombuffer(names.encode(), np.uint8),
            "rarity": self._rarity.astype(np.float16),
            "weights": self._weights.astype(np.float16),
            "offsets": self._offsets,
        }
        np.savez_compressed(path, **arrays)

    @classmethod
    def load(cls, path: Path, vectors: WordVectors) -> "AlarmModel":
        """Reads what `save` wrote. Refuses pickles."""
        with np.load(path, allow_pickle=False) as file:
            features = file["features"].tobytes().decode().split("\n")
            return cls(
                file["classes"].tobytes().decode().split("\n"),
                {feature: row for row, feature in enumerate(features)},
                file["rarity"].astype(np.float32),
                file["weights"].astype(np.float32),
                file["offsets"],
                vectors,
            )
