"""What the policy for urgent signs predicts, in every state of Rasa's tracker."""

from typing import Any

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assessment.case import STEPS, Case
from bot.assessment.conversation import Before, Listener
from bot.assessment.merge import CHECKLIST_UNSURE
from bot.clinical.signs import Sign
from bot.knowledge import load_knowledge
from bot.language import Reader
from bot.rasa_parts.safety_policy import SafetyPolicy

DOMAIN = Domain.load("domain.yml")
LISTEN, FORM, COACH = "action_listen", "assessment_form", "contact_form"
RASH = Case(rash=True)


@pytest.fixture(scope="module")
def policy() -> SafetyPolicy:
    return SafetyPolicy.create(
        SafetyPolicy.get_default_config(),
        None,  # type: ignore[arg-type]
        Resource("safety"),
        ExecutionContext(GraphSchema({})),
    )


def said(
    intent: str, case: Case = RASH, urgency: str | None = None, *reported: str, notes: tuple[str, ...] = ()
) -> UserUttered:
    reading = {"case": case.as_json(), "urgency": urgency, "reported": reported, "notes": notes}
    return UserUttered("some words", {"name": intent}, parse_data={"reading": reading})  # type: ignore[typeddict-item]


def opened(form: str, step: str = "where") -> list[Event]:
    return [ActionExecuted(form), ActiveLoop(form), SlotSet("requested_slot", step), ActionExecuted(LISTEN)]


def predict(policy: SafetyPolicy, *events: Event) -> Any:
    tracker = DialogueStateTracker.from_events("a", [ActionExecuted(LISTEN), *events], DOMAIN.slots, domain=DOMAIN)
    return policy.predict_action_probabilities(tracker, DOMAIN)


def action(prediction: Any) -> str | None:
    """The predicted action, None for no opinion."""
    if not any(prediction.probabilities):
        return None
    return DOMAIN.action_names_or_texts[prediction.probabilities.index(1.0)]


REPORT = said("report_urgent_sign", RASH, "urgent", "fever")
EMERGENCY = said("report_urgent_sign", RASH.with_signs("present", Sign.AIRWAY), "emergency", "airway")
DOUBT = said("doubtful_sign")
BEFORE = {"free": [], "asking": opened(FORM), "coach": opened(COACH, "contact_name")}


@pytest.mark.parametrize("state", BEFORE)
@pytest.mark.parametrize(
    ("message", "reply"), [(REPORT, "utter_seek_care"), (EMERGENCY, "utter_seek_care"), (DOUBT, "utter_ask_sign")]
)
def test_the_safety_reply_comes_first_in_every_state(
    policy: SafetyPolicy, state: str, message: UserUttered, reply: str
) -> None:
    """Also within an open form, whose own prediction Rasa would else let win."""
    prediction = predict(policy, *BEFORE[state], message)
    assert action(prediction) == reply
    assert prediction.is_no_user_prediction


def test_the_policy_ranks_above_the_rules() -> None:
    """Between predictions of one kind, Rasa goes by priority."""
    priority = SafetyPolicy.get_default_config()["priority"]
    assert priority > RulePolicy.get_default_config()["priority"]


@pytest.mark.parametrize(("message", "level"), [(REPORT, "urgent"), (EMERGENCY, "emergency")])
def test_the_level_is_kept_in_its_slot(policy: SafetyPolicy, message: UserUttered, level: str) -> None:
    """The slot is set together with the reply."""
    assert predict(policy, message).optional_events == [SlotSet("urgency", level)]


def test_a_report_without_a_level_is_an_emergency(policy: SafetyPolicy) -> None:
    """As while an emergency stands."""
    assert predict(policy, said("report_urgent_sign")).optional_events == [SlotSet("urgency", "emergency")]


@pytest.mark.parametrize("form", [FORM, COACH])
def test_after_an_emergency_it_listens_and_the_form_is_closed(policy: SafetyPolicy, form: str) -> None:
    """Nothing more is asked."""
    prediction = predict(
        policy, *opened(form), EMERGENCY, SlotSet("urgency", "emergency"), ActionExecuted("utter_seek_care")
    )
    assert action(prediction) == LISTEN
    closed = ("requested_slot", "contact_consent", "contact_name", "contact_reach", "contact_message")
    assert prediction.optional_events == [ActiveLoop(None), *(SlotSet(slot, None) for slot in closed)]


@pytest.mark.parametrize("state", ["free", "asking"])
def test_after_an_urgent_sign_the_questions_go_on(policy: SafetyPolicy, state: str) -> None:
    """The rest of the picture can still raise the level."""
    events = [*BEFORE[state], REPORT, SlotSet("urgency", "urgent"), ActionExecuted("utter_seek_care")]
    assert action(predict(policy, *events)) == FORM


@pytest.mark.parametrize("sign", ["pregnancy_exposure", "self_harm"])
def test_some_signs_end_the_questions(policy: SafetyPolicy, sign: str) -> None:
    """Questions about a rash would be out of place."""
    message = said("report_urgent_sign", RASH, "urgent", sign)
    assert action(predict(policy, message, SlotSet("urgency", "urgent"), ActionExecuted("utter_seek_care"))) == LISTEN


@pytest.mark.parametrize("flag", ["pregnancy_exposure", "self_harm"])
@pytest.mark.parametrize("answer", ["yes", "not sure"])
@pytest.mark.parametrize("tapped", [True, False])
def test_an_answer_to_their_question_ends_the_questions_too(
    policy: SafetyPolicy, flag: str, answer: str, tapped: bool
) -> None:
    """Typed or tapped, "yes" and "not sure" name no sign themselves."""
    listener = Listener(Reader(with_safety_net=False), load_knowledge())
    asked = Case(rash=True, asked=(flag,))
    outcome = listener.listen(answer, Before(asked), {"choice": answer.replace(" ", "_")} if tapped else None)
    assert outcome.urgency
    message = UserUttered(answer, {"name": "report_urgent_sign"}, parse_data={"reading": outcome.as_json()})  # type: ignore[typeddict-item]
    level = SlotSet("urgency", outcome.urgency.value)
    assert action(predict(policy, message, level, ActionExecuted("utter_seek_care"))) == LISTEN


def test_not_sure_of_the_whole_checklist_goes_on(policy: SafetyPolicy) -> None:
    """It reports every line, and means none of them."""
    message = said("report_urgent_sign", RASH, "urgent", "self_harm", "fever", notes=(CHECKLIST_UNSURE,))
    assert action(predict(policy, message, SlotSet("urgency", "urgent"), ActionExecuted("utter_seek_care"))) == FORM


def test_with_every_question_answered_an_urgent_sign_ends_the_turn(policy: SafetyPolicy) -> None:
    """There is nothing left to ask."""
    message = said("report_urgent_sign", RASH.settle(*STEPS), "urgent", "fever")
    assert action(predict(policy, message, SlotSet("urgency", "urgent"), ActionExecuted("utter_seek_care"))) == LISTEN


@pytest.mark.parametrize("state", BEFORE)
def test_after_a_direct_question_it_listens(policy: SafetyPolicy, state: str) -> None:
    """An open form stays open, for the answer."""
    prediction = predict(policy, *BEFORE[state], DOUBT, ActionExecuted("utter_ask_sign"))
    assert action(prediction) == LISTEN
    assert prediction.optional_events == []


@pytest.mark.parametrize("answer", ["action_treatment", "action_study", "action_adjunct", "action_other_medical"])
def test_a_rash_that_was_told_beside_a_question_is_checked(policy: SafetyPolicy, answer: str) -> None:
    """The answer first, then the danger signs."""
    assert action(predict(policy, said("ask_treatment"), ActionExecuted(answer))) == FORM


@pytest.mark.parametrize(
    ("case", "events"),
    [
        (Case(), [ActionExecuted("action_treatment")]),
        (Case(rash=True, paused=True), [ActionExecuted("action_treatment")]),
        (Case(rash=True, told="emergency"), [ActionExecuted("action_treatment")]),
        (RASH.settle("red_flags"), [ActionExecuted("action_treatment")]),
        (RASH, [ActionExecuted("utter_greet")]),
        (RASH, []),
    ],
    ids=["no rash", "paused", "told", "checked", "small talk", "not answered yet"],
)
def test_otherwise_it_has_no_opinion(policy: SafetyPolicy, case: Case, events: list[Event]) -> None:
    """The rules decide."""
    prediction = predict(policy, said("ask_treatment", case), *events)
    assert action(prediction) is None
    assert not prediction.is_no_user_prediction


def test_within_a_form_an_answer_opens_no_second_one(policy: SafetyPolicy) -> None:
    """The form goes on by itself."""
    assert action(predict(policy, *opened(FORM), said("ask_study"), ActionExecuted("action_study"))) is None


def test_before_the_first_message_it_has_no_opinion(policy: SafetyPolicy) -> None:
    """A conversation that begins is no report."""
    assert action(predict(policy)) is None
