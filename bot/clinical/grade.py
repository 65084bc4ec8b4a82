"""The estimated grade, and the band of the article that the rash falls in. Both are estimates and never raise alarm.

The grade is CTCAE version 5, "rash maculo-papular" (S07): 1 to 3, no 4. It is read off the guarded estimate of extent
(`extent_band.py`), symptoms and daily life. Only a clinician can grade a rash; version 3, which the label's text was
written on, would call any itchy rash a 2 (S09).

What is not known is not guessed: without an extent there is a grade only where daily life alone decides it, and a wide
rash whose symptoms were not asked is a 2, the least that it can be.
"""

from dataclasses import dataclass
from typing import Literal

from bot.clinical.extent_band import ExtentBand, extent_band
from bot.clinical.findings import Findings
from bot.clinical.rules import MODERATE, MUCOSAL, SEVERE, UNWELL
from bot.clinical.signs import Sign, Urgency

GRADE_SOURCES = ("S07",)

Band = Literal["1-2", "2-3", "4"]


@dataclass(frozen=True)
class GradeEstimate:
    """grade: 1 to 3, CTCAE v5. because: each fact that gives this grade, in a clinician's words."""

    grade: int
    because: tuple[str, ...]


def estimate_grade(findings: Findings, urgency: Urgency) -> GradeEstimate | None:
    """The estimate, or None beside an emergency, without a rash, or where nothing known decides it."""
    if urgency is Urgency.EMERGENCY or findings.rash_ruled_out:
        return None
    band = _band_of_skin(findings)
    wide = band is not None and band >= ExtentBand.OVER_30
    facts = (
        (3, findings.self_care_limited is True, "self-care limited"),
        (3, wide and _more_than_mild(findings), "over 30 % of the skin, with more than mild symptoms"),
        (2, wide, "over 30 % of the skin"),
        (2, band == ExtentBand.FROM_10_TO_30, "10 to 30 % of the skin"),
        (2, findings.chores_limited is True, "housework limited"),
        (1, band == ExtentBand.UNDER_10, "under 10 % of the skin"),
    )
    grade = max((grade for grade, holds, _ in facts if holds), default=None)
    if grade is None:
        return None
    return GradeEstimate(grade, tuple(because for of, holds, because in facts if holds and of == grade))


def article_band(findings: Findings, grade: int | None) -> Band | None:
    """The article's band: "1-2" mild to moderate, "2-3" widespread or intense or with early body signs, "4" severe.

    The article names sores of mouth or eyes under both "2-3" and "4"; the higher one is taken. None where there is no
    rash, or nothing is known to sort it by.
    """
    if findings.rash_ruled_out:
        return None
    present = findings.present
    if present & _BAND_4_SIGNS:
        return "4"
    if present & _BAND_2_3_SIGNS or grade == 3 or _intense(findings) or _over_30(findings):
        return "2-3"
    return "1-2" if grade is not None else None


_BAND_4_SIGNS = MUCOSAL | {
    Sign.BLISTERS,
    Sign.SINGLE_BLISTER,
    Sign.SKIN_PEELING,
    Sign.ANAPHYLAXIS,
    Sign.SWOLLEN_GLANDS,
    Sign.JAUNDICE,
    Sign.ERYTHRODERMA,
    Sign.SHINGLES_EYE_OR_WIDESPREAD,
}
_BAND_2_3_SIGNS = UNWELL | {Sign.FACIAL_SWELLING, Sign.AIRWAY, Sign.SKIN_PAIN, Sign.TARGET_SPOTS, Sign.PUSTULES}


def _band_of_skin(findings: Findings) -> ExtentBand | None:
    """The guarded band of the extent; redness of nearly all the skin says it without a percentage."""
    if Sign.ERYTHRODERMA in findings.present:
        return ExtentBand.NEAR_TOTAL
    return extent_band(findings.extent) if findings.extent is not None else None


def _over_30(findings: Findings) -> bool:
    band = _band_of_skin(findings)
    return band is not None and band >= ExtentBand.OVER_30


def _more_than_mild(findings: Findings) -> bool:
    """Itch or pain that is moderate or worse; a rash that costs sleep is not a mild one."""
    worst = findings.worst_symptom
    return (worst is not None and worst >= MODERATE) or findings.sleep_lost is True


def _intense(findings: Findings) -> bool:
    """The article's "intense pruritus"."""
    return (findings.itch is not None and findings.itch >= SEVERE) or findings.sleep_lost is True
