"""Sentences made of a frame and a sign: "no {B} so far" and "swollen lips".

    .venv/bin/python -m scripts.frames [--frames FILE] [--signs FILE] [--each N] > framed.jsonl

A frame says whether what stands in it is there now; each is tried with several signs, so that the encoder and the
safety net learn the frame and not the sign in it. The lines are in the format of data/messages, and `bot score` takes
them. Columns of the files: kind (present, denied, past, hypothetical, other, general, fear) and frame, in which one
slot stands: {S} for a clause, {N} for a phrase, {B} for bare nouns; sign (empty for something harmless), clause,
phrase, bare.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from scripts.prepare import ROOT

FRAMES = ROOT / "data" / "frames" / "frames.tsv"
SIGNS = ROOT / "data" / "frames" / "signs.tsv"
#: Signs tried in each frame, and harmless things in each that says that they are there.
_SIGNS_EACH, _HARMLESS_EACH = 3, 1
#: A thought of harming oneself is never silent, also where it is denied, so it teaches nothing of denials.
_ALWAYS_ASKED = "self_harm"
_COLUMN = {"{S}": "clause", "{N}": "phrase", "{B}": "bare"}
SEED = 5


def framed(frames: Path = FRAMES, signs: Path = SIGNS, each: int = _SIGNS_EACH) -> Iterator[dict[str, Any]]:
    """Every frame with signs in it, the same ones each time, as labelled messages. each: how many signs a frame."""
    told = _rows(signs)
    chance = random.Random(SEED)
    for number, row in enumerate(_rows(frames)):
        present = row["kind"] == "present"
        urgent = [sign for sign in told if sign["sign"] and (present or sign["sign"] != _ALWAYS_ASKED)]
        harmless = [sign for sign in told if not sign["sign"]]
        chosen = chance.sample(urgent, min(each, len(urgent)))
        if present:
            chosen += chance.sample(harmless, min(_HARMLESS_EACH, len(harmless)))
        for place, sign in enumerate(chosen):
            is_there = present and bool(sign["sign"])
            yield {
                "id": f"frame{number}-{place}",
                "kind": row["kind"],
                "text": _filled(row["frame"], sign),
                "urgent": is_there,
                "signs": [sign["sign"]] if is_there else [],
            }


def _filled(frame: str, sign: dict[str, str]) -> str:
    for slot, column in _COLUMN.items():
        frame = frame.replace(slot, sign[column])
    return frame


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes the sentences as lines of JSON."""
    parser = argparse.ArgumentParser(
        description=(__doc__ or "").partition("\n")[0], formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--frames", type=Path, default=FRAMES, help="tab-separated: kind, frame")
    parser.add_argument("--signs", type=Path, default=SIGNS, help="tab-separated: sign, clause, phrase, bare")
    parser.add_argument("--each", type=int, default=_SIGNS_EACH, help=f"signs tried in each frame ({_SIGNS_EACH})")
    args = parser.parse_args(arguments)
    if args.each < 1:
        parser.error("--each needs one sign at least")
    for path in (args.frames, args.signs):
        if not path.is_file():
            parser.error(f"there is no file {path}")
    for message in framed(args.frames, args.signs, args.each):
        print(json.dumps(message, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
