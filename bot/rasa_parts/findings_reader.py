"""Reads each message before the classifier does, and has the last word on the intent after it.

Two graph components share one `Listener`: `FindingsReader` stands first in the pipeline and takes the message in,
`RedFlagGate` stands last and sets the intent by rules where safety or the open question decide it.
"""

from functools import lru_cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, METADATA, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assessment.conversation import Before, Listener, choose_intent
from bot.knowledge import load_knowledge
from bot.language import Reader
from bot.rasa_parts import mends
from bot.settings import settings

READING = "reading"
#: The patient's message before this one, in words; "" where there is none.
SAID_BEFORE = "said_before"
_OUTCOME, _BEFORE = "outcome", "before"

mends.apply()


@lru_cache(maxsize=1)
def listener() -> Listener:
    """The one listener of this process: loading the lexicon takes a moment."""
    return _listener(Reader())


def _listener(reader: Reader) -> Listener:
    return Listener(reader, load_knowledge(country=settings().country))


class _Stateless(GraphComponent):
    """What both components have in common: nothing is configured, trained or stored."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "_Stateless":
        return cls()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class FindingsReader(_Stateless):
    """Puts the outcome of reading on the message as "reading"."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Findings are features of the classifier, so training messages are read too.

        By the rules alone: the net adds a finding to few of them, which made no difference to the intents when it was
        tried, and takes most of the time.
        """
        by_rules = _listener(Reader(with_safety_net=False))
        for message in training_data.intent_examples:
            message.set(READING, by_rules.listen(message.get(TEXT) or "", Before()).as_json())
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Reads each message in the context that `mends` put into its metadata, after those that the gateway had to
        answer by itself since the last one."""
        for message in messages:
            metadata = message.get(METADATA) or {}
            before = listener().caught_up(Before.from_json(metadata.get("context")), metadata.get("missed") or ())
            outcome = listener().listen(message.get(TEXT) or "", before, metadata.get("answer"))
            message.set(_OUTCOME, outcome)
            message.set(_BEFORE, before)
            message.set(SAID_BEFORE, before.said)
            message.set(READING, outcome.as_json(), add_to_output=True)
        return messages


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class RedFlagGate(_Stateless):
    """Overrules the classifier where rules decide. What it had found is kept as "wanted" in the reading."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent. Stands last, so that nothing comes after it."""
        for message in messages:
            classified = (message.get(INTENT) or {}).get(INTENT_NAME_KEY)
            confidence = (message.get(INTENT) or {}).get(PREDICTED_CONFIDENCE_KEY, 0.0)
            intent, outcome = choose_intent(message.get(_OUTCOME), message.get(_BEFORE), classified, confidence)
            reading = {**outcome.as_json(), "wanted": classified, "wanted_confidence": confidence}
            message.set(READING, reading, add_to_output=True)
            if intent != classified:
                decided = {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: 1.0}
                message.set(INTENT, decided, add_to_output=True)
        return messages
