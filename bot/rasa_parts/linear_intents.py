"""The intent classifier itself: linear, calibrated, kept as plain arrays. Knows nothing of Rasa.

One linear support vector machine per intent gives margins, of the whole message and of each of its clauses: in a long
story what the patient wants stands in one clause and drowns in the whole. A softmax over the two together, with one
temperature chosen on messages that the machine had not seen, gives confidences. Predicting needs numpy only.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.language.word_vectors import WordVectors
from bot.rasa_parts.asking_clause import clauses
from bot.rasa_parts.message_features import LONGEST, MessageFeatures, text_array, text_list

# Chosen by cross-validation of the training examples; see docs/measurements.md.
REGULARISATION = 0.15
# How far rare intents are made up for: 0 counts every example alike, 1 every intent.
BALANCE = 0.85
# One message in so many is held back to choose the temperature on.
HELD_BACK = 3
SEED = 7
# How much the best clause counts beside the whole message.
CLAUSE_SHARE = 0.4
# A clause of fewer words says too little by itself.
LEAST_WORDS = 3
# Even a letter of 2,000 characters has hardly more, and pasted text must not cost more.
MOST_CLAUSES = 24

Ranking = list[tuple[str, float]]


class LinearIntents:
    """Ranks intents for a message. `weights` has a row for each feature and a column for each intent."""

    def __init__(
        self,
        features: MessageFeatures,
        intents: Sequence[str],
        weights: npt.NDArray[np.float32],
        offsets: npt.NDArray[np.float32],
        temperature: float,
    ) -> None:
        self.features = features
        self.intents = list(intents)
        self._weights = weights
        self._offsets = offsets
        self._temperature = temperature

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        intents: Sequence[str],
        tags: Sequence[Iterable[str]] | None = None,
        vectors: WordVectors | None = None,
        regularisation: float = REGULARISATION,
    ) -> "LinearIntents":
        """Learns from labelled messages. Raises ValueError with fewer than two intents.

        tags: for each message what was read in it (`reading_tags`), or None.
        """
        names = sorted(set(intents))
        if len(names) < 2:
            raise ValueError(f"The intent classifier needs examples of at least two intents, not of {len(names)}.")
        labels = np.array([names.index(intent) for intent in intents])
        all_tags = [set(message_tags) for message_tags in tags] if tags is not None else [set() for _ in texts]
        features = MessageFeatures.fit(texts, all_tags, vectors)
        matrix = _matrix(features, texts, all_tags)
        parts = [_weighty_clauses(text) for text in texts]
        part_matrix = _matrix(features, [part for pieces in parts for part in pieces], None)
        owners = np.repeat(np.arange(len(texts)), [len(pieces) for pieces in parts])
        # The solver lets go of Python's lock, so the two trainings run side by side.
        with ThreadPoolExecutor(1) as pool:
            whole = pool.submit(_train, matrix, labels, len(names), regularisation)
            temperature = _temperature(matrix, part_matrix, owners, labels, len(names), regularisation)
            return cls(features, names, *whole.result(), temperature)

    def rank(self, text: str, tags: Iterable[str] = ()) -> Ranking:
        """All intents with their confidences, the surest first. Empty for text without a single character to read."""
        if not text.strip():
            return []
        margins = self._margins(text, tags)
        parts = _weighty_clauses(text)
        if parts:
            best = np.max([self._margins(part, ()) for part in parts], axis=0)
            margins = (1 - CLAUSE_SHARE) * margins + CLAUSE_SHARE * best
        odds = np.exp((margins - margins.max()) / self._temperature)
        confidences = odds / odds.sum()
        order = np.argsort(-confidences, kind="stable")
        return [(self.intents[place], float(confidences[place])) for place in order]

    def _margins(self, text: str, tags: Iterable[str]) -> npt.NDArray[np.float32]:
        places, values = self.features(text, tags)
        return np.asarray(values @ self._weights[places] + self._offsets)

    def save(self, path: Path) -> None:
        """Writes one .npz file of plain arrays. Half precision is enough: it changes no ranking that is not a tie."""
        np.savez_compressed(
            path,
            intents=text_array(self.intents),
            weights=self._weights.astype(np.float16),
            offsets=self._offsets,
            temperature=np.array(self._temperature),
            **self.features.as_arrays(),
        )

    @classmethod
    def load(cls, path: Path, vectors: WordVectors | None = None) -> "LinearIntents":
        """Reads what `save` wrote, with the same word vectors as in `fit`. Refuses pickled content."""
        with np.load(path, allow_pickle=False) as file:
            return cls(
                MessageFeatures.from_arrays(file, vectors),
                text_list(file["intents"]),
                file["weights"].astype(np.float32),
                file["offsets"],
                float(file["temperature"]),
            )


def reading_tags(reading: Mapping[str, Any] | None) -> set[str]:
    """What was read in a message, as tags: each concept with its status, and whether the message only answers."""
    if not reading:
        return set()
    tags = {f"answer:{reading['answer']}"} if reading.get("answer") else set()
    for finding in reading.get("findings") or ():
        tags |= {f"status:{finding['status']}", f"{finding['concept']}:{finding['status']}"}
    return tags


def _weighty_clauses(text: str) -> list[str]:
    """The clauses worth a look of their own: none if the message is a single clause."""
    parts = clauses(text[:LONGEST])
    if len(parts) < 2:
        return []
    return [part for part in dict.fromkeys(parts) if len(part.split()) >= LEAST_WORDS][:MOST_CLAUSES]


def _matrix(features: MessageFeatures, texts: Sequence[str], tags: Sequence[Iterable[str]] | None) -> csr_matrix:
    """A row of features for each text."""
    rows = [features(text, tags[row] if tags else ()) for row, text in enumerate(texts)]
    places = np.concatenate([places for places, _ in rows]) if rows else np.empty(0, np.int32)
    values = np.concatenate([values for _, values in rows]) if rows else np.empty(0, np.float32)
    return csr_matrix((values, places, np.cumsum([0, *(len(row[0]) for row in rows)])), (len(rows), features.width))


def _train(
    matrix: csr_matrix, labels: npt.NDArray[np.int_], intents: int, regularisation: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    present, counts = np.unique(labels, return_counts=True)
    balance = dict(zip(present.tolist(), (counts.mean() / counts) ** BALANCE, strict=True))
    machine = LinearSVC(C=regularisation, class_weight=balance, random_state=SEED).fit(matrix, labels)
    weights, offsets = machine.coef_, machine.intercept_
    if intents == 2:  # sklearn keeps a single margin for two classes
        weights, offsets = np.vstack([-weights, weights]), np.concatenate([-offsets, offsets])
    return np.ascontiguousarray(weights.T, np.float32), offsets.astype(np.float32)


def _temperature(
    matrix: csr_matrix,
    part_matrix: csr_matrix,
    owners: npt.NDArray[np.int_],
    labels: npt.NDArray[np.int_],
    intents: int,
    regularisation: float,
) -> float:
    """The temperature at which confidences of unseen messages are most often right; 1 if there are too few to tell.

    part_matrix has a row for each clause, owners the message that it belongs to.
    """
    if np.bincount(labels).min() < HELD_BACK:
        return 1.0
    # One third is held back, and not each in turn: it is plenty for one number, and saves two trainings.
    train, held_back = next(StratifiedKFold(HELD_BACK, shuffle=True, random_state=SEED).split(matrix, labels))
    weights, offsets = _train(matrix[train], labels[train], intents, regularisation)
    whole = matrix[held_back] @ weights + offsets
    best = np.full((len(labels), intents), -np.inf)
    np.maximum.at(best, owners, part_matrix @ weights + offsets)
    best = np.where(np.isinf(best[held_back]), whole, best[held_back])
    margins, labels = (1 - CLAUSE_SHARE) * whole + CLAUSE_SHARE * best, labels[held_back]

    def surprise(log_temperature: float) -> float:
        scaled = margins / np.exp(log_temperature)
        scaled -= scaled.max(axis=1, keepdims=True)
        return float(np.mean(np.log(np.exp(scaled).sum(axis=1)) - scaled[np.arange(len(labels)), labels]))

    return float(np.exp(minimize_scalar(surprise, bounds=(-4.0, 2.0), method="bounded").x))
