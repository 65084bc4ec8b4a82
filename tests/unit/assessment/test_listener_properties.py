"""What holds for every message and every order of messages, whatever the reader makes of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.assessment.case import STEPS, Case, Deferred
from bot.assessment.conversation import ASKED_WHY, Before, Listener, Outcome, choose_intent
from bot.assessment.steps import next_step
from bot.clinical.body_surface import AREAS, COVERAGE
from bot.clinical.signs import FLAG_OF, Sign, Urgency
from bot.knowledge import load_knowledge
from bot.language import Reader
from bot.language.reading import Answer, Context, Finding, Measure, Reading, Status

KNOWLEDGE = load_knowledge()
RANK = {None: -1, **{level.value: level.rank for level in Urgency}}
FACTS = ["rash", "itch", "pain", "sleep_loss", "chores_limited", "self_care_limited", "not_improving", "spreading"]


@dataclass
class Scripted:
    """A reader that reads out what it was given."""

    reading: Reading

    def read(self, text: str, context: Context = Context()) -> Reading:  # noqa: B008
        return self.reading


def hear(reading: Reading, before: Before) -> Outcome:
    return Listener(Scripted(reading), KNOWLEDGE).listen(reading.text, before)  # type: ignore[arg-type]


def finding(concept: str, status: Status = Status.PRESENT, **more: object) -> Finding:
    return Finding(concept, concept, 0, len(concept), status, "test", **more)  # type: ignore[arg-type]


signs = st.builds(
    finding, st.sampled_from([sign.value for sign in Sign]), st.sampled_from(Status), in_doubt=st.booleans()
)
facts = st.builds(finding, st.sampled_from(FACTS), st.sampled_from(Status), severity=st.none() | st.integers(0, 4))
places = st.builds(
    finding,
    st.just("area"),
    st.sampled_from([Status.PRESENT, Status.ABSENT]),
    site=st.sampled_from(sorted(AREAS)),
    measure=st.none() | st.builds(Measure, st.just(0.5), st.sampled_from(sorted(COVERAGE))),
)
readings = st.builds(
    Reading,
    st.just("some words"),
    st.lists(signs | facts | places, max_size=4).map(tuple),
    st.none() | st.sampled_from(Answer),
)
steps = st.none() | st.sampled_from(STEPS)


def takes_back(reading: Reading, before: Before) -> bool:
    """A no to a direct question, or to the whole checklist while nothing stands, is a correction."""
    case = before.case
    nothing_stands = not case.having("present") and not case.having("unsure")
    to_checklist = before.step == "red_flags" and nothing_stands
    return reading.answer is Answer.NO and (bool(case.asked) or to_checklist)


def turns(script: list[tuple[Reading, str | None]]) -> Iterator[tuple[Before, Outcome]]:
    """A conversation without corrections, turn by turn."""
    case = Case()
    for reading, step in script:
        before = Before(case, step)
        if takes_back(reading, before):
            continue
        outcome = hear(reading, before)
        yield before, outcome
        case = outcome.case


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(readings, steps), max_size=6))
def test_what_was_told_never_falls_without_a_correction(script: list[tuple[Reading, str | None]]) -> None:
    """No message that takes nothing back lowers the advice that stands, or forgets a sign that is there."""
    for before, outcome in turns(script):
        assert RANK[outcome.case.told] >= RANK[before.case.told]
        assert before.case.having("present") <= outcome.case.having("present")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(readings, steps), min_size=1, max_size=4), st.sampled_from(sorted(FLAG_OF)))
def test_a_report_is_urgent_in_every_state(script: list[tuple[Reading, str | None]], sign: Sign) -> None:
    """Whatever went before and whatever stands beside it, a red flag that is there now makes it urgent or more."""
    for before, outcome in turns(script):
        reading = Reading("some words", (*outcome.reading.findings, finding(sign.value)), outcome.reading.answer)
        reported = hear(reading, before)
        assert reported.urgency is not None and reported.urgency.rank >= Urgency.URGENT.rank
        assert choose_intent(reported, before, "thank")[0] == "report_urgent_sign"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(readings, steps), max_size=4), st.sampled_from(sorted(FLAG_OF)))
def test_a_report_made_while_nobody_listened_counts(script: list[tuple[Reading, str | None]], sign: Sign) -> None:
    """A red flag that only the gateway answered is known, and its advice stands, when the next message is heard."""
    before = next((Before(outcome.case) for _, outcome in reversed(list(turns(script)))), Before())
    listener = Listener(Scripted(Reading("some words", (finding(sign.value),))), KNOWLEDGE)  # type: ignore[arg-type]
    after = listener.caught_up(before, [{"text": "some words"}])
    assert sign in after.case.having("present")
    assert RANK[after.case.told] >= max(RANK[before.case.told], Urgency.URGENT.rank)


def test_a_question_that_a_missed_tap_settles_is_not_open() -> None:
    """So that the words after it are not taken for its answer."""
    listener = Listener(Scripted(Reading("")), KNOWLEDGE)  # type: ignore[arg-type]
    before = Before(step="red_flags")
    ticked = listener.caught_up(before, [{"text": "None of these", "answer": {"choices": ["none"]}}])
    assert ticked.step is None and "red_flags" in ticked.case.steps
    assert listener.caught_up(before, [{"text": "hm", "answer": None}]).step == "red_flags"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(readings, steps), max_size=4), readings, st.sampled_from(["fever", "blistering", "airway"]))
def test_not_sure_never_lowers(script: list[tuple[Reading, str | None]], last: Reading, flag: str) -> None:
    """ "Not sure" to a direct question lowers neither what was told nor what is known, and is urgent itself."""
    case = Case()
    for _, outcome in turns([*script, (last, None)]):
        case = outcome.case
    case = Case.from_json({**case.as_json(), "asked": [flag]})
    before = Before(case)
    by_words = hear(Reading("dunno", answer=Answer.NOT_SURE), before)
    by_tap = Listener(Scripted(Reading("")), KNOWLEDGE).listen("Not sure", before, {"choice": "not_sure"})  # type: ignore[arg-type]
    for outcome in (by_words, by_tap):
        assert outcome.assessment.urgency.rank >= hear(Reading("ok"), Before(case)).assessment.urgency.rank
        assert RANK[outcome.case.told] >= max(RANK[case.told], Urgency.URGENT.rank)
        assert case.having("present") <= outcome.case.having("present")


@settings(max_examples=30, deadline=None)
@given(st.lists(readings, max_size=3), st.lists(readings, min_size=12, max_size=12))
def test_the_questions_come_to_an_end(opening: list[Reading], answers: list[Reading]) -> None:
    """Only the checklist is asked until it is answered; any other question at most once more."""
    case, asked = Case(), []
    for reading in opening:
        case = hear(reading, Before(case)).case
    for reading in answers:
        step = next_step(case)
        if step is None:
            break
        before = Before(case, step)
        outcome = hear(reading, before)
        intent, outcome = choose_intent(outcome, before, "describe_rash")
        case = outcome.case
        # After a doubt that was settled in between, the question that waited is asked again.
        if intent == "describe_rash" and not before.case.asked:
            asked.append(step)
    others = [step for step in asked if step != "red_flags"]
    assert all(others.count(step) <= 2 for step in others)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(readings, steps), max_size=5))
def test_a_conversation_survives_storing_after_any_turn(script: list[tuple[Reading, str | None]]) -> None:
    """Case and outcome come back from their JSON as they were."""
    for _, outcome in turns(script):
        assert Case.from_json(outcome.case.as_json()) == outcome.case
        stored = Outcome.from_json(outcome.as_json(), outcome.reading.text)
        assert stored.urgency is outcome.urgency
        # What counts only within the turn is not stored.
        assert stored.case.findings == outcome.case.findings
        assert (stored.turn.reported, stored.turn.doubts) == (outcome.turn.reported, outcome.turn.doubts)


@pytest.mark.parametrize("sign", FLAG_OF)
def test_each_red_flag_has_one_that_a_yes_stands_for(sign: Sign) -> None:
    """Yes to the direct question about any red flag is urgent or more."""
    before = Before(Case(asked=(FLAG_OF[sign],)))
    outcome = hear(Reading("yes", answer=Answer.YES), before)
    assert outcome.urgency is not None and outcome.urgency.rank >= Urgency.URGENT.rank


quiet_readings = st.builds(Reading, st.just("some words"), st.lists(facts | places, max_size=3).map(tuple))


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(sorted(set(FLAG_OF.values()))), min_size=1, max_size=3), quiet_readings, steps)
def test_a_direct_question_that_is_passed_over_is_put_once_more(
    flags: set[str], passes_over: Reading, step: str | None
) -> None:
    """Whatever else the patient tells, at whatever question; and what was asked first still waits for its answer."""
    first = Before(Case.from_json({"asked": sorted(flags), "deferred": {"intent": "ask_treatment", "text": "cream?"}}))
    intent, again = choose_intent(hear(passes_over, first), first, "describe_rash")
    assert intent == "doubtful_sign" and set(again.case.asked) == set(again.case.asked_again) == flags
    assert again.case.deferred == first.case.deferred
    second = Before(again.case, step)
    intent, dropped = choose_intent(hear(passes_over, second), second, "describe_rash")
    assert intent != "doubtful_sign" and dropped.case.asked == ()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(FLAG_OF)), st.sampled_from(Status), quiet_readings)
def test_a_direct_question_is_not_repeated_to_who_speaks_of_the_sign(
    sign: Sign, status: Status, beside: Reading
) -> None:
    """Denied, past or somebody else's: it has been dealt with, as far as the patient goes."""
    before = Before(Case(asked=(FLAG_OF[sign],)))
    spoken = hear(Reading("some words", (*beside.findings, finding(sign.value, status))), before)
    assert spoken.case.asked_again == ()


@pytest.mark.parametrize("classified", ["cancel", "go_back", "goodbye", "forget_me", "contact_coach"])
def test_who_wants_to_leave_is_not_held(classified: str) -> None:
    """Neither in the middle of a request to the coach, whose words are taken as they are."""
    before = Before(Case(asked=("fever",)))
    assert choose_intent(hear(Reading("bye now"), before), before, classified)[0] == classified
    writing = Before(Case(asked=("fever",)), busy=True)
    assert choose_intent(hear(Reading("Ann, 0151 555"), writing), writing, "affirm")[0] == "affirm"


def test_refusing_to_speak_of_harming_oneself_is_no_leaving() -> None:
    """The question comes once more, with the number to call in it, and not a third time."""
    before = Before(Case(asked=("self_harm",)))
    intent, outcome = choose_intent(hear(Reading("I dont want to talk about it"), before), before, "cancel")
    assert intent == "doubtful_sign"
    again = Before(outcome.case)
    assert choose_intent(hear(Reading("stop"), again), again, "cancel")[0] == "cancel"
    assert choose_intent(hear(Reading("bye"), before), before, "goodbye")[0] == "goodbye"


def test_a_newer_request_waits_instead_of_the_first() -> None:
    """The patient has gone on, so that is what is answered once the sign is settled."""
    before = Before(Case.from_json({"asked": ["fever"], "deferred": {"intent": "describe_rash", "text": "a rash"}}))
    newer = hear(Reading("what cream can I use?"), before)
    _, waiting = choose_intent(newer, before, "ask_treatment")
    assert waiting.case.deferred == Deferred("ask_treatment", "what cream can I use?")


def test_who_asks_why_is_told_why() -> None:
    """And the first request still waits."""
    deferred = {"intent": "ask_treatment", "text": "a cream?"}
    before = Before(Case.from_json({"asked": ["fever"], "deferred": deferred}))
    intent, outcome = choose_intent(hear(Reading("why do you ask"), before), before, "ask_why")
    assert intent == "doubtful_sign" and ASKED_WHY in outcome.turn.notes
    assert outcome.case.deferred == Deferred(**deferred)


READER = Reader(with_safety_net=False)


@pytest.mark.parametrize(
    "no", ["nothing like that", "none on me", "no, not me", "i dont", "nope, nothing like that, no"]
)
@pytest.mark.parametrize("told", ["I have a fever of 102", "blisters on my arms", "my face is swollen"])
def test_a_no_to_the_checklist_takes_nothing_back_that_was_told(told: str, no: str) -> None:
    """ "Nothing like that" is of the list: the fever that was told a message before stands."""
    listener = Listener(READER, KNOWLEDGE)
    first = listener.listen(told, Before())
    assert first.urgency is not None
    after = listener.listen(no, Before(first.case, "red_flags", said=told))
    assert first.case.having("present") <= after.case.having("present")
    assert after.case.told == first.case.told
