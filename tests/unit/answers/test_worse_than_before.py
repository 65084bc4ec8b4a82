"""What a returning patient hears about the time between two checks."""

from dataclasses import replace

import pytest

from bot.answers.result import result
from bot.assessment.case import Case
from bot.assessment.diary import stored_snapshot
from bot.clinical.explanation import assess
from bot.clinical.extent_band import ExtentBand
from bot.clinical.signs import Sign, Urgency
from bot.clinical.trend import Snapshot, assess_again
from bot.knowledge import load_knowledge
from bot.replies import Reply

KNOWLEDGE = load_knowledge()
MILD = Case(rash=True, areas={"chest": "spots"}, itch=1, sleep_lost=False)
CALM = Snapshot(Urgency.ROUTINE, extent_percent=1, extent_band=ExtentBand.UNDER_10, itch=0, grade=1)
MORE_SKIN, MORE_ITCH, SOONER = (
    KNOWLEDGE.small_talk[name].text for name in ("worse_extent", "worse_itch", "worse_advice")
)


def told(case: Case, before: Snapshot | None) -> tuple[Reply, ...]:
    assessment = assess(case.findings)
    return result(case, assess_again(before, case.findings, assessment) if before else assessment, KNOWLEDGE, before)


@pytest.mark.parametrize(
    ("case", "before", "lines"),
    [
        (MILD, None, []),
        (MILD, CALM, []),
        (replace(MILD, itch=2), CALM, [MORE_ITCH, SOONER]),
        (replace(MILD, areas={"chest": "all", "belly": "all"}), CALM, [MORE_SKIN, SOONER]),
        # better is not told
        (MILD, replace(CALM, itch=4, grade=3, extent_band=ExtentBand.OVER_30), []),
    ],
)
def test_what_got_worse_stands_on_the_card(case: Case, before: Snapshot | None, lines: list[str]) -> None:
    """Each change by its name, then what it means; nothing about getting better."""
    advice = told(case, before)[0]
    assert advice.data["worse"] == lines
    assert advice.text.split("\n")[1 : 1 + len(lines)] == lines


def test_a_step_worse_raises_the_advice() -> None:
    """Routine, then routine with more itch: today, in card and summary alike."""
    advice, *_, sheet = told(replace(MILD, itch=2), CALM)
    assert advice.data["urgency"] == sheet.data["urgency"] == "same_day"
    assert "Worse than before: itch up from 0 to 2 of 4" in sheet.text


def test_the_summary_keeps_what_the_next_check_is_compared_with() -> None:
    """Extent, itch, grade and the advice that was told."""
    kept = stored_snapshot(told(MILD, None)[-1].data)
    assert kept is not None
    assert (kept.urgency, kept.itch, kept.extent_band) == (Urgency.ROUTINE, 1, ExtentBand.UNDER_10)


def test_an_emergency_has_nothing_more_to_read() -> None:
    """Beside "call now" no comparison is made."""
    advice = told(replace(MILD, itch=4).with_signs("present", Sign.BLISTERS), CALM)[0]
    assert advice.data["worse"] == []
