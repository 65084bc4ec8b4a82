"""What a reading leads to, as far as it can be told without the rest of the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bot.clinical.signs import FLAG_OF_CONCEPT
from bot.language.reading import Finding, Reading


@dataclass(frozen=True)
class Verdict:
    """action: seek care, ask about the flags first, or neither. flags: red flags, in the order of the findings."""

    action: Literal["escalate", "ask", "clear"]
    flags: tuple[str, ...] = ()


def verdict(reading: Reading) -> Verdict:
    """Any red flag present and not in doubt escalates; else any in doubt is asked about; else nothing is done."""
    present = _flags(f for f in reading.findings if f.stands)
    if present:
        return Verdict("escalate", present)
    doubtful = _flags(f for f in reading.findings if f.doubtful)
    return Verdict("ask", doubtful) if doubtful else Verdict("clear")


def _flags(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(FLAG_OF_CONCEPT[f.concept] for f in findings if f.concept in FLAG_OF_CONCEPT))
