"""A patient who comes back: what got worse since the last assessment, and what that does to the advice.

Worse by a step is one of: the band of extent went up, itch went up by 2 or more of 4, the grade went up.
The advice is then at least one step above the milder of then and now, and never below what the findings of now give.
So a small rash that has grown to 14 percent is `same_day` by its extent and stays so, and a wide rash that grew wider
goes from `same_day` to `urgent`. Growth alone stops at `urgent`: only a sign makes an emergency.

The step is a decision of this project, in the spirit of RF35 (not better after a few days); no source gives it.
"""

from dataclasses import dataclass, replace
from typing import Any

from bot.clinical.explanation import Assessment
from bot.clinical.extent_band import ExtentBand, extent_band
from bot.clinical.findings import Findings
from bot.clinical.signs import Urgency

#: Stands among the rule ids where the advice was raised because of the earlier assessment.
WORSE_THAN_BEFORE = "worse_than_before"

ITCH_STEP = 2


@dataclass(frozen=True)
class Snapshot:
    """What is kept of an assessment for the diary. extent_percent is the estimate. None: not known or not given."""

    urgency: Urgency
    extent_percent: float | None = None
    extent_band: ExtentBand | None = None
    itch: int | None = None
    grade: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values; the band as its number, 0 for under 10 percent up to 3 for nearly all."""
        return {
            "urgency": self.urgency.value,
            "extent_percent": self.extent_percent,
            "extent_band": None if self.extent_band is None else int(self.extent_band),
            "itch": self.itch,
            "grade": self.grade,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Snapshot":
        """The inverse of `as_json`. Raises KeyError or ValueError for anything else."""
        band = data["extent_band"]
        return cls(
            urgency=Urgency(data["urgency"]),
            extent_percent=data["extent_percent"],
            extent_band=None if band is None else ExtentBand(band),
            itch=data["itch"],
            grade=data["grade"],
        )


def snapshot(findings: Findings, assessment: Assessment) -> Snapshot:
    """The part of an assessment that a later one is compared with."""
    extent = findings.extent
    return Snapshot(
        urgency=assessment.urgency,
        extent_percent=None if extent is None else extent.estimate,
        extent_band=None if extent is None else extent_band(extent),
        itch=findings.itch,
        grade=assessment.grade,
    )


def worsenings(before: Snapshot, now: Snapshot) -> tuple[str, ...]:
    """Each thing that is worse by a step, in a clinician's words. What is unknown on either side is not compared."""
    worse = []
    if before.extent_band is not None and now.extent_band is not None and now.extent_band > before.extent_band:
        worse.append(f"extent up from {before.extent_band.words} to {now.extent_band.words}")
    if before.itch is not None and now.itch is not None and now.itch - before.itch >= ITCH_STEP:
        worse.append(f"itch up from {before.itch} to {now.itch} of 4")
    if before.grade is not None and now.grade is not None and now.grade > before.grade:
        worse.append(f"estimated grade up from {before.grade} to {now.grade}")
    return tuple(worse)


def worsened(before: Snapshot, now: Snapshot) -> Urgency:
    """The urgency of now, raised where the patient is worse by a step. Never lower than `now.urgency`."""
    if not worsenings(before, now):
        return now.urgency
    milder = min(before.urgency.rank, now.urgency.rank)
    step_up = min(milder + 1, Urgency.URGENT.rank)
    return list(Urgency)[max(now.urgency.rank, step_up)]


def assess_again(before: Snapshot, findings: Findings, assessment: Assessment) -> Assessment:
    """The assessment with the advice raised by what got worse, and the explanation saying so."""
    now = snapshot(findings, assessment)
    worse = worsenings(before, now)
    if not worse:
        return assessment
    urgency = worsened(before, now)
    why = assessment.explanation
    explanation = replace(
        why,
        for_=(*why.for_, *(f"Worse than before: {change}" for change in worse)),
        rules=(*why.rules, WORSE_THAN_BEFORE),
    )
    hold_dose = assessment.hold_dose or urgency.rank >= Urgency.URGENT.rank
    return replace(assessment, urgency=urgency, hold_dose=hold_dose, explanation=explanation)
