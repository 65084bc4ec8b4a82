"""What accepted corrections become: a patch to the training examples, and labelled lines for `bot score`."""

import difflib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.clinical.signs import Sign, Urgency
from bot.console.queries.correcting import Merged, clean
from bot.settings import ROOT
from bot.storage.event_json import event_of, mapping

NLU = ROOT / "data" / "nlu"

#: Where examples go whose intent has no file yet.
_NEW_FILE = "corrections.yml"

#: So begins a file that a script makes: what is added there is gone the next time.
_MADE = "# Made by "

_URGENT = tuple(urgency.value for urgency in Urgency if urgency.is_urgent)


def patch(corrections: Iterable[Merged], folder: Path = NLU) -> str:
    """A patch for `git apply` that adds examples to `data/nlu`. Those that are there already are left out.

    What coaches disagree on is left out too: nobody has decided it yet.
    """
    wanted: dict[str, list[str]] = {}
    for correction in corrections:
        if correction.kind == "intent" and not correction.disputed:
            wanted.setdefault(correction.value, []).append(_example(correction.text))
    files = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yml"))}
    known = {_same(line[6:]) for text in files.values() for line in text.splitlines() if line.startswith("    - ")}
    changed = dict(files)
    for intent, examples in sorted(wanted.items()):
        fresh = {_same(text): text for text in examples if text and _same(text) not in known}
        if fresh:
            name = _home({name: text for name, text in files.items() if not text.startswith(_MADE)}, intent)
            changed[name] = _with_examples(
                changed.get(name, 'version: "3.1"\n\nnlu:\n'), intent, sorted(fresh.values())
            )
    parts = []
    for name, text in changed.items():
        if text != files.get(name):
            before = files[name].splitlines(keepends=True) if name in files else []
            old = f"a/data/nlu/{name}" if name in files else "/dev/null"
            lines = difflib.unified_diff(before, text.splitlines(keepends=True), old, f"b/data/nlu/{name}")
            parts.append(f"diff --git a/data/nlu/{name} b/data/nlu/{name}\n")
            parts += ["new file mode 100644\n"] if name not in files else []
            parts += lines
    return "".join(parts)


def labelled(messages: Iterable[tuple[int, str, Iterable[Mapping[str, Any]]]]) -> list[dict[str, Any]]:
    """Lines for `bot score`, one for each message. messages: event id, its JSON, its accepted corrections."""
    return [_label(event_id, event_of(data), list(corrections)) for event_id, data, corrections in messages]


def _label(event_id: int, event: Mapping[str, Any], corrections: list[Mapping[str, Any]]) -> dict[str, Any]:
    parsed = mapping(event.get("parse_data"))
    reading = mapping(parsed.get("reading"))
    by_kind = {(row["kind"], row["target"]): row["value"] for row in corrections}
    statuses = {
        str(finding.get("sign")): str(finding.get("status"))
        for finding in map(mapping, reading.get("findings") or ())
        if finding.get("sign")
    }
    statuses |= {target: value for (kind, target), value in by_kind.items() if kind == "finding"}
    urgency = by_kind.get(("urgency", ""), reading.get("urgency"))
    intent = by_kind.get(("intent", ""), reading.get("wanted") or mapping(parsed.get("intent")).get("name"))
    return {
        "id": f"c{event_id}",
        "text": clean(str(event.get("text") or "")),
        "urgent": urgency in _URGENT,
        "signs": sorted({flag for sign, status in statuses.items() if status == "present" and (flag := _flag(sign))}),
        "negated": sorted({flag for sign, status in statuses.items() if status == "absent" and (flag := _flag(sign))}),
        "intent": intent,
    }


def _flag(sign: str) -> str | None:
    try:
        return Sign(sign).flag
    except ValueError:
        return None


def _home(files: Mapping[str, str], intent: str) -> str:
    """The file that has the most examples of an intent: several may have some, each on a topic of its own."""
    counts = {name: _count(text, intent) for name, text in files.items()}
    name = max(counts, key=lambda name: counts[name], default=_NEW_FILE)
    return name if counts.get(name) else _NEW_FILE


def _count(text: str, intent: str) -> int:
    _, _, block = text.partition(f"- intent: {intent}\n")
    return block.partition("\n- ")[0].count("\n    - ")


def _example(text: str) -> str:
    """One line of training data; brackets would mark entities there."""
    return " ".join(re.sub(r"[\[\](){}]", " ", text).split()).lstrip("-# ")


def _with_examples(text: str, intent: str, examples: list[str]) -> str:
    lines = text.splitlines(keepends=True)
    added = [f"    - {example}\n" for example in examples]
    heading = f"- intent: {intent}\n"
    if heading not in lines:
        return "".join([*lines, heading, "  examples: |\n", *added])
    at = lines.index(heading) + 1
    while at < len(lines) and not lines[at].startswith("- "):
        at += 1
    # Blank lines and comments before the next intent belong to that one.
    while not lines[at - 1].startswith("    - "):
        at -= 1
    return "".join([*lines[:at], *added, *lines[at:]])


def _same(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
