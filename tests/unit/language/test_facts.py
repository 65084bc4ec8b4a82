"""What the assessment asks about."""

import pytest

from bot.clinical.body_surface import AREAS, GROUPS
from bot.language import Context, Finding, Reader, Status
from bot.language.lexicon import load_lexicon


def of(reader: Reader, text: str, concept: str, context: Context | None = None) -> list[Finding]:
    return [f for f in reader.read(text, context).findings if f.concept == concept]


def test_areas_are_those_of_the_body_map() -> None:
    """Every area of the lexicon has a share of the skin."""
    named = {key.name for key in load_lexicon().entries if key.kind == "area"}
    assert named <= set(AREAS) | set(GROUPS)


@pytest.mark.parametrize(
    ("text", "areas"),
    [
        ("itchy red rash on chest and arms", {"chest": None, "arms": None}),
        ("rash on half my back", {"back": "half"}),
        ("both arms, nearly all, itches like mad at night", {"arms": "all"}),
        ("no, only the left arm", {"left_arm": None}),
        ("a few spots on my belly, itchy", {"belly": "spots"}),
    ],
)
def test_areas_and_coverage(reader: Reader, text: str, areas: dict[str, str | None]) -> None:
    """Where the rash is, and how much of it."""
    found = of(reader, text, "area", Context(step="where"))
    got = {f.site: f.measure.unit if f.measure else None for f in found if f.status is Status.PRESENT}
    assert got == areas


@pytest.mark.parametrize(
    ("text", "severity"),
    [("slightly itchy", 1), ("itches like mad", 3), ("no itch at all", 0), ("itch about a 4 out of ten", 2)],
)
def test_itch(reader: Reader, text: str, severity: int) -> None:
    """0 to 4, from words or a number out of ten."""
    assert of(reader, text, "itch")[0].severity == severity


@pytest.mark.parametrize(
    ("text", "concept", "status"),
    [
        ("can't sleep for the itch", "sleep_loss", Status.PRESENT),
        ("yeah i can still sleep", "sleep_loss", Status.ABSENT),
        ("i can wash and dress myself", "self_care_limited", Status.ABSENT),
        ("cant do the housework", "chores_limited", Status.PRESENT),
        ("no new medicines", "new_medicine", Status.ABSENT),
        ("started bactrim last week", "new_medicine", Status.PRESENT),
    ],
)
def test_daily_life_and_medicines(reader: Reader, text: str, concept: str, status: Status) -> None:
    """Told as present or denied, also by words that carry their own negation."""
    assert of(reader, text, concept)[0].status is status


@pytest.mark.parametrize(
    ("text", "concept", "value"),
    [
        ("about 10 palms", "palms", 10), ("size of my hand", "palms", 1),
        ("30 percent of me is red", "extent_share", 0.3),
        ("half my body", "extent_share", 0.5), ("rash for about two weeks", "rash_onset", 14),
        ("started rev 3 weeks ago", "lenalidomide_start", 21),
    ],
)  # fmt: skip
def test_amounts_and_times(reader: Reader, text: str, concept: str, value: float) -> None:
    """Palms, shares, days."""
    found = of(reader, text, concept)[0].measure
    assert found is not None
    assert found.value == pytest.approx(value)


def test_a_rash_beside_an_old_illness_is_there(reader):
    """The year is that of the clot, as far as anyone can tell: the rash counts."""
    found = {
        finding.concept: finding.status for finding in reader.read("itchy rash both shins, hx of dvt 2014").findings
    }
    assert found["rash"] is Status.PRESENT
    assert found["leg_clot"] is Status.PAST
