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


def test_a_sign_that_is_over_is_kept_for_the_team():
    """ "Blisters on my first cycle, all healed": denied at the checklist, and still an earlier reaction."""
    case = merge(Case(), said(finding("blisters", Status.PAST)), None, CHECKLIST).case
    case = merge(case, said(answer=Answer.NO), "red_flags", CHECKLIST).case
    assert case.past == ("blisters",)
    assert case.signs["blisters"] == "absent"


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


def test_what_a_message_denies_only_the_next_can_mean():
    """ "None of those blisters." "Correction: there are several", but not three messages later."""
    denied = merge(Case(), said(finding("blisters", Status.ABSENT)), None, CHECKLIST).case
    assert denied.mentioned == ("blisters",)
    assert merge(denied, said(), None, CHECKLIST).case.mentioned == ()


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
        finding("lenalidomide_start", measure=Measure(14, "days")),
    )
    case = merge(Case(), reading, None, CHECKLIST).case
    assert case.areas == {"chest": "half", "arms": "unknown"}
    assert (case.itch, case.sleep_lost, case.onset_days, case.lenalidomide_weeks) == (2, False, 3, 2)
    assert set(case.steps) == {"where", "symptoms", "timing"}


def test_a_number_of_days_replaces_a_chosen_time():
    """Who first taps and then says it better is taken at the later word."""
    chosen = Case(onset_chosen="More than 2 weeks ago", lenalidomide_chosen="Again after a break")
    reading = said(
        finding("rash_onset", measure=Measure(20, "days")), finding("lenalidomide_start", measure=Measure(14, "days"))
    )
    case = merge(chosen, reading, None, CHECKLIST).case
    assert (case.onset_days, case.lenalidomide_weeks) == (20, 2)
    assert (case.onset_chosen, case.lenalidomide_chosen) == (None, None)


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


# what one message says twice


@pytest.mark.parametrize("status", [Status.ABSENT, Status.PAST, Status.SOMEONE_ELSE])
def test_a_message_never_takes_back_what_it_reports(status):
    """ "Actually I do have a fever, I had one last year too" is a report."""
    turn = merge(Case(), said(finding("fever"), finding("fever", status), notes=("correction",)), None, CHECKLIST)
    assert turn.case.signs == {"fever": "present"}
    assert turn.reported == (Sign.FEVER,)


def test_not_sure_any_more_leaves_a_sign_as_it_was():
    """A sign that was there is not made a mere possibility."""
    case = Case(asked=("blistering",)).with_signs("present", Sign.BLISTERS, words="bubbles")
    turn = merge(case, Reading("dunno", answer=Answer.NOT_SURE), None, CHECKLIST)
    assert turn.case.signs == {"blisters": "present"}
    assert turn.reported == (Sign.BLISTERS,)


def test_a_no_to_the_direct_question_takes_a_sign_back():
    """Asked and answered is a correction."""
    case = Case(asked=("blistering",)).with_signs("present", Sign.BLISTERS)
    turn = merge(case, Reading("no", answer=Answer.NO), None, CHECKLIST)
    assert "present" not in turn.case.signs.values()


# places


def test_taking_back_one_place_leaves_the_others():
    """ "Sorry, not the arms" says nothing about the chest."""
    case = Case(areas={"arms": "all", "chest": "half"}, rash=True)
    reading = said(finding("area", Status.ABSENT, site="arms"), notes=("correction",))
    assert merge(case, reading, None, CHECKLIST).case.areas == {"chest": "half"}


def test_a_place_named_again_keeps_how_much_of_it():
    """ "Yes, the chest" does not forget "half of it"."""
    case = Case(areas={"chest": "half"})
    assert merge(case, said(finding("area", site="chest")), None, CHECKLIST).case.areas == {"chest": "half"}


# shingles


def at(concept, start, end, status=Status.PRESENT):
    return Finding(concept, "words", start, end, status, "test")


@pytest.mark.parametrize(
    ("other", "counts"),
    [
        # within the words of the band or next to them: part of it
        (at("blisters", 12, 20), False),
        (at("single_blister", 60, 70), False),
        (at("skin_pain", 25, 35), False),
        (at("chest_pain", 5, 25), False),
        # far apart
        (at("blisters", 80, 90), True),
        # pain of the chest that is told beside the band is its own
        (at("chest_pain", 26, 40), True),
        # other signs are no part of shingles
        (at("fever", 12, 20), True),
        (at("mouth_sores", 25, 30), True),
    ],
)
def test_what_a_band_of_shingles_is_made_of_is_not_counted_twice(other, counts):
    """The band stands for its blisters and its burning, for nothing more."""
    turn = merge(Case(), said(at("shingles", 0, 20), other), None, CHECKLIST)
    assert turn.reported[0] is Sign.SHINGLES
    assert (other.concept in turn.case.signs) is counts


def test_a_band_that_is_denied_takes_nothing_with_it():
    """ "No shingles, but blisters" is blisters."""
    turn = merge(Case(), said(at("shingles", 0, 8, Status.ABSENT), at("blisters", 14, 22)), None, CHECKLIST)
    assert turn.reported == (Sign.BLISTERS,)


# bad reactions of the past


@pytest.mark.parametrize(
    ("text", "step", "status", "found"),
    [
        ("blisters all over on thalidomide in 2015", None, Status.PAST, True),
        ("on Pomalyst my skin peeled", None, Status.PAST, True),
        # of lenalidomide only where other medicines and earlier rashes are asked about
        ("blisters the first time on revlimid", None, Status.PAST, False),
        ("blisters the first time on revlimid", "medicines", Status.PAST, True),
        # no kin of it
        ("blisters on bactrim years ago", "medicines", Status.PAST, False),
        # not theirs, or not sure
        ("my brother got blisters on thalidomide", None, Status.SOMEONE_ELSE, False),
        ("no blisters on thalidomide", None, Status.ABSENT, False),
    ],
)
def test_a_bad_reaction_to_a_kin_of_lenalidomide_is_remembered(text, step, status, found):
    """It counts as a past severe reaction, and as no sign of today."""
    turn = merge(Case(), Reading(text, (finding("blisters", status),)), step, CHECKLIST)
    assert (turn.case.signs.get("past_severe_reaction") == "present") is found
    assert turn.case.signs.get("blisters") != "present"


# the checklist in words


def test_one_sign_told_leaves_the_rest_of_the_checklist_open_once():
    """A sign named in answer is no denial of the others; the second time the question is settled."""
    once = merge(Case(), said(finding("fever")), "red_flags", CHECKLIST)
    assert (once.answered, once.case.steps) == (True, ())
    twice = merge(once.case, said(finding("blisters")), "red_flags", CHECKLIST)
    assert twice.case.steps == ("red_flags",)
    assert "absent" not in twice.case.signs.values()


def test_a_doubt_at_the_checklist_is_settled_first():
    """ "No, well, maybe a fever" denies nothing yet."""
    reading = Reading("no, well", (finding("fever", Status.UNSURE, in_doubt=True),), Answer.NO)
    turn = merge(Case(), reading, "red_flags", CHECKLIST)
    assert (turn.doubts, turn.case.signs, turn.case.steps) == (("fever",), {}, ())


@pytest.mark.parametrize(
    ("step", "known"),
    [
        ("symptoms", {"itch": 0, "pain": 0, "sleep_lost": False}),
        ("medicines", {"no_new_medicines": True}),
        ("where", {}),
    ],
)
def test_a_bare_no_is_understood_in_the_light_of_the_question(step, known):
    """Each question has its own meaning of no."""
    case = merge(Case(), Reading("no", answer=Answer.NO), step, CHECKLIST).case
    assert case == Case(steps=(step,), **known)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("symptoms", {"itch": 3, "pain": 2, "sleep_lost": True}),
        ("daily_life", {"chores_limited": True, "self_care_limited": True}),
    ],
)
def test_a_bare_no_takes_back_nothing_that_was_told(step, told):
    """A bad itch told in words stays a reason to call the same day."""
    for name, value in told.items():
        case = merge(Case(**{name: value}), Reading("no", answer=Answer.NO), step, CHECKLIST).case
        assert getattr(case, name) == value
        assert all(not getattr(case, other) for other in told if other != name)


def test_a_no_beside_a_symptom_is_no_denial_of_it():
    """ "No, but it itches a lot": what the message names counts, the rest is denied."""
    reading = Reading("no, but it itches a lot", (finding("itch", severity=3),), answer=Answer.NO)
    case = merge(Case(), reading, "symptoms", CHECKLIST).case
    assert (case.itch, case.sleep_lost) == (3, False)


def test_the_patients_words_are_kept_but_not_without_end():
    """The last dozen messages that told something."""
    case = Case()
    for severity in range(20):
        case = merge(case, Reading(f"message {severity}", (finding("itch", severity=severity % 4),)), None, ()).case
    assert (len(case.quotes), case.quotes[-1]) == (12, "message 19")


def test_words_that_tell_nothing_new_are_not_kept():
    """Greetings are no part of the summary."""
    assert merge(Case(), Reading("hello there"), None, CHECKLIST).case.quotes == ()


def test_a_no_denies_only_what_was_asked():
    """Of many doubts the first three are asked about; the others stay unknown."""
    doubts = ("fever", "blisters", "airway", "stroke", "jaundice")
    turn = merge(Case(), said(*(finding(sign, Status.UNSURE, in_doubt=True) for sign in doubts)), None, CHECKLIST)
    assert turn.case.asked == ("fever", "blistering", "airway")
    case = merge(turn.case, Reading("no", answer=Answer.NO), None, CHECKLIST).case
    assert not {"stroke", "jaundice"} & set(case.signs)


def test_a_band_is_not_less_urgent_than_its_part():
    """Sure pain on one side is shingles at once; the place alone, in doubt, is asked about."""
    pain = Finding("skin_pain", "hip stabbing", 6, 18, Status.PRESENT, "stated")
    band = Finding("shingles", "right hip stabbing", 0, 18, Status.PRESENT, "stated", in_doubt=True)
    assert merge(Case(), Reading("right hip stabbing", (pain, band)), None, ()).reported == (Sign.SHINGLES,)
    doubtful = merge(Case(), Reading("right hip stabbing", (band,)), None, ())
    assert doubtful.reported == () and doubtful.doubts == ("shingles",)
