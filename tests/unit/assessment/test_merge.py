"""What a message in words does to the case."""

import pytest

from bot.assessment.case import Case
from bot.assessment.merge import CHECKLIST_UNSURE, merge
from bot.clinical.signs import Sign
from bot.language.reading import Answer, Finding, Measure, Reading, Status

CHECKLIST = (Sign.AIRWAY, Sign.BLISTERS, Sign.MOUTH_SORES, Sign.FEVER)


def finding(concept, status=Status.PRESENT, **more):
    return Finding(concept, concept, 0, len(concept), status, "test", **more)


def said(*findings, **more):
    return Reading("some words", tuple(findings), **more)


def test_a_sign_that_is_there_is_reported_with_the_words_for_it():
    """A present sign is kept as present and reported."""
    turn = merge(Case(), said(finding("blisters")), None, CHECKLIST)
    assert turn.reported == (Sign.BLISTERS,)
    assert turn.case.signs == {"blisters": "present"}
    assert turn.case.words == {"blisters": "blisters"}
    assert turn.case.rash is True


def test_a_doubtful_sign_is_asked_about_and_not_kept_as_there():
    """In doubt means a direct question, nothing else."""
    turn = merge(Case(), said(finding("fever", Status.UNSURE, in_doubt=True)), None, CHECKLIST)
    assert turn.doubts == ("fever",)
    assert turn.case.asked == ("fever",)
    assert turn.case.signs == {}


def test_a_sign_in_doubt_that_the_same_message_reports_is_not_asked_about():
    """Certainty about a red flag settles doubt about it."""
    turn = merge(Case(), said(finding("chills", Status.UNSURE, in_doubt=True), finding("fever")), None, CHECKLIST)
    assert turn.doubts == ()


def test_a_plain_denial_is_kept():
    """A denied sign that was never there is absent."""
    turn = merge(Case(), said(finding("blisters", Status.ABSENT)), None, CHECKLIST)
    assert turn.case.signs == {"blisters": "absent"}
    assert turn.doubts == ()


def test_denying_a_sign_that_was_reported_is_asked_about():
    """Without words of correction a denial never takes a red flag back."""
    case = Case().with_signs("present", Sign.BLISTERS)
    turn = merge(case, said(finding("blisters", Status.ABSENT)), None, CHECKLIST)
    assert turn.case.signs == {"blisters": "present"}
    assert turn.doubts == ("blistering",)


@pytest.mark.parametrize("status", [Status.ABSENT, Status.PAST, Status.SOMEONE_ELSE])
def test_a_correction_takes_a_sign_back(status):
    """ "Sorry, I said no blisters" and "that was years ago" end what was reported."""
    case = Case().with_signs("present", Sign.BLISTERS)
    turn = merge(case, said(finding("blisters", status), notes=("correction",)), None, CHECKLIST)
    assert turn.case.signs == {"blisters": "absent"}


@pytest.mark.parametrize("status", [Status.PAST, Status.HYPOTHETICAL, Status.SOMEONE_ELSE])
def test_what_is_only_mentioned_is_remembered_for_the_next_message(status):
    """ "My brother's throat shut" and then "mine too" belong together."""
    turn = merge(Case(), said(finding("airway", status)), None, CHECKLIST)
    assert turn.case.mentioned == ("airway",)
    assert turn.case.signs == {}


@pytest.mark.parametrize(
    ("answer", "status", "reported"),
    [
        (Answer.YES, "present", (Sign.FEVER,)),
        (Answer.NO, "absent", ()),
        (Answer.NOT_SURE, "unsure", (Sign.FEVER,)),
    ],
)
def test_a_bare_answer_settles_the_direct_question(answer, status, reported):
    """Yes makes it there, no clears it, not sure keeps it possible."""
    turn = merge(Case(asked=("fever",)), Reading("...", answer=answer), None, CHECKLIST)
    assert turn.case.signs["fever"] == status
    assert turn.reported == reported
    assert turn.case.asked == ()


def test_no_to_the_checklist_denies_every_line_of_it():
    """ "No to all of those" settles the question."""
    turn = merge(Case(), Reading("no", answer=Answer.NO), "red_flags", CHECKLIST)
    assert set(turn.case.signs.values()) == {"absent"}
    assert set(turn.case.signs) == {sign.value for sign in CHECKLIST}
    assert turn.case.steps == ("red_flags",)


@pytest.mark.parametrize("answer", [Answer.NOT_SURE, Answer.YES])
def test_not_sure_at_the_checklist_keeps_everything_possible(answer):
    """A yes that does not say which, or "not sure", is never taken as a no."""
    turn = merge(Case(), Reading("dunno", answer=answer), "red_flags", CHECKLIST)
    assert set(turn.case.signs.values()) == {"unsure"}
    assert turn.notes == (CHECKLIST_UNSURE,)
    assert turn.reported == CHECKLIST


def test_some_denials_do_not_settle_the_checklist():
    """What was not denied is still asked."""
    turn = merge(Case(), said(finding("fever", Status.ABSENT)), "red_flags", CHECKLIST)
    assert turn.case.steps == ()


def test_everything_that_a_message_says_is_kept_at_once():
    """One rich message can settle several questions."""
    reading = said(
        finding("rash"),
        finding("area", site="chest", measure=Measure(0.5, "half")),
        finding("area", site="arms"),
        finding("itch", severity=2),
        finding("sleep_loss", Status.ABSENT),
        finding("rash_onset", measure=Measure(3, "days")),
        finding("lenalidomide_start", measure=Measure(2, "weeks")),
    )
    case = merge(Case(), reading, None, CHECKLIST).case
    assert case.areas == {"chest": "half", "arms": "unknown"}
    assert (case.itch, case.sleep_lost, case.onset_days, case.lenalidomide_weeks) == (2, False, 3, 2)
    assert set(case.steps) == {"where", "symptoms", "timing"}


def test_a_correction_of_the_place_replaces_the_places():
    """ "No, only the left arm" forgets the other areas."""
    case = Case(areas={"arms": "all"}, rash=True)
    reading = said(finding("area", site="left_arm", measure=Measure(0.9, "all")), notes=("correction",))
    assert merge(case, reading, None, CHECKLIST).case.areas == {"left_arm": "all"}


def test_any_answer_about_it_settles_the_open_question():
    """An area without its coverage answers "where" when that is what was asked."""
    turn = merge(Case(), said(finding("area", site="chest")), "where", CHECKLIST)
    assert turn.case.steps == ("where",)
    assert turn.answered


def test_no_to_daily_life_means_no_trouble():
    """A bare no is understood in the light of the question."""
    case = merge(Case(), Reading("no", answer=Answer.NO), "daily_life", CHECKLIST).case
    assert (case.chores_limited, case.self_care_limited) == (False, False)


def test_the_case_survives_storing():
    """JSON and back changes nothing."""
    case = merge(Case(asked=("fever",)), said(finding("blisters"), finding("itch", severity=3)), None, CHECKLIST).case
    assert Case.from_json(case.as_json()) == case


def test_a_stored_case_of_another_version_is_read():
    """Unknown keys are passed over."""
    assert Case.from_json({"itch": 2, "of_tomorrow": 1}) == Case(itch=2)
