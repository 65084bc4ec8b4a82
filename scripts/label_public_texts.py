"""Puts the labels of data/public_texts to the public texts that they are of, which are not kept here.

    .venv/bin/python -m scripts.label_public_texts COLLECTION... --part learn > learn.jsonl

The collections are yours to get: data/public_texts/README.md names them. Any text in a CSV, TSV, JSON or text file
whose words have a label is written as a line of JSON, in the format of data/messages, for `--more` of make_encoder.py
and make_safety_net.py (part "learn") or for `bot score` (parts "test" and "fair").
"""

import argparse
import csv
import hashlib
import html
import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from scripts.prepare import ROOT

LABELS = ROOT / "data" / "public_texts" / "labels.tsv"
#: As the labels are written, for short: how urgent a text is, and what is preferred where it is in doubt.
URGENCIES: dict[str, dict[str, Any]] = {
    "T": {"urgent": True},
    "F": {"urgent": False},
    "AE": {"urgent": "ambiguous", "preferred": "escalate"},
    "AX": {"urgent": "ambiguous", "preferred": "either"},
    "AN": {"urgent": "ambiguous", "preferred": "no_escalate"},
}
_LONGEST_CELL = 10_000_000


def tidy(text: str) -> str:
    """A text as it is labelled and learnt from: no entities, no runs of blanks, no quotes around it."""
    text = html.unescape(html.unescape(text)).replace("\N{NO-BREAK SPACE}", " ")
    # Questions to the library of medicine have a heading.
    text = re.sub(r"^SUBJECT:.*?\nMESSAGE:", "", text)
    text = re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t]+", " ", text))
    return text.strip().strip('"').strip()


def key_of(text: str) -> str:
    """What a label knows of its text: a digest of its words, which tells nothing of them."""
    return hashlib.sha256(re.sub(r"\W+", "", text.lower()).encode()).hexdigest()[:16]


def load_labels(path: Path = LABELS) -> dict[str, dict[str, Any]]:
    """Key -> "part" ("learn", "test" or "fair") and the label's own fields."""
    found = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            label: dict[str, Any] = {"part": row["part"], **URGENCIES[row["urgency"]]}
            label["signs"] = [sign for sign in row["signs"].split(",") if sign]
            label.update({name: row[name] for name in ("intent", "intent_also") if row[name]})
            found[row["key"]] = label
    return found


def texts_in(path: Path) -> Iterator[str]:
    """Every piece of text in a file: the cells of .csv and .tsv, the strings of .json and .jsonl, a whole .txt.

    Raises ValueError for another ending.
    """
    if path.suffix in (".csv", ".tsv"):
        csv.field_size_limit(_LONGEST_CELL)
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            for row in csv.reader(lines, delimiter="\t" if path.suffix == ".tsv" else ","):
                yield from row
    elif path.suffix == ".json":
        yield from _strings(json.loads(path.read_text(encoding="utf-8")))
    elif path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _strings(json.loads(line)) if line.strip() else ()
    elif path.suffix == ".txt":
        yield path.read_text(encoding="utf-8", errors="replace")
    else:
        raise ValueError(f"{path}: give .csv, .tsv, .json, .jsonl or .txt")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def labelled(texts: Iterable[str], labels: dict[str, dict[str, Any]], part: str) -> Iterator[dict[str, Any]]:
    """The texts of a part that have a label, each once, with it."""
    seen = set()
    for raw in texts:
        text = tidy(raw)
        key = key_of(text)
        label = labels.get(key)
        if label and label["part"] == part and key not in seen:
            seen.add(key)
            yield {"id": key, "text": text, **{name: value for name, value in label.items() if name != "part"}}


def main() -> int:
    """Writes to standard output, and how many of the labels found their text to standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "collections", type=Path, nargs="+", metavar="COLLECTION", help=".csv, .tsv, .json, .jsonl or .txt"
    )
    parser.add_argument("--part", choices=("learn", "test", "fair"), default="learn", help="which labels (learn)")
    args = parser.parse_args()
    labels = load_labels()
    wanted = sum(label["part"] == args.part for label in labels.values())
    try:
        rows = list(labelled((text for path in args.collections for text in texts_in(path)), labels, args.part))
    except (OSError, ValueError) as error:
        parser.error(str(error))
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))
    print(f"{len(rows)} of {wanted} labels have found their text", file=sys.stderr)
    return 0 if rows else 1


if __name__ == "__main__":
    sys.exit(main())
