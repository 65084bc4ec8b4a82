"""Urgency: what to do, decided by the rules of `rules.py` alone. The grade has no say in it.

- Every rule that holds counts; the highest tier wins.
- "Not sure" counts as a possible yes: a rule that needs a doubtful sign gives its own tier, but at most `urgent`,
  and every doubtful red flag gives at least `urgent`.
- Two `same_day` findings that are different things make `urgent`. Things of one kind share a rule id: extent, itch, and
  the sleep and tasks they cost are one burden (RF35), however many lines of it hold.
- Nothing that is unknown lowers anything, and nothing is ever subtracted.
"""

from dataclasses import dataclass

from bot.clinical.findings import Findings
from bot.clinical.rules import RULES, Rule
from bot.clinical.signs import Sign, Urgency

#: Not a line of the table: it adds up two of them. A decision of the project; its sources are those of its parts.
TWO_SAME_DAY = Rule("two_same_day", Urgency.URGENT, "Two different reasons to call the same day", sources=())


@dataclass(frozen=True)
class Reason:
    """One rule that holds. urgency: what it gives here, which doubt can soften from the rule's own tier.

    signs: what made it true. certain: False where it rests on a "not sure".
    """

    rule: Rule
    urgency: Urgency
    signs: frozenset[Sign]
    certain: bool = True


@dataclass(frozen=True)
class Decision:
    """Urgency with every reason for it, the most urgent first.

    hold_dose: the next lenalidomide dose is not taken before a clinician has said so.
    """

    urgency: Urgency
    hold_dose: bool
    reasons: tuple[Reason, ...]

    @property
    def rule_ids(self) -> tuple[str, ...]:
        """Each rule once, in the order of the reasons."""
        return tuple(dict.fromkeys(reason.rule.id for reason in self.reasons))

    @property
    def sources(self) -> tuple[str, ...]:
        """Each source id once, in the order of the reasons."""
        return tuple(dict.fromkeys(source for reason in self.reasons for source in reason.rule.sources))

    @property
    def signs(self) -> frozenset[Sign]:
        """The signs that any of the reasons rests on."""
        return frozenset(sign for reason in self.reasons for sign in reason.signs)


def decide_urgency(findings: Findings) -> Decision:
    """The urgency of these findings, by the rules above."""
    reasons = [reason for rule in RULES if (reason := _reason(rule, findings))]
    urgency = max((reason.urgency for reason in reasons), key=lambda tier: tier.rank, default=Urgency.ROUTINE)
    if urgency is Urgency.SAME_DAY and len(_different_burdens(reasons)) > 1:
        urgency = Urgency.URGENT
        signs = frozenset(sign for reason in reasons if reason.certain for sign in reason.signs)
        reasons.append(Reason(TWO_SAME_DAY, urgency, signs))
    reasons.sort(key=lambda reason: (-reason.urgency.rank, not reason.certain))
    return Decision(urgency, _hold_dose(urgency, reasons), tuple(reasons))


def _reason(rule: Rule, findings: Findings) -> Reason | None:
    """Why the rule holds, first on what is present, then on what may be."""
    found = rule.found(findings, findings.present)
    if found is not None:
        return Reason(rule, rule.tier, found)
    possible = rule.found(findings, findings.possible)
    if possible is None:
        return None
    return Reason(rule, min(rule.tier, Urgency.URGENT, key=lambda tier: tier.rank), possible, certain=False)


def _different_burdens(reasons: list[Reason]) -> set[str]:
    """Ids of the certain rules, each id one burden; a doubtful one does not add up with another."""
    return {reason.rule.id for reason in reasons if reason.certain}


def _hold_dose(urgency: Urgency, reasons: list[Reason]) -> bool:
    """Emergency and urgent hold the dose; so does a past severe reaction, at any urgency (RF36)."""
    return urgency.rank >= Urgency.URGENT.rank or any(reason.rule.id == "RF36" for reason in reasons)
