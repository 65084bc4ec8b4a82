"""The estimated grade and the article's band."""

import pytest

from bot.clinical.body_surface import Extent
from bot.clinical.findings import Findings
from bot.clinical.grade import article_band, estimate_grade
from bot.clinical.signs import Sign, Urgency

SMALL, MEDIUM, WIDE = Extent(2, 4), Extent(10, 20), Extent(30, 50)


@pytest.mark.parametrize(
    ("findings", "grade"),
    [
        # extent
        (Findings(extent=SMALL), 1),
        (Findings(extent=SMALL, itch=4, sleep_lost=True), 1),
        (Findings(extent=MEDIUM), 2),
        (Findings(extent=MEDIUM, itch=4), 2),
        (Findings(extent=WIDE), 2),
        (Findings(extent=WIDE, itch=1, pain=1), 2),
        (Findings(extent=WIDE, itch=2), 3),
        (Findings(extent=WIDE, itch=0, pain=2), 3),
        (Findings(extent=WIDE, itch=1, sleep_lost=True), 3),
        (Findings(extent=Extent(90, 100), itch=0), 2),
        # daily life
        (Findings(extent=SMALL, chores_limited=True), 2),
        (Findings(extent=SMALL, self_care_limited=True), 3),
        (Findings(chores_limited=True), 2),
        (Findings(self_care_limited=True, chores_limited=True), 3),
        # redness of nearly all the skin needs no percentage
        (Findings(present=frozenset({Sign.ERYTHRODERMA})), 2),
        (Findings(present=frozenset({Sign.ERYTHRODERMA}), itch=3, extent=SMALL), 3),
        # nothing that decides it
        (Findings(), None),
        (Findings(rash=True, itch=4, sleep_lost=True), None),
        (Findings(rash=False, extent=WIDE, itch=4), None),
    ],
)
def test_the_grade_follows_version_5(findings: Findings, grade: int | None) -> None:
    """Extent with symptoms, or daily life, decides the grade; without either there is none."""
    estimate = estimate_grade(findings, Urgency.ROUTINE)
    assert (estimate.grade if estimate else None) == grade


def test_an_emergency_has_no_grade() -> None:
    """Beside an emergency no grade is estimated, however much is known."""
    assert estimate_grade(Findings(rash=True, extent=WIDE, itch=4), Urgency.EMERGENCY) is None


def test_the_estimate_says_what_it_rests_on() -> None:
    """Only the facts that give this very grade are named."""
    estimate = estimate_grade(Findings(extent=MEDIUM, chores_limited=True, itch=3), Urgency.SAME_DAY)
    assert estimate is not None
    assert estimate.because == ("10 to 30 % of the skin", "housework limited")


@pytest.mark.parametrize(
    ("findings", "grade", "band"),
    [
        (Findings(extent=SMALL), 1, "1-2"),
        (Findings(extent=MEDIUM, itch=2), 2, "1-2"),
        (Findings(extent=WIDE), 2, "2-3"),
        (Findings(extent=SMALL, itch=3), 1, "2-3"),
        (Findings(sleep_lost=True), None, "2-3"),
        (Findings(self_care_limited=True), 3, "2-3"),
        (Findings(present=frozenset({Sign.FEVER}), extent=SMALL), 1, "2-3"),
        (Findings(present=frozenset({Sign.FACIAL_SWELLING})), None, "2-3"),
        (Findings(present=frozenset({Sign.MOUTH_SORES})), None, "4"),
        (Findings(present=frozenset({Sign.SINGLE_BLISTER}), extent=SMALL), 1, "4"),
        (Findings(present=frozenset({Sign.SWOLLEN_GLANDS, Sign.FEVER})), None, "4"),
        (Findings(present=frozenset({Sign.ERYTHRODERMA})), 2, "4"),
        (Findings(), None, None),
        (Findings(rash=False, present=frozenset({Sign.FEVER})), None, None),
    ],
)
def test_the_article_sorts_by_signs_and_intensity(findings: Findings, grade: int | None, band: str | None) -> None:
    """Mild to moderate, widespread or intense, severe: the bands of the article, the higher one where it names two."""
    assert article_band(findings, grade) == band
