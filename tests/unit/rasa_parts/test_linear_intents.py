"""The intent model without Rasa."""

import time
from pathlib import Path

import numpy as np
import pytest

from bot.rasa_parts.linear_intents import LinearIntents, reading_tags

EXAMPLES = {
    "describe_rash": ["red itchy arms", "rash on my legs", "spots on my back", "bumps on both arms", "itchy belly"],
    "ask_treatment": [
        "which cream helps",
        "what cream can i use",
        "what helps?",
        "is there a cream",
        "what can i take?",
    ],
    "ask_stop_medicine": ["should i stop it", "do i stop the capsule", "can i stop?", "stop or go on", "shall i stop"],
}
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
INTENTS = [intent for intent, texts in EXAMPLES.items() for _ in texts]


@pytest.fixture(scope="module")
def model() -> LinearIntents:
    """A small model without word vectors."""
    return LinearIntents.fit(TEXTS, INTENTS, regularisation=1.0)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("itchy bumps on my arms", "describe_rash"),
        ("what cream should be used?", "ask_treatment"),
        ("stop the capsules?", "ask_stop_medicine"),
        # the intent is the question, not the sign beside it
        ("red itchy rash on my arms and legs. should i stop it?", "ask_stop_medicine"),
    ],
)
def test_unseen_wording_is_ranked_first(model: LinearIntents, text: str, intent: str) -> None:
    """The best intent of new wording is the one that its words belong to."""
    assert model.rank(text)[0][0] == intent


@pytest.mark.parametrize("text", ["red arms", "x", "?", "👍👍", "​", "a" * 2_000, "\u202ered\u202c", "<script>"])
def test_confidences_are_a_distribution(model: LinearIntents, text: str) -> None:
    """Every intent has a confidence, the highest first, and together they are 1."""
    ranking = model.rank(text)
    confidences = [confidence for _, confidence in ranking]
    assert {intent for intent, _ in ranking} == set(EXAMPLES)
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1)


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_nothing_to_read_has_no_intent(model: LinearIntents, text: str) -> None:
    """Blank text gets no ranking, so the fallback takes it."""
    assert model.rank(text) == []


def test_a_stored_model_answers_the_same(model: LinearIntents, tmp_path: Path) -> None:
    """Half precision in the file changes confidences by less than a hundredth and no best intent."""
    model.save(tmp_path / "intents.npz")
    again = LinearIntents.load(tmp_path / "intents.npz")
    for text in TEXTS:
        before, after = model.rank(text), again.rank(text)
        assert before[0][0] == after[0][0]
        assert before[0][1] == pytest.approx(after[0][1], abs=0.01)


def test_a_pickle_is_refused(model: LinearIntents, tmp_path: Path) -> None:
    """A file with pickled objects, which could run code, isn't loaded."""
    path = tmp_path / "intents.npz"
    model.save(path)
    with np.load(path) as file:
        arrays = {**file, "intents": np.array([{"an": "object"}], dtype=object)}
    np.savez(path, **arrays)
    with pytest.raises(ValueError, match="pickle"):
        LinearIntents.load(path)


def test_learning_is_repeatable(model: LinearIntents) -> None:
    """The same examples give the same model."""
    again = LinearIntents.fit(TEXTS, INTENTS, regularisation=1.0)
    assert again.rank("itchy arms") == model.rank("itchy arms")


def test_two_intents_are_enough_and_one_is_not() -> None:
    """Two classes, which the library treats in its own way, work; one has nothing to choose from."""
    two = LinearIntents.fit(TEXTS[:10], INTENTS[:10])
    assert two.rank("spots on my legs")[0][0] == "describe_rash"
    assert two.rank("which cream helps")[0][0] == "ask_treatment"
    with pytest.raises(ValueError, match="at least two intents"):
        LinearIntents.fit(TEXTS[:5], INTENTS[:5])


def test_findings_decide_between_equal_words() -> None:
    """Tags of what was read tip the balance where words don't."""
    texts, tags = ["my hand"] * 10, [{"rash:present"}] * 5 + [set[str]()] * 5
    model = LinearIntents.fit(texts, ["describe_rash"] * 5 + ["out_of_scope"] * 5, tags)
    assert model.rank("my hand", {"rash:present"})[0][0] == "describe_rash"
    assert model.rank("my hand")[0][0] == "out_of_scope"


@pytest.mark.parametrize(
    ("reading", "tags"),
    [
        (None, set()),
        ({}, set()),
        ({"findings": [], "answer": None}, set()),
        ({"answer": "no"}, {"answer:no"}),
        ({"findings": [{"concept": "itch", "status": "absent"}]}, {"status:absent", "itch:absent"}),
    ],
)
def test_tags_of_a_reading(reading: dict[str, object] | None, tags: set[str]) -> None:
    """Findings give their status alone and with the concept; a bare answer is a tag too."""
    assert reading_tags(reading) == tags


@pytest.mark.parametrize("unit", ["a", "? ", ", what ", "so and but ", "can i stop ", "can i stop? Red arms. "])
def test_long_messages_take_no_longer_than_their_length(model: LinearIntents, unit: str) -> None:
    """Nothing blows up on 2,000 characters."""
    text = (unit * 2_000)[:2_000]
    start = time.process_time()
    model.rank(text)
    assert time.process_time() - start < 0.2
