"""How much skin is affected, as a range of percent, from named areas, from palms or from a stated share.

Shares of the areas are the adult values of Lund and Browder: common textbook figures that sum to 100 and agree with the
rule of nines (S57).
What people say about an area is loose, so every source gives a range and one best figure inside it, the estimate.
What the range and the estimate decide stands in `extent_band.py`.

An area is counted once, however often and under however many names it is mentioned: names are taken apart into the
smallest pieces (front and back of a limb part), and each piece takes the largest coverage that was said of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Extent:
    """Percent of the body surface, from `low` to `high`, both within 0 and 100.

    best: the figure inside the range to go by; None for the middle of it.
    coverage_known: False where areas were named but not how much of each is affected.
    Raises ValueError for a range that is upside down or leaves 0 to 100.
    """

    low: float
    high: float
    best: float | None = None
    coverage_known: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 100:
            raise ValueError(f"extent must be a range within 0 and 100 percent, not {self.low} to {self.high}")
        if self.best is not None and not self.low <= self.best <= self.high:
            raise ValueError(f"best figure {self.best} lies outside the range {self.low} to {self.high}")

    @property
    def estimate(self) -> float:
        """Percent to go by, cleared of the dust of binary fractions."""
        return round((self.low + self.high) / 2 if self.best is None else self.best, 6)

    def as_json(self) -> dict[str, float | bool]:
        """The range for storage and for the summary, in percent."""
        return {
            "low": round(self.low, 2),
            "high": round(self.high, 2),
            "estimate": round(self.estimate, 2),
            "coverage_known": self.coverage_known,
        }


@dataclass(frozen=True)
class Area:
    """A part of the body. percent: its share of the skin. side: where it shows; "both" can be halved by a suffix."""

    title: str
    percent: float
    side: Literal["front", "back", "both"]


def _pair(name: str, title: str, percent: float, side: Literal["back", "both"] = "both") -> dict[str, Area]:
    return {f"{hand}_{name}": Area(f"{hand.capitalize()} {title}", percent, side) for hand in ("left", "right")}


#: Area id -> area. Each limb part stands for both its faces; `<id>_front` and `<id>_back` name half of it.
AREAS: dict[str, Area] = {
    "scalp": Area("Scalp and back of head", 3.5, "back"),
    "face": Area("Face", 3.5, "front"),
    "neck": Area("Neck", 2, "both"),
    "chest": Area("Chest", 6.5, "front"),
    "belly": Area("Belly", 6.5, "front"),
    "upper_back": Area("Upper back", 6.5, "back"),
    "lower_back": Area("Lower back", 6.5, "back"),
    **_pair("buttock", "buttock", 2.5, "back"),
    "groin": Area("Groin and genitals", 1, "front"),
    **_pair("upper_arm", "upper arm", 4),
    **_pair("forearm", "forearm", 3),
    **_pair("hand", "hand", 2.5),
    **_pair("thigh", "thigh", 9.5),
    **_pair("lower_leg", "lower leg", 7),
    **_pair("foot", "foot", 3.5),
}


def _both(*names: str) -> tuple[str, ...]:
    return tuple(f"{hand}_{name}" for name in names for hand in ("left", "right"))


def _limb(hand: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{hand}_{name}" for name in names)


_ARM = ("upper_arm", "forearm", "hand")
_LEG = ("thigh", "lower_leg", "foot")

#: Name that covers several areas -> their ids. A limb without a side ("arm") counts as one, so as the left one.
GROUPS: dict[str, tuple[str, ...]] = {
    "head": ("scalp", "face"),
    "trunk": ("chest", "belly", "upper_back", "lower_back"),
    "back": ("upper_back", "lower_back"),
    "buttocks": _both("buttock"),
    "arms": _both(*_ARM),
    "left_arm": _limb("left", *_ARM),
    "right_arm": _limb("right", *_ARM),
    "upper_arms": _both("upper_arm"),
    "forearms": _both("forearm"),
    "hands": _both("hand"),
    "legs": _both(*_LEG),
    "left_leg": _limb("left", *_LEG),
    "right_leg": _limb("right", *_LEG),
    "thighs": _both("thigh"),
    "lower_legs": _both("lower_leg"),
    "feet": _both("foot"),
    "limbs": _both(*_ARM, *_LEG),
    "upper_body": ("scalp", "face", "neck", "chest", "upper_back", *_both(*_ARM)),
    "lower_body": ("belly", "lower_back", *_both("buttock"), "groin", *_both(*_LEG)),
    "whole_body": tuple(AREAS),
    "arm": _limb("left", *_ARM),
    "leg": _limb("left", *_LEG),
    **{name: _limb("left", name) for name in (*_ARM, *_LEG, "buttock")},
}

#: Said of an area -> share of it that is affected, from and to. The middle of each is the estimate.
COVERAGE: dict[str, tuple[float, float]] = {
    "spot": (0.01, 0.03),
    "spots": (0.05, 0.2),
    "quarter": (0.15, 0.35),
    "half": (0.4, 0.6),
    "all": (0.8, 1.0),
    # Only the area was named. People say "on my arms" of a few spots and of about half; a limb that is red from end
    # to end is said as such ("my whole arm"), so the range stops at 0.6.
    "unknown": (0.05, 0.6),
}

#: A palm with closed fingers: 0.7 to 0.8 percent of the skin in adults, 1 percent by the usual rule (S57).
PALM_LOW, PALM_HIGH = 0.7, 1.0

#: People who state a share of their skin are taken to be within a fifth of it.
SHARE_ERROR = 0.2

Coverage = str | float


@dataclass(frozen=True)
class MapArea:
    """One area to tap on the body map: id (with its suffix), title, the view that shows it, share of the skin."""

    id: str
    title: str
    view: Literal["front", "back"]
    percent: float


def _map_areas() -> Iterable[MapArea]:
    for view in ("front", "back"):
        for area_id, area in AREAS.items():
            if area.side == view:
                yield MapArea(area_id, area.title, view, area.percent)
            elif area.side == "both":
                yield MapArea(f"{area_id}_{view}", f"{area.title}, {view}", view, area.percent / 2)


#: What a front and back body map offers, in order; the shares sum to 100.
MAP_AREAS: tuple[MapArea, ...] = tuple(_map_areas())

_PERCENT: dict[str, float] = {area.id: area.percent for area in MAP_AREAS}


def areas_of(name: str) -> tuple[str, ...]:
    """The body-map areas that an area, a half of one, or a group covers.

    Raises ValueError for a name that is none of them.
    """
    if name in _PERCENT:
        return (name,)
    if name in AREAS:
        return (f"{name}_front", f"{name}_back")
    if name in GROUPS:
        return tuple(piece for area_id in GROUPS[name] for piece in areas_of(area_id))
    raise ValueError(f"unknown body area: {name!r}")


def extent_from_areas(coverages: Mapping[str, Coverage]) -> Extent:
    """Extent of a rash from what was said of each area.

    coverages: area, half area or group -> a level of COVERAGE, or the affected share of that area (0 to 1).
    Where one piece of skin is named twice, the larger coverage counts; any known coverage replaces "unknown".
    Raises ValueError for an unknown area, an unknown level or a share outside 0 and 1.
    """
    known: dict[str, tuple[float, float, float]] = {}
    unknown: set[str] = set()
    for name, coverage in coverages.items():
        pieces = areas_of(name)
        if coverage == "unknown":
            unknown.update(pieces)
            continue
        shares = _coverage_range(coverage)
        for piece in pieces:
            so_far = known.get(piece, (0.0, 0.0, 0.0))
            known[piece] = max(so_far[0], shares[0]), max(so_far[1], shares[1]), max(so_far[2], shares[2])
    unknown -= known.keys()
    shares_of = {**known, **dict.fromkeys(unknown, _coverage_range("unknown"))}
    low, high, best = (
        sum((_PERCENT[piece] * shares[end] for piece, shares in shares_of.items()), 0.0) for end in range(3)
    )
    return _extent(low, high, best, coverage_known=not unknown)


def extent_from_palms(palms: float) -> Extent:
    """Extent from the number of the patient's own palms (fingers closed and included) that would cover the rash.

    The estimate is 1 percent a palm, the upper end: the rule of thumb that clinicians use, and the safe side.
    Raises ValueError for a negative number.
    """
    if palms < 0:
        raise ValueError(f"number of palms can't be negative: {palms}")
    return _extent(palms * PALM_LOW, palms * PALM_HIGH, palms * PALM_HIGH)


def extent_from_share(fraction: float) -> Extent:
    """Extent from a stated share of the whole skin ("a third of my body"), 0 to 1.

    Raises ValueError for a share outside 0 and 1.
    """
    low, high, best = _coverage_range(fraction)
    return _extent(100 * low, 100 * high, 100 * best)


def combine(first: Extent, *others: Extent) -> Extent:
    """The extent to go by where several sources (areas, palms, share) tell of the same rash: the largest estimate.

    A source that knows how much is covered goes before one that has area names only, for that one is a guess.
    """
    return max((first, *others), key=lambda extent: (extent.coverage_known, extent.estimate, extent.high))


def _coverage_range(coverage: Coverage) -> tuple[float, float, float]:
    """Low, high and best share for a level or a stated share."""
    if isinstance(coverage, str):
        if coverage not in COVERAGE:
            raise ValueError(f"unknown coverage: {coverage!r}, expected one of {', '.join(COVERAGE)}")
        low, high = COVERAGE[coverage]
        return low, high, (low + high) / 2
    if not 0 <= coverage <= 1:
        raise ValueError(f"a share must lie between 0 and 1, not {coverage}")
    return coverage * (1 - SHARE_ERROR), min(1.0, coverage * (1 + SHARE_ERROR)), float(coverage)


def _extent(low: float, high: float, best: float, coverage_known: bool = True) -> Extent:
    """An extent kept within 100 percent: sums of fractions and counts of palms can pass it."""
    low, best, high = (min(100.0, round(value, 6)) for value in (low, best, high))
    return Extent(low, high, best, coverage_known)
