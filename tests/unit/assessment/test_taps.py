"""What each tap on checklist, body map and buttons does to the case."""

from dataclasses import replace
from typing import Any

import pytest

from bot.assessment.case import STEPS, Case
from bot.assessment.conversation import Before, Listener, Outcome
from bot.assessment.taps import LEVELS, tap
from bot.clinical.body_surface import MAP_AREAS
from bot.clinical.signs import Sign, Urgency
from bot.knowledge import load_knowledge
from bot.language.reading import Context, Reading

KNOWLEDGE = load_knowledge()
QUESTION_CHOICES = [
    (step, choice) for step in STEPS if step in KNOWLEDGE.questions for choice in KNOWLEDGE.questions[step].choices
]


class Unread:
    """A tap must never be read as words."""

    def read(self, text: str, context: Context = Context()) -> Reading:  # noqa: B008
        raise AssertionError("a tap was read")


def tapped(before: Before, **answer: Any) -> Outcome:
    return Listener(Unread(), KNOWLEDGE).listen("the title", before, answer)  # type: ignore[arg-type]


# checklist


@pytest.mark.parametrize("step", [None, *STEPS])
@pytest.mark.parametrize("line", KNOWLEDGE.checklist)
def test_any_line_of_the_checklist_is_urgent_at_any_time(line: str, step: str | None) -> None:
    """Also on a card further up, when another question is open or none."""
    outcome = tapped(Before(step=step), choices=[line])
    assert outcome.urgency is not None and outcome.urgency.rank >= Urgency.URGENT.rank
    assert outcome.turn.heard == (KNOWLEDGE.checklist[line].heard,)
    assert "red_flags" in outcome.case.steps


def test_no_line_shares_its_id_with_an_answer_to_another_question() -> None:
    """So that a tap on it can't be taken for something else."""
    assert not set(KNOWLEDGE.checklist) & {choice.id for _, choice in QUESTION_CHOICES}


def test_none_of_these_denies_every_line() -> None:
    """Nothing is reported, and all is known to be absent."""
    outcome = tapped(Before(step="red_flags"), choices=["none"])
    assert outcome.urgency is None
    assert set(outcome.case.signs.values()) == {"absent"}
    assert set(outcome.case.signs) == {s.value for item in KNOWLEDGE.checklist.values() for s in item.signs}


def test_none_of_these_never_takes_a_sign_back() -> None:
    """What was told in words stands."""
    told = Case(told="urgent").with_signs("present", Sign.FEVER)
    outcome = tapped(Before(told, "red_flags"), choices=["none"])
    assert outcome.case.signs["fever"] == "present"
    assert outcome.case.told == "urgent"


def test_not_sure_keeps_every_line_possible() -> None:
    """It is urgent, and no sign counts as absent."""
    outcome = tapped(Before(step="red_flags"), choices=["not_sure"])
    assert outcome.urgency is Urgency.URGENT
    assert set(outcome.case.signs.values()) == {"unsure"}


@pytest.mark.parametrize("beside", ["none", "not_sure"])
def test_a_ticked_line_goes_before_a_contradiction(beside: str) -> None:
    """With a line and "none" or "not sure" both ticked, the line counts and the others are not denied."""
    outcome = tapped(Before(step="red_flags"), choices=["breathing", beside])
    assert outcome.urgency is Urgency.EMERGENCY
    assert "absent" not in outcome.case.signs.values()


def test_nothing_ticked_answers_nothing() -> None:
    """An empty list leaves the question open."""
    outcome = tapped(Before(step="red_flags"), choices=[])
    assert outcome.case.steps == ()
    assert not outcome.turn.answered


# direct questions


@pytest.mark.parametrize(
    ("choice", "status", "urgency"),
    [("yes", "present", Urgency.URGENT), ("not_sure", "unsure", Urgency.URGENT), ("no", "absent", None)],
)
def test_a_direct_question_is_answered_by_tap(choice: str, status: str, urgency: Urgency | None) -> None:
    """Whatever question of the assessment is open beside it."""
    for step in (None, *STEPS):
        outcome = tapped(Before(Case(asked=("fever",)), step), choice=choice)
        assert (outcome.case.signs["fever"], outcome.urgency) == (status, urgency)
        assert (outcome.case.asked, outcome.case.steps) == ((), ())


@pytest.mark.parametrize(
    "answer", [{"choices": ["none"]}, {"areas": {"chest": "half"}}, {"choice": "intent:ask_study"}]
)
def test_another_tap_ends_the_direct_question(answer: dict[str, Any]) -> None:
    """A later yes is then no answer to it."""
    assert tapped(Before(Case(asked=("fever",)), "red_flags"), **answer).case.asked == ()


def test_not_sure_about_a_sign_that_is_there_keeps_it() -> None:
    """Blisters that were told stay blisters."""
    case = Case(asked=("blistering",), told="emergency").with_signs("present", Sign.BLISTERS)
    outcome = tapped(Before(case), choice="not_sure")
    assert outcome.case.signs["blisters"] == "present"
    assert outcome.urgency is Urgency.EMERGENCY


# body map


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("area", [area.id for area in MAP_AREAS])
def test_every_area_and_level_of_the_map_is_taken(area: str, level: str) -> None:
    """It settles the question and means a rash."""
    case = tapped(Before(step="where"), areas={area: level}).case
    assert (case.areas, case.rash, case.steps) == ({area: level}, True, ("where",))
    assert case.extent is not None and case.extent.estimate > 0


@pytest.mark.parametrize("areas", [{"tail": "half"}, {"chest": "some"}, {"chest": ""}])
def test_an_unknown_area_or_level_is_refused(areas: dict[str, str]) -> None:
    """It is never stored."""
    with pytest.raises(ValueError, match="unknown"):
        tap(Case(), {"areas": areas}, "where", KNOWLEDGE)


# buttons


@pytest.mark.parametrize(("step", "choice"), QUESTION_CHOICES, ids=lambda value: getattr(value, "id", value))
def test_every_button_means_what_the_content_says(step: str, choice: Any) -> None:
    """What the choice sets is in the case, its question is settled, and its signs are there."""
    case = tapped(Before(step=step), choices=[choice.id]).case
    said = choice.sets
    expected = replace(
        Case(),
        itch=said.itch,
        sleep_lost=said.sleep_lost,
        chores_limited=said.chores_limited,
        self_care_limited=said.self_care_limited,
        onset_chosen=choice.title if said.when == "rash" else None,
        lenalidomide_chosen=choice.title if said.when == "lenalidomide" else None,
        spreading=said.spread,
        medicines=said.medicines,
        no_new_medicines=choice.id == "none",
        steps=(step,),
        told=case.told,
    ).with_signs("present", *said.signs, words=choice.title)
    assert case == expected


@pytest.mark.parametrize(
    ("step", "choice", "urgency"),
    [("timing", "spread_fast", Urgency.URGENT), ("medicines", "pregnancy", Urgency.URGENT)],
)
def test_a_button_with_a_red_flag_is_a_report(step: str, choice: str, urgency: Urgency) -> None:
    """Not only the checklist can be urgent."""
    assert tapped(Before(step=step), choices=[choice]).urgency is urgency


def test_one_button_of_each_group_is_taken_together() -> None:
    """The question about time has three groups."""
    case = tapped(Before(step="timing"), choices=["rash_days", "len_months", "spread_slow"]).case
    assert (case.onset_chosen, case.lenalidomide_chosen) == ("A few days ago", "1 to 3 months ago")
    assert case.spreading is True


def test_the_last_word_about_a_time_stands() -> None:
    """A choice replaces a number that was typed, so that no two times stand beside each other."""
    case = tapped(Before(Case(onset_days=3, lenalidomide_weeks=20), "timing"), choices=["rash_weeks", "len_again"]).case
    assert (case.onset_days, case.lenalidomide_weeks) == (None, None)
    assert (case.onset_chosen, case.lenalidomide_chosen) == ("1 to 2 weeks ago", "Again after a break")


@pytest.mark.parametrize("step", STEPS)
def test_an_unknown_button_changes_nothing(step: str) -> None:
    """A choice of another version is no answer."""
    outcome = tapped(Before(step=step), choice="of_tomorrow")
    assert (outcome.case, outcome.turn.answered, outcome.urgency) == (Case(), False, None)


@pytest.mark.parametrize("step", STEPS[1:])
def test_not_sure_settles_a_question_and_says_nothing(step: str) -> None:
    """What is not known stays unknown."""
    assert tapped(Before(step=step), choice="not_sure").case == Case(steps=(step,))


def test_no_rash_ends_the_questions_about_it() -> None:
    """The body map has a way out, and what was told of a place goes with it."""
    told = Case(rash=True, areas={"arms": "spots"}, palms=3, share=0.03)
    case = tapped(Before(told, step="where"), choice="no_rash").case
    assert (case.rash, case.areas, case.palms, case.share) == (False, {}, None, None)


@pytest.mark.parametrize("answer", [{}, {"choice": None}, {"choices": None}])
def test_an_empty_tap_is_about_nothing(answer: dict[str, Any]) -> None:
    """Without ids and without a question there is no turn."""
    assert tap(Case(), answer, None, KNOWLEDGE) is None
