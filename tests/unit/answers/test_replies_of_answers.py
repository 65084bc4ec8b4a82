"""The replies that the guide makes of reviewed content and of what is known about a patient."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.answers import coach, small_talk
from bot.answers.care import card_reply, seek_care
from bot.answers.doubt import ONCE_MORE, ask_sign
from bot.answers.heard import reported_words
from bot.answers.questions import question
from bot.answers.result import result
from bot.answers.study import study
from bot.answers.topics import other_question, seriousness, topic, treatment
from bot.assessment.case import STEPS, Case
from bot.assessment.conversation import ASKED_WHY, Outcome
from bot.assessment.merge import CHECKLIST_UNSURE
from bot.assessment.taps import tap
from bot.assessment.turn import Turn
from bot.clinical.explanation import assess
from bot.clinical.signs import Sign, Urgency
from bot.knowledge import load_knowledge
from bot.knowledge.base import LEVELS
from bot.language.reading import Reading

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge()


def outcome(turn, urgency=None):
    return Outcome(Reading("words"), turn, assess(turn.case.findings), urgency)


def test_the_checklist_leaves_out_what_was_told(knowledge):
    """Nothing is asked twice: a line whose signs are all known is gone."""
    told = Case().with_signs("absent", Sign.FEVER, Sign.CHILLS, Sign.VERY_UNWELL)
    ids = [choice.id for choice in question(told, "red_flags", knowledge).choices]
    assert "fever" not in ids
    assert ids[-2:] == ["none", "not_sure"]


def test_a_list_passed_over_says_that_nothing_is_lost(knowledge):
    """Who answers it with other facts is told that they were heard, and how to go on."""
    asked = knowledge.questions["red_flags"]
    first = question(Case(), "red_flags", knowledge).text
    second = question(Case(tries={"red_flags": 1}), "red_flags", knowledge).text
    assert first.startswith(asked.text) and second.startswith(asked.again)
    assert "None of these" in asked.again and first.split("\n")[1:] == second.split("\n")[1:]


@pytest.mark.parametrize("step", STEPS)
def test_every_question_says_why_and_how_far(knowledge, step):
    """Each carries its reason, its progress and a twin that can be read aloud."""
    reply = question(Case(), step, knowledge)
    assert reply.data["why"]
    assert reply.data["progress"] == {"step": STEPS.index(step) + 1, "of": 6}
    assert len(reply.text) > 20


def test_the_body_map_offers_areas_that_make_up_the_whole_skin(knowledge):
    """Front and back together are 100 percent."""
    areas = question(Case(), "where", knowledge).data["areas"]
    assert sum(area["percent"] for area in areas) == pytest.approx(100)


def test_a_doubt_is_one_direct_question_with_what_to_do(knowledge):
    """The question, what a yes means, and three ways to answer."""
    reply = ask_sign(outcome(Turn(Case(), doubts=("blistering",))), knowledge)
    assert "Do you have blisters now?" in reply.text
    assert "911" in reply.text
    assert [choice.id for choice in reply.choices] == ["yes", "no", "not_sure"]
    assert reply.data["asks"] == ["blistering"]


def test_a_question_that_was_passed_over_says_that_it_is_put_again(knowledge):
    """And who asked why it is put reads that instead."""
    again = Turn(Case(asked=("fever",), asked_again=("fever",)), doubts=("fever",))
    assert ask_sign(outcome(again), knowledge).text.splitlines()[1] == ONCE_MORE
    why = ask_sign(outcome(replace(again, notes=(ASKED_WHY,))), knowledge)
    assert why.text.splitlines()[:2] == [knowledge.red_flags["fever"].question, knowledge.red_flags["fever"].why]


def test_what_was_heard_is_named(knowledge):
    """A ticked line is named in its own words, a sign in those of the content, and doubt as doubt."""
    turn = Turn(Case().with_signs("present", Sign.FEVER), reported=(Sign.FEVER,))
    assert reported_words(outcome(turn), knowledge) == knowledge.heard([Sign.FEVER])
    assert reported_words(outcome(Turn(Case(), heard=("this line",))), knowledge) == ("this line",)
    unsure = reported_words(outcome(Turn(Case(), notes=(CHECKLIST_UNSURE,))), knowledge)
    assert "not sure" in unsure[0]
    # "Yes since Tuesday" to the list, after purple spots were told: these are not forgotten over it.
    told = Turn(Case().with_signs("present", Sign.FEVER), notes=(CHECKLIST_UNSURE,))
    assert reported_words(outcome(told), knowledge) == (*knowledge.heard([Sign.FEVER]), *unsure)


@pytest.mark.parametrize(
    ("sign", "card"), [(Sign.SELF_HARM, "crisis"), (Sign.PREGNANCY_EXPOSURE, "pregnancy_exposure")]
)
def test_not_sure_of_one_sign_gets_the_card_of_that_sign(knowledge, sign, card):
    """A card about fever and blisters would be out of place. Not sure of the whole checklist is about none of it."""
    unsure = Turn(Case().with_signs("unsure", sign), reported=(sign,))
    assert seek_care(outcome(unsure, Urgency.URGENT), knowledge).data["card"] == card
    of_all = replace(unsure, notes=(CHECKLIST_UNSURE,))
    assert seek_care(outcome(of_all, Urgency.URGENT), knowledge).data["card"] == "urgent"


def test_an_emergency_gets_no_grade(knowledge):
    """Advice and summary only."""
    case = Case(rash=True, areas={"chest": "half"}).with_signs("present", Sign.BLISTERS)
    replies = result(case, assess(case.findings), knowledge)
    assert [reply.type for reply in replies] == ["care_card", "summary"]
    assert replies[-1].data["grade"] is None


def test_a_mild_rash_gets_advice_estimate_and_summary(knowledge):
    """In this order, with the sources."""
    case = Case(rash=True, areas={"chest": "spots"}, itch=1, sleep_lost=False, quotes=("a few bumps",))
    advice, grade, summary = result(case, assess(case.findings), knowledge)
    assert advice.data["urgency"] == "routine"
    assert grade.data["grade"] == 1
    assert "“a few bumps”" in str(summary.data["sections"])
    assert summary.sources and advice.sources


def test_the_advice_holds_no_clinicians_wording(knowledge):
    """Why the rules decided so stands in the summary for the team; what the patient told of is named in plain words."""
    case = Case(rash=True, itch=3, sleep_lost=True).with_signs("present", Sign.CHILLS)
    assessment = assess(case.findings)
    advice, *_, sheet = result(case, assessment, knowledge)
    assert advice.data["heard"] == ["chills"]
    for reason in assessment.explanation.for_:
        assert reason not in str(advice) and reason in sheet.text


def test_the_summary_is_complete(knowledge):
    """Symptoms, sites, extent, times, medicines, denials and the reasons are all on the page."""
    case = Case(
        rash=True, areas={"left_upper_arm_front": "half", "back": "spots"}, palms=3, share=0.1, itch=3, pain=1,
        sleep_lost=True, chores_limited=False, onset_days=3, lenalidomide_weeks=2, medicines=("allopurinol",),
    ).with_signs("absent", Sign.BLISTERS)  # fmt: skip
    text = result(case, assess(case.findings), knowledge)[-1].text
    for piece in ("Left upper arm, front", "Back", "3 palms", "severe", "allopurinol", "3 days", "2 weeks", "Denied"):
        assert piece in text


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("what are the warning signs", "E02"),
        ("what should I watch for on my skin?", "E02"),
        ("how would I know if it was turning into Stevens-Johnson?", "E05"),
        ("How serious is my rash?", "E36"),
        ("what counts as grade 4, is that the blistering one", "E73"),
        ("what are the symptoms of grade 3", "E36"),
    ],
)
def test_who_asks_for_danger_signs_is_told_them(knowledge, question, entry):
    """The same intent as a question about grades, and another answer."""
    assert seriousness(question, knowledge)[0].data["entry"] == entry


def test_the_summary_tells_of_an_earlier_reaction(knowledge):
    """What is over is not among what is there, and not only among what is denied."""
    case = Case(rash=True, past=("blisters", "fever")).with_signs("absent", Sign.BLISTERS)
    sections = {s["title"]: s["lines"] for s in result(case, assess(case.findings), knowledge)[-1].data["sections"]}
    assert sections["Told of as over"] == ["blisters", "temperature of 38.0 C or more"]
    back = case.with_signs("present", Sign.FEVER)
    sections = {s["title"]: s["lines"] for s in result(back, assess(back.findings), knowledge)[-1].data["sections"]}
    assert sections["Told of as over"] == ["blisters"]


def times(case, knowledge):
    sections = result(case, assess(case.findings), knowledge)[-1].data["sections"]
    return next((section["lines"] for section in sections if section["title"] == "Times"), [])


def test_the_summary_says_when_in_the_words_that_were_chosen(knowledge):
    """A tap names no number of days or weeks, so none is told to the team."""
    for part, prefix in (("rash_start", "Rash started: "), ("lenalidomide_start", "Lenalidomide started: ")):
        for choice in next(one for one in knowledge.questions["timing"].parts if one.id == part).choices:
            turn = tap(Case(), {"choices": [choice.id]}, "timing", knowledge)
            words = prefix + choice.title[0].lower() + choice.title[1:]
            assert times(turn.case, knowledge) == ([words] if choice.sets.when else [])


def test_a_case_of_an_older_version_keeps_its_times(knowledge):
    """What an earlier version stored as numbers is still told."""
    old = Case.from_json({"onset_days": 3, "lenalidomide_weeks": 2.0})
    assert times(old, knowledge) == ["Rash for about 3 days", "Lenalidomide for about 2 weeks"]


def test_the_card_in_another_language_begins_in_it(knowledge):
    """The sentence that matters comes first."""
    reply = card_reply(knowledge.care_card(Urgency.EMERGENCY, (Sign.BLISTERS,)), knowledge, "es")
    assert reply.text.startswith(knowledge.languages["es"].emergency)
    assert reply.data["foreign"]


def test_the_study_comes_with_its_limits(knowledge):
    """Figures never stand without them."""
    chart = study("what did the study find", knowledge)[-1]
    values = {bar["value"] for group in chart.data["groups"] for bar in group["bars"]}
    assert values == {22.4, 10.5, 42.6, 24.6}
    assert len(chart.data["limits"]) >= 4


@pytest.mark.parametrize(
    ("name", "question_asked", "expected"),
    [
        ("adjuncts", "is omega-3 safe with my aspirin?", "omega-3"),
        ("adjuncts", "what about probiotics", "probiotic"),
        ("stop_medicine", "can I go back on it later", "again"),
        ("grades", "what does grade 3 mean", "3"),
        ("desensitization", "how does it work", "small"),
    ],
)
def test_a_topic_answers_what_is_asked(knowledge, name, question_asked, expected):
    """The entry that fits is told."""
    text = " ".join(reply.text for reply in topic(name, question_asked, knowledge)).lower()
    assert expected in text


def levels(reply):
    return {source.id: source.level for source in reply.sources}


def test_no_source_lends_its_level_to_a_guess(knowledge):
    """Of probiotics nothing is proved, however good the study of their germs."""
    assert knowledge.sources["S50"].level == "study"
    assert levels(topic("adjuncts", "what about probiotics", knowledge)[-1])["S50"] == "unverified"


def test_study_plan_and_card_show_no_level_above_their_statements(knowledge):
    """What is made of several statements as well."""
    card, plan = knowledge.care_card(Urgency.SAME_DAY), knowledge.grading.plan(Urgency.ROUTINE)
    for reply, told in (
        (study("what did the study find", knowledge)[-1], knowledge.study.statements),
        (card_reply(card, knowledge), card.rests_on),
        (treatment("what helps", Case(), knowledge)[-1], (plan.intro, *plan.team_may)),
    ):
        for statement in told:
            for source in statement.sources:
                assert LEVELS.index(levels(reply)[source]) >= LEVELS.index(statement.level)


def test_treatment_follows_what_is_known(knowledge):
    """Without a named treatment the plan for the urgency is told, with what to leave out."""
    case = Case(rash=True, areas={"chest": "half"}, told="routine")
    reply = treatment("what helps", case, knowledge)[-1]
    assert reply.text
    assert reply.choices


def test_other_questions_get_a_kind_pointer(knowledge):
    """Nothing known about it: the team is named."""
    assert "team" in other_question("zzz qqq", knowledge)[0].text


def test_small_talk_offers_a_way_on(knowledge):
    """A greeting shows what can be asked, and repeated misunderstanding shows everything."""
    assert len(small_talk.say("greet", knowledge).choices) == len(small_talk.MENU)
    first = small_talk.did_you_mean(("ask_study", "greet"), False, knowledge)
    assert first.choices[0].id == "intent:ask_study"
    assert len(small_talk.did_you_mean((), True, knowledge).choices) == len(small_talk.MENU)
    assert small_talk.why(None, knowledge).text == small_talk.say("menu", knowledge).text


def test_every_small_talk_is_said_somewhere(knowledge):
    """By a response of the domain or by name in the code: a text that nobody says is reviewed for nothing."""
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    code = [path.read_text(encoding="utf-8") for name in ("actions", "bot") for path in (ROOT / name).rglob("*.py")]
    saying = [
        line for text in code for line in text.split("\n") if re.search(r"small_talk\[|say\(|_as_it_stands\(", line)
    ]
    named = {name for line in saying for name in re.findall(r'"(\w+)"', line)}
    worse = {f"worse_{name}" for name in ("extent", "itch", "grade", "advice")}
    said = {response.removeprefix("utter_") for response in responses} | named | worse
    assert set(knowledge.small_talk) - said == set()


def test_the_coach_is_named_with_what_he_is_not(knowledge):
    """Address and "not a clinician" go together; after an urgent sign care comes first."""
    text = coach.introduction(knowledge, told_urgent=True).text
    assert text.startswith(knowledge.coach.not_now)
    assert knowledge.coach.email in text
    assert knowledge.coach.not_a_clinician in text


@pytest.mark.parametrize("slot", ["contact_consent", "contact_name", "contact_reach", "contact_message"])
def test_the_request_asks_one_thing_at_a_time(knowledge, slot):
    """Each slot has its question; consent is a yes or no."""
    reply = coach.ask(slot, knowledge)
    assert reply.text
    assert bool(reply.choices) == (slot == "contact_consent")


def test_who_has_no_rash_is_told_so(knowledge) -> None:
    """Neither card nor summary tells of a rash, or of a call about it; a danger sign takes that back."""
    case = Case(rash=False, areas={"back": "all"}, signs={"blisters": "absent"})
    card, *_, sheet = result(case, assess(case.findings), knowledge)
    assert card.data["card"] == "no_rash" and "I have a rash" not in card.data["say"].partition("say:")[0]
    assert sheet.data["no_rash"] and "Where and how much" not in {s["title"] for s in sheet.data["sections"]}
    assert "next working day" not in sheet.text
    case = Case(rash=False, signs={"chills": "present"})
    card, *_, sheet = result(case, assess(case.findings), knowledge)
    assert card.data["card"] == "urgent" and not sheet.data["no_rash"]


@pytest.mark.parametrize("text", ["do I need to see a doctor", "should I go to A&E", "which day do I call the clinic"])
def test_who_asks_whom_to_call_is_told(knowledge, text: str) -> None:
    """When to call whom before the check; after it the advice, and no list of creams."""
    unchecked = treatment(text, Case(rash=True), knowledge)
    assert [reply.data["entry"] for reply in unchecked] == ["E02", "E03"]
    case = Case(rash=True, steps=STEPS, areas={"chest": "spots"})
    first, *rest = treatment(text, case, knowledge)
    assert first.text == knowledge.grading.plan(Urgency.ROUTINE, assess(case.findings).grade).intro.text
    assert [reply.data["entry"] for reply in rest] == ["E03"]
