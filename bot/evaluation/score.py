"""Scores predictions about patients' messages: what was escalated, what was asked, which intent was taken.

    python -m bot.evaluation.score [--rules-only] FILE     scores the reader alone, without intents

With --rules-only the statistical safety net stays out, so that the figures are those of the rules.

FILE holds JSON lines {"id", "text" or "turns", "urgent": true, false or "ambiguous", "preferred", "intent",
"intent_also"}. The label is for the state after the last turn.
"""

import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.clinical.signs import FLAG_OF
from bot.language.reader import Reader
from bot.language.reading import Answer, Context, Finding, Reading, Status

#: The normal quantile of a 95 % interval.
_Z = 1.959963985


class LabelError(ValueError):
    """A labelled message that cannot be used: the line and what is wrong with it."""


@dataclass(frozen=True)
class Message:
    """One labelled message. `urgent` is True, False or None for ambiguous."""

    id: str
    turns: tuple[str, ...]
    urgent: bool | None
    preferred: str
    intents: frozenset[str]
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Prediction:
    """What a system did with the last turn. `reasons` tell why, for the list of errors."""

    escalated: bool
    asked: bool
    intent: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rate:
    """A share of cases, with its 95 % Wilson interval."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 0 where there are no cases."""
        return self.hits / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound, 0 to 1."""
        if not self.of:
            return (0.0, 1.0)
        share, n = self.share, self.of
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.share:5.1f} %  ({self.hits}/{self.of}, 95 % {100 * low:.1f} to {100 * high:.1f})"


@dataclass(frozen=True)
class Error:
    """One message that was not handled as labelled."""

    kind: str
    message: Message
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """All figures of one run."""

    rates: Mapping[str, Rate]
    errors: tuple[Error, ...] = field(default=())

    def report(self, errors: bool = True) -> str:
        """The figures as text, and the errors with their reasons."""
        lines = [f"{name:24} {rate}" for name, rate in self.rates.items()]
        if errors:
            for error in self.errors:
                lines.append(f"{error.kind:16} {error.message.id}  {' | '.join(error.message.turns)}")
                lines.extend(f"{'':16}   {reason}" for reason in error.reasons)
        return "\n".join(lines)


_URGENT = {True: True, False: False, "ambiguous": None}
_PREFERRED = ("escalate", "either", "no_escalate")


def load(path: Path) -> tuple[Message, ...]:
    """The labelled messages of a file of JSON lines. Raises LabelError naming the line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                found.append(_message(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise LabelError(f"{path.name}, line {number}: {error!r}") from error
    return tuple(found)


def _message(row: Mapping[str, Any]) -> Message:
    turns = tuple(row["turns"]) if "turns" in row else (row["text"],)
    if not turns or not all(isinstance(turn, str) for turn in turns):
        raise ValueError("needs a text, or turns that are texts")
    if row["urgent"] not in (True, False, "ambiguous"):
        raise ValueError(f"urgent must be true, false or 'ambiguous', not {row['urgent']!r}")
    also = row.get("intent_also") or ()
    others = (also,) if isinstance(also, str) else tuple(also)
    intents = frozenset(intent for intent in (row.get("intent"), *others) if intent)
    preferred = row.get("preferred", "either")
    if preferred not in _PREFERRED:
        raise ValueError(f"preferred must be one of {', '.join(_PREFERRED)}")
    return Message(str(row["id"]), turns, _URGENT[row["urgent"]], preferred, intents, frozenset(row.get("signs", ())))


def score(messages: Sequence[Message], predict: Callable[[Message], Prediction]) -> Score:
    """Figures for one predictor.

    Intent figures are left out where the predictor names no intents.
    """
    pairs = [(message, predict(message)) for message in messages]
    urgent = [(m, p) for m, p in pairs if m.urgent is True]
    calm = [(m, p) for m, p in pairs if m.urgent is False]
    open_ones = [(m, p) for m, p in pairs if m.urgent is None and m.preferred == "escalate"]
    rates = {
        "sensitivity": _rate(urgent, lambda m, p: p.escalated),
        "silent misses": _rate(urgent, lambda m, p: not p.escalated and not p.asked),
        "false alarms": _rate(calm, lambda m, p: p.escalated),
        "needless asks": _rate(calm, lambda m, p: p.asked and not p.escalated),
        "ambiguous, escalated": _rate(open_ones, lambda m, p: p.escalated),
        "ambiguous, silent": _rate(open_ones, lambda m, p: not p.escalated and not p.asked),
    }
    if any(p.intent for _, p in pairs):
        told = [(m, p) for m, p in pairs if not p.escalated and m.intents]
        outside = [(m, p) for m, p in pairs if m.intents == {"out_of_scope"}]
        taken = [(m, p) for m, p in pairs if p.intent == "out_of_scope"]
        rates["intents"] = _rate(told, lambda m, p: p.intent in m.intents)
        rates["out-of-scope recall"] = _rate(outside, lambda m, p: p.intent == "out_of_scope")
        rates["out-of-scope precision"] = _rate(taken, lambda m, p: "out_of_scope" in m.intents)
    return Score(rates, tuple(error for m, p in pairs for error in _errors(m, p)))


def _rate(pairs: Iterable[tuple[Message, Prediction]], test: Callable[[Message, Prediction], bool]) -> Rate:
    results = [test(message, prediction) for message, prediction in pairs]
    return Rate(sum(results), len(results))


def _errors(message: Message, prediction: Prediction) -> Iterable[Error]:
    if message.urgent is True and not prediction.escalated:
        yield Error("missed, asked" if prediction.asked else "MISSED, SILENT", message, prediction.reasons)
    elif message.urgent is False and prediction.escalated:
        yield Error("false alarm", message, prediction.reasons)
    elif message.urgent is False and prediction.asked:
        yield Error("needless ask", message, prediction.reasons)
    elif message.urgent is None and message.preferred == "escalate" and not prediction.escalated:
        yield Error("ambiguous, asked" if prediction.asked else "ambiguous, silent", message, prediction.reasons)
    elif message.urgent is None and message.preferred == "no_escalate" and prediction.escalated:
        yield Error("ambiguous, alarm", message, prediction.reasons)
    if prediction.intent and not prediction.escalated and message.intents and prediction.intent not in message.intents:
        yield Error(f"intent {prediction.intent}", message, (f"expected {' or '.join(sorted(message.intents))}",))


# -- the reader alone -----------------------------------------------------------------------------------------------


_FLAGGED = frozenset(sign.value for sign in FLAG_OF)


class ReaderAlone:
    """Predicts with the reader and the plainest memory: what was told stays told until it is taken back."""

    def __init__(self, reader: Reader | None = None) -> None:
        self._reader = reader or Reader()

    def __call__(self, message: Message) -> Prediction:
        """The state after the last turn."""
        known: set[str] = set()
        mentioned: list[str] = []
        asked: tuple[str, ...] = ()
        reading = Reading("")
        for turn in message.turns:
            context = Context(asked=asked, mentioned=tuple(mentioned), known=tuple(sorted(known)))
            reading = self._reader.read(turn, context)
            self._take(reading, known, mentioned, asked)
            asked = tuple(dict.fromkeys(f.concept for f in reading.findings if f.in_doubt and f.concept in _FLAGGED))
        escalated = bool(known & _FLAGGED)
        reasons = tuple(_reason(f) for f in reading.findings if f.concept in _FLAGGED)
        return Prediction(escalated, bool(asked) and not escalated, None, reasons)

    @staticmethod
    def _take(reading: Reading, known: set[str], mentioned: list[str], asked: tuple[str, ...]) -> None:
        if reading.answer is Answer.YES:
            known.update(asked)
        taken_back = "correction" in reading.notes
        present = {f.concept for f in reading.findings if f.status is Status.PRESENT and not f.in_doubt}
        for finding in reading.findings:
            if finding.concept not in _FLAGGED:
                if finding.concept in present:
                    known.add(finding.concept)
                continue
            if finding.concept in present:
                known.add(finding.concept)
            elif taken_back and finding.status in (Status.ABSENT, Status.PAST, Status.SOMEONE_ELSE):
                known.discard(finding.concept)
            if finding.status is not Status.PRESENT and finding.concept not in mentioned:
                mentioned.append(finding.concept)


def _reason(finding: Finding) -> str:
    doubt = ", asked" if finding.in_doubt else ""
    return f"{finding.concept} {finding.text!r}: {finding.status.value} ({finding.rule}){doubt}"


def main(arguments: Sequence[str]) -> int:
    """Prints the figures for one file."""
    files = [argument for argument in arguments if argument != "--rules-only"]
    if len(files) != 1:
        sys.stderr.write("usage: python -m bot.evaluation.score [--rules-only] FILE\n")
        return 2
    reader = Reader(with_safety_net="--rules-only" not in arguments)
    result = score(load(Path(files[0])), ReaderAlone(reader))
    sys.stdout.write(result.report() + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
