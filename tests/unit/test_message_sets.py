"""The labelled message sets keep their schema, stay apart and stay balanced."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

MESSAGES = Path(__file__).parents[1] / "messages"
SETS = ("development", "test")

SIGNS = frozenset(
    [
        "airway",
        "anaphylaxis",
        "bleeding",
        "blistering",
        "chest_pain",
        "confusion_or_collapse",
        "facial_swelling",
        "fever",
        "infection",
        "jaundice",
        "leg_clot",
        "mucosal_lesion",
        "pregnancy_exposure",
        "purpura_or_target",
        "self_harm",
        "shingles",
        "skin_pain",
        "skin_peeling",
        "stroke",
        "swollen_glands",
    ]
)
TOPIC_INTENTS = frozenset(
    [
        "ask_about_bot",
        "ask_adjunct",
        "ask_desensitization",
        "ask_grade",
        "ask_stop_medicine",
        "ask_study",
        "ask_treatment",
        "contact_coach",
        "describe_rash",
        "goodbye",
        "greet",
        "other_medical",
        "out_of_scope",
        "thank",
    ]
)
DIALOGUE_INTENTS = frozenset(
    ["affirm", "ask_why", "cancel", "correct_answer", "deny", "forget_me", "go_back", "not_sure"]
)
INTENTS = TOPIC_INTENTS | DIALOGUE_INTENTS
FIELDS = frozenset(["id", "text", "turns", "urgent", "preferred", "signs", "negated", "intent", "intent_also", "note"])

Message = dict[str, Any]


def load(name: str) -> list[Message]:
    lines = (MESSAGES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def turns(message: Message) -> list[str]:
    return message["turns"] if "turns" in message else [message["text"]]


def normalised(text: str) -> str:
    """Lower-case letters and digits only, so that case, punctuation and spacing make no difference."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


@pytest.fixture(params=SETS)
def messages(request: pytest.FixtureRequest) -> list[Message]:
    return load(request.param)


def test_every_message_has_the_schema(messages: list[Message]) -> None:
    """Each line has exactly the agreed fields with allowed values."""
    for message in messages:
        where = message["id"]
        assert set(message) <= FIELDS, where
        assert ("text" in message) != ("turns" in message), where
        assert all(turn.strip() for turn in turns(message)), where
        assert "turns" not in message or 2 <= len(message["turns"]) <= 3, where
        assert message["urgent"] is True or message["urgent"] is False or message["urgent"] == "ambiguous", where
        assert set(message["signs"]) <= SIGNS and set(message["negated"]) <= SIGNS, where
        assert message["intent"] in INTENTS, where
        assert message.get("intent_also", "describe_rash") in INTENTS, where
        assert message.get("intent_also") != message["intent"], where


def test_labels_agree_with_each_other(messages: list[Message]) -> None:
    """Signs go with urgency, `preferred` only with doubt, and no sign is present and denied at once."""
    for message in messages:
        where = message["id"]
        assert ("preferred" in message) == (message["urgent"] == "ambiguous"), where
        assert message.get("preferred", "either") in {"escalate", "either", "no_escalate"}, where
        assert not set(message["signs"]) & set(message["negated"]), where
        assert len(set(message["signs"])) == len(message["signs"]), where
        if message["urgent"] is False:
            assert not message["signs"], where
        elif not message["signs"]:
            assert message.get("note", "").startswith("spread within hours"), where


def test_ids_are_unique_over_both_sets() -> None:
    """No id occurs twice, and its first letter names the set."""
    ids = [message["id"] for name in SETS for message in load(name)]
    assert len(ids) == len(set(ids))
    assert all(message["id"].startswith("m") for message in load("development"))
    assert all(message["id"].startswith("t") for message in load("test"))


def test_no_message_occurs_twice() -> None:
    """No text is shared by the sets or repeated in one, whatever its case and punctuation."""
    texts = Counter(normalised(" / ".join(turns(message))) for name in SETS for message in load(name))
    assert [text for text, count in texts.items() if count > 1] == []


def test_no_long_sentence_is_shared_by_the_sets() -> None:
    """No run of seven words of one set stands in the other, so that the test set measures generalisation."""

    def runs(name: str) -> set[tuple[str, ...]]:
        found: set[tuple[str, ...]] = set()
        for message in load(name):
            for turn in turns(message):
                words = normalised(turn).split()
                found.update(tuple(words[i : i + 7]) for i in range(len(words) - 6))
        return found

    assert runs("development") & runs("test") == set()


def test_size_and_classes(messages: list[Message]) -> None:
    """A set has at least 420 messages, about a third of them urgent and about one in twelve in doubt."""
    size = len(messages)
    classes = Counter(str(message["urgent"]) for message in messages)
    assert size >= 420
    assert 0.32 <= classes["True"] / size <= 0.38
    assert 0.06 <= classes["ambiguous"] / size <= 0.10
    assert set(message["preferred"] for message in messages if message["urgent"] == "ambiguous") == {
        "escalate",
        "either",
        "no_escalate",
    }


def test_shapes(messages: list[Message]) -> None:
    """About a tenth has several turns, and at least one in twenty is a long ramble."""
    size = len(messages)
    assert 0.10 <= sum("turns" in message for message in messages) / size <= 0.13
    assert sum(len(" ".join(turns(message)).split()) >= 60 for message in messages) / size >= 0.05


def test_every_sign_is_told_and_the_common_ones_denied(messages: list[Message]) -> None:
    """Each sign is present in at least five urgent messages, and the usual denials occur often."""
    present = Counter(sign for message in messages if message["urgent"] is True for sign in message["signs"])
    denied = Counter(sign for message in messages for sign in message["negated"])
    assert {sign: present[sign] for sign in SIGNS if present[sign] < 5} == {}
    usual = ("blistering", "fever", "mucosal_lesion", "facial_swelling", "airway")
    assert {sign: denied[sign] for sign in usual if denied[sign] < 10} == {}


def test_every_intent_occurs(messages: list[Message]) -> None:
    """Each topic intent has at least three messages and each dialogue intent at least two."""
    intents = Counter(message["intent"] for message in messages)
    assert {intent: intents[intent] for intent in TOPIC_INTENTS if intents[intent] < 3} == {}
    assert {intent: intents[intent] for intent in DIALOGUE_INTENTS if intents[intent] < 2} == {}
