"""Since when a check goes on, and in what a returning patient is worse."""

from dataclasses import replace

import pytest

from bot.assessment.diary import SAME_CHECK_HOURS, began, stored_snapshot, worse_in
from bot.clinical.extent_band import ExtentBand
from bot.clinical.signs import Urgency
from bot.clinical.trend import Snapshot

CALM = Snapshot(Urgency.ROUTINE, extent_percent=4, extent_band=ExtentBand.UNDER_10, itch=1, grade=1)
NOW = 1_000_000.0
WINDOW = NOW - SAME_CHECK_HOURS * 3600


def said(at: float, tapped: str | None = None, kind: str = "user") -> dict[str, object]:
    return {"event": kind, "timestamp": at, "parse_data": {"reading": {"tapped": tapped}}}


@pytest.mark.parametrize(
    ("events", "moment"),
    [
        ([], WINDOW),
        ([said(NOW - 60)], WINDOW),
        ([said(NOW - 60, "intent:ask_study")], WINDOW),
        ([said(NOW - 600, "start_over"), said(NOW - 60)], NOW - 600),
        ([said(NOW - 600, "start_over"), said(NOW - 60, "start_over")], NOW - 60),
        # started long ago and told more today: what was found days ago is the check before
        ([said(NOW - 400_000, "start_over")], WINDOW),
        # other kinds of events, and messages that were never read
        ([said(NOW - 60, "start_over", "bot"), {"event": "user", "timestamp": NOW - 5, "parse_data": None}], WINDOW),
    ],
)
def test_a_check_begins_with_start_again_or_with_a_pause(events: list[dict[str, object]], moment: float) -> None:
    """What is told within hours is a correction; "start again" begins a new check at once."""
    assert began(events, NOW) == moment


@pytest.mark.parametrize(
    ("now", "names"),
    [
        ({}, ()),
        ({"itch": 2, "extent_percent": 6}, ()),
        ({"itch": 3}, ("itch",)),
        ({"extent_band": ExtentBand.FROM_10_TO_30}, ("extent",)),
        ({"grade": 2}, ("grade",)),
        ({"extent_band": ExtentBand.OVER_30, "itch": 4, "grade": 3}, ("extent", "itch", "grade")),
        ({"extent_band": None, "itch": None, "grade": None}, ()),
    ],
)
def test_what_is_worse_is_named_one_by_one(now: dict[str, object], names: tuple[str, ...]) -> None:
    """More skin, more itch and a higher grade are told apart."""
    assert worse_in(CALM, replace(CALM, **now)) == names  # type: ignore[arg-type]


def test_a_stored_snapshot_comes_back() -> None:
    """What was kept in the summary's data is what it was."""
    assert stored_snapshot({"title": "T", "snapshot": CALM.as_json()}) == CALM


@pytest.mark.parametrize("summary", [{}, {"snapshot": None}, {"snapshot": {"urgency": "odd"}}, {"snapshot": {}}])
def test_a_damaged_snapshot_is_none(summary: dict[str, object]) -> None:
    """A summary of another version is no reason to fail."""
    assert stored_snapshot(summary) is None
