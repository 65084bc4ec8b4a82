"""How the rules are weighed together."""

import pytest

from bot.clinical.body_surface import Extent
from bot.clinical.findings import Findings
from bot.clinical.signs import Sign, Urgency
from bot.clinical.urgency import TWO_SAME_DAY, decide_urgency

MOOD = frozenset({Sign.LOW_MOOD})


def test_different_same_day_findings_are_urgent_together() -> None:
    """Low mood and a rash that costs sleep are two things; their sources are both named."""
    decision = decide_urgency(Findings(present=MOOD, rash=True, sleep_lost=True))
    assert decision.urgency == Urgency.URGENT
    assert decision.reasons[0].rule is TWO_SAME_DAY
    assert decision.rule_ids == ("two_same_day", "RF34", "RF35")
    assert decision.hold_dose
    assert set(decision.sources) == {"S74", "S60", "S07", "S15"}


def test_one_burden_counts_once() -> None:
    """Extent, itch and all that they cost are one same-day finding, however bad."""
    burden = Findings(
        rash=True,
        extent=Extent(40, 60),
        itch=4,
        sleep_lost=True,
        chores_limited=True,
        self_care_limited=True,
        not_improving=True,
    )
    assert decide_urgency(burden).urgency == Urgency.SAME_DAY


def test_a_doubtful_same_day_sign_does_not_add_up() -> None:
    """A past reaction that the patient is not sure of is a reason to call, not half of an urgent one."""
    decision = decide_urgency(Findings(unsure=frozenset({Sign.PAST_SEVERE_REACTION}), rash=True, sleep_lost=True))
    assert decision.urgency == Urgency.SAME_DAY


@pytest.mark.parametrize("sign", [sign for sign in Sign if sign.flag])
@pytest.mark.parametrize("rash", [True, False, None])
def test_not_sure_of_a_red_flag_is_urgent(sign: Sign, rash: bool | None) -> None:
    """Doubt about any red flag is urgent, neither less nor an emergency by itself."""
    decision = decide_urgency(Findings(unsure=frozenset({sign}), rash=rash))
    assert decision.urgency == Urgency.URGENT
    assert not any(reason.certain for reason in decision.reasons)


def test_half_in_doubt_is_urgent() -> None:
    """Hives with a faintness that the patient is not sure of may be the emergency, so they are urgent."""
    findings = Findings(present=frozenset({Sign.HIVES}), unsure=frozenset({Sign.FAINTNESS}), rash=True)
    assert decide_urgency(findings).urgency == Urgency.URGENT


def test_present_outweighs_denied() -> None:
    """A sign that was denied once and is there now counts as there."""
    blisters = frozenset({Sign.BLISTERS})
    assert decide_urgency(Findings(present=blisters, denied=blisters)).urgency == Urgency.EMERGENCY


def test_the_most_urgent_reason_comes_first() -> None:
    """Reasons are ordered by urgency, and certain ones go before doubtful ones."""
    findings = Findings(
        present=frozenset({Sign.AIRWAY, Sign.SHINGLES}), unsure=frozenset({Sign.JAUNDICE}), rash=True, itch=4
    )
    ranks = [(reason.urgency, reason.certain) for reason in decide_urgency(findings).reasons]
    assert ranks == [
        (Urgency.EMERGENCY, True),
        (Urgency.URGENT, True),
        (Urgency.URGENT, False),
        (Urgency.SAME_DAY, True),
    ]


def test_a_past_severe_reaction_holds_the_dose() -> None:
    """It is the only same-day finding that asks to wait with the next dose."""
    past = Findings(present=frozenset({Sign.PAST_SEVERE_REACTION}), rash=True)
    assert decide_urgency(past).hold_dose
    assert not decide_urgency(Findings(rash=True, extent=Extent(40, 60))).hold_dose
