"""The assessment: which questions are still open, and the result."""

import logging
import time

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from actions.base import Events, GuideAction, case_of, in_assessment, is_first_look, knowledge, send
from bot.answers.result import result
from bot.assessment.case import STEPS, Case
from bot.assessment.conversation import FALLBACK, REQUESTS
from bot.assessment.diary import began, stored_snapshot
from bot.assessment.steps import FORM, next_step
from bot.clinical.explanation import assess
from bot.clinical.trend import Snapshot, assess_again
from bot.settings import settings
from bot.storage.database import engine_for
from bot.storage.diary import last_check

logger = logging.getLogger(__name__)


class ValidateAssessmentForm(GuideAction):
    """Lets the form follow the case. A request in the middle of it is handed to its rule, then the form goes on."""

    def name(self) -> str:
        return f"validate_{FORM}"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        intent = tracker.latest_message.get("intent", {}).get("name")
        if in_assessment(tracker) and is_first_look(tracker) and intent in (*REQUESTS, FALLBACK):
            # No slot at all: Rasa takes that as "not for me" and lets the rule of the intent answer.
            return []
        return _slots(case_of(tracker))


def _slots(case: Case) -> Events:
    open_steps = STEPS if next_step(case) else ()
    return [SlotSet(step, None if step in open_steps and step not in case.steps else True) for step in STEPS]


class ActionAssess(GuideAction):
    """Tells what to do, why, what to watch for, when to look again, and hands over the summary."""

    def name(self) -> str:
        return "action_assess"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        case = case_of(tracker)
        before = _last_check(tracker)
        assessment = assess(case.findings)
        if before:
            assessment = assess_again(before, case.findings, assessment)
        send(dispatcher, tracker, result(case, assessment, knowledge(), before))
        return [SlotSet("urgency", assessment.urgency.value)]


def _last_check(tracker: Tracker) -> Snapshot | None:
    """The check before this one. Without the database there is none, and the advice stands on what is known now."""
    try:
        last = last_check(engine_for(settings().database), tracker.sender_id, began(tracker.events, time.time()))
    except SQLAlchemyError as error:
        logger.error("the last check can't be read: %s", type(error).__name__)
        return None
    return stored_snapshot(last.summary) if last else None
