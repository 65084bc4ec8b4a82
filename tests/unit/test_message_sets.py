"""The labelled message sets keep their schema, stay apart and stay balanced."""

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from bot.clinical.signs import RED_FLAGS

MESSAGES = Path(__file__).parents[1] / "messages"
SETS = ("development", "test")
FORUM_SETS = ("forum", "forum-test")
ALL_SETS = SETS + FORUM_SETS
ID_LETTERS = {"development": "m", "test": "t", "forum": "f", "forum-test": "g"}

#: Those of the shared way to label; the guide has two flags more, which no labeller was given.
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
    [path] = MESSAGES.rglob(f"{name}.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def turns(message: Message) -> list[str]:
    return message["turns"] if "turns" in message else [message["text"]]


def normalised(text: str) -> str:
    """Lower-case letters and digits only, so that case, punctuation and spacing make no difference."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip()


@pytest.fixture(params=SETS)
def messages(request: pytest.FixtureRequest) -> list[Message]:
    return load(request.param)


@pytest.fixture(params=FORUM_SETS)
def forum_messages(request: pytest.FixtureRequest) -> list[Message]:
    return load(request.param)


@pytest.mark.parametrize("name", ALL_SETS)
def test_every_message_has_the_schema(name: str) -> None:
    """Each line has exactly the agreed fields with allowed values."""
    for message in load(name):
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


@pytest.mark.parametrize("name", ALL_SETS)
def test_labels_agree_with_each_other(name: str) -> None:
    """Signs go with urgency, `preferred` only with doubt, and no sign is present and denied at once."""
    for message in load(name):
        where = message["id"]
        assert ("preferred" in message) == (message["urgent"] == "ambiguous"), where
        assert message.get("preferred", "either") in {"escalate", "either", "no_escalate"}, where
        assert not set(message["signs"]) & set(message["negated"]), where
        assert len(set(message["signs"])) == len(message["signs"]), where
        if message["urgent"] is False:
            assert not message["signs"], where
        elif not message["signs"]:
            assert message.get("note", "").startswith("spread within hours"), where


def test_ids_are_unique_over_all_sets() -> None:
    """No id occurs twice, and its first letter names the set."""
    ids = [message["id"] for name in ALL_SETS for message in load(name)]
    assert len(ids) == len(set(ids))
    for name, letter in ID_LETTERS.items():
        assert all(message["id"].startswith(letter) for message in load(name)), name


def test_no_message_occurs_twice() -> None:
    """No text is shared by the sets or repeated in one, whatever its case and punctuation."""
    texts = Counter(normalised(" / ".join(turns(message))) for name in ALL_SETS for message in load(name))
    assert [text for text, count in texts.items() if count > 1] == []


def word_runs(name: str, length: int = 7) -> set[tuple[str, ...]]:
    """Every run of `length` words that stands in a turn of the set."""
    found: set[tuple[str, ...]] = set()
    for message in load(name):
        for turn in turns(message):
            words = normalised(turn).split()
            found.update(tuple(words[i : i + length]) for i in range(len(words) - length + 1))
    return found


@pytest.mark.parametrize(("one", "other"), combinations(ALL_SETS, 2))
def test_no_long_sentence_is_shared_by_two_sets(one: str, other: str) -> None:
    """No run of seven words of one set stands in another, so that a test set measures generalisation."""
    assert word_runs(one) & word_runs(other) == set()


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


def test_forum_size_and_classes(forum_messages: list[Message]) -> None:
    """A forum set has at least 260 messages, over a third urgent and about one in eight in doubt, most to escalate."""
    size = len(forum_messages)
    classes = Counter(str(message["urgent"]) for message in forum_messages)
    doubt = Counter(message["preferred"] for message in forum_messages if message["urgent"] == "ambiguous")
    assert size >= 260
    assert 0.35 <= classes["True"] / size <= 0.40
    assert 0.10 <= classes["ambiguous"] / size <= 0.15
    assert doubt["escalate"] > doubt["either"] > 0 < doubt["no_escalate"]


def test_forum_posts_are_long(forum_messages: list[Message]) -> None:
    """At least a quarter of a forum set has over fifty words, as real posts do."""
    words = [len(" ".join(turns(message)).split()) for message in forum_messages]
    assert sum(count > 50 for count in words) / len(words) >= 0.25


def test_forum_covers_signs_and_intents(forum_messages: list[Message]) -> None:
    """Each sign is told as present at least three times, and each intent is asked for at least once."""
    present = Counter(sign for message in forum_messages if message["urgent"] is True for sign in message["signs"])
    intents = Counter(message["intent"] for message in forum_messages)
    assert {sign: present[sign] for sign in SIGNS if present[sign] < 3} == {}
    assert sorted(intent for intent in INTENTS if not intents[intent]) == []


def test_forum_sets_differ_in_wording() -> None:
    """The two forum sets share no more of their word pairs than sets of unlike style do: under a quarter."""
    forum, forum_test = (word_runs(name, 2) for name in FORUM_SETS)
    assert len(forum & forum_test) / min(len(forum), len(forum_test)) < 0.25


@pytest.mark.parametrize(
    "path",
    sorted([*MESSAGES.rglob("*.jsonl"), *(MESSAGES.parents[1] / "data" / "messages").glob("*.jsonl")]),
    ids=lambda path: path.stem,
)
def test_every_set_names_known_flags(path: Path) -> None:
    """A sign that is spelt otherwise would be learnt as none."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert {sign for row in rows for sign in (*row.get("signs", ()), *row.get("negated", ()))} <= set(RED_FLAGS)
