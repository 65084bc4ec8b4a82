"""Forget me: asks once, then everything about the conversation is erased."""

from rasa_sdk import Tracker
from rasa_sdk.events import Restarted
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, GuideAction, knowledge, reading_of, send
from bot.answers.small_talk import say
from bot.replies import Choice, Reply
from bot.settings import settings
from bot.storage.database import engine_for
from bot.storage.privacy import erase

CONFIRM, KEEP = "forget:yes", "forget:no"


class ActionForgetMe(GuideAction):
    """The first time it asks; a tap on "erase" erases. The reply's `forgotten` tells the gateway to do the same."""

    def name(self) -> str:
        return "action_forget_me"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        tapped = reading_of(tracker).get("tapped")
        if tapped == KEEP:
            send(dispatcher, tracker, [say("forget_kept", knowledge())])
            return []
        if tapped != CONFIRM:
            ask = say("forget_ask", knowledge())
            choices = (Choice(CONFIRM, "Yes, erase everything"), Choice(KEEP, "No, keep it"))
            send(dispatcher, tracker, [Reply("buttons", ask.text, choices, sources=ask.sources)])
            return []
        erase(engine_for(settings().database), tracker.sender_id)
        done = say("forget_done", knowledge())
        send(dispatcher, tracker, [Reply("text", done.text, data={"forgotten": True}, sources=done.sources)])
        return [Restarted()]
