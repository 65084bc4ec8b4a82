"""The language of terms, and the automaton that finds them."""

import pytest

from bot.language.automaton import Automaton
from bot.language.inflection import forms, plural
from bot.language.patterns import Parser, PatternError, lines, sequences

PARSER = Parser({"unable": "cant; unable to"}, {"swell": ("swollen",)})


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("raw", {"raw"}),
        ("bump^", {"bump", "bumps"}),
        ("swell~", {"swell", "swollen"}),
        ("(hot|very hot) skin", {"hot skin", "very hot skin"}),
        ("[so] sore", {"so sore", "sore"}),
        ("@unable breathe", {"cant breathe", "unable to breathe"}),
    ],
)
def test_term_stands_for_its_sequences(term: str, expected: set[str]) -> None:
    """Forms, choices, optional words and named lists."""
    assert {" ".join(words) for words in sequences(PARSER.parse(term))} == expected


@pytest.mark.parametrize("term", ["(hot", "hot)", "@nothing", "[hot]", "()"])
def test_broken_term_is_refused(term: str) -> None:
    """Open brackets, unknown lists and terms that may stand for nothing."""
    with pytest.raises(PatternError):
        PARSER.parse(term)


def test_automaton_finds_every_term_where_it_stands() -> None:
    """All terms at once, overlapping ones too; unknown words part them."""
    automaton: Automaton[str] = Automaton()
    automaton.add(PARSER.parse("mouth"), "site")
    automaton.add(PARSER.parse("mouth ulcer^"), "sign")
    found = list(automaton.find(["my", "mouth", "ulcers", None, "mouth"]))
    assert found == [(1, 2, "site"), (1, 3, "sign"), (4, 5, "site")]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("peel", "peeling"), ("slip", "slipped"), ("flake", "flaking"), ("dry", "dried"), ("itch", "itches")],
)
def test_forms_follow_spelling(word: str, expected: str) -> None:
    """Doubled consonants, dropped e, y to i, es after a hiss."""
    assert expected in forms(word, {})


def test_plural_of_y() -> None:
    """body, bodies; but boy, boys."""
    assert (plural("body"), plural("boy")) == ("bodies", "boys")


def test_lines_skip_comments_and_part_at_semicolons() -> None:
    """A block may be written on few or many lines."""
    assert list(lines("a; b # c\n\n# d\ne")) == ["a", "b", "e"]
