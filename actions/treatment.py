"""Treatment options, supplements, desensitization, and stopping or going on with lenalidomide."""

from abc import abstractmethod

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, GuideAction, case_of, knowledge, question_text, send
from bot.answers.topics import seriousness, topic, treatment
from bot.assessment.steps import next_step


class ActionTreatment(GuideAction):
    """What can help, by what was asked and by how urgent and severe the rash sounds."""

    def name(self) -> str:
        return "action_treatment"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        case = case_of(tracker)
        # A check may have been raised above its findings, because the rash is worse than at the one before.
        checked = tracker.get_slot("urgency") if next_step(case) is None else None
        send(dispatcher, tracker, treatment(question_text(tracker), case, knowledge(), checked))
        return []


class _TopicAction(GuideAction):
    """Answers from one topic of the content, `data/knowledge/topics`."""

    topic: str

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        send(dispatcher, tracker, topic(self.topic, question_text(tracker), knowledge()))
        return []


class ActionDesensitization(_TopicAction):
    """Taking it again in tiny, slowly rising doses, by specialists only."""

    topic = "desensitization"

    def name(self) -> str:
        return "action_desensitization"


class ActionAdjunct(_TopicAction):
    """Diet and supplements, one by one."""

    topic = "adjuncts"

    def name(self) -> str:
        return "action_adjunct"


class ActionAbout(_TopicAction):
    """What the guide is, what it keeps, who reads it."""

    topic = "about"

    def name(self) -> str:
        return "action_about"


class ActionStopMedicine(_TopicAction):
    """Stopping, skipping, pausing, going back on it."""

    topic = "stop_medicine"

    def name(self) -> str:
        return "action_stop_medicine"


class ActionGrade(GuideAction):
    """How rashes are graded, and which signs are serious."""

    def name(self) -> str:
        return "action_grade"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        send(dispatcher, tracker, seriousness(question_text(tracker), knowledge()))
        return []
