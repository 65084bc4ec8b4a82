"""What every action has in common: the case, the knowledge, and an honest answer when something fails."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.answers import small_talk
from bot.assessment.case import Case
from bot.assessment.steps import FORM
from bot.knowledge import Knowledge, load_knowledge
from bot.rasa_parts.channel import as_message
from bot.replies import Reply
from bot.settings import settings

logger = logging.getLogger(__name__)

Events = list[dict[str, Any]]


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The reviewed content for the country that is set."""
    return load_knowledge(country=settings().country)


def reading_of(tracker: Tracker) -> dict[str, Any]:
    """The outcome of reading the patient's latest message."""
    return tracker.latest_message.get("reading") or {}


def case_of(tracker: Tracker) -> Case:
    """What is known about the patient."""
    return Case.from_json(reading_of(tracker).get("case"))


def question_text(tracker: Tracker) -> str:
    """The words that ask for something: those of the deferred request where a doubt came in between."""
    taken_up = reading_of(tracker).get("taken_up")
    return taken_up or tracker.latest_message.get("text") or ""


def in_assessment(tracker: Tracker) -> bool:
    """Whether the questions about the rash are open."""
    return (tracker.active_loop or {}).get("name") == FORM


def is_first_look(tracker: Tracker) -> bool:
    """Whether a form looks at the message before anything answered it; False on the way back from a digression.

    Rasa hands a validation action a tracker that already ends with the form's own action, so the name of the latest
    action says nothing.
    """
    since = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "action":
            since.append(event.get("name"))
    return len(since) <= 1


def send(dispatcher: CollectingDispatcher, tracker: Tracker, replies: Iterable[Reply]) -> None:
    """Utters replies in the form that the patient's channel takes."""
    for reply in replies:
        message = as_message(reply, tracker.get_latest_input_channel())
        dispatcher.utter_message(json_message=message.pop("custom", None), **message)


class GuideAction(Action, ABC):
    """An action that never leaves the patient without an answer: Rasa drops a failed one silently."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """Runs `act`; a failure is logged without the patient's words and answered."""
        try:
            return await self.act(dispatcher, tracker)
        except Exception as error:
            logger.error("%s failed: %s", self.name(), type(error).__name__, exc_info=error)
            send(dispatcher, tracker, [small_talk.say("cannot_answer", knowledge())])
            return []

    @abstractmethod
    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """What the action does. Returns the events that it makes."""
