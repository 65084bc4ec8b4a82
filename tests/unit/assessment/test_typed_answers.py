"""What people type to the six questions, instead of tapping."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.assessment.case import ABSENT, Case
from bot.assessment.conversation import Before, Listener, Outcome
from bot.clinical.signs import Sign
from bot.knowledge import load_knowledge
from bot.language import Reader, answered_times, quantities

ANSWERS = Path(__file__).resolve().parents[2] / "answers"


class _Monday(date):
    """The day that the answers count from."""

    @classmethod
    def today(cls) -> "_Monday":
        """30 November 2026."""
        return cls(2026, 11, 30)


@pytest.fixture(scope="module")
def listener() -> Listener:
    """With the whole reader."""
    return Listener(Reader(), load_knowledge())


@pytest.fixture
def typed(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Outcome]:
    """What an answer to an open question makes of the case of somebody with a rash."""
    for module in (answered_times, quantities):
        monkeypatch.setattr(module, "date", _Monday)
    return lambda step, text: listener.listen(text, Before(case=Case(rash=True), step=step))


@pytest.mark.parametrize(
    ("text", "itch"),
    [
        ("5", 2), ("about a 6", 2), ("7 or 8", 3), ("10", 4), ("0", 0), ("three", 1), ("mild really", 1),
        ("not too bad", 1),
        ("so so", 2), ("comes and goes", 2), ("really bad", 3), ("drives me mad", 3), ("unbearable", 4), ("no itch", 0),
        ("itches a lot", 3), ("itchy as hell", 3), ("hardly notice it", 1), ("not as bad as it was", 2),
        ("medium i guess", 2),
    ],
)  # fmt: skip
def test_how_bad(typed: Callable[[str, str], Outcome], text: str, itch: int) -> None:
    """A word or a number out of ten, as the question offers."""
    outcome = typed("symptoms", text)
    assert outcome.case.itch == itch and outcome.turn.answered


@pytest.mark.parametrize("text", ["I woke up 3 times", "2 of my grandchildren are here"])
def test_other_numbers_are_no_degree(typed: Callable[[str, str], Outcome], text: str) -> None:
    """How often somebody woke is not how much it itches."""
    assert typed("symptoms", text).case.itch in (None, 3)


@pytest.mark.parametrize(
    ("text", "chores", "self_care"),
    [
        ("he manages", False, False), ("fine", False, False), ("no bother", False, False), ("getting by", False, False),
        ("No, still walk the dog every day", False, False), ("same as before", False, False), ("yes", True, None),
        ("a bit", True, None), ("slower than usual", True, None), ("my wife does the cooking now", True, None),
        ("not managing", True, None), ("I'm fine but cant do the garden", True, False),
        ("I need help in the shower", None, True), ("showering is agony", None, True),
        ("even getting my socks on", None, True), ("not fine at all", True, None), ("no way I can cook", True, None),
    ],
)  # fmt: skip
def test_daily_life(
    typed: Callable[[str, str], Outcome], text: str, chores: bool | None, self_care: bool | None
) -> None:
    """What is hard counts before what is fine."""
    case = typed("daily_life", text).case
    assert (case.chores_limited, case.self_care_limited) == (chores, self_care)


def test_a_shirt_that_hurts_is_asked_about(typed: Callable[[str, str], Outcome]) -> None:
    """The very words are a sign of sore skin out of the blue; here they answer, and the skin is asked about."""
    outcome = typed("daily_life", "I can't put on a shirt")
    assert outcome.case.self_care_limited and outcome.urgency is None and outcome.turn.doubts == ("skin_pain",)


@pytest.mark.parametrize(
    ("text", "days", "weeks"),
    [
        ("last week", 7, None), ("tuesday", 6, None), ("this morning", 0, None), ("overnight", 1, None),
        ("rash since tuesday, revlimid since march", 6, 37.1), ("rev 5 wks, this morning", 0, 5.0),
        ("been on it two years, rash only since sunday", 1, 104.3), ("both about 2 weeks ago", 14, 2.0),
        ("Started Rev on Nov 2, rash about Nov 20", 10, 4.0), ("len 14/10/26, rash 21/11/26", 9, 6.7),
        ("rash on the 16th", 14, None), ("on lenalidomide since 2023, rash new this week", 4, 178.3),
        ("third cycle, rash four days", 4, 10.0), ("rash since Halloween", 30, None),
        ("spots an hour ago, len since March", 0, 37.1),
    ],
)  # fmt: skip
def test_two_beginnings(typed: Callable[[str, str], Outcome], text: str, days: int, weeks: float | None) -> None:
    """Each time goes to what is named beside it; alone it is the rash's."""
    outcome = typed("timing", text)
    assert round(outcome.case.onset_days or 0) == days and outcome.case.lenalidomide_weeks == weeks
    assert outcome.urgency is None


@pytest.mark.parametrize(
    ("text", "new", "none"),
    [
        ("just the lenalidomide and dex", (), True), ("nothing new", (), True), ("same as always", (), True),
        ("None, only a multivitamin which I always took", (), True), ("no, my statin is from years ago", (), True),
        ("a water pill", ("a water pill",), False), ("yes", ("another new medicine",), False),
        ("Yes doctor added febuxostat", ("doctor added febuxostat",), False), ("flu shot", ("flu shot",), False),
        ("they gave me acyclovir last month", ("acyclovir",), False), ("No, only Bactrim", ("Bactrim",), False),
        ("no just allopurinol", ("allopurinol",), False), ("No. Started Bactrim though", ("Bactrim",), False),
        ("not just dex, bactrim too", ("dex", "bactrim"), False), ("No, thanks be to God", (), True),
    ],
)  # fmt: skip
def test_medicines(typed: Callable[[str, str], Outcome], text: str, new: tuple[str, ...], none: bool) -> None:
    """What has long been taken is not new; what is new is kept in the patient's words."""
    case = typed("medicines", text).case
    assert (case.medicines, case.no_new_medicines) == (new, none)


@pytest.mark.parametrize(
    ("text", "hands", "areas"),
    [("about 5 hands", 5, {}), ("ten of my hands", 10, {}), ("2 hands", None, {"hands": "unknown"}),
     ("both hands", None, {"hands": "unknown"}), ("the whole of me", None, {"whole_body": "unknown"})],
)  # fmt: skip
def test_hands_measure_or_are_meant(
    typed: Callable[[str, str], Outcome], text: str, hands: int | None, areas: dict[str, str]
) -> None:
    """ "About 5 hands" is how much, "both hands" is where."""
    case = typed("where", text).case
    assert (case.palms, dict(case.areas)) == (hands, areas)


def test_a_rash_that_has_gone(typed: Callable[[str, str], Outcome]) -> None:
    """At the body map "it's gone now" says that there is no rash."""
    assert typed("where", "its gone now").case.rash is False


@pytest.mark.parametrize(
    "text",
    [
        "just the rash",
        "no for all six",
        "yeah nah, none of em",
        "all no",
        "none thank God",
        "Naw, nane o that",
        "gran says nah none",
        "nonr of thses",
        "looked him over, none",
        "I can say no to each item",
        "nothing from list",
        "All clear, captain",
    ],
)
def test_no_to_the_whole_list(typed: Callable[[str, str], Outcome], text: str) -> None:
    """Plain denials of a list, in the ways of talk."""
    outcome = typed("red_flags", text)
    assert outcome.turn.answered and outcome.urgency is None and outcome.case.signs["blisters"] == ABSENT


@pytest.mark.parametrize(
    "text",
    [
        "not ok with all this",
        "yes no appetite",
        "I'm ok with all of it but my throat",
        "yeah no idea",
        "don't think so",
        "not one of my better days",
        "nowt works on it",
        "nil by mouth since Monday",
        "neither up nor down",
        "naw it's worse",
        "no, it's getting worse",
        "none of your business",
        "all clear but my lips",
        "second to none, this itch",
    ],
)
def test_no_denial_of_the_list(typed: Callable[[str, str], Outcome], text: str) -> None:
    """What only sounds like one leaves the list open, or reports it."""
    assert typed("red_flags", text).case.signs.get("blisters") != ABSENT


def _examples() -> Iterator[tuple[str, str]]:
    for question in load_knowledge().questions.values():
        if question.id != "red_flags":
            yield from ((question.id, example) for example in re.findall('"([^"]+)"', question.help))


@pytest.mark.parametrize(("step", "text"), list(_examples()))
def test_what_the_question_offers_is_understood(typed: Callable[[str, str], Outcome], step: str, text: str) -> None:
    """Each example in the help of a question answers it, and alarms nobody."""
    outcome = typed(step, text)
    assert outcome.turn.answered and outcome.turn.informed and not outcome.urgency and not outcome.turn.doubts


def _rows(name: str) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, (ANSWERS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(("name", "least"), [("read", 0.90), ("unread", 0.75)])
def test_most_answers_are_understood(typed: Callable[[str, str], Outcome], name: str, least: float) -> None:
    """Of those that were read while the rules were written, and of those that were not."""
    rows = list(_rows(name))
    understood = [row for row in rows if _means(typed(row["step"], row["text"]), row["step"], row["means"])]
    assert len(understood) / len(rows) >= least


def test_no_urgent_sign_in_an_answer_is_passed_over(listener: Listener) -> None:
    """Told in passing, after the checklist was answered with no: each is reported or asked about."""
    none = {sign.value: ABSENT for sign in Sign}
    silent = []
    for row in _rows("urgent"):
        case = Case(rash=True, signs=none, steps=("red_flags",))
        outcome = listener.listen(row["text"], Before(case=case, step=row["step"]))
        if not (outcome.urgency or outcome.turn.doubts):
            silent.append(row["text"])
    assert silent == []


def _means(outcome: Outcome, step: str, means: dict[str, Any]) -> bool:
    case = outcome.case
    if step == "red_flags":
        return outcome.turn.answered and outcome.urgency is None
    if step == "where":
        if "hands" in means:
            return case.palms == means["hands"]
        return case.rash is False if "no_rash" in means else bool(case.areas)
    if step == "symptoms":
        itch = means.get("itch")
        fair = itch if isinstance(itch, list) else [itch]
        degree = itch is None or case.itch in fair or case.pain in fair
        return degree and case.sleep_lost == means.get("sleep_lost", case.sleep_lost)
    if step == "daily_life":
        told = {
            "none": case.chores_limited is False,
            "chores": case.chores_limited,
            "self_care": case.self_care_limited,
        }
        fair = means["limits"] if isinstance(means["limits"], list) else [means["limits"]]
        return any(told[limits] for limits in fair)
    if step == "timing":
        return _about(case.onset_days, means.get("rash_days")) and _about(
            case.lenalidomide_weeks, means.get("lenalidomide_weeks")
        )
    return bool(case.medicines) if means["new"] else case.no_new_medicines and not case.medicines


def _about(told: float | None, fair: list[float] | None) -> bool:
    """Within the range, give or take a third and one."""
    return fair is None or (told is not None and fair[0] * 0.7 - 1 <= told <= fair[1] * 1.4 + 1)
