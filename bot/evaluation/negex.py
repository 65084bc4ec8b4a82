"""The public NegEx test kit: how often the reader's denials agree with its annotators.

The user supplies the file (it is not part of this project): tab-separated number, concept, sentence, status, where the
status is "Negated" or "Affirmed"; further columns are left alone. Its clinicians' concepts are not in a lexicon of
patients' words, so each is put as a sign that the reader knows, the concept in question as "blisters" and every other
concept of the kit as "hives". What is measured is the assertion rules, not the lexicon.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.labels import LabelError
from bot.language.reader import Reader
from bot.language.reading import Finding, Ground, Status

_STAND_IN, _OTHER = "blisters", "hives"
#: Shorter concepts would be found inside other words' company.
_LEAST = 4


@dataclass(frozen=True)
class Agreement:
    """Counts of one kit; `unread` sentences do not hold their concept and count as not denied."""

    hits: int
    false: int
    missed: int
    of: int
    unread: int

    @property
    def precision(self) -> float:
        """0 to 1."""
        return self.hits / max(self.hits + self.false, 1)

    @property
    def recall(self) -> float:
        """0 to 1."""
        return self.hits / max(self.hits + self.missed, 1)

    @property
    def f1(self) -> float:
        """0 to 1."""
        return 2 * self.hits / max(2 * self.hits + self.false + self.missed, 1)

    def __str__(self) -> str:
        return (
            f"negation F1 {self.f1:.3f} (precision {self.precision:.3f}, recall {self.recall:.3f}; "
            f"{self.of} sentences, {self.hits + self.missed} negated, {self.unread} without their concept)"
        )


@dataclass(frozen=True)
class Row:
    """One sentence of the kit."""

    concept: str
    sentence: str
    negated: bool


def load_kit(path: Path) -> tuple[Row, ...]:
    """The rows of a kit, with or without a heading. Raises LabelError naming file, line and reason."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise LabelError(f"{path}: {error.strerror}") from error
    rows = []
    for number, line in enumerate(lines, 1):
        cells = [cell.strip().strip('"').strip() for cell in line.split("\t")]
        if not line.strip() or (number == 1 and len(cells) > 3 and not cells[0].isdigit()):
            continue
        if len(cells) < 4 or cells[3].casefold() not in ("negated", "affirmed", "possible"):
            raise LabelError(
                f"{path}, line {number}: needs number, concept, sentence and Negated or Affirmed, with tabs"
            )
        rows.append(Row(cells[1], cells[2], cells[3].casefold() == "negated"))
    if not any(row.negated for row in rows):
        raise LabelError(f"{path}: holds no negated sentence")
    return tuple(rows)


def measure(rows: Sequence[Row], reader: Reader) -> Agreement:
    """How well the reader's denials agree with the kit's."""
    others = _any_of({row.concept for row in rows if len(row.concept) >= _LEAST})
    hits = false = missed = unread = 0
    for row in rows:
        put = _put(row, others)
        unread += put is None
        denied = put is not None and any(map(_denied, _at(reader, *put)))
        hits += denied and row.negated
        false += denied and not row.negated
        missed += row.negated and not denied
    return Agreement(hits, false, missed, len(rows), unread)


def _pattern(concept: str) -> str:
    return r"\W+".join(re.escape(word) for word in concept.split())


def _any_of(concepts: set[str]) -> re.Pattern[str]:
    longest_first = sorted(concepts, key=lambda concept: (-len(concept), concept))
    return re.compile(rf"\b(?:{'|'.join(map(_pattern, longest_first))})\b", re.IGNORECASE)


def _put(row: Row, others: re.Pattern[str]) -> tuple[str, int] | None:
    """The sentence with stand-ins, and where the concept stands in it; None where it doesn't hold its concept."""
    found = re.search(rf"\b{_pattern(row.concept)}\b", row.sentence, re.IGNORECASE)
    found = found or re.search(_pattern(row.concept), row.sentence, re.IGNORECASE)
    if found is None:
        return None
    before = others.sub(_OTHER, row.sentence[: found.start()])
    after = others.sub(_OTHER, row.sentence[found.end() :])
    return f"{before}{_STAND_IN}{after}", len(before)


def _at(reader: Reader, sentence: str, start: int) -> Iterator[Finding]:
    end = start + len(_STAND_IN)
    yield from (f for f in reader.read(sentence).findings if f.start < end and start < f.end)


def _denied(finding: Finding) -> bool:
    """Denied, or said to be over: the kit takes "resolved" and "no longer" for denials, as NegEx does."""
    over = finding.status is Status.PAST and finding.ground in (Ground.ENDED, Ground.GONE)
    return finding.concept == _STAND_IN and (finding.status is Status.ABSENT or over)
