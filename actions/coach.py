"""The coach: who he is, and the request that is stored for him."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActionExecutionRejected, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import (
    Events,
    GuideAction,
    case_of,
    in_assessment,
    is_first_look,
    knowledge,
    question_text,
    reading_of,
    send,
)
from bot.answers.coach import CONTACT_SLOTS, introduction
from bot.assessment.taps import NO, YES
from bot.replies import Reply
from bot.settings import settings
from bot.storage.contacts import add_contact_request
from bot.storage.database import engine_for


class ActionCoach(GuideAction):
    """Name, role and address of the coach."""

    def name(self) -> str:
        return "action_coach"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        send(dispatcher, tracker, [introduction(knowledge(), case_of(tracker).told_urgent, in_assessment(tracker))])
        # A request that was left unfinished must not answer the consent question of this one.
        return [SlotSet(slot, None) for slot in CONTACT_SLOTS]


class ValidateContactForm(GuideAction):
    """Takes consent as yes or no, then the patient's words as they are."""

    def name(self) -> str:
        return "validate_contact_form"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        asked = tracker.get_slot("requested_slot")
        in_form = (tracker.active_loop or {}).get("name") == "contact_form"
        if not in_form or not is_first_look(tracker) or asked not in CONTACT_SLOTS:
            return []
        intent = tracker.latest_message.get("intent", {}).get("name")
        if intent == "cancel":
            # What was given so far goes with the consent; the rule of the intent says so.
            return [*(SlotSet(slot, None) for slot in CONTACT_SLOTS), ActionExecutionRejected("contact_form")]
        if intent == "forget_me":
            return []
        if asked != "contact_consent":
            return [SlotSet(asked, question_text(tracker))]
        reading = reading_of(tracker)
        if reading.get("taken_up"):
            # This yes or no settled a doubt about a sign; it says nothing about consent.
            return []
        answer = reading.get("tapped") or reading.get("answer")
        if answer == YES:
            return [SlotSet(asked, True)]
        if answer == NO:
            return [SlotSet(asked, False), SlotSet("requested_slot", None)]
        # Neither: a rule may answer it, then the form asks again.
        return []


class ActionSaveContactRequest(GuideAction):
    """Stores the request with consent and time; without consent nothing is stored."""

    def name(self) -> str:
        return "action_save_contact_request"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        coach = knowledge().coach
        done = [SlotSet(slot, None) for slot in CONTACT_SLOTS]
        if not tracker.get_slot("contact_consent"):
            send(dispatcher, tracker, [Reply("text", coach.declined)])
            return done
        add_contact_request(
            engine_for(settings().database),
            tracker.sender_id,
            name=tracker.get_slot("contact_name") or "",
            reach=tracker.get_slot("contact_reach") or "",
            message=tracker.get_slot("contact_message") or "",
            consent_text=coach.consent,
        )
        send(dispatcher, tracker, [Reply("text", coach.stored)])
        return done
