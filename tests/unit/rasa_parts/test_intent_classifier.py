"""The intent classifier in Rasa's graph."""

from pathlib import Path

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.rasa_parts import intent_classifier
from bot.rasa_parts.intent_classifier import LinearIntentClassifier, together

EXAMPLES = {
    "describe_rash": ["red itchy arms", "rash on my legs", "spots on my back", "bumps on both arms"],
    "ask_treatment": ["which cream helps", "what can i use", "what helps?", "is there a cream"],
}


def _itch(status: str) -> dict[str, object]:
    return {"findings": [{"concept": "itch", "status": status}], "answer": None}


def _training_data() -> TrainingData:
    return TrainingData(
        [
            Message(
                {TEXT: text, INTENT: intent, "reading": _itch("present")}
                if "arms" in text
                else {TEXT: text, INTENT: intent}
            )
            for intent, texts in EXAMPLES.items()
            for text in texts
        ]
    )


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> LinearIntentClassifier:
    """A classifier that was trained, stored and loaded as Rasa does it."""
    storage = LocalModelStorage.create(Path(tmp_path_factory.mktemp("storage")))
    resource, context = Resource("classifier"), ExecutionContext(GraphSchema({}))
    config = LinearIntentClassifier.get_default_config()
    LinearIntentClassifier.create(config, storage, resource, context).train(_training_data())
    return LinearIntentClassifier.load(config, storage, resource, context)


def test_messages_get_intent_and_ranking(trained: LinearIntentClassifier) -> None:
    """The best intent stands first in the ranking and on the message itself, for output too."""
    message = Message({TEXT: "spots on both legs", "reading": _itch("present")})
    trained.process([message])
    assert message.get("intent")["name"] == "describe_rash"
    assert message.get("intent_ranking")[0] == message.get("intent")
    assert {"intent", "intent_ranking"} <= set(message.as_dict(only_output_properties=True))


@pytest.mark.parametrize("text", ["", "   ", None])
def test_nothing_to_read_gets_no_intent(trained: LinearIntentClassifier, text: str | None) -> None:
    """Blank text, or none, gets the intent None with confidence 0 and an empty ranking."""
    message = Message({TEXT: text} if text is not None else {})
    trained.process([message])
    assert message.get("intent") == {"name": None, "confidence": 0.0}
    assert message.get("intent_ranking") == []


def test_an_untrained_classifier_says_so(trained: LinearIntentClassifier) -> None:
    """Processing before training is an error, not a silent guess."""
    untrained = LinearIntentClassifier(trained._config, trained._storage, trained._resource)
    with pytest.raises(RuntimeError, match="not trained"):
        untrained.process([Message({TEXT: "hello"})])


def test_changed_helpers_and_vectors_retrain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fingerprint is stable and follows the files that the class only uses."""
    before = LinearIntentClassifier.fingerprint_addon({})
    assert before == LinearIntentClassifier.fingerprint_addon({})
    other = tmp_path / "words.npz"
    other.write_bytes(b"another table")
    monkeypatch.setattr(intent_classifier, "VECTORS", other)
    assert LinearIntentClassifier.fingerprint_addon({}) != before


def test_what_both_opinions_find_likely_comes_first() -> None:
    """Neither opinion alone decides, and the confidences add up to 1."""
    ranking = together(
        [("ask_grade", 0.5), ("describe_rash", 0.4), ("greet", 0.1)], {"describe_rash": 0.9, "ask_grade": 0.1}, 0.5
    )
    assert ranking[0][0] == "describe_rash"
    assert sum(confidence for _, confidence in ranking) == pytest.approx(1)


def test_an_intent_that_the_encoder_never_heard_of_keeps_its_place() -> None:
    """New intents can be added to data/nlu without making the encoder again."""
    assert together([("ask_parking", 0.9), ("greet", 0.1)], {"greet": 0.2}, 0.5)[0][0] == "ask_parking"


def test_what_is_unclear_alone_is_heard_with_the_message_before(trained: LinearIntentClassifier) -> None:
    """ "How long would that take" by itself is of nothing; the encoder knows more intents than this training."""
    unclear = [("ask_treatment", 0.5), ("ask_desensitization", 0.3), ("describe_rash", 0.2)]
    said = "they want to bring the revlimid back drop by drop after my rash"
    assert trained._in_context(unclear, said, "how long would that take")[0][0] == "ask_desensitization"


@pytest.mark.parametrize("before", ["", None, "what did the study find"])
def test_what_is_clear_alone_needs_no_other(trained: LinearIntentClassifier, before: str | None) -> None:
    """A greeting after a question is a greeting; without a message before there is nothing to hear."""
    clear = [("greet", 0.97), ("ask_study", 0.03)]
    assert trained._in_context(clear, before, "hello again") == clear
    if not before:
        assert trained._in_context([("greet", 0.6), ("thank", 0.4)], before, "hi")[0] == ("greet", 0.6)
