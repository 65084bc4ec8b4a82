"""Every fact that the clinical rules weigh can be told in words: a rule that nothing reaches protects nobody."""

from dataclasses import fields

import pytest

from bot.assessment.conversation import Before, Listener
from bot.clinical.findings import Findings
from bot.clinical.signs import Urgency
from bot.clinical.urgency import decide_urgency
from bot.knowledge import load_knowledge
from bot.language import Reader

TOLD = {
    "present": "my lips are swollen",
    "unsure": "my lips might be a bit puffy || not sure",
    "denied": "no blisters",
    "rash": "I have a rash",
    "extent": "rash on both arms, nearly all",
    "itch": "it itches badly",
    "pain": "the rash is really sore",
    "sleep_lost": "I can't sleep for the itch",
    "chores_limited": "I can't do the housework with this rash",
    "self_care_limited": "I can't dress myself",
    "not_improving": "my rash is no better after 6 days",
    "back_after_restart": "the rash came back when they put me on lenalidomide again",
}


@pytest.fixture(scope="module")
def listener() -> Listener:
    """With the real reader, by its rules: the safety net may be surer than a writer who is in doubt."""
    return Listener(Reader(with_safety_net=False), load_knowledge())


@pytest.mark.parametrize("name", [field.name for field in fields(Findings)])
def test_every_fact_can_be_told(listener: Listener, name: str) -> None:
    """None of them is left as nobody knows it."""
    before = Before()
    for message in TOLD[name].split(" || "):
        before = Before(listener.listen(message, before).case)
    assert getattr(before.case.findings, name) not in (None, frozenset(), False)


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("I can't do the housework", True),
        ("not able to do the garden", True),
        ("I can do the housework", False),
        ("no trouble doing chores", False),
        ("my wife has to do the cooking now", None),
    ],
)
def test_who_can_not_do_the_housework_is_not_well(listener: Listener, text: str, limited: bool | None) -> None:
    """ "Do the housework" is a part of both."""
    assert listener.listen(text, Before()).case.chores_limited is limited


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("been on hydrocortisone for a week and the rash hasn't improved", True),
        ("rash for two weeks, not getting any better", True),
        ("restarted on 10 mg and the rash is back", True),
        ("rash is back since I restarted len", True),
        ("the rash began yesterday, no better today", False),
        ("will the rash come back when I restart?", False),
        ("what if the rash is no better after 6 days?", False),
        ("the rash hasn't come back since I restarted", False),
    ],
)
def test_no_better_and_back_again_are_for_the_same_day(listener: Listener, text: str, told: bool) -> None:
    """RF35, and only where it is told as so."""
    case = listener.listen(text, Before()).case
    assert (case.not_improving or case.back_after_restart or False) is told
    assert not told or decide_urgency(case.findings).urgency.rank >= Urgency.SAME_DAY.rank


@pytest.mark.parametrize(
    "denied", ["No rash on my face.", "I don't have a rash on my back.", "no rash on the legs, though."]
)
@pytest.mark.parametrize("sign", ["My lips have sores.", "My eyes are red and painful.", "I have a fever of 38.6."])
def test_the_denial_of_one_place_lowers_nothing(listener: Listener, sign: str, denied: str) -> None:
    """A rash that was told stays, in the same message and in the next, and with it what it makes of a sign."""
    told = listener.listen(f"I have an itchy rash on my arms. {sign}", Before())
    beside = listener.listen(f"I have an itchy rash on my arms. {denied} {sign}", Before())
    first = listener.listen("I have an itchy rash on my arms.", Before())
    after = listener.listen(f"{denied} {sign}", Before(first.case))
    assert told.case.rash and beside.case.rash and after.case.rash
    assert beside.urgency == after.urgency == told.urgency
