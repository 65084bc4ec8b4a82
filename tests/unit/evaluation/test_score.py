"""The figures of `bot score`."""

import json
import sys
from pathlib import Path

import pytest

from bot.evaluation.baselines import diet
from bot.evaluation.baselines.environment import BaselineError
from bot.evaluation.baselines.keywords import keyword_list
from bot.evaluation.baselines.negation import CONTEXT, NEGSPACY, NegationBaseline
from bot.evaluation.figures import Prediction, Rate, markdown_table, score
from bot.evaluation.labels import LabelError, Message, load
from bot.evaluation.negex import load_kit, measure
from bot.evaluation.reader_alone import ReaderAlone
from bot.evaluation.score import main
from bot.language.reader import Reader


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
    ("row", "reason"),
    [
        ('{"id": 1}', "needs 'urgent'"),
        ('{"id": 1, "urgent": true}', "either 'text' or 'turns'"),
        ('{"id": 1, "text": "a", "urgent": "yes"}', "not 'yes'"),
        ('{"id": 1, "text": "a", "urgent": 1}', "not 1"),
        ('{"id": 1, "text": "a", "urgent": true, "preferred": "maybe"}', "'preferred'"),
        ('{"id": 1, "text": "a", "urgent": true, "intent": 4}', "'intent'"),
        ('{"id": 0, "text": "a", "urgent": true}', "twice"),
        ('{"id": 1, "turns": [], "urgent": true}', "list of texts"),
        ("[", "not JSON"),
        ("[]", "must be an object"),
    ],
)
def test_bad_label_names_file_line_and_reason(tmp_path: Path, row: str, reason: str) -> None:
    """A file with a mistake is refused; file, line and reason are named, and the command ends with 2."""
    file = tmp_path / "labels.jsonl"
    file.write_text('{"id": 0, "text": "a", "urgent": true}\n' + row + "\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"labels\.jsonl, line 2: ") as caught:
        load(file)
    assert reason in str(caught.value)
    assert main([str(file)]) == 2


def test_missing_or_empty_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No file, none of that name, and one without messages."""
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n", encoding="utf-8")
    assert [main([]), main([str(tmp_path / "none.jsonl")]), main([str(empty)])] == [2, 2, 2]
    assert "holds no messages" in capsys.readouterr().err


def labelled(folder: Path) -> Path:
    """Three messages: a sign told, a sign denied, and a message in which no rule finds anything."""
    file = folder / "three.jsonl"
    rows = [
        {"id": "a", "text": "blisters on both hands", "urgent": True},
        {"id": "b", "text": "no blisters", "urgent": False},
        {"id": "c", "text": "what does the study say", "urgent": True},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_command_lists_errors_with_their_reasons(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Totals and errors as text; totals alone when quiet."""
    assert main(["--rules-only", str(labelled(tmp_path))]) == 0
    shown = capsys.readouterr().out
    assert "rules alone" in shown and "50.0 %" in shown and "MISSED, SILENT" in shown
    assert main(["--rules-only", "--quiet", str(labelled(tmp_path))]) == 0
    assert "MISSED" not in capsys.readouterr().out


def test_command_writes_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One object for each file and system, with counts, interval and errors."""
    assert main(["--rules-only", "--json", str(labelled(tmp_path))]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["file"], row["system"]) == ("three", "rules alone")
    assert (row["rates"]["sensitivity"]["hits"], row["rates"]["sensitivity"]["of"]) == (1, 2)
    assert [error["id"] for error in row["errors"]] == ["c"]


def test_table_has_a_row_for_each_system() -> None:
    """A rate that a system doesn't have stays empty."""
    urgent = score([message("a", True)], lambda m: Prediction(True, False))
    calm = score([message("b", False)], lambda m: Prediction(False, False, "greet")).intents_only()
    lines = markdown_table([("set", "one", urgent), ("set", "two", calm)]).splitlines()
    assert len(lines) == 4
    assert "| set | one | 100.0 % (1 of 1; 20.7 to 100.0) |" in lines[2]
    assert lines[3].startswith("| set | two |  |")


def test_table_of_several_sets_ends_with_their_sum_and_the_aims() -> None:
    """For each system, over the sets that have such cases."""
    good = score([message("a", True), message("b", False)], lambda m: Prediction(m.urgent is True, False))
    bad = score([message("c", True), message("d", False)], lambda m: Prediction(False, False))
    rows = markdown_table([("x", "one", good), ("y", "one", bad), ("x", "two", good)]).splitlines()
    assert len(rows) == 2 + 3 + 2
    assert rows[-2].startswith("| all 2 | one | 50.0 % (1 of 2; ")
    assert rows[-1].startswith("| meet the aim | one | 1 of 2 | 1 of 2 | 2 of 2 | 2 of 2 |")


def test_keyword_list_reads_no_denial() -> None:
    """A keyword escalates even where it is denied, with a curly apostrophe too."""
    said = [Message("k", (text,), True, "either", frozenset()) for text in ("no fever", "I can\u2019t breathe", "hi")]
    assert [keyword_list(each).escalated for each in said] == [True, True, False]


def test_baseline_that_cannot_be_installed_leaves_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with the reason, and the command goes on."""

    def refuse(*_: object, **__: object) -> None:
        raise BaselineError("no network")

    monkeypatch.setattr("bot.evaluation.baselines.negation.python_with", refuse)
    monkeypatch.setattr(diet, "run_script", refuse)
    assert main(["--rules-only", "--quiet", "--baselines", str(labelled(tmp_path))]) == 0
    shown = capsys.readouterr()
    assert "keyword list" in shown.out
    assert "negspacy 1.0.4 is left out: no network" in shown.err
    assert "ConText is left out" in shown.err and "DIET" in shown.err


@pytest.mark.parametrize("baseline", [NEGSPACY, CONTEXT], ids=["negspacy", "context"])
def test_negation_baseline_escalates_what_is_not_cleared(
    baseline: NegationBaseline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Statuses of all turns count; its own script is run with the shared keywords."""

    def found(command: list[Path], data: dict[str, list[str]]) -> list[list[list[str]]]:
        assert command[1].is_file()
        assert "blisters" in data["keywords"]
        return [[["fever", "negated"]] if "no" in text else [["fever", "present"]] for text in data["texts"]]

    monkeypatch.setattr("bot.evaluation.baselines.negation.python_with", lambda *_: Path(sys.executable))
    monkeypatch.setattr("bot.evaluation.baselines.negation.run_script", found)
    said = [
        Message("1", ("no fever",), None, "either", frozenset()),
        Message("2", ("no", "fever"), None, "either", frozenset()),
    ]
    assert [each.escalated for each in baseline.predict(said).values()] == [False, True]


def test_negex_kit_is_scored(tmp_path: Path) -> None:
    """Concepts that no lexicon of patients' words has are denied, told or over all the same."""
    kit = tmp_path / "kit.txt"
    rows = [
        "Number\tConcept\tSentence\tNegation",
        '1\tpneumothorax\t"There is no PNEUMOTHORAX."\tNegated',
        "2\tcardiomegaly\tCARDIOMEGALY is seen.\tAffirmed",
        "3\tcardiomegaly\tNo pneumothorax or cardiomegaly.\tNegated",
        "4\teffusion\tHeart is large.\tAffirmed",
    ]
    kit.write_text("\r\n".join(rows), encoding="utf-8")
    result = measure(load_kit(kit), Reader(with_safety_net=False))
    assert (result.hits, result.false, result.missed, result.of, result.unread) == (2, 0, 0, 4, 1)
    assert result.f1 == 1.0


def test_bad_kit_names_its_line(tmp_path: Path) -> None:
    """A line without tabs is refused."""
    kit = tmp_path / "kit.txt"
    kit.write_text("1\tfever\tNo fever.\tNegated\nfever\n", encoding="utf-8")
    with pytest.raises(LabelError, match=r"kit\.txt, line 2"):
        load_kit(kit)


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
