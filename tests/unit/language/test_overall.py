"""Answers to a whole list in a sentence."""

import pytest

from bot.language.overall import overall_answer
from bot.language.reading import Answer


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        # no
        ("no, just itchy bumps", Answer.NO),
        ("nope only the itch", Answer.NO),
        ("None of those, thankfully", Answer.NO),
        ("no I don't have any of those things", Answer.NO),
        ("I don't have any of that", Answer.NO),
        ("nothing like that here", Answer.NO),
        ("non of thm", Answer.NO),
        ("No madam, no such problems", Answer.NO),
        ("no tengo", Answer.NO),
        # not sure goes first
        ("no, but I'm not sure about my back", Answer.NOT_SURE),
        ("not sure about any of those, sorry", Answer.NOT_SURE),
        ("I really can't tell", Answer.NOT_SURE),
        # a yes that does not say which
        ("yes, one of them", Answer.YES),
        # a yes to something else than the list
        ("yup, the same old rash, nothing else", None),
        ("yes but just a bit of itch", None),
        ("yeah they turn white when I press", None),
        ("yeah i can still sleep", None),
        ("yes I can still sleep but my lips are sore", Answer.YES),
        ("yes I can't sleep", Answer.YES),
        # one denial is not a no to all
        ("no fever", None),
        ("no blisters no sores", None),
        ("it itches a lot", None),
    ],
)
def test_a_sentence_answers_a_list(text, answer):
    """Only a denial of the whole list counts as no."""
    assert overall_answer(text) is answer
