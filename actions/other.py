"""Health questions outside the rash."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, GuideAction, knowledge, question_text, send
from bot.answers.topics import other_question


class ActionOtherMedical(GuideAction):
    """What the content knows of it, else a pointer to the team."""

    def name(self) -> str:
        return "action_other_medical"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        send(dispatcher, tracker, other_question(question_text(tracker), knowledge()))
        return []
