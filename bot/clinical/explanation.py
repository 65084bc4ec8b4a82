"""The whole assessment of one patient, and why it came out as it did.

The explanation is written for whoever checks the decision: the coach beside the transcript, the oncology team that gets
the summary, a test. Patients read reviewed words instead: on the advice what they told of and what got worse, with its
sources, and beside each question why it is asked.
"""

from dataclasses import dataclass
from typing import Any

from bot.clinical.body_surface import Extent
from bot.clinical.extent_band import ExtentBand, extent_band
from bot.clinical.findings import Findings
from bot.clinical.grade import GRADE_SOURCES, Band, article_band, estimate_grade
from bot.clinical.rules import MODERATE
from bot.clinical.signs import NAME_OF_SIGN, Sign, Urgency
from bot.clinical.urgency import Reason, decide_urgency


@dataclass(frozen=True)
class Explanation:
    """Why this urgency and this grade.

    for_: what raises urgency, most urgent first, each with its signs and "not sure" where it rests on doubt.
    against: what speaks against more: signs denied, small extent, mild itch, daily life as usual.
    grade: what the grade rests on; empty without a grade.
    rules: rule ids of `rules.py`. sources: source ids behind the rules and the grade.
    """

    for_: tuple[str, ...]
    against: tuple[str, ...]
    grade: tuple[str, ...]
    rules: tuple[str, ...]
    sources: tuple[str, ...]

    def as_json(self) -> dict[str, list[str]]:
        """Ready for storage; the key of `for_` is "for"."""
        return {
            "for": list(self.for_),
            "against": list(self.against),
            "grade": list(self.grade),
            "rules": list(self.rules),
            "sources": list(self.sources),
        }


@dataclass(frozen=True)
class Assessment:
    """What to do, how severe it sounds, and why.

    grade (1 to 3, CTCAE v5) and article_band are None beside an emergency. signs: those that the urgency rests on.
    """

    urgency: Urgency
    grade: int | None
    article_band: Band | None
    hold_dose: bool
    extent: Extent | None
    signs: frozenset[Sign]
    explanation: Explanation

    def as_json(self) -> dict[str, Any]:
        """Plain lists, numbers and strings, in an order that does not change between runs."""
        return {
            "urgency": self.urgency.value,
            "grade": self.grade,
            "article_band": self.article_band,
            "hold_dose": self.hold_dose,
            "extent": None if self.extent is None else self.extent.as_json(),
            "signs": [sign.value for sign in _ordered(self.signs)],
            "explanation": self.explanation.as_json(),
        }


def assess(findings: Findings) -> Assessment:
    """Urgency first, by the rules alone; then grade and band, which can't change it."""
    decision = decide_urgency(findings)
    estimate = estimate_grade(findings, decision.urgency)
    grade = estimate.grade if estimate else None
    emergency = decision.urgency is Urgency.EMERGENCY
    sources = dict.fromkeys((*decision.sources, *(GRADE_SOURCES if estimate else ())))
    return Assessment(
        urgency=decision.urgency,
        grade=grade,
        article_band=None if emergency else article_band(findings, grade),
        hold_dose=decision.hold_dose,
        extent=findings.extent,
        signs=decision.signs,
        explanation=Explanation(
            for_=tuple(_in_words(reason) for reason in decision.reasons),
            against=_against(findings),
            grade=estimate.because if estimate else (),
            rules=decision.rule_ids,
            sources=tuple(sources),
        ),
    )


def _ordered(signs: frozenset[Sign]) -> list[Sign]:
    return [sign for sign in Sign if sign in signs]


def _in_words(reason: Reason) -> str:
    """The rule, which of its signs made it true where it names several, and whether it rests on doubt."""
    several = len(reason.rule.signs | reason.rule.together_with) > 1
    which = ": " + ", ".join(NAME_OF_SIGN[sign] for sign in _ordered(reason.signs)) if several else ""
    return reason.rule.name + which + ("" if reason.certain else " (not sure)")


def _against(findings: Findings) -> tuple[str, ...]:
    facts: list[str] = [f"no {NAME_OF_SIGN[sign]}" for sign in _ordered(findings.cleared)]
    if findings.rash_ruled_out:
        facts.append("no rash")
    if findings.extent is not None and extent_band(findings.extent) == ExtentBand.UNDER_10:
        facts.append(f"about {round(findings.extent.estimate)} % of the skin")
    for level, name in ((findings.itch, "itch"), (findings.pain, "skin pain")):
        if level is not None and level < MODERATE:
            facts.append(f"no {name}" if level == 0 else f"mild {name}")
    for limited, name in (
        (findings.sleep_lost, "sleep as usual"),
        (findings.chores_limited, "housework as usual"),
        (findings.self_care_limited, "self-care as usual"),
    ):
        if limited is False:
            facts.append(name)
    return tuple(facts)
