"""The labelled messages that the encoder and the safety net learn from, and those held back to measure them on."""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.frames import FRAMES, framed
from scripts.prepare import ROOT

#: Development sets beside data/messages; the test sets in tests/messages are never learnt from.
DEVELOPMENT = ("development.jsonl", "forum.jsonl", "exam.jsonl", "long.jsonl")
#: One message in so many is held back.
HELD_BACK = 9


def add_more_argument(parser: argparse.ArgumentParser) -> None:
    """`--more FILE...`, for messages that are learnt from and not kept here, such as labelled public texts."""
    parser.add_argument(
        "--more", type=Path, nargs="+", default=(), metavar="FILE",
        help="more labelled messages, in the format of data/messages, that are not kept with the code",
    )  # fmt: skip


def load(more: Sequence[Path] = ()) -> list[dict[str, Any]]:
    """All messages with a label, as in tests/messages/README.md, those of scripts/frames.py among them, and the "file"
    that each is from.

    Several turns stand in "text" one after the other. more: files besides those of the repository.
    """
    paths = [
        *sorted((ROOT / "data" / "messages").glob("*.jsonl")),
        *(ROOT / "tests" / "messages" / name for name in DEVELOPMENT),
        *more,
    ]
    rows = [
        {**json.loads(line), "file": path.name}
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line
    ]
    # Only to learn from: each frame comes with several signs, so that one held back would have been seen with another.
    rows += [{**row, "file": FRAMES.name} for row in framed() if not is_held_back(row["text"])]
    for row in rows:
        row.setdefault("text", "\n".join(row.get("turns", ())))
    return [row for row in rows if row["text"].strip()]


def is_held_back(text: str) -> bool:
    """Decided by the words, so that every script decides alike, also after messages have been added."""
    return int(hashlib.sha256(text.strip().lower().encode()).hexdigest(), 16) % HELD_BACK == 0


def alarm_of(row: dict[str, Any]) -> float:
    """How alarming a message is, 0 to 1; in between where the label is "ambiguous"."""
    if row["urgent"] == "ambiguous":
        return {"escalate": 0.85, "either": 0.4, "no_escalate": 0.1}[row["preferred"]]
    return float(row["urgent"])
