"""The assessment and its reasons."""

import json

from bot.clinical.body_surface import Extent
from bot.clinical.explanation import assess
from bot.clinical.findings import Findings
from bot.clinical.signs import Sign, Urgency


def test_an_assessment_says_why() -> None:
    """What raises urgency, what speaks against more, what the grade rests on, and the sources of both."""
    assessment = assess(
        Findings(
            present=frozenset({Sign.CHILLS}),
            unsure=frozenset({Sign.JAUNDICE}),
            denied=frozenset({Sign.BLISTERS, Sign.JAUNDICE}),
            rash=True,
            extent=Extent(2, 4),
            itch=1,
            pain=0,
            sleep_lost=False,
            chores_limited=False,
            self_care_limited=False,
        )
    )
    assert assessment.urgency == Urgency.URGENT
    assert (assessment.grade, assessment.article_band, assessment.hold_dose) == (1, "2-3", True)
    assert assessment.signs == {Sign.CHILLS, Sign.JAUNDICE}
    assert assessment.explanation.for_ == (
        "Fever, or chills or feeling very unwell without one: chills",
        "Swollen glands, yellow skin or dark urine: yellow skin or eyes, or dark urine (not sure)",
    )
    assert assessment.explanation.against == (
        "no blisters",
        "about 3 % of the skin",
        "mild itch",
        "no skin pain",
        "sleep as usual",
        "housework as usual",
        "self-care as usual",
    )
    assert assessment.explanation.grade == ("under 10 % of the skin",)
    assert assessment.explanation.rules == ("RF20", "RF22")
    assert assessment.explanation.sources == ("S39", "S40", "S31", "S35", "S07")


def test_an_emergency_shows_neither_grade_nor_band() -> None:
    """Beside an emergency there is no grade, no band and no reason for a grade."""
    assessment = assess(Findings(present=frozenset({Sign.SKIN_PEELING}), rash=True, extent=Extent(40, 60), itch=4))
    assert assessment.urgency == Urgency.EMERGENCY
    assert (assessment.grade, assessment.article_band, assessment.explanation.grade) == (None, None, ())
    assert assessment.hold_dose


def test_no_rash_is_said_to_speak_against() -> None:
    """A patient without a rash gets no grade and no band, and the explanation says why."""
    assessment = assess(Findings(rash=False))
    assert (assessment.urgency, assessment.grade, assessment.article_band) == (Urgency.ROUTINE, None, None)
    assert assessment.explanation.against == ("no rash",)


def test_an_assessment_can_be_stored() -> None:
    """The JSON form is plain data, with signs in a fixed order."""
    assessment = assess(Findings(present=frozenset({Sign.FEVER, Sign.BLISTERS}), rash=True, extent=Extent(2, 4)))
    data = json.loads(json.dumps(assessment.as_json()))
    assert data["urgency"] == "emergency"
    assert data["grade"] is None
    assert data["signs"] == ["blisters", "fever"]
    assert data["extent"]["estimate"] == 3
    assert set(data["explanation"]) == {"for", "against", "grade", "rules", "sources"}
    assert assess(Findings()).as_json()["extent"] is None
