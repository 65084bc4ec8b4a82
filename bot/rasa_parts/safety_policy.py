"""Answers urgent signs before any other policy can say anything, in every state of the conversation.

Rasa gives an open form the first word, and a form asks the action server. So a rule alone could be delayed by a form
or lost with a stopped action server; this policy ranks above both.
"""

from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from bot.answers.coach import CONTACT_SLOTS
from bot.assessment.case import Case
from bot.assessment.conversation import DOUBT, REPORT
from bot.assessment.merge import CHECKLIST_UNSURE
from bot.assessment.steps import FORM, next_step, wants_check
from bot.clinical.signs import Sign, Urgency
from bot.rasa_parts.context import last_reading

SEEK_CARE, ASK_SIGN = "utter_seek_care", "utter_ask_sign"
URGENCY_SLOT = "urgency"

#: Answers to a question about something, after which a rash that was told is checked.
_ANSWERS = {
    "action_treatment",
    "action_adjunct",
    "action_stop_medicine",
    "action_grade",
    "action_desensitization",
    "action_study",
    "action_other_medical",
}

#: Signs after which the questions about a rash would be out of place.
_NO_QUESTIONS_AFTER = frozenset({Sign.PREGNANCY_EXPOSURE.value, Sign.SELF_HARM.value})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class SafetyPolicy(Policy):
    """report_urgent_sign -> utter_seek_care; doubtful_sign -> utter_ask_sign; then listen or go on asking."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above RulePolicy (6) and everything else."""
        return {"priority": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "SafetyPolicy":
        return cls(config, model_storage, resource, execution_context)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "SafetyPolicy":
        """Nothing was stored."""
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn: rules decide."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The safety answer, or no opinion."""
        intent = tracker.latest_message.intent.get("name") if tracker.latest_message else None
        latest = tracker.latest_action_name
        if intent == DOUBT:
            if latest == ACTION_LISTEN_NAME:
                return self._say(ASK_SIGN, domain)
            return self._listen_after(ASK_SIGN, tracker, domain)
        if intent != REPORT:
            return self._check_after_answer(tracker, domain)
        if latest == ACTION_LISTEN_NAME:
            level = last_reading(tracker).get("urgency") or Urgency.EMERGENCY.value
            return self._say(SEEK_CARE, domain, [SlotSet(URGENCY_SLOT, level)])
        if latest == SEEK_CARE and self._may_go_on(tracker):
            return self._say(FORM, domain)
        return self._listen_after(SEEK_CARE, tracker, domain)

    def _check_after_answer(self, tracker: DialogueStateTracker, domain: Domain) -> PolicyPrediction:
        """Someone with a rash who asks something else gets the answer first, then the question about danger signs."""
        answered = tracker.latest_action_name in _ANSWERS and not tracker.active_loop_name
        if answered and wants_check(Case.from_json(last_reading(tracker).get("case"))):
            return self._say(FORM, domain)
        return self._prediction(self._default_predictions(domain))

    @staticmethod
    def _may_go_on(tracker: DialogueStateTracker) -> bool:
        """After an emergency the questions stop. Short of one, the rest of the picture can still raise the level."""
        if tracker.get_slot(URGENCY_SLOT) != Urgency.URGENT.value:
            return False
        reading = last_reading(tracker)
        # "Not sure" to the whole checklist reports every sign on it.
        reported = () if CHECKLIST_UNSURE in reading.get("notes", ()) else reading.get("reported", ())
        if not _NO_QUESTIONS_AFTER.isdisjoint(reported):
            return False
        return next_step(Case.from_json(reading.get("case"))) is not None

    def _listen_after(self, action: str, tracker: DialogueStateTracker, domain: Domain) -> PolicyPrediction:
        if tracker.latest_action_name != action:
            return self._prediction(self._default_predictions(domain))
        events: list[Event] = []
        if action == SEEK_CARE and tracker.active_loop_name:
            # A request to the coach that it interrupts is not kept half written.
            events = [ActiveLoop(None), *(SlotSet(slot, None) for slot in (REQUESTED_SLOT, *CONTACT_SLOTS))]
        return self._say(ACTION_LISTEN_NAME, domain, events)

    def _say(self, action: str, domain: Domain, events: list[Event] | None = None) -> PolicyPrediction:
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(action)] = 1.0
        # An open form predicts itself without looking at the message, and Rasa lets such predictions overrule all
        # others; so this one has to be of that kind as well. Its priority then decides.
        return self._prediction(probabilities, optional_events=events, is_no_user_prediction=True)
