"""Questions that the safety net may let go where it hears nothing alarming at all: about a hunch, and about what the
rules themselves take to be over, supposed, somebody else's or explained. Nothing else, and never an alarm.
"""

from collections.abc import Iterable

import pytest

from bot.clinical.signs import FLAG_OF_CONCEPT
from bot.language import Reader, verdict
from bot.language.reading import Context, Finding, Ground, Reading, Status
from tests.unit.language.test_safety_net import net_that_says

TEXT = "the tannins coat my mouth and the whole of my tongue for an hour after the first glass"


def hunch(concept: str = "mouth_sores") -> Finding:
    """Of a place that was named with words that no rule knows."""
    return Finding(concept, "my mouth", 17, 25, Status.UNSURE, "place", in_doubt=True, ground=Ground.HUNCH)


def doubt() -> Finding:
    """Of a sign that a rule has read."""
    return Finding("blisters", "blister", 0, 7, Status.PRESENT, "named", in_doubt=True)


def actions(alarm: float, findings: Iterable[Finding], text: str = TEXT) -> str:
    """What follows from the findings when a text sounds so alarming."""
    return verdict(net_that_says(alarm, fever=0.01).raised(Reading(text, tuple(findings)), Context())).action


@pytest.mark.parametrize("text", ["my tongue tastes of tin foil and pennies", "eyes all wampish since the new box"])
def test_the_rules_alone_ask_about_a_place_in_unknown_words(text: str) -> None:
    """Without a net every hunch is put to the patient."""
    reading = Reader(with_safety_net=False).read(text)
    assert [finding.ground for finding in reading.findings if finding.in_doubt] == [Ground.HUNCH]
    assert verdict(reading).action == "ask"


@pytest.mark.parametrize(("alarm", "action"), [(0.01, "clear"), (0.09, "clear"), (0.11, "ask"), (0.5, "ask")])
def test_a_hunch_goes_where_nothing_alarming_is_heard(alarm: float, action: str) -> None:
    """Below the threshold it is let go; from there on it is asked about, however faint the alarm."""
    assert actions(alarm, [hunch()]) == action


@pytest.mark.parametrize("alarm", [0.0001, 0.01, 0.09, 0.5])
def test_what_a_rule_has_read_is_never_let_go(alarm: float) -> None:
    """A doubt of the rules stays, beside a hunch or without one."""
    assert actions(alarm, [doubt()]) == "ask"
    assert actions(alarm, [doubt(), hunch()]) == "ask"


def test_a_few_words_are_too_little_to_let_a_hunch_go() -> None:
    """ "Tongue weird" is asked about, whatever it sounds like."""
    assert actions(0.01, [hunch()], "tongue weird today") == "ask"


@pytest.mark.parametrize(
    "text", ["they gave me it for an infection after the fair", "he takes it since the heart attack"]
)
def test_a_hint_names_no_sign(text: str) -> None:
    """By the rules alone it is asked about; it is a hunch like a place in unknown words."""
    reading = Reader(with_safety_net=False).read(text)
    assert {finding.ground for finding in reading.findings if finding.in_doubt} == {Ground.HUNCH}


NOT_NOW = (Status.PAST, Status.HYPOTHETICAL, Status.SOMEONE_ELSE)
ALWAYS_ASKED = {"self_harm", "pregnancy_exposure"}


@pytest.mark.parametrize("status", NOT_NOW)
@pytest.mark.parametrize("concept", sorted(FLAG_OF_CONCEPT))
def test_two_witnesses_settle_a_doubt(concept: str, status: Status) -> None:
    """The rules take it to be not of the writer now, and nothing alarming is heard: nobody is asked, but about what
    must not be missed.
    """
    doubtful = Finding(concept, "it", 0, 2, status, "", in_doubt=True)
    assert actions(0.01, [doubtful]) == ("ask" if concept in ALWAYS_ASKED else "clear")
    assert actions(0.11, [doubtful]) == "ask"


@pytest.mark.parametrize("status", [status for status in Status if status not in NOT_NOW])
@pytest.mark.parametrize("concept", sorted(FLAG_OF_CONCEPT))
def test_the_net_alone_settles_none(concept: str, status: Status) -> None:
    """What the rules take to be there, or to be denied in words that leave a doubt, is asked about in any case."""
    doubtful = Finding(concept, "it", 0, 2, status, "", in_doubt=True)
    assert actions(0.0001, [doubtful]) == "ask"


@pytest.mark.parametrize("concept", sorted(FLAG_OF_CONCEPT))
def test_an_alarm_is_never_let_go(concept: str) -> None:
    """A sign that stands escalates, whatever the net hears, and whatever is doubtful beside it."""
    stands = Finding(concept, "it", 0, 2, Status.PRESENT, "")
    assert actions(0.0001, [stands]) == "escalate"
    over = Finding(concept, "it", 3, 5, Status.PAST, "", in_doubt=True)
    assert actions(0.0001, [stands, hunch(), over]) == "escalate"


def test_what_may_explain_a_sign_settles_it_with_the_net() -> None:
    """ "Bleeding for weeks on the implant" in calm words."""
    explained = Finding("minor_bleeding", "it", 0, 2, Status.UNSURE, "", in_doubt=True, ground=Ground.EXPLAINED)
    assert [actions(alarm, [explained]) for alarm in (0.01, 0.11)] == ["clear", "ask"]
