"""Which band of body surface a rash falls in: the one place where a percentage becomes a decision.

CTCAE v5 cuts at 10 and at 30 percent (S07). A patient's figure is rough near a cut, so two things are done:

1. The edge guard, on the estimate. The best figure, in whole percent as it is shown, goes to the 10 percent band from
   7 up and to the 30 percent band from 25 up. This is what "a range takes the higher side at a threshold" means here:
   a range whose middle is near a cut is read as lying above it. The guard serves grade and urgency alike.
2. The high end of a range may raise urgency, and only urgency: where it passes 10 percent by a whole point, the advice
   is `same_day`, though the grade stays with the estimate. A wide range (only area names, "somewhere up to a fifth")
   is then not taken for a small rash. Reading the grade off the high end as well would lift almost every rash that
   covers "a few spots" of many areas, and would make the grade say less, not more.

The band above 30 needs no such rule: 10 percent and more is `same_day` already, and more skin alone is not urgent
before it is nearly all of it (RF24).
"""

from enum import IntEnum

from bot.clinical.body_surface import Extent

GUARDED_10 = 7
GUARDED_30 = 25
#: CTCAE puts erythroderma above 90 percent; "nearly all" of every area is estimated at 90, and some areas are missed.
NEAR_TOTAL_FROM = 80
HIGH_END_REACHES_10 = 11


class ExtentBand(IntEnum):
    """Bands of body surface, guarded at their lower edges."""

    UNDER_10 = 0
    FROM_10_TO_30 = 1
    OVER_30 = 2
    NEAR_TOTAL = 3

    @property
    def words(self) -> str:
        """The band as a clinician would say it."""
        return ("under 10 %", "10 to 30 %", "over 30 %", "nearly all of the skin")[self]


def extent_band(extent: Extent) -> ExtentBand:
    """The guarded band of the estimate."""
    percent = round(extent.estimate)
    if percent >= NEAR_TOTAL_FROM:
        return ExtentBand.NEAR_TOTAL
    if percent >= GUARDED_30:
        return ExtentBand.OVER_30
    return ExtentBand.FROM_10_TO_30 if percent >= GUARDED_10 else ExtentBand.UNDER_10


def may_reach_10(extent: Extent) -> bool:
    """Whether the high end of the range clearly passes 10 percent."""
    return extent.high >= HIGH_END_REACHES_10
