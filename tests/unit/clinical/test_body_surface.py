"""Extent of a rash from areas, palms and shares."""

import pytest

from bot.clinical.body_surface import (
    AREAS,
    GROUPS,
    MAP_AREAS,
    Extent,
    areas_of,
    combine,
    extent_from_areas,
    extent_from_palms,
    extent_from_share,
)


def test_the_areas_cover_the_body_once() -> None:
    """The shares of all areas sum to 100 percent, and so do those of the body map."""
    assert sum(area.percent for area in AREAS.values()) == 100
    assert sum(area.percent for area in MAP_AREAS) == 100


def test_everything_on_the_body_map_can_be_counted() -> None:
    """Nearly all of every tappable area is nearly all of the body, and each area is drawn once."""
    ids = [area.id for area in MAP_AREAS]
    assert extent_from_areas(dict.fromkeys(ids, "all")).estimate == 90
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("name", "percent"),
    [
        # areas and halves of them
        ("left_thigh", 9.5),
        ("left_thigh_front", 4.75),
        ("neck", 2),
        ("neck_back", 1),
        ("chest", 6.5),
        # groups
        ("head", 7),
        ("trunk", 26),
        ("back", 13),
        ("buttocks", 5),
        ("left_arm", 9.5),
        ("right_arm", 9.5),
        ("arms", 19),
        ("hands", 5),
        ("right_leg", 20),
        ("legs", 40),
        ("feet", 7),
        ("whole_body", 100),
        # a limb without a side is one limb
        ("arm", 9.5),
        ("leg", 20),
    ],
)
def test_a_name_stands_for_its_share(name: str, percent: float) -> None:
    """Areas, halves of areas and groups cover the share of the skin that the table gives them."""
    assert sum(area.percent for area in MAP_AREAS if area.id in areas_of(name)) == pytest.approx(percent)


def test_every_group_is_made_of_areas() -> None:
    """No group names an area twice or one that does not exist."""
    for name, members in GROUPS.items():
        assert set(members) <= set(AREAS), name
        assert len(set(members)) == len(members), name


def test_upper_and_lower_body_make_the_whole() -> None:
    """The two halves of the body overlap nowhere and leave nothing out."""
    assert sorted(GROUPS["upper_body"] + GROUPS["lower_body"]) == sorted(AREAS)


@pytest.mark.parametrize(
    ("coverages", "low", "estimate", "high"),
    [
        ({"chest": "half"}, 2.6, 3.25, 3.9),
        ({"arms": "all"}, 15.2, 17.1, 19),
        ({"back": "spots"}, 0.65, 1.625, 2.6),
        ({"belly": "quarter", "left_foot": "spot"}, 1.01, 1.695, 2.38),
        ({"belly": 0.5}, 2.6, 3.25, 3.9),
        ({}, 0, 0, 0),
        # named under two names: counted once, at the larger coverage
        ({"left_arm": "half", "left_forearm": "half"}, 3.8, 4.75, 5.7),
        ({"arms": "spots", "left_forearm": "all"}, 3.2, 4.7, 6.2),
        ({"left_thigh": "half", "left_thigh_front": "half", "left_thigh_back": "half"}, 3.8, 4.75, 5.7),
        ({"whole_body": "half", "trunk": "half", "legs": "spots"}, 40, 50, 60),
        # a known coverage replaces the guess for the same skin
        ({"arms": "unknown", "left_arm": "spots", "right_arm": "spots"}, 0.95, 2.375, 3.8),
    ],
)
def test_extent_is_the_sum_over_the_skin(
    coverages: dict[str, str | float], low: float, estimate: float, high: float
) -> None:
    """Each piece of skin counts once, with the range of the largest coverage said of it."""
    extent = extent_from_areas(coverages)
    assert (extent.low, extent.estimate, extent.high) == pytest.approx((low, estimate, high))
    assert extent.coverage_known


def test_area_names_alone_give_a_wide_range() -> None:
    """Where nobody said how much of an area is covered, the range is wide and marked so."""
    extent = extent_from_areas({"legs": "unknown", "chest": "half"})
    assert not extent.coverage_known
    assert (extent.low, extent.high) == pytest.approx((4.6, 27.9))


@pytest.mark.parametrize(
    "coverages", [{"tail": "half"}, {"arms_front": "half"}, {"chest": "lots"}, {"chest": 1.5}, {"chest": -0.1}]
)
def test_what_cannot_be_counted_is_refused(coverages: dict[str, str | float]) -> None:
    """An unknown area or coverage is an error that names it, never a silent zero."""
    with pytest.raises(ValueError, match=r"tail|arms_front|lots|1\.5|-0\.1"):
        extent_from_areas(coverages)


def test_palms_count_one_percent_each_at_most() -> None:
    """A palm with closed fingers is 0.7 to 1 percent, and the safe side is the estimate."""
    extent = extent_from_palms(10)
    assert (extent.low, extent.estimate, extent.high) == (7, 10, 10)
    assert extent_from_palms(400).high == 100
    with pytest.raises(ValueError, match="negative"):
        extent_from_palms(-1)


def test_a_share_is_taken_with_a_margin() -> None:
    """A stated share of the skin gives a range a fifth to either side, kept within the body."""
    third = extent_from_share(0.3)
    assert (third.low, third.estimate, third.high) == pytest.approx((24, 30, 36))
    assert extent_from_share(1).high == 100
    with pytest.raises(ValueError, match="between 0 and 1"):
        extent_from_share(30)


def test_the_larger_source_counts() -> None:
    """Areas and palms that disagree give the larger of the two."""
    areas, palms = extent_from_areas({"chest": "half"}), extent_from_palms(6)
    assert combine(areas, palms) == combine(palms, areas) == palms


def test_a_measure_goes_before_a_guess() -> None:
    """On my legs, "about 3 palms" is 3 percent, not the guess for two legs."""
    guess, palms = extent_from_areas({"legs": "unknown"}), extent_from_palms(3)
    assert combine(guess, palms) == palms
    assert combine(guess) == guess


@pytest.mark.parametrize(("low", "high", "best"), [(5, 2, None), (-1, 2, None), (50, 101, None), (1, 2, 3)])
def test_an_impossible_extent_is_refused(low: float, high: float, best: float | None) -> None:
    """A range upside down, outside the body, or with its best figure outside it is an error."""
    with pytest.raises(ValueError, match="range"):
        Extent(low, high, best)


def test_an_extent_can_be_stored() -> None:
    """The JSON form holds range, estimate and whether the coverage is known."""
    assert Extent(2, 5).as_json() == {"low": 2, "high": 5, "estimate": 3.5, "coverage_known": True}
