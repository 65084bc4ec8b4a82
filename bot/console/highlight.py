"""Marks findings in the words that said them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Segment:
    """A stretch of text, with the finding that it says, if any."""

    text: str
    finding: Mapping[str, Any] | None = None


def segments(text: str, findings: Iterable[Any]) -> list[Segment]:
    """The whole text in stretches. Of findings that overlap, the shorter one is marked: it tells more."""
    parts, at = [], 0
    for finding in _apart(finding for finding in findings if _fits(finding, text)):
        if finding["start"] > at:
            parts.append(Segment(text[at : finding["start"]]))
        parts.append(Segment(text[finding["start"] : finding["end"]], finding))
        at = finding["end"]
    if at < len(text):
        parts.append(Segment(text[at:]))
    return parts


def around(text: str, pattern: re.Pattern[str] | None, width: int = 70) -> list[tuple[str, bool]]:
    """What stands around the first match: (text, whether it matches). Empty without a match."""
    first = pattern.search(text) if pattern else None
    if pattern is None or first is None:
        return []
    start, end = max(0, first.start() - width), min(len(text), first.end() + width)
    shown = ("…" if start else "") + " ".join(text[start:end].split()) + ("…" if end < len(text) else "")
    parts, at = [], 0
    for match in pattern.finditer(shown):
        parts += [(shown[at : match.start()], False), (match[0], True)]
        at = match.end()
    return [part for part in (*parts, (shown[at:], False)) if part[0]]


def _apart(findings: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Those that stay where some overlap, in order."""
    kept: list[Mapping[str, Any]] = []
    for finding in sorted(findings, key=lambda one: (one["end"] - one["start"], one["start"])):
        if all(finding["end"] <= other["start"] or other["end"] <= finding["start"] for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda one: one["start"])


def _fits(finding: Any, text: str) -> bool:
    if not isinstance(finding, Mapping):
        return False
    start, end = finding.get("start"), finding.get("end")
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
