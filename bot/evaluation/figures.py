"""Counts what a system did with labelled messages: escalated, asked, which intent; with Wilson intervals."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.evaluation.labels import Message

#: The normal quantile of a 95 % interval.
_Z = 1.959963985

#: The rates that speak of intents.
INTENT_RATES = ("intents", "out-of-scope recall", "out-of-scope precision")


#: What is aimed at on messages never seen: a share of at least, or at most, so much.
AT_LEAST = {"sensitivity": 0.97, "intents": 0.92, "out-of-scope recall": 0.9}
AT_MOST = {"silent misses": 0.0, "false alarms": 0.05, "needless asks": 0.1}


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

    def intents_only(self) -> "Score":
        """Without urgency, for systems that only classify."""
        errors = tuple(error for error in self.errors if error.kind.startswith("intent "))
        return Score({name: rate for name, rate in self.rates.items() if name in INTENT_RATES}, errors)

    def as_json(self, errors: bool = True) -> dict[str, Any]:
        """Plain data: each rate with its counts and interval, shares from 0 to 1."""
        rates = {
            name: {"hits": rate.hits, "of": rate.of, "share": rate.share, "interval": rate.interval}
            for name, rate in self.rates.items()
        }
        found = [
            {"id": error.message.id, "kind": error.kind, "turns": error.message.turns, "reasons": error.reasons}
            for error in self.errors
        ]
        return {"rates": rates, "errors": found} if errors else {"rates": rates}


def markdown_table(results: Sequence[tuple[str, str, Score]]) -> str:
    """One row for each set and system, for the documentation; of several sets also their sum, and how many meet each
    aim.
    """
    names = list(dict.fromkeys(name for _, _, result in results for name in result.rates))
    rows = [["set", "system", *names], ["---"] * (len(names) + 2)]
    for labelled, system, result in results:
        rows.append([labelled, system, *(_cell(result.rates.get(name)) for name in names)])
    for system in dict.fromkeys(system for _, system, _ in results):
        scores = [result for _, own, result in results if own == system]
        if len(scores) > 1:
            rates = {name: [score.rates[name] for score in scores if name in score.rates] for name in names}
            rows.append([f"all {len(scores)}", system, *(_cell(_sum(rates[name])) for name in names)])
            rows.append(["meet the aim", system, *(_met(name, rates[name]) for name in names)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _sum(rates: Sequence[Rate]) -> Rate:
    return Rate(sum(rate.hits for rate in rates), sum(rate.of for rate in rates))


def _met(name: str, rates: Sequence[Rate]) -> str:
    """Of the sets that have such cases, how many meet the aim; "" where none is set for it."""
    told = [rate.share for rate in rates if rate.of]
    if name in AT_LEAST:
        return f"{sum(share >= AT_LEAST[name] for share in told)} of {len(told)}"
    return f"{sum(share <= AT_MOST[name] for share in told)} of {len(told)}" if name in AT_MOST else ""


def _cell(rate: Rate | None) -> str:
    if rate is None or not rate.of:
        return ""
    low, high = rate.interval
    return f"{100 * rate.share:.1f} % ({rate.hits} of {rate.of}; {100 * low:.1f} to {100 * high:.1f})"


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
    if any(p.intent for _, p in pairs) and any(m.intents for m, _ in pairs):
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
