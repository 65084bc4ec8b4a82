"""Makes the safety net (bot/language/safety_net.py) from labelled messages, and prints how well it would do.

    .venv/bin/python -m scripts.make_safety_net [--out data/safety_net]

Trains on data/messages/*.jsonl and the development sets in tests/messages; never on the test sets there. Scores for
the thresholds come from five-fold cross-validation, so each message is scored by a model that has not seen it.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from bot.language import Reader
from bot.language.alarm_model import AlarmModel, grams, vector_part
from bot.language.safety_net import ALARM, CALM, FOLDER, tags_of, together
from bot.language.verdict import verdict
from bot.rasa_parts.word_vectors import load_word_vectors

ROOT = Path(__file__).resolve().parent.parent
TRAINING = (
    *sorted((ROOT / "data" / "messages").glob("*.jsonl")),
    *(ROOT / "tests" / "messages" / name for name in ("development.jsonl", "forum.jsonl")),
)
#: Share of harmless messages that may be escalated, confirmed after a doubt, or asked about because of the net alone.
ALARM_BUDGET, CONFIRM_BUDGET, ASK_BUDGET = 0.01, 0.005, 0.05
REGULARISATION = 5.0
#: A feature of one message only would be learnt by heart.
LEAST_MESSAGES = 2
SEED = 11


def load() -> list[dict[str, Any]]:
    """Single-turn labelled messages."""
    rows = [json.loads(line) for path in TRAINING for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [row for row in rows if row.get("text")]


def alarming(row: dict[str, Any]) -> bool:
    """Urgent, or ambiguous where escalating is preferred."""
    return row["urgent"] is True or row.get("preferred") == "escalate"


def fit(texts: Sequence[str], labels: Sequence[str], tags: Sequence[set[str]]) -> AlarmModel:
    """Learns from labelled messages."""
    vectors = load_word_vectors()
    seen: Counter[str] = Counter()
    for text, own in zip(texts, tags, strict=True):
        seen.update(group + gram for group, counts in grams(text, own).items() for gram in counts)
    places = {gram: row for row, gram in enumerate(g for g, n in seen.items() if n >= LEAST_MESSAGES and "\n" not in g)}
    rarity = np.array([np.log((1 + len(texts)) / (1 + seen[g])) + 1 for g in places], np.float32)
    empty = np.zeros((0, 0), np.float32)
    classes = sorted(set(labels))
    blank = AlarmModel(classes, places, rarity, empty, empty, vectors)
    rows = [blank.sparse(text, own) for text, own in zip(texts, tags, strict=True)]
    sparse = csr_matrix(
        (
            np.concatenate([values for _, values in rows]),
            np.concatenate([found for found, _ in rows]),
            np.cumsum([0, *(len(found) for found, _ in rows)]),
        ),
        shape=(len(texts), len(places)),
    )
    matrix = hstack([sparse, csr_matrix(np.stack([vector_part(text, vectors) for text in texts]))]).tocsr()
    learner = LogisticRegression(C=REGULARISATION, max_iter=3000, class_weight="balanced", multi_class="multinomial")
    learner.fit(matrix, np.array([classes.index(label) for label in labels]))
    weights, offsets = learner.coef_.T.astype(np.float32), learner.intercept_.astype(np.float32)
    if len(classes) == 2:
        # The library keeps one column for two classes, half of the difference between them.
        weights, offsets = np.hstack([-weights, weights]), np.concatenate([-offsets, offsets])
    return AlarmModel(classes, places, rarity, weights, offsets, vectors)


def fit_flags(rows: Sequence[dict[str, Any]], tags: Sequence[set[str]]) -> AlarmModel:
    """Learns which red flag an alarming message is about, from the first sign of each."""
    flagged = [
        (row["text"], own, flag)
        for row, own in zip(rows, tags, strict=True)
        if alarming(row)
        for flag in row["signs"][:1]
    ]
    texts, own_tags, flags = zip(*flagged, strict=True)
    return fit(texts, flags, own_tags)


def main() -> int:
    """Trains, prints the figures, writes the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FOLDER)
    args = parser.parse_args()
    rows, reader = load(), Reader(with_safety_net=False)
    print(f"{len(rows)} messages, {sum(map(alarming, rows))} alarming", flush=True)
    readings = [reader.read(row["text"]) for row in rows]
    texts = [row["text"] for row in rows]
    tags = [tags_of(text, reading.findings) for text, reading in zip(texts, readings, strict=True)]
    labels = [ALARM if alarming(row) else CALM for row in rows]

    scores, confirming = np.zeros(len(rows)), np.zeros(len(rows))
    for train, test in KFold(5, shuffle=True, random_state=SEED).split(texts):
        model = fit([texts[i] for i in train], [labels[i] for i in train], [tags[i] for i in train])
        flags = fit_flags([rows[i] for i in train], [tags[i] for i in train])
        for i in test:
            alarm, own_flags = model.scores(texts[i], tags[i])[ALARM], flags.scores(texts[i], tags[i])
            scores[i] = together(alarm, own_flags, readings[i].findings)[0]
            confirming[i] = alarm * max(own_flags.values())
        print(".", end="", flush=True)
    print()
    actions = np.array([verdict(reading).action for reading in readings])
    cleared, asked = actions == "clear", actions == "ask"
    harmless = np.array([row["urgent"] is False for row in rows])
    urgent = np.array([row["urgent"] is True for row in rows])
    calm = np.sort(scores[cleared & harmless])[::-1]
    doubted = np.sort(confirming[asked & harmless])[::-1]
    escalate = float(calm[int(ALARM_BUDGET * harmless.sum())])
    ask = float(calm[int((ALARM_BUDGET + ASK_BUDGET) * harmless.sum())])
    confirm = float(doubted[min(int(CONFIRM_BUDGET * harmless.sum()), len(doubted) - 1)])
    print(f"escalate from {escalate:.3f}, ask from {ask:.3f}, take a doubt as there from {confirm:.3f}")
    confirmed = (asked & urgent & (confirming > confirm)).sum()
    print(f"of {(asked & urgent).sum()} urgent messages that the rules ask about, {confirmed} are confirmed")
    missed = cleared & urgent
    print(
        f"rules clear {missed.sum()} of {urgent.sum()} urgent messages; of these the net escalates "
        f"{(missed & (scores >= escalate)).sum()}, asks {(missed & (scores >= ask) & (scores < escalate)).sum()}"
    )

    args.out.mkdir(parents=True, exist_ok=True)
    fit(texts, labels, tags).save(args.out / "alarm.npz")
    fit_flags(rows, tags).save(args.out / "flags.npz")
    (args.out / "thresholds.json").write_text(
        json.dumps({"escalate": escalate, "ask": ask, "confirm": confirm}) + "\n", encoding="utf-8"
    )
    for path in sorted(args.out.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
