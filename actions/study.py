"""What the study found."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, GuideAction, knowledge, question_text, send
from bot.answers.study import study


class ActionStudy(GuideAction):
    """Told only when asked for, and never in the same turn as an urgent sign."""

    def name(self) -> str:
        return "action_study"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        send(dispatcher, tracker, study(question_text(tracker), knowledge()))
        return []
