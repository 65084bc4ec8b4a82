"""What holds for every combination of findings."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clinical.body_surface import AREAS, COVERAGE, GROUPS, MAP_AREAS, Extent, extent_from_areas
from bot.clinical.explanation import Assessment, assess
from bot.clinical.findings import Findings
from bot.clinical.signs import Sign, Urgency
from bot.clinical.trend import snapshot, worsened

thorough = settings(max_examples=300, deadline=None, database=None)

maybe = st.sampled_from([None, False, True])
level = st.sampled_from([None, 0, 1, 2, 3, 4])
percent = st.integers(0, 1000).map(lambda tenths: tenths / 10)
signs = st.frozensets(st.sampled_from(Sign), max_size=5)
extents = st.none() | st.lists(percent, min_size=3, max_size=3).map(sorted).map(lambda p: Extent(p[0], p[2], p[1]))
findings = st.builds(
    Findings,
    present=signs,
    unsure=signs,
    denied=signs,
    rash=maybe,
    extent=extents,
    itch=level,
    pain=level,
    sleep_lost=maybe,
    chores_limited=maybe,
    self_care_limited=maybe,
    not_improving=maybe,
    back_after_restart=maybe,
)


def check_not_lower(before: Assessment, after: Assessment) -> None:
    """Neither urgency nor grade fell. A grade goes away only because an emergency came."""
    assert after.urgency.rank >= before.urgency.rank
    assert after.hold_dose >= before.hold_dose
    if after.urgency is Urgency.EMERGENCY:
        assert after.grade is None
    elif before.grade is not None:
        assert after.grade is not None
        assert after.grade >= before.grade


@thorough
@given(findings, st.sampled_from(Sign))
def test_adding_a_sign_never_lowers(known: Findings, sign: Sign) -> None:
    """One more sign present, whatever was said of it before, lowers nothing."""
    added = replace(known, present=known.present | {sign})
    moved = replace(added, unsure=known.unsure - {sign}, denied=known.denied - {sign})
    for after in (added, moved):
        check_not_lower(assess(known), assess(after))


@thorough
@given(findings, st.sampled_from(Sign))
def test_doubt_never_lowers(known: Findings, sign: Sign) -> None:
    """A sign that was denied, or not known, and is now "not sure" lowers nothing."""
    cleared = replace(known, unsure=known.unsure - {sign})
    doubted = replace(cleared, unsure=cleared.unsure | {sign}, denied=cleared.denied - {sign})
    check_not_lower(assess(cleared), assess(doubted))


@thorough
@given(findings, st.sampled_from(Sign))
def test_denial_only_takes_away_what_is_not_reported(known: Findings, sign: Sign) -> None:
    """To deny a sign changes nothing by itself: what is present or in doubt still counts."""
    denied = assess(replace(known, denied=known.denied | {sign}))
    plain = assess(known)
    assert (denied.urgency, denied.grade, denied.hold_dose) == (plain.urgency, plain.grade, plain.hold_dose)


@thorough
@given(findings)
def test_a_red_flag_is_at_least_urgent(known: Findings) -> None:
    """Any red flag, present or in doubt, gives urgent or more, whatever else is said."""
    if any(sign.flag for sign in known.possible):
        assert assess(known).urgency.rank >= Urgency.URGENT.rank


@thorough
@given(findings)
def test_the_parts_of_an_assessment_agree(known: Findings) -> None:
    """No grade or band beside an emergency; the dose is held from urgent up; every raise has a reason and a source."""
    assessment = assess(known)
    why = assessment.explanation
    if assessment.urgency is Urgency.EMERGENCY:
        assert assessment.grade is None
        assert assessment.article_band is None
    if assessment.urgency.rank >= Urgency.URGENT.rank:
        assert assessment.hold_dose
    assert assessment.grade in (None, 1, 2, 3)
    assert bool(assessment.grade) is bool(why.grade)
    assert (assessment.urgency is Urgency.ROUTINE) is (why.for_ == why.rules == ())
    assert assessment.signs <= known.possible
    assert not why.rules or why.sources


@thorough
@given(findings, extents, extents)
def test_more_skin_never_lowers(known: Findings, one: Extent | None, other: Extent | None) -> None:
    """An extent that is larger in its low end, its estimate and its high end lowers nothing."""
    if one is None or other is None:
        smaller, larger = None, one or other
    else:
        ends = [sorted(pair) for pair in zip(_ends(one), _ends(other), strict=True)]
        (low, lower_high, estimate), (low_up, high, estimate_up) = zip(*ends, strict=True)
        smaller, larger = Extent(low, lower_high, estimate), Extent(low_up, high, estimate_up)
    check_not_lower(assess(replace(known, extent=smaller)), assess(replace(known, extent=larger)))


def _ends(extent: Extent) -> tuple[float, float, float]:
    return extent.low, extent.high, extent.estimate


def _with(known: Findings, fact: str, value: int | None) -> Findings:
    change: dict[str, Any] = {fact: value}
    return replace(known, **change)


@thorough
@given(findings, st.sampled_from(["itch", "pain"]), st.integers(0, 4), st.integers(0, 4))
def test_worse_symptoms_never_lower(known: Findings, symptom: str, one: int, other: int) -> None:
    """More itch or pain lowers nothing, and neither does the first answer about it."""
    mild, bad = sorted((one, other))
    ladder = [assess(_with(known, symptom, step)) for step in (None, mild, bad)]
    check_not_lower(ladder[0], ladder[1])
    check_not_lower(ladder[1], ladder[2])


@thorough
@given(
    findings,
    st.sampled_from(["sleep_lost", "chores_limited", "self_care_limited", "not_improving", "back_after_restart"]),
)
def test_yes_never_lowers_and_not_known_is_never_less_than_no(known: Findings, fact: str) -> None:
    """No, not known, yes: each step lowers nothing."""
    ladder = [assess(_with(known, fact, answer)) for answer in (False, None, True)]
    check_not_lower(ladder[0], ladder[1])
    check_not_lower(ladder[1], ladder[2])


@thorough
@given(findings)
def test_a_rash_never_lowers(known: Findings) -> None:
    """No rash, not asked, a rash: each step lowers nothing."""
    ladder = [assess(replace(known, rash=answer)) for answer in (False, None, True)]
    check_not_lower(ladder[0], ladder[1])
    check_not_lower(ladder[1], ladder[2])


def _same_day_findings() -> Iterator[Findings]:
    yield Findings(present=frozenset({Sign.LOW_MOOD}), rash=True)
    yield Findings(present=frozenset({Sign.PAST_SEVERE_REACTION}), rash=True)
    yield Findings(present=frozenset({Sign.FAINTNESS}), rash=True)
    yield Findings(extent=Extent(12, 20), rash=True)


def test_two_independent_same_day_findings_are_urgent() -> None:
    """Every pair of different same-day findings is urgent together, and each alone is not."""
    for one, other in combinations(_same_day_findings(), 2):
        assert assess(one).urgency is assess(other).urgency is Urgency.SAME_DAY
        both = replace(one, present=one.present | other.present, extent=one.extent or other.extent)
        assert assess(both).urgency is Urgency.URGENT


def test_every_pair_of_signs_is_at_least_its_worse_half() -> None:
    """For all pairs of signs, with a rash, without one and not asked: the pair is as urgent as either sign alone."""
    for rash in (True, False, None):
        alone = {sign: assess(Findings(present=frozenset({sign}), rash=rash)).urgency.rank for sign in Sign}
        for one, other in combinations(Sign, 2):
            pair = assess(Findings(present=frozenset({one, other}), rash=rash)).urgency.rank
            assert pair >= max(alone[one], alone[other]), (one, other, rash)


@thorough
@given(findings, findings)
def test_the_trend_never_lowers(before: Findings, now: Findings) -> None:
    """An earlier assessment, better or worse, never lowers the advice of now, nor makes an emergency of it."""
    then, today = (snapshot(known, assess(known)) for known in (before, now))
    advice = worsened(then, today)
    assert advice.rank >= today.urgency.rank
    assert (advice is Urgency.EMERGENCY) is (today.urgency is Urgency.EMERGENCY)


places = st.sampled_from([*AREAS, *GROUPS, *(area.id for area in MAP_AREAS)])
known_coverage = st.sampled_from([name for name in COVERAGE if name != "unknown"]) | st.floats(0, 1)


@thorough
@given(st.dictionaries(places, st.sampled_from(list(COVERAGE)) | st.floats(0, 1), max_size=6))
def test_extent_stays_within_the_body(said: dict[str, str | float]) -> None:
    """However many overlapping areas are named, the skin adds up to 100 percent at most."""
    extent = extent_from_areas(said)
    assert 0 <= extent.low <= extent.estimate <= extent.high <= 100


@thorough
@given(st.dictionaries(places, known_coverage, max_size=5), places, known_coverage)
def test_naming_another_area_never_makes_it_less(
    said: dict[str, str | float], place: str, coverage: str | float
) -> None:
    """One more area adds skin or nothing."""
    before = extent_from_areas(said)
    after = extent_from_areas({place: coverage, **said})
    assert after.low >= before.low - 1e-6
    assert after.estimate >= before.estimate - 1e-6
    assert after.high >= before.high - 1e-6


@thorough
@given(st.dictionaries(places, known_coverage, max_size=5), places)
def test_an_area_without_a_coverage_adds_its_guess_once(said: dict[str, str | float], place: str) -> None:
    """Naming an area whose coverage is known changes nothing; naming a new one adds and is marked."""
    if place in said:
        return
    before, after = extent_from_areas(said), extent_from_areas({**said, place: "unknown"})
    assert after.estimate >= before.estimate - 1e-6
    assert after.coverage_known is (after.high <= before.high + 1e-6)
