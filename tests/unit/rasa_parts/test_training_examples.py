"""The training examples of the intents."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[3] / "data" / "nlu"
CONTENT = [
    "describe_rash",
    "ask_treatment",
    "ask_study",
    "contact_coach",
    "ask_grade",
    "ask_desensitization",
    "ask_adjunct",
    "ask_stop_medicine",
    "ask_about_bot",
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "not_sure",
    "correct_answer",
    "go_back",
    "ask_why",
    "cancel",
    "forget_me",
    "out_of_scope",
    "other_medical",
]


@pytest.fixture(scope="module")
def examples() -> dict[str, list[str]]:
    """All examples by intent."""
    found: dict[str, list[str]] = {}
    for path in FOLDER.glob("*.yml"):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = [line.removeprefix("- ") for line in entry["examples"].splitlines()]
            found.setdefault(entry["intent"], []).extend(lines)
    return found


@pytest.mark.parametrize("intent", CONTENT)
def test_each_intent_has_examples(examples: dict[str, list[str]], intent: str) -> None:
    """60 or more each."""
    assert len(examples[intent]) >= 60


def test_no_other_intents(examples: dict[str, list[str]]) -> None:
    """An intent that rules alone set, such as report_urgent_sign, has no examples."""
    assert set(examples) == set(CONTENT)


def test_no_example_stands_twice(examples: dict[str, list[str]]) -> None:
    """Neither under two intents nor under one."""
    counts = Counter(line.lower() for lines in examples.values() for line in lines)
    assert [line for line, count in counts.items() if count > 1] == []


def test_examples_are_plain_text(examples: dict[str, list[str]]) -> None:
    """Findings are read by rules, so no example marks entities, and none is longer than a patient may write."""
    lines = [line for group in examples.values() for line in group]
    assert [line for line in lines if "](" in line or "]{" in line or not line.strip() or len(line) > 2_000] == []
