"""`bot read`: a reading with what decided it, for whoever looks for the rule."""

import io
from collections.abc import Callable

import pytest

from bot.__main__ import main

Run = Callable[..., str]


@pytest.fixture
def read(capsys: pytest.CaptureFixture[str]) -> Run:
    """What the command prints."""

    def run(*arguments: str) -> str:
        assert main(["read", "--rules-only", *arguments]) == 0
        return capsys.readouterr().out

    return run


def test_each_finding_says_which_rule_decided(read: Run) -> None:
    """Red flags first, with their status; then what is no red flag."""
    first, *found = read("itchy rash, no blisters. Scared my throat will close").splitlines()
    assert first == "ask       itchy rash, no blisters. Scared my throat will close"
    assert "blisters (blistering): absent" in found[0] and "rule: named: denied by 'no'" in found[0]
    assert any("asked about" in line and "throat will close" in line for line in found)
    assert found[-1].strip().startswith(("itch: present", "rash: present"))


def test_an_answer_is_read_in_the_light_of_its_question(read: Run) -> None:
    """The same words tell nothing without it."""
    assert "itch: present" in read("--step", "symptoms", "about a 6") and "severity 2 of 4" in read(
        "--step", "symptoms", "about a 6"
    )
    assert "itch" not in read("about a 6")
    assert "answers no" in read("nope")


def test_lines_of_standard_input(read: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One block a line, blank ones left out."""
    monkeypatch.setattr("sys.stdin", io.StringIO("blisters on my lips\n\nno blisters\n"))
    lines = read().splitlines()
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == ["escalate", "clear"]


def test_help_names_the_questions(capsys: pytest.CaptureFixture[str]) -> None:
    """A question that does not exist is refused with those that do."""
    with pytest.raises(SystemExit):
        main(["read", "--step", "nowhere", "x"])
    assert "daily_life" in capsys.readouterr().err
