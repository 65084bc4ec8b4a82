"""Patients who come back."""

import json
from dataclasses import replace

import pytest

from bot.clinical.body_surface import Extent
from bot.clinical.explanation import assess
from bot.clinical.extent_band import ExtentBand
from bot.clinical.findings import Findings
from bot.clinical.signs import Sign, Urgency
from bot.clinical.trend import Snapshot, assess_again, snapshot, worsened, worsenings

CALM = Snapshot(Urgency.ROUTINE, extent_percent=4, extent_band=ExtentBand.UNDER_10, itch=1, grade=1)
ROUTINE, SAME_DAY, URGENT, EMERGENCY = Urgency


@pytest.mark.parametrize(
    ("now", "changes"),
    [
        ({}, 0),
        ({"itch": 2}, 0),
        ({"itch": 3}, 1),
        ({"itch": 0, "grade": None, "extent_band": None}, 0),
        ({"extent_percent": 6}, 0),
        ({"extent_band": ExtentBand.FROM_10_TO_30}, 1),
        ({"extent_band": ExtentBand.FROM_10_TO_30, "grade": 2, "itch": 4}, 3),
    ],
)
def test_worse_by_a_step(now: dict[str, object], changes: int) -> None:
    """A higher band, itch up by 2 and a higher grade are steps; less than that, or the unknown, is none."""
    assert len(worsenings(CALM, replace(CALM, **now))) == changes  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "now", "advice"),
    [
        # a small rash that got worse within routine
        (ROUTINE, ROUTINE, SAME_DAY),
        # the findings of now already carry the step
        (ROUTINE, SAME_DAY, SAME_DAY),
        (ROUTINE, URGENT, URGENT),
        # a same-day rash that got worse
        (SAME_DAY, SAME_DAY, URGENT),
        # an urgent sign has gone, the itch is worse
        (URGENT, ROUTINE, SAME_DAY),
        (EMERGENCY, SAME_DAY, URGENT),
        # growth alone makes no emergency
        (URGENT, URGENT, URGENT),
        (EMERGENCY, EMERGENCY, EMERGENCY),
    ],
)
def test_worse_raises_the_advice_by_a_step(before: Urgency, now: Urgency, advice: Urgency) -> None:
    """One step above the milder of then and now, never below now, and by growth alone not above urgent."""
    assert worsened(replace(CALM, urgency=before), replace(CALM, urgency=now, itch=4)) == advice


def test_no_change_leaves_the_advice() -> None:
    """A patient who is as before, or better, gets the advice of now."""
    assert worsened(replace(CALM, urgency=SAME_DAY), CALM) == ROUTINE


def test_the_raised_assessment_says_so() -> None:
    """The explanation names what got worse, and an advice raised to urgent holds the dose."""
    first = Findings(rash=True, extent=Extent(12, 20), itch=1)
    second = Findings(rash=True, extent=Extent(40, 60), itch=3)
    before = snapshot(first, assess(first))
    raised = assess_again(before, second, assess(second))
    assert before.urgency == SAME_DAY
    assert (raised.urgency, raised.grade, raised.hold_dose) == (URGENT, 3, True)
    assert raised.explanation.rules[-1] == "worse_than_before"
    assert raised.explanation.for_[-3:] == (
        "Worse than before: extent up from 10 to 30 % to over 30 %",
        "Worse than before: itch up from 1 to 3 of 4",
        "Worse than before: estimated grade up from 2 to 3",
    )


def test_a_steady_assessment_is_left_alone() -> None:
    """Without a step nothing is added to the assessment."""
    findings = Findings(rash=True, extent=Extent(2, 4), itch=1)
    assessment = assess(findings)
    assert assess_again(snapshot(findings, assessment), findings, assessment) is assessment


@pytest.mark.parametrize("findings", [Findings(), Findings(rash=True, extent=Extent(12, 20), itch=2)])
def test_a_snapshot_survives_storage(findings: Findings) -> None:
    """A snapshot read back from JSON is the same snapshot."""
    kept = snapshot(findings, assess(findings))
    assert Snapshot.from_json(json.loads(json.dumps(kept.as_json()))) == kept


def test_a_broken_snapshot_is_refused() -> None:
    """Data that is no snapshot raises, so that an old diary can't pass for a calm one."""
    with pytest.raises(ValueError, match="dire"):
        Snapshot.from_json({**CALM.as_json(), "urgency": "dire"})
    with pytest.raises(KeyError):
        Snapshot.from_json({"urgency": "routine"})


def test_a_new_sign_needs_no_trend() -> None:
    """Blisters that came since make an emergency by themselves."""
    findings = Findings(present=frozenset({Sign.BLISTERS}), rash=True)
    assert assess_again(CALM, findings, assess(findings)).urgency == EMERGENCY
