"""Each rule of the urgency table, by its id."""

from pathlib import Path

import pytest
import yaml

from bot.clinical.body_surface import Extent
from bot.clinical.findings import Findings
from bot.clinical.rules import RULES
from bot.clinical.signs import URGENCY_OF_SIGN, Sign, Urgency
from bot.clinical.urgency import decide_urgency

SOURCES = Path(__file__).parents[3] / "data" / "knowledge" / "sources.yml"


def having(*signs: Sign, rash: bool | None = True, extent: Extent | None = None, **facts: object) -> Findings:
    """Findings with these signs present, on a person with a rash."""
    return Findings(present=frozenset(signs), rash=rash, extent=extent, **facts)  # type: ignore[arg-type]


CASES: list[tuple[str, Findings, Urgency]] = [
    # --- emergency
    ("RF01", having(Sign.AIRWAY), Urgency.EMERGENCY),
    ("RF02", having(Sign.FACIAL_SWELLING), Urgency.EMERGENCY),
    ("RF03", having(Sign.ANAPHYLAXIS), Urgency.EMERGENCY),
    ("RF03", having(Sign.HIVES, Sign.FAINTNESS), Urgency.EMERGENCY),
    ("RF03", having(Sign.HIVES, Sign.VOMITING, rash=None), Urgency.EMERGENCY),
    ("RF03", having(Sign.HIVES, Sign.RACING_HEART, rash=False), Urgency.EMERGENCY),
    ("RF04", having(Sign.BLISTERS), Urgency.EMERGENCY),
    ("RF04", having(Sign.SKIN_PEELING), Urgency.EMERGENCY),
    ("RF05", having(Sign.MOUTH_SORES), Urgency.EMERGENCY),
    ("RF05", having(Sign.MOUTH_SORES, rash=None), Urgency.EMERGENCY),
    ("RF05", having(Sign.GENITAL_SORES), Urgency.EMERGENCY),
    ("RF05", having(Sign.MOUTH_SORES, Sign.PURPURA, rash=False), Urgency.EMERGENCY),
    ("RF06", having(Sign.EYE_INFLAMMATION, rash=None), Urgency.EMERGENCY),
    ("RF07", having(Sign.SKIN_PAIN), Urgency.EMERGENCY),
    ("RF07", having(Sign.TARGET_SPOTS, extent=Extent(6, 10)), Urgency.EMERGENCY),
    ("RF08", having(Sign.CHILLS, Sign.SKIN_PAIN), Urgency.EMERGENCY),
    ("RF08", having(Sign.FEVER, Sign.GENITAL_SORES), Urgency.EMERGENCY),
    ("RF09", having(Sign.RIGORS), Urgency.EMERGENCY),
    ("RF10", having(Sign.CHEST_PAIN), Urgency.EMERGENCY),
    ("RF11", having(Sign.STROKE), Urgency.EMERGENCY),
    ("RF12", having(Sign.BLEEDING), Urgency.EMERGENCY),
    ("RF13", having(Sign.SELF_HARM, rash=False), Urgency.EMERGENCY),
    ("RF14", having(Sign.CONFUSION_OR_COLLAPSE), Urgency.EMERGENCY),
    ("RF21", having(Sign.FEVER, Sign.EYE_INFLAMMATION), Urgency.EMERGENCY),
    ("RF21", having(Sign.FEVER, Sign.FACIAL_SWELLING, rash=None), Urgency.EMERGENCY),
    ("RF26", having(Sign.TARGET_SPOTS, Sign.MOUTH_SORES), Urgency.EMERGENCY),
    ("RF26", having(Sign.TARGET_SPOTS, Sign.SKIN_PAIN), Urgency.EMERGENCY),
    ("RF27", having(Sign.SHINGLES_EYE_OR_WIDESPREAD), Urgency.EMERGENCY),
    # --- urgent
    ("RF07", having(pain=3), Urgency.URGENT),
    ("RF20", having(Sign.FEVER, rash=False), Urgency.URGENT),
    ("RF20", having(Sign.CHILLS), Urgency.URGENT),
    ("RF20", having(Sign.VERY_UNWELL, rash=None), Urgency.URGENT),
    ("RF21", having(Sign.FEVER), Urgency.URGENT),
    ("RF22", having(Sign.SWOLLEN_GLANDS), Urgency.URGENT),
    ("RF22", having(Sign.JAUNDICE), Urgency.URGENT),
    ("RF23", having(Sign.PUSTULES), Urgency.URGENT),
    ("RF24", having(Sign.ERYTHRODERMA), Urgency.URGENT),
    ("RF24", having(extent=Extent(70, 95)), Urgency.URGENT),
    ("RF25", having(Sign.RAPID_SPREAD), Urgency.URGENT),
    ("RF26", having(Sign.TARGET_SPOTS, extent=Extent(1, 3)), Urgency.URGENT),
    ("RF27", having(Sign.SHINGLES), Urgency.URGENT),
    ("RF28", having(Sign.SKIN_INFECTION), Urgency.URGENT),
    ("RF29", having(Sign.PURPURA), Urgency.URGENT),
    ("RF29", having(Sign.MINOR_BLEEDING), Urgency.URGENT),
    ("RF30", having(Sign.LEG_CLOT, rash=False), Urgency.URGENT),
    ("RF31", having(Sign.PREGNANCY_EXPOSURE, rash=False), Urgency.URGENT),
    ("RF32", having(Sign.SINGLE_BLISTER), Urgency.URGENT),
    ("RF33", having(Sign.MOUTH_SORES, rash=False), Urgency.URGENT),
    ("RF33", having(Sign.EYE_INFLAMMATION, rash=False), Urgency.URGENT),
    # --- same day
    ("RF03", having(Sign.FAINTNESS), Urgency.SAME_DAY),
    ("RF34", having(Sign.LOW_MOOD, rash=False), Urgency.SAME_DAY),
    ("RF35", having(extent=Extent(10, 20)), Urgency.SAME_DAY),
    ("RF35", having(extent=Extent(30, 50)), Urgency.SAME_DAY),
    ("RF35", having(extent=Extent(0.5, 12)), Urgency.SAME_DAY),
    ("RF35", having(itch=3), Urgency.SAME_DAY),
    ("RF35", having(sleep_lost=True), Urgency.SAME_DAY),
    ("RF35", having(chores_limited=True), Urgency.SAME_DAY),
    ("RF35", having(self_care_limited=True), Urgency.SAME_DAY),
    ("RF35", having(not_improving=True), Urgency.SAME_DAY),
    ("RF35", having(back_after_restart=True), Urgency.SAME_DAY),
    ("RF36", having(Sign.PAST_SEVERE_REACTION), Urgency.SAME_DAY),
]


@pytest.mark.parametrize(("rule", "findings", "urgency"), CASES, ids=[f"{r}-{i}" for i, (r, _, _) in enumerate(CASES)])
def test_a_rule_gives_its_urgency_and_is_named(rule: str, findings: Findings, urgency: Urgency) -> None:
    """What the rule describes gets the rule's urgency, and the decision names the rule with that urgency."""
    decision = decide_urgency(findings)
    assert decision.urgency == urgency
    assert (rule, urgency) in {(reason.rule.id, reason.urgency) for reason in decision.reasons}


def test_every_rule_has_a_case() -> None:
    """No line of the table, by id and tier, goes without a case above."""
    assert {(rule.id, rule.tier) for rule in RULES} == {(rule, urgency) for rule, _, urgency in CASES}


@pytest.mark.parametrize(
    "findings",
    [
        having(Sign.HIVES),
        having(Sign.VOMITING),
        having(Sign.RACING_HEART),
        having(Sign.FAINTNESS, rash=None),
        having(Sign.PAST_SEVERE_REACTION, rash=False),
        having(extent=Extent(3, 6), itch=2, pain=2, sleep_lost=False, chores_limited=False, self_care_limited=False),
        having(itch=4, sleep_lost=True, extent=Extent(40, 60), rash=False),
        Findings(),
    ],
)
def test_what_no_rule_describes_is_routine(findings: Findings) -> None:
    """Half of a combination, a small mild rash, no rash at all, and nothing known raise nothing."""
    decision = decide_urgency(findings)
    assert decision.urgency == Urgency.ROUTINE
    assert decision.reasons == ()
    assert not decision.hold_dose


@pytest.mark.parametrize("sign", list(Sign))
def test_a_single_sign_gives_its_own_tier(sign: Sign) -> None:
    """Where the rash was not asked about, each sign alone gives what the table of signs says."""
    assert decide_urgency(Findings(present=frozenset({sign}))).urgency == URGENCY_OF_SIGN[sign]


def test_every_rule_cites_a_source_of_the_knowledge_base() -> None:
    """Each rule has a name and at least one source, and each source is a record of the knowledge base."""
    known = {record["id"] for record in yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["sources"]}
    for rule in RULES:
        assert rule.name, rule.id
        assert rule.sources, rule.id
        assert set(rule.sources) <= known, rule.id
