"""The order of the questions, and going back."""

from dataclasses import replace

from bot.assessment.case import STEPS, Case
from bot.assessment.steps import go_back, missed, next_step, position, wants_check
from bot.clinical.signs import Sign


def test_the_red_flags_are_asked_first():
    """Nothing comes before the checklist."""
    assert next_step(Case()) == "red_flags"


def test_what_is_settled_is_not_asked():
    """The next question is the first that is open."""
    assert next_step(Case().settle("red_flags", "where")) == "symptoms"


def test_the_assessment_has_six_questions_and_ends():
    """Six at most."""
    assert len(STEPS) == 6
    assert next_step(Case().settle(*STEPS)) is None


def test_without_a_rash_only_the_checklist_is_asked():
    """Questions about a rash that is not there are left out."""
    assert next_step(Case(rash=False)) == "red_flags"
    assert next_step(Case(rash=False).settle("red_flags")) is None


def test_position_counts_from_one():
    """The progress line reads "3 of 6"."""
    assert position(Case(), "symptoms") == (3, 6)


def test_without_a_rash_the_checklist_is_the_only_question():
    """Nobody reads "1 of 6" where one question comes; a question asked all the same keeps its place."""
    assert position(Case(rash=False), "red_flags") == (1, 1)
    assert position(Case(rash=False), "where") == (2, 6)


def test_a_question_missed_twice_is_left_open():
    """Nobody is asked the same thing for ever."""
    once = missed(Case().settle("red_flags"), "where")
    assert next_step(once) == "where"
    assert next_step(missed(once, "where")) == "symptoms"


def test_the_checklist_is_asked_until_it_is_answered():
    """Red flags are never skipped."""
    case = Case()
    for _ in range(5):
        case = missed(case, "red_flags")
    assert next_step(case) == "red_flags"


def test_going_back_forgets_the_last_answer_and_asks_again():
    """The question comes again, empty."""
    case = replace(Case(), areas={"chest": "half"}, itch=3).settle("red_flags", "where", "symptoms")
    back = go_back(case)
    assert (back.itch, next_step(back)) == (None, "symptoms")
    assert go_back(back).areas == {}


def test_going_back_never_forgets_a_sign_that_is_there():
    """Only denials go with the checklist."""
    case = Case().with_signs("present", Sign.FEVER).with_signs("absent", Sign.BLISTERS).settle("red_flags")
    assert go_back(case).signs == {"fever": "present"}


def test_going_back_asks_again_who_said_that_there_is_no_rash():
    """A slip of the finger at the body map ends nothing."""
    case = replace(Case(), rash=False).settle("red_flags", "where")
    assert next_step(case) is None
    assert next_step(go_back(case)) == "where"


def test_going_back_at_the_beginning_changes_nothing():
    """There is nothing to take back."""
    assert go_back(Case()) == Case()


def test_going_back_all_the_way_forgets_every_answer_but_no_sign_that_is_there():
    """One step at a time, the first question last."""
    told = Case().with_signs("present", Sign.FEVER).with_signs("unsure", Sign.AIRWAY)
    case = replace(
        told, areas={"chest": "half"}, palms=2, share=0.1, itch=3, pain=1, sleep_lost=True, chores_limited=True,
        self_care_limited=True, onset_days=2, lenalidomide_chosen="x", spreading=True, medicines=("x",),
    ).settle(*STEPS)  # fmt: skip
    for step in reversed(STEPS):
        assert case.steps[-1] == step
        case = go_back(case)
    assert case == Case(words=case.words).with_signs("present", Sign.FEVER)


def test_a_check_is_offered_for_a_rash_that_was_not_checked():
    """Not to those who want to be left alone, were told to seek care, or were asked already."""
    rash = Case(rash=True)
    assert wants_check(rash)
    for case in (Case(), replace(rash, paused=True), replace(rash, told="urgent"), rash.settle("red_flags")):
        assert not wants_check(case)
