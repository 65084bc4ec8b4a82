"""A linear text model of the safety net: features, prediction and storing. Training is in scripts/make_safety_net.py.

Four groups of features, each of length 1: tf-idf of words and word pairs, tf-idf of letter n-grams within words, tags
(what the rules read, and words marked with the kind of clause that they stand in), and word vectors (their mean over
the message, and the highest and lowest mean of a sentence in each direction). Predicting needs numpy only.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
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


def grams(text: str, tags: Iterable[str]) -> dict[str, Counter[str]]:
    """The sparse features of a message by group: words and pairs, letters, tags."""
    words = _WORD.findall(text[:_LONGEST].lower())
    letters: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for length in LETTER_LENGTHS:
            letters.update("#" + padded[i : i + length] for i in range(max(len(padded) - length + 1, 1)))
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    return {"w": Counter([*words, *pairs]), "c": letters, "t": Counter(set(tags))}


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

    def sparse(self, text: str, tags: Iterable[str]) -> Features:
        """Rows and values of the known sparse features, each group of length 1 times its weight."""
        rows: list[int] = []
        values: list[float] = []
        for group, counts in grams(text, tags).items():
            found = [(self._places[g], n) for g, n in ((group + g, n) for g, n in counts.items()) if g in self._places]
            scaled = [(1 + math.log(n)) * float(self._rarity[row]) for row, n in found]
            length = math.sqrt(sum(value * value for value in scaled)) or 1.0
            rows += [row for row, _ in found]
            values += [WEIGHTS[group] * value / length for value in scaled]
        return np.array(rows, np.int64), np.array(values, np.float32)

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
