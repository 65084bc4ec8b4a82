"""Renders every `utter_` response from the reviewed content, inside Rasa itself.

`domain.yml` names the responses; their words stand in `data/knowledge`, with their sources. Because this runs in
Rasa's own process, the seek-care reply, the direct questions and small talk arrive even with the action server stopped.
"""

from collections.abc import Callable
from typing import Any

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.answers import coach, small_talk
from bot.answers.care import seek_care
from bot.answers.doubt import ask_sign
from bot.answers.questions import question
from bot.assessment.case import STEPS, Case
from bot.assessment.conversation import FALLBACK, Outcome
from bot.knowledge import Knowledge
from bot.rasa_parts.channel import as_message
from bot.rasa_parts.context import last_reading
from bot.rasa_parts.findings_reader import listener
from bot.replies import Reply

Renderer = Callable[[DialogueStateTracker, Knowledge], Reply]


def _outcome(tracker: DialogueStateTracker) -> Outcome:
    text = tracker.latest_message.text if tracker.latest_message else None
    return Outcome.from_json(last_reading(tracker), text or "")


def _question(step: str) -> Renderer:
    return lambda tracker, knowledge: question(Case.from_json(last_reading(tracker).get("case")), step, knowledge)


def _ask_contact(slot: str) -> Renderer:
    return lambda tracker, knowledge: coach.ask(slot, knowledge)


def _did_you_mean(tracker: DialogueStateTracker, knowledge: Knowledge) -> Reply:
    """Guesses from the classifier's ranking; the second time in a row it does not guess again."""
    language = last_reading(tracker).get("language", "en")
    if language != "en":
        return small_talk.only_english(language, knowledge)
    users = [event for event in tracker.events if isinstance(event, UserUttered) and event.text]
    ranking = (users[-1].parse_data or {}).get("intent_ranking", []) if users else []
    again = len(users) > 1 and users[-2].intent.get("name") == FALLBACK
    return small_talk.did_you_mean(tuple(entry["name"] for entry in ranking), again, knowledge)


def _told_urgent(tracker: DialogueStateTracker) -> bool:
    return Case.from_json(last_reading(tracker).get("case")).told_urgent


def _as_it_stands(name: str, in_danger: str) -> Renderer:
    """Small talk, which while the advice to get care stands must not sound as if all were well."""
    return lambda tracker, knowledge: small_talk.say(in_danger if _told_urgent(tracker) else name, knowledge)


def _why(tracker: DialogueStateTracker, knowledge: Knowledge) -> Reply:
    return small_talk.why(tracker.get_slot("requested_slot"), knowledge)


#: Response -> what makes its reply. Any other response is the small talk of that name.
RENDERERS: dict[str, Renderer] = {
    "utter_seek_care": lambda tracker, knowledge: seek_care(_outcome(tracker), knowledge),
    "utter_ask_sign": lambda tracker, knowledge: ask_sign(_outcome(tracker), knowledge),
    "utter_why": _why,
    "utter_thank": _as_it_stands("thank", "thank_in_danger"),
    "utter_goodbye": _as_it_stands("goodbye", "goodbye_in_danger"),
    # A bare "ok", and a bare "no", that answer nothing.
    "utter_menu": _as_it_stands("menu", "menu_in_danger"),
    "utter_all_right": _as_it_stands("all_right", "menu_in_danger"),
    "utter_did_you_mean": _did_you_mean,
    # What Rasa says of its own accord where no rule holds.
    "utter_default": _did_you_mean,
    **{f"utter_ask_{step}": _question(step) for step in STEPS},
    **{f"utter_ask_{slot}": _ask_contact(slot) for slot in coach.CONTACT_SLOTS},
}


class ReviewedResponses(NaturalLanguageGenerator):
    """The `nlg` of endpoints.yml."""

    def __init__(self, endpoint_config: EndpointConfig | None = None, domain: Domain | None = None) -> None:
        """Takes what Rasa passes to every generator and needs neither."""

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The message for a response. Raises KeyError for one that has no words."""
        knowledge = listener().knowledge
        render = RENDERERS.get(utter_action)
        reply = render(tracker, knowledge) if render else small_talk.say(utter_action.removeprefix("utter_"), knowledge)
        return {"utter_action": utter_action, **as_message(reply, tracker.get_latest_input_channel())}
