"""Treatment options, supplements, desensitization, and stopping or going on with lenalidomide."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, GuideAction, case_of, knowledge, question_text, send
from bot.answers.topics import topic, treatment
from bot.clinical.explanation import assess


class ActionTreatment(GuideAction):
    """What can help, by what was asked and by how urgent and severe the rash sounds."""

    def name(self) -> str:
        return "action_treatment"

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        case = case_of(tracker)
        assessment = assess(case.findings) if case.told else None
        send(dispatcher, tracker, treatment(question_text(tracker), case, assessment, knowledge()))
        return []


class _TopicAction(GuideAction):
    """Answers from one topic of the content, `data/knowledge/topics`."""

    action: str
    topic: str

    def name(self) -> str:
        return self.action

    async def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        send(dispatcher, tracker, topic(self.topic, question_text(tracker), knowledge()))
        return []


class ActionDesensitization(_TopicAction):
    """Taking it again in tiny, slowly rising doses, by specialists only."""

    action = "action_desensitization"
    topic = "desensitization"


class ActionAdjunct(_TopicAction):
    """Diet and supplements, one by one."""

    action = "action_adjunct"
    topic = "adjuncts"


class ActionAbout(_TopicAction):
    """What the guide is, what it keeps, who reads it."""

    action = "action_about"
    topic = "about"


class ActionStopMedicine(_TopicAction):
    """Stopping, skipping, pausing, going back on it."""

    action = "action_stop_medicine"
    topic = "stop_medicine"


class ActionGrade(_TopicAction):
    """How rashes are graded, and which signs are serious."""

    action = "action_grade"
    topic = "grades"
