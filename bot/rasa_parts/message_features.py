"""Turns a message into the numbers that the intent classifier weighs.

Four kinds: tf-idf of words and word pairs, tf-idf of character n-grams inside words, the direction of the word vectors,
and a few plain facts with the findings. The first three are taken twice, once of the whole message and once of the
clause that asks: "soles are peeling, is this grade 3?" is a question about grades, not a report. Of the whole message
the farthest word vectors count too, because a story has few words that say what it is about.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.language.word_vectors import WordVectors
from bot.rasa_parts.asking_clause import asking_clause, clauses

LETTER_LENGTHS = (2, 3, 4, 5)
# A tag of one message only would be learnt by heart.
LEAST_MESSAGES = 2
FACT_WEIGHT = 0.5
TAG_WEIGHT = 0.5
# A patient's message has at most 2,000 characters; longer text is pasted, and its beginning says what it is.
LONGEST = 2000

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def _clean(text: str) -> str:
    return text[:LONGEST].replace("’", "'").lower()


def _word_grams(words: Sequence[str]) -> Iterable[str]:
    yield from words
    for first, second in pairwise(words):
        yield f"{first} {second}"


def _letter_grams(text: str) -> Iterable[str]:
    """N-grams of each word with a space on both sides; the "#" keeps them apart from words."""
    for word in text.split():
        padded = f" {word} "
        for length in LETTER_LENGTHS:
            for start in range(max(len(padded) - length, 0) + 1):
                yield "#" + padded[start : start + length]
            if len(padded) <= length:
                break


def _facts(text: str, asking: str, words: Sequence[str]) -> list[float]:
    count = len(words)
    return [
        float(fact)
        for fact in (
            "?" in text,
            asking != text,
            len(clauses(text)) > 2,
            any(character.isdigit() for character in text),
            any(character.isdigit() for character in asking),
            count <= 2,
            3 <= count <= 5,
            6 <= count <= 12,
            count > 12,
            count > 20,
            count > 35,
            count > 60,
        )
    ]


_FACTS = len(_facts("", "", ()))


class MessageFeatures:
    """Made from training messages by `fit`; afterwards a pure function from text and tags to sparse features."""

    def __init__(
        self,
        grams: Mapping[str, int],
        rarity: npt.NDArray[np.float32],
        tags: Sequence[str],
        vectors: WordVectors | None,
    ):
        self._grams = grams
        self._rarity = rarity
        self._tags = {tag: place for place, tag in enumerate(tags)}
        self._vectors = vectors
        self._vector_start = 2 * len(grams)
        self._reach_start = self._vector_start + 2 * (vectors.width if vectors else 0)
        self._fact_start = self._reach_start + 2 * (vectors.width if vectors else 0)
        self.width = self._fact_start + _FACTS + len(self._tags)

    @classmethod
    def fit(cls, texts: Sequence[str], tags: Sequence[Iterable[str]], vectors: WordVectors | None) -> "MessageFeatures":
        """Learns the n-grams, how rare each is, and which tags there are."""
        messages: Counter[str] = Counter()
        for text in map(_clean, texts):
            messages.update({*_word_grams(_WORD.findall(text)), *_letter_grams(text)})
        kept = sorted(messages)
        rarity = [math.log((1 + len(texts)) / (1 + messages[gram])) + 1 for gram in kept]
        seen = Counter(tag for message_tags in tags for tag in set(message_tags))
        known = sorted(tag for tag, count in seen.items() if count >= LEAST_MESSAGES)
        return cls({gram: place for place, gram in enumerate(kept)}, np.array(rarity, np.float32), known, vectors)

    def __call__(self, text: str, tags: Iterable[str] = ()) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Places (ascending within a kind, each once) and values of the features that are not zero."""
        text = _clean(text)
        asking = asking_clause(text)
        places: list[npt.NDArray[np.int32]] = []
        values: list[npt.NDArray[np.float32]] = []
        words = _WORD.findall(text)
        for half, part, part_words in ((0, text, words), (1, asking, _WORD.findall(asking))):
            for grams in (_word_grams(part_words), _letter_grams(part)):
                found, weights = self._weigh(grams)
                places.append(found + half * len(self._grams))
                values.append(weights)
            if self._vectors:
                width = self._vectors.width
                places.append(np.arange(width, dtype=np.int32) + self._vector_start + half * width)
                values.append(self._vectors.mean(part_words))
        if self._vectors:
            places.append(np.arange(self._reach_start, self._fact_start, dtype=np.int32))
            values.append(self._vectors.extremes(words))
        places.append(np.arange(_FACTS, dtype=np.int32) + self._fact_start)
        values.append(np.array(_facts(text, asking, words), np.float32) * FACT_WEIGHT)
        known = sorted({self._tags[tag] for tag in tags if tag in self._tags})
        places.append(np.array(known, np.int32) + self._fact_start + _FACTS)
        values.append(np.full(len(known), TAG_WEIGHT, np.float32))
        return np.concatenate(places).astype(np.int32), np.concatenate(values)

    def _weigh(self, grams: Iterable[str]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
        """Tf-idf with damped counts, of length 1."""
        counts = Counter(place for place in map(self._grams.get, grams) if place is not None)
        places = np.fromiter(counts, np.int32, len(counts))
        often = np.fromiter(counts.values(), np.float32, len(counts))
        weights = (1 + np.log(often)) * self._rarity[places]
        return places, weights / (np.linalg.norm(weights) or 1.0)

    def as_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that was learnt, as plain arrays; the word vectors are a file of their own."""
        return {"grams": text_array(self._grams), "rarity": self._rarity, "tags": text_array(self._tags)}

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[Any]], vectors: WordVectors | None) -> "MessageFeatures":
        """The opposite of `as_arrays`."""
        grams = {gram: place for place, gram in enumerate(text_list(arrays["grams"]))}
        return cls(grams, arrays["rarity"], text_list(arrays["tags"]), vectors)


def text_array(lines: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Lines of text as bytes, because numpy keeps text either padded or pickled."""
    return np.frombuffer("\n".join(lines).encode("utf-8"), np.uint8)


def text_list(array: npt.NDArray[np.uint8]) -> list[str]:
    """The opposite of `text_array`."""
    return array.tobytes().decode("utf-8").split("\n") if array.size else []
