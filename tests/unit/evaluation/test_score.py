"""The figures of `bot score`."""

import json
from pathlib import Path

import pytest

from bot.evaluation.score import LabelError, Message, Prediction, Rate, ReaderAlone, load, score


def message(name: str, urgent: bool | None, preferred: str = "either", intent: str = "describe_rash") -> Message:
    return Message(name, (name,), urgent, preferred, frozenset({intent}))


def test_rates_count_what_they_say() -> None:
    """Misses, silent misses, alarms, needless asks and intents of what was not escalated."""
    answers = {
        "hit": Prediction(True, False, "report_urgent_sign"),
        "asked": Prediction(False, True, "describe_rash"),
        "silent": Prediction(False, False, "greet"),
        "alarm": Prediction(True, False, None),
        "needless": Prediction(False, True, "describe_rash"),
        "calm": Prediction(False, False, "out_of_scope"),
    }
    messages = [
        message("hit", True), message("asked", True), message("silent", True),
        message("alarm", False), message("needless", False), message("calm", False, intent="out_of_scope"),
    ]  # fmt: skip
    result = score(messages, lambda m: answers[m.id])
    shares = {name: (rate.hits, rate.of) for name, rate in result.rates.items()}
    assert shares["sensitivity"] == (1, 3)
    assert shares["silent misses"] == (1, 3)
    assert shares["false alarms"] == (1, 3)
    assert shares["needless asks"] == (1, 3)
    assert shares["intents"] == (3, 4)
    assert shares["out-of-scope recall"] == (1, 1)
    assert shares["out-of-scope precision"] == (1, 1)
    assert [error.kind for error in result.errors][:2] == ["missed, asked", "MISSED, SILENT"]


def test_wilson_interval() -> None:
    """The known interval of 8 in 10, and the whole range where there is nothing."""
    low, high = Rate(8, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Rate(0, 0).interval == (0.0, 1.0)


@pytest.mark.parametrize(
    "row", ['{"id": 1}', '{"id": 1, "text": "a", "urgent": "yes"}', "[", '{"id":1,"turns":[],"urgent":true}']
)
def test_bad_label_names_its_line(tmp_path: Path, row: str) -> None:
    """A file with a mistake is refused, and the line is named."""
    file = tmp_path / "labels.jsonl"
    file.write_text('{"id": 0, "text": "a", "urgent": true}\n' + row + "\n", encoding="utf-8")
    with pytest.raises(LabelError, match="line 2"):
        load(file)


@pytest.mark.parametrize(
    ("turns", "escalated"),
    [
        (["its on my chest", "now its blistering"], True),
        (["I have blisters", "sorry voice typing, I said I have NO blisters"], False),
        (["I had blisters on my feet", "years ago i mean, in the army. now its only bumps on my back"], False),
        (["what about blisters?", "dont have any"], False),
        (["he was short of breath", "thursday i think. hes asleep now"], True),
    ],
)
def test_reader_alone_follows_turns(tmp_path: Path, turns: list[str], escalated: bool) -> None:
    """The state after the last turn counts."""
    file = tmp_path / "turns.jsonl"
    file.write_text(json.dumps({"id": "t", "turns": turns, "urgent": escalated}), encoding="utf-8")
    assert ReaderAlone()(load(file)[0]).escalated is escalated
