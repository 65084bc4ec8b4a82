"""Makes the safety net (bot/language/safety_net.py) from labelled messages, and prints how well it would do.

    .venv/bin/python -m scripts.make_safety_net [--out data/safety_net]

Run after scripts/make_encoder.py. It trains the model of the wording on the labelled messages that the encoder was
trained on, and measures the thresholds on those that were held back from both.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression

from bot.language import Reader
from bot.language.alarm_model import AlarmModel, grams, vector_part
from bot.language.encoder import load_encoder
from bot.language.reading import Context
from bot.language.safety_net import ALARM, CALM, FOLDER, SafetyNet, tags_of
from bot.language.verdict import verdict
from bot.language.word_vectors import load_word_vectors
from scripts.labelled_messages import add_more_argument, alarm_of, is_held_back, load

#: Chosen on the messages held back and with the patients of tests/patients, whose calm openings must stay calm;
#: docs/measurements.md says how.
THRESHOLDS = {
    "escalate": 0.68,
    "ask": 0.13,
    "confirm": 0.55,
    "passing": 0.35,
    "flag": 0.3,
    "hunch": 0.03,
    "calm": 0.005,
}
REGULARISATION = 5.0
#: Steps of the fit; with 3,000 it takes an hour. By these it is not quite at rest, and ranks messages as well.
STEPS, STANDSTILL = 250, 1e-3
#: A feature of one message only would be learnt by heart.
LEAST_MESSAGES = 2


def alarming(row: dict[str, Any]) -> bool:
    """Urgent, or ambiguous where escalating is preferred."""
    return alarm_of(row) > 0.5


def fit(texts: Sequence[str], labels: Sequence[str], tags: Sequence[set[str]], kept: Sequence[bool]) -> AlarmModel:
    """Learns from labelled messages. kept: which are kept with the code; the wording of no other one is stored."""
    vectors = load_word_vectors()
    seen: Counter[str] = Counter()
    for text, own, stays in zip(texts, tags, kept, strict=True):
        if stays:
            seen.update({group + gram for group, found in grams(text, own).items() for gram in found})
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
    learner = LogisticRegression(
        C=REGULARISATION, max_iter=STEPS, tol=STANDSTILL, class_weight="balanced", multi_class="multinomial"
    )
    learner.fit(matrix, np.array([classes.index(label) for label in labels]))
    weights, offsets = learner.coef_.T.astype(np.float32), learner.intercept_.astype(np.float32)
    if len(classes) == 2:
        # The library keeps one column for two classes, half of the difference between them.
        weights, offsets = np.hstack([-weights, weights]), np.concatenate([-offsets, offsets])
    return AlarmModel(classes, places, rarity, weights, offsets, vectors)


def fit_flags(rows: Sequence[dict[str, Any]], tags: Sequence[set[str]]) -> AlarmModel:
    """Learns which red flag an alarming message is about, from the first sign of each."""
    flagged = [
        (row["text"], own, flag, row["kept"])
        for row, own in zip(rows, tags, strict=True)
        if alarming(row)
        for flag in row["signs"][:1]
    ]
    texts, own_tags, flags, kept = zip(*flagged, strict=True)
    return fit(texts, flags, own_tags, kept)


def main() -> int:
    """Trains, prints the figures, writes the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for the result (data/safety_net)")
    add_more_argument(parser)
    args = parser.parse_args()
    others = {path.name for path in args.more}
    rows = [{**row, "kept": row["file"] not in others} for row in load(args.more)]
    reader = Reader(with_safety_net=False)
    print(f"{len(rows)} messages, {sum(map(alarming, rows))} alarming", flush=True)
    readings = [reader.read(row["text"]) for row in rows]
    tags = [tags_of(row["text"], reading.findings) for row, reading in zip(rows, readings, strict=True)]
    learnt = [place for place, row in enumerate(rows) if not is_held_back(row["text"])]
    wording = fit(
        [rows[i]["text"] for i in learnt],
        [ALARM if alarming(rows[i]) else CALM for i in learnt],
        [tags[i] for i in learnt],
        [rows[i]["kept"] for i in learnt],
    )
    flags = fit_flags([rows[i] for i in learnt], [tags[i] for i in learnt])
    args.out.mkdir(parents=True, exist_ok=True)
    wording.save(args.out / "alarm.npz")
    flags.save(args.out / "flags.npz")

    net = SafetyNet(wording, flags, load_encoder().hear, THRESHOLDS)
    held = [place for place, row in enumerate(rows) if is_held_back(row["text"])]
    alone = np.array([verdict(readings[i]).action for i in held])
    plain_words = reader.lists["tells_nothing"]
    raised = np.array([verdict(net.raised(readings[i], Context(), plain_words)).action for i in held])
    for whose, kept in (("those kept here", True), ("the others", False)):
        chosen = np.array([rows[i]["kept"] is kept for i in held])
        if not chosen.any():
            continue
        harmless = np.array([rows[i]["urgent"] is False for i in held]) & chosen
        urgent = np.array([rows[i]["urgent"] is True for i in held]) & chosen
        print(f"{chosen.sum()} messages held back of {whose}, {urgent.sum()} urgent, {harmless.sum()} harmless")
        for name, actions in (("rules alone", alone), ("with the net", raised)):
            up, question = actions == "escalate", actions == "ask"
            print(
                f"{name}: of the urgent {_share(up, urgent)} escalated, {_share(~up & ~question, urgent)} silent; "
                f"of the harmless {_share(up, harmless)} escalated, {_share(question, harmless)} asked about"
            )
    (args.out / "thresholds.json").write_text(json.dumps(THRESHOLDS) + "\n", encoding="utf-8")
    for path in sorted(args.out.iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1024:.0f} kB")
    return 0


def _share(what: npt.NDArray[np.bool_], of: npt.NDArray[np.bool_]) -> str:
    return f"{100 * what[of].mean():.1f} %"


if __name__ == "__main__":
    sys.exit(main())
