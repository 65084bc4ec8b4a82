"""The guarded bands of body surface."""

import pytest

from bot.clinical.body_surface import Extent, extent_from_areas, extent_from_palms
from bot.clinical.extent_band import ExtentBand, extent_band, may_reach_10


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (0, ExtentBand.UNDER_10),
        (5, ExtentBand.UNDER_10),
        (6.5, ExtentBand.UNDER_10),
        # the guard below 10: what is shown as 7 percent is graded as 7 percent
        (6.6, ExtentBand.FROM_10_TO_30),
        (7, ExtentBand.FROM_10_TO_30),
        (10, ExtentBand.FROM_10_TO_30),
        (24, ExtentBand.FROM_10_TO_30),
        # the guard below 30
        (25, ExtentBand.OVER_30),
        (30, ExtentBand.OVER_30),
        (79, ExtentBand.OVER_30),
        (80, ExtentBand.NEAR_TOTAL),
        (100, ExtentBand.NEAR_TOTAL),
    ],
)
def test_an_estimate_near_a_cut_takes_the_higher_band(percent: float, band: ExtentBand) -> None:
    """From 7 percent up an estimate counts as 10, from 25 up as 30, and not below."""
    assert extent_band(Extent(percent, percent)) == band


def test_the_band_is_that_of_the_estimate() -> None:
    """A wide range is graded by its best figure, not by its high end."""
    assert extent_band(Extent(1, 12, best=5)) == ExtentBand.UNDER_10


@pytest.mark.parametrize(
    ("extent", "reaches"),
    [
        # a few spots over half the body's areas: the range touches 10, the rash is small
        (extent_from_areas({"trunk": "spots", "arms": "spots", "face": "spots"}), False),
        (extent_from_palms(6), False),
        # both arms, coverage never asked
        (extent_from_areas({"arms": "unknown"}), True),
        (Extent(2, 20, best=6), True),
    ],
)
def test_only_a_range_that_clearly_passes_10_counts(extent: Extent, reaches: bool) -> None:
    """The high end matters where it passes 10 percent by a whole point."""
    assert extent_band(extent) == ExtentBand.UNDER_10
    assert may_reach_10(extent) is reaches


def test_each_band_has_words() -> None:
    """Every band can be named in an explanation."""
    assert [band.words for band in ExtentBand] == ["under 10 %", "10 to 30 %", "over 30 %", "nearly all of the skin"]
