"""The intent classifier as a component of Rasa's graph: two opinions on what a message wants, weighed together.

One is of the linear classifier (`linear_intents`), trained here on `data/nlu` with every `rasa train`; the other of the
encoder, which knows more English but learns nothing new from a training here.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language import word_vectors
from bot.language.encoder import Encoder, load_encoder
from bot.language.word_vectors import VECTORS, WordVectors, load_word_vectors
from bot.rasa_parts import asking_clause, linear_intents, message_features
from bot.rasa_parts.linear_intents import REGULARISATION, LinearIntents, Ranking, reading_tags

RANKING = "intent_ranking"
_READING = "reading"
_SAID_BEFORE = "said_before"
_FILE = "intents.npz"
#: Of the encoder's opinion, beside that of the linear classifier; docs/measurements.md says how it was chosen.
ENCODER_SHARE = 0.55
#: Of its opinion of the message together with the one before, and how sure the message by itself must be to need none.
CONTEXT_SHARE, SURE_ALONE = 0.7, 0.95
#: An opinion that something is impossible is not taken at its word.
_LEAST = 1e-6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):
    """Sets "intent" and "intent_ranking". Findings that an earlier component put under "reading" are features too.

    Text without anything to read gets the intent None with confidence 0, which the fallback takes.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model: LinearIntents | None = None
        self._encoder: Encoder | None = load_encoder() if config["encoder_share"] else None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """regularisation: the C of the support vector machine. word_vectors, findings: whether they are features.

        encoder_share: how much the encoder's opinion weighs, 0 (the linear classifier alone) to 1. context_share: how
        much its opinion of the message together with the one before it weighs beside that.
        """
        return {
            "regularisation": REGULARISATION,
            "word_vectors": True,
            "findings": True,
            "encoder_share": ENCODER_SHARE,
            "context_share": CONTEXT_SHARE,
            "ranking_length": 10,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Their versions go into the fingerprint."""
        return ["sklearn", "numpy", "scipy"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Rasa fingerprints this class only: the modules and the data that it works with would not retrain it."""
        helpers = (asking_clause, linear_intents, message_features, word_vectors)
        digest = hashlib.sha256()
        for path in (*(Path(str(helper.__file__)) for helper in helpers), VECTORS):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearIntentClassifier":
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LinearIntentClassifier":
        """The trained classifier. Raises if its file is missing: better no start than no answers."""
        classifier = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            classifier._model = LinearIntents.load(folder / _FILE, classifier._vectors())
        return classifier

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that have text and an intent, and stores what was learnt."""
        examples = [message for message in training_data.intent_examples if (message.get(TEXT) or "").strip()]
        self._model = LinearIntents.fit(
            [message.get(TEXT) for message in examples],
            [message.get(INTENT) for message in examples],
            [self._tags(message) for message in examples],
            self._vectors(),
            self._config["regularisation"],
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets the intent and the ranking of each message."""
        if self._model is None:
            raise RuntimeError("The intent classifier is not trained.")
        for message in messages:
            text = message.get(TEXT) or ""
            ranking = self._model.rank(text, self._tags(message))
            if ranking and self._encoder:
                ranking = together(ranking, self._encoder.hear(text).intents, self._config["encoder_share"])
                ranking = self._in_context(ranking, message.get(_SAID_BEFORE), text)
            entries = _entries(ranking)[: self._config["ranking_length"]]
            nothing = {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}
            message.set(INTENT, entries[0] if entries else nothing, add_to_output=True)
            message.set(RANKING, entries, add_to_output=True)
        return messages

    def _in_context(self, ranking: Ranking, before: str | None, text: str) -> Ranking:
        """ "They say they'd bring it back drop by drop" - "how long would that take": both tell what is wanted.

        A message that is clear by itself, such as a greeting or thanks, needs no other.
        """
        if not before or ranking[0][1] >= SURE_ALONE or self._encoder is None:
            return ranking
        return together(ranking, self._encoder.hear(f"{before}\n{text}").intents, self._config["context_share"])

    def _tags(self, message: Message) -> set[str]:
        return reading_tags(message.get(_READING)) if self._config["findings"] else set()

    def _vectors(self) -> WordVectors | None:
        return load_word_vectors() if self._config["word_vectors"] else None


def together(ranking: Ranking, heard: Mapping[str, float], share: float) -> Ranking:
    """Both opinions multiplied, each to the power of its share: what both find likely comes first.

    On an intent that the encoder has never heard of, the ranking stands alone.
    """
    odds = {
        intent: max(own, _LEAST) ** (1 - share) * max(heard.get(intent, own), _LEAST) ** share
        for intent, own in ranking
    }
    total = sum(odds.values())
    return sorted(((intent, value / total) for intent, value in odds.items()), key=lambda pair: -pair[1])


def _entries(ranking: Ranking) -> list[dict[str, Any]]:
    return [{INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: confidence} for intent, confidence in ranking]
