"""Training examples out of labelled messages."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "make_nlu_examples.py"


@pytest.fixture(scope="module")
def script() -> Any:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("make_nlu_examples", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        ({"text": "pink dots", "urgent": False}, ["pink dots"]),
        ({"text": "lips fat", "urgent": True}, []),
        ({"text": "felt hot once", "urgent": "ambiguous"}, ["felt hot once"]),
        # the last of several turns, on one line
        ({"turns": ["hello", "on my\narms\u2028too"], "urgent": False}, ["on my arms too"]),
        # nothing to read, or Rasa's mark for an entity
        ({"text": " \u200b ", "urgent": False}, []),
        ({"text": "see [this](there)", "urgent": False}, []),
        # stands in another file
        ({"text": "Red Arms", "urgent": False}, []),
    ],
)
def test_messages_become_lines(script: Any, message: dict[str, Any], lines: list[str]) -> None:
    """Messages without an urgent sign become examples of their intent, each on one line and only once."""
    twice = [{**message, "intent": "describe_rash"}] * 2
    assert script.examples(twice, ["red arms"]).get("describe_rash", []) == lines
