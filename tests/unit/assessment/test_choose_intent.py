"""The intent that the dialogue acts on: the order of safety goes before what the classifier found."""

from typing import Any

import pytest

from bot.assessment.case import STEPS, Case, Deferred
from bot.assessment.conversation import MENU, Before, Listener, Outcome, choose_intent
from bot.clinical.signs import Sign
from bot.knowledge import load_knowledge
from bot.language.reading import Answer, Context, Finding, Reading, Status

KNOWLEDGE = load_knowledge()
BLISTERS = Case(told="emergency").with_signs("present", Sign.BLISTERS)
ALL_INTENTS = [*MENU, "affirm", "deny", "thank", "nlu_fallback", "out_of_scope", "go_back", "cancel", None]


class Says:
    """A reader that reads the same out of every message."""

    def __init__(self, *findings: Finding, answer: Answer | None = None, **more: Any) -> None:
        self.reading = dict(findings=findings, answer=answer, **more)

    def read(self, text: str, context: Context = Context()) -> Reading:  # noqa: B008
        return Reading(text, **self.reading)


NOTHING = Says()


def finding(concept: str, status: Status = Status.PRESENT, **more: Any) -> Finding:
    return Finding(concept, concept, 0, len(concept), status, "test", **more)


def decide(
    says: Says,
    before: Before,
    classified: str | None,
    confidence: float = 1.0,
    text: str = "some words",
    answer: dict[str, Any] | None = None,
) -> tuple[str | None, Outcome]:
    outcome = Listener(says, KNOWLEDGE).listen(text, before, answer)  # type: ignore[arg-type]
    return choose_intent(outcome, before, classified, confidence)


# red flags, then doubts


@pytest.mark.parametrize("classified", ALL_INTENTS)
@pytest.mark.parametrize(
    "before",
    [Before(), Before(step="where"), Before(busy=True), Before(BLISTERS), Before(Case(asked=("fever",)), "symptoms")],
    ids=["free", "asking", "busy", "emergency", "doubt"],
)
def test_a_report_goes_before_everything(before: Before, classified: str | None) -> None:
    """Whatever the classifier found, beside a doubt, in every state."""
    says = Says(finding("airway"), finding("stroke", Status.UNSURE, in_doubt=True), language="es")
    assert decide(says, before, classified)[0] == "report_urgent_sign"


@pytest.mark.parametrize("classified", ALL_INTENTS)
@pytest.mark.parametrize("before", [Before(), Before(step="where"), Before(busy=True), Before(BLISTERS)])
def test_a_doubt_goes_before_everything_else(before: Before, classified: str | None) -> None:
    """It is asked about, and the request waits in the words it was made in."""
    intent, outcome = decide(Says(finding("fever", Status.UNSURE, in_doubt=True)), before, classified)
    assert intent == "doubtful_sign"
    assert outcome.case.deferred == Deferred(classified or "describe_rash", "some words")


# deferred requests

WAITING = Case(asked=("fever",), deferred=Deferred("ask_treatment", "could it be fever, and what helps?"))


@pytest.mark.parametrize("how", ["words", "tap"])
def test_a_no_to_the_doubt_takes_the_request_up(how: str) -> None:
    """The answer is to the words of the request, and it waits no longer."""
    tap = {"choice": "no"} if how == "tap" else None
    intent, outcome = decide(Says(answer=Answer.NO), Before(WAITING, "where"), "deny", answer=tap)
    assert intent == "ask_treatment"
    assert outcome.taken_up == "could it be fever, and what helps?"
    assert outcome.case.deferred is None


@pytest.mark.parametrize("answer", [Answer.YES, Answer.NOT_SURE])
def test_a_yes_or_not_sure_is_a_report(answer: Answer) -> None:
    """The request does not go before the red flag."""
    assert decide(Says(answer=answer), Before(WAITING), "affirm")[0] == "report_urgent_sign"


def test_a_second_doubt_keeps_the_first_request() -> None:
    """What was asked at first is still owed."""
    _, outcome = decide(Says(finding("airway", Status.UNSURE, in_doubt=True)), Before(WAITING), "out_of_scope")
    assert outcome.case.deferred == WAITING.deferred


def test_a_request_that_was_let_go_is_not_taken_up_later() -> None:
    """The doubt was passed over twice; at the next one the newer request waits."""
    _, asked_again = decide(NOTHING, Before(WAITING), "affirm")
    intent, passed_over = decide(NOTHING, Before(asked_again.case), "ask_study")
    assert (intent, passed_over.case.asked) == ("ask_study", ())
    doubt = Says(finding("airway", Status.UNSURE, in_doubt=True))
    _, outcome = decide(doubt, Before(passed_over.case), "ask_grade", text="what grade")
    assert outcome.case.deferred == Deferred("ask_grade", "what grade")


# an emergency stands


@pytest.mark.parametrize("intent", [*MENU, "nlu_fallback", "out_of_scope", "greet", None])
def test_while_an_emergency_stands_nothing_else_is_talked_about(intent: str | None) -> None:
    """Typed, tapped on an older menu, waiting behind a doubt or in another language: seek care again."""
    assert decide(NOTHING, Before(BLISTERS), intent)[0] == "report_urgent_sign"
    assert decide(Says(language="de"), Before(BLISTERS), intent)[0] == "report_urgent_sign"
    if intent in MENU:
        before = Before(BLISTERS)
        assert decide(NOTHING, before, "thank", answer={"choice": f"intent:{intent}"})[0] == "report_urgent_sign"
        assert decide(NOTHING, before, "thank", text=MENU[intent])[0] == "report_urgent_sign"
        waiting = Before(
            Case.from_json({**BLISTERS.as_json(), "asked": ["stroke"], "deferred": vars(Deferred(intent, "x"))})
        )
        assert decide(Says(answer=Answer.NO), waiting, "deny")[0] == "report_urgent_sign"


@pytest.mark.parametrize("intent", ["thank", "goodbye", "forget_me", "cancel", "affirm", "deny"])
def test_an_emergency_leaves_room_for_manners_and_for_erasing(intent: str) -> None:
    """These are answered, and the emergency stands."""
    chosen, outcome = decide(NOTHING, Before(BLISTERS), intent)
    assert (chosen, outcome.case.told) == (intent, "emergency")


def test_an_emergency_ends_with_a_correction() -> None:
    """ "Sorry, I meant no blisters": the sign is taken back, and what was told falls with it."""
    says = Says(finding("blisters", Status.ABSENT), notes=("correction",))
    intent, outcome = decide(says, Before(BLISTERS), "correct_answer")
    assert (intent, outcome.case.told) == ("correct_answer", None)


def test_a_correction_of_one_sign_leaves_the_level_of_the_others() -> None:
    """With a fever left it is urgent still."""
    case = BLISTERS.with_signs("present", Sign.FEVER)
    _, outcome = decide(Says(finding("blisters", Status.ABSENT), notes=("correction",)), Before(case), "correct_answer")
    assert outcome.case.told == "urgent"


def test_a_check_begun_again_can_end_an_emergency() -> None:
    """What was told stands until the whole checklist is denied; else a patient who comes back could never go on."""
    intent, again = decide(NOTHING, Before(BLISTERS), None, answer={"choice": "start_over"})
    assert (intent, again.case.told, again.case.signs) == ("describe_rash", "emergency", {})
    asking = Before(again.case, "red_flags")
    assert decide(NOTHING, asking, "ask_study")[0] == "report_urgent_sign"
    assert decide(NOTHING, asking, None, answer={"choices": ["fever"]})[0] == "report_urgent_sign"
    intent, clear = decide(NOTHING, asking, None, answer={"choices": ["none"]})
    assert (intent, clear.case.told) == ("describe_rash", None)


# taps and typed titles


@pytest.mark.parametrize("intent", MENU)
@pytest.mark.parametrize("text", ["as it stands", "in capitals", "with spaces"])
def test_a_title_of_the_menu_can_be_typed_at_any_time(intent: str, text: str) -> None:
    """Whatever is open, whatever the classifier makes of it."""
    title = {"as it stands": MENU[intent], "in capitals": MENU[intent].upper()}.get(text, f"  {MENU[intent]} ")
    for step in (None, *STEPS):
        assert decide(NOTHING, Before(step=step), "nlu_fallback", 0.1, title)[0] == intent


@pytest.mark.parametrize("step", [None, *STEPS])
@pytest.mark.parametrize(
    ("choice", "intent"),
    [
        ("start_over", "describe_rash"),
        ("forget:yes", "forget_me"),
        ("forget:no", "forget_me"),
        ("intent:ask_grade", "ask_grade"),
    ],
)
def test_an_offered_title_can_be_typed_too(choice: str, intent: str, step: str | None) -> None:
    """Channels without buttons send the words; they are the same tap."""
    before = Before(step=step, offered={"the very title": choice})
    chosen, outcome = decide(NOTHING, before, "out_of_scope", text="The very  title")
    assert (chosen, outcome.tapped) == (intent, choice)


def test_starting_over_forgets_the_case() -> None:
    """All questions are open again."""
    case = Case(rash=True, itch=3, quotes=("it itches",)).settle(*STEPS)
    assert decide(NOTHING, Before(case), None, answer={"choice": "start_over"})[1].case == Case()


@pytest.mark.parametrize(("choice", "intent"), [("yes", "affirm"), ("no", "deny"), ("not_sure", "not_sure")])
def test_a_tap_that_answers_nothing_is_a_bare_word(choice: str, intent: str) -> None:
    """Yes and no without a question are small talk."""
    assert decide(NOTHING, Before(), None, answer={"choice": choice})[0] == intent


# other forms and other languages


@pytest.mark.parametrize("classified", ALL_INTENTS)
def test_a_tap_on_the_body_map_answers_whatever_its_words_sound_like(classified: str | None) -> None:
    """No classifier is asked what the title of a tap wants."""
    intent, outcome = decide(NOTHING, Before(step="where"), classified, answer={"areas": {"chest": "half"}})
    assert intent == "describe_rash"
    assert "where" in outcome.case.steps


@pytest.mark.parametrize("classified", ["out_of_scope", "describe_rash", "affirm"])
def test_another_form_takes_the_words_as_they_are(classified: str) -> None:
    """A name for the coach is no answer to the assessment, in whatever language it looks to be."""
    for language in ("en", "es"):
        intent, outcome = decide(Says(answer=Answer.NO, language=language), Before(busy=True), classified)
        assert (intent, outcome.case) == (classified, Case())


def test_another_language_is_said_not_to_be_understood() -> None:
    """The classifier has nothing to say about it; an answer that was understood counts all the same."""
    assert decide(Says(language="es"), Before(step="where"), "describe_rash")[0] == "nlu_fallback"
    answered = Says(finding("area", site="chest"), language="es")
    assert decide(answered, Before(step="where"), "ask_study")[0] == "describe_rash"


@pytest.mark.parametrize("leaving", ["cancel", "go_back", "goodbye"])
def test_nobody_is_led_out_of_a_question_by_a_guess(leaving: str) -> None:
    """ "Long time" to the question when it began is a faint goodbye: the question stays open."""
    assert decide(NOTHING, Before(step="timing"), leaving, 0.37, "long time")[0] != leaving
    assert decide(NOTHING, Before(step="timing"), leaving, 0.95, "bye then")[0] == leaving


@pytest.mark.parametrize("manners", ["greet", "thank", "goodbye"])
def test_manners_are_understood_in_any_language(manners: str) -> None:
    """ "Tschüss" and "gday": no word is known, and the classifier is sure of what is meant."""
    assert decide(Says(language="de"), Before(), manners, 0.9)[0] == manners
    assert decide(Says(language="de"), Before(), manners, 0.6)[0] == "nlu_fallback"


# the open question


@pytest.mark.parametrize(
    ("classified", "confidence", "text", "expected"),
    [
        # requests
        ("ask_treatment", 0.9, "tell me about creams", "ask_treatment"),
        ("ask_treatment", 0.6, "what helps?", "ask_treatment"),
        ("thank", 0.5, "thanks", "thank"),
        ("ask_why", 0.5, "why", "ask_why"),
        ("contact_coach", 0.4, "the coach please", "contact_coach"),
        ("out_of_scope", 0.9, "who won the game?", "out_of_scope"),
        # not sure enough to leave the question
        ("ask_treatment", 0.6, "with cream", "describe_rash"),
        ("out_of_scope", 0.9, "like a map of france", "describe_rash"),
        ("out_of_scope", 0.4, "who won the game?", "describe_rash"),
        # speaks to the question itself
        ("describe_rash", 0.9, "it's red", "describe_rash"),
        ("nlu_fallback", 0.9, "hmm", "describe_rash"),
    ],
)
def test_a_request_beside_the_open_question(classified: str, confidence: float, text: str, expected: str) -> None:
    """It is answered where it is one for sure."""
    assert decide(NOTHING, Before(step="where"), classified, confidence, text)[0] == expected


@pytest.mark.parametrize(
    ("classified", "text", "expected"),
    [
        ("ask_stop_medicine", "both arms, should I stop taking it", "ask_stop_medicine"),
        ("ask_stop_medicine", "both arms, stop it", "describe_rash"),
        ("thank", "both arms, thanks", "describe_rash"),
        ("greet", "hello, both arms", "describe_rash"),
    ],
)
def test_a_request_beside_an_answer(classified: str, text: str, expected: str) -> None:
    """The answer is kept either way."""
    says = Says(finding("area", site="arms"))
    intent, outcome = decide(says, Before(step="where"), classified, 0.9, text)
    assert (intent, outcome.case.areas, outcome.case.steps) == (expected, {"arms": "unknown"}, ("where",))


@pytest.mark.parametrize("step", STEPS[1:])
def test_words_that_tell_nothing_settle_the_question(step: str) -> None:
    """It is not asked again; the words are kept for the team."""
    intent, outcome = decide(NOTHING, Before(step=step), "nlu_fallback", text="well you know")
    assert intent == "describe_rash"
    assert (outcome.case.steps, outcome.case.quotes) == ((step,), ("well you know",))


@pytest.mark.parametrize("tries", [1, 2, 5])
def test_words_that_tell_nothing_never_settle_the_checklist(tries: int) -> None:
    """Danger signs are asked for until they are answered."""
    before = Before(step="red_flags")
    for _ in range(tries):
        _, outcome = decide(NOTHING, before, "nlu_fallback")
        before = Before(outcome.case, "red_flags")
    assert "red_flags" not in before.case.steps


def test_a_correction_beside_the_open_question_leaves_it_open() -> None:
    """What was corrected is kept, and the question comes once more."""
    before = Before(Case(itch=4).settle("red_flags", "where", "symptoms"), "daily_life")
    intent, outcome = decide(Says(finding("itch", severity=1)), before, "correct_answer")
    assert (intent, outcome.case.itch, "daily_life" in outcome.case.steps) == ("describe_rash", 1, False)


# cancel and go back


def test_cancelling_is_remembered() -> None:
    """Nobody who wants to be left alone is asked again."""
    intent, outcome = decide(NOTHING, Before(step="where"), "cancel")
    assert (intent, outcome.case.paused) == ("cancel", True)


@pytest.mark.parametrize("step", [None, "symptoms"])
def test_going_back_opens_the_last_question(step: str | None) -> None:
    """In the middle of the questions and after the result."""
    case = Case(itch=2, areas={"chest": "half"}, asked=("fever",)).settle("red_flags", "where")
    intent, outcome = decide(NOTHING, Before(case, step), "go_back")
    assert (intent, outcome.case.steps, outcome.case.areas) == ("go_back", ("red_flags",), {})
    assert (outcome.case.itch, outcome.case.asked) == (2, ())


@pytest.mark.parametrize(
    ("answer", "intent"), [(Answer.YES, "affirm"), (Answer.NO, "deny"), (Answer.NOT_SURE, "not_sure")]
)
def test_a_bare_answer_without_a_question(answer: Answer, intent: str) -> None:
    """It is what it is, whatever the classifier makes of it."""
    assert decide(Says(answer=answer), Before(), "ask_study")[0] == intent
