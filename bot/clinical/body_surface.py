"""How much skin is affected, as a range of percent, from named areas, from palms or from a stated share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """Percent of the body surface, from `low` to `high`, both within 0 and 100."""

    low: float
    high: float
