"""The statistical safety net can raise and never lower."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import Reader, Reading, verdict
from bot.language.alarm_model import AlarmModel
from bot.language.clause_marks import marked_words
from bot.language.reading import Answer, Context, Finding, Status
from bot.language.safety_net import FOLDER, SafetyNet, load_safety_net

RULES, WITH_NET = Reader(with_safety_net=False), Reader()
ORDER = ["clear", "ask", "escalate"]
MESSAGES = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[2] / "messages" / "development.jsonl").read_text(encoding="utf-8").splitlines()
    if '"text"' in line
]


@pytest.fixture(scope="module")
def net() -> SafetyNet:
    found = load_safety_net()
    assert found is not None
    return found


@pytest.mark.parametrize("text", MESSAGES[::7])
def test_the_net_never_lowers_what_the_rules_decide(text):
    """Clear may become ask or escalate, ask may become escalate; nothing goes down."""
    alone, together = verdict(RULES.read(text)), verdict(WITH_NET.read(text))
    assert ORDER.index(together.action) >= ORDER.index(alone.action)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_the_net_never_raises_an_error_and_never_lowers(text):
    """Whatever the text."""
    assert ORDER.index(verdict(WITH_NET.read(text)).action) >= ORDER.index(verdict(RULES.read(text)).action)


def test_what_the_rules_escalate_is_left_as_it_is(net):
    """The net has nothing to add to a certain sign."""
    reading = RULES.read("my lips are swollen")
    assert net.raised(reading, Context()) is reading


@pytest.mark.parametrize("answer", list(Answer))
def test_a_bare_answer_is_left_as_it_is(net, answer):
    """A yes or no belongs to its question."""
    reading = replace(RULES.read("the weather is fine"), answer=answer)
    assert net.raised(reading, Context()) is reading


def test_a_short_answer_to_an_open_question_is_left_as_it_is(net):
    """Beside an open question a few words answer it."""
    reading = RULES.read("both arms and the belly")
    assert net.raised(reading, Context(step="where")) is reading


def test_each_finding_of_the_net_says_so(net):
    """The rule names the net, the flag and the score; the words are in the message."""
    reading = Reading("the whole top came away in my hand when I dried it and it is wet and red under there")
    for finding in net.raised(reading, Context()).findings:
        assert finding.rule.startswith("safety net: sounds like")
        assert reading.text[finding.start : finding.end] == finding.text


def test_a_doubt_is_taken_as_there_only_when_it_sounds_alarming():
    """Between the thresholds the patient is asked, above the upper one not."""
    sure = SafetyNet(_Says(0.9), _Says(0.9), {"escalate": 0.8, "ask": 0.4, "confirm": 0.85})
    unsure = SafetyNet(_Says(0.6), _Says(0.6), {"escalate": 0.8, "ask": 0.4, "confirm": 0.85})
    doubt = Finding("blisters", "blister", 2, 9, Status.PRESENT, "named", in_doubt=True)
    reading = Reading("a blister or so on the heel from my boots", (doubt,))
    assert verdict(sure.raised(reading, Context())).action == "escalate"
    assert verdict(unsure.raised(reading, Context())).action == "ask"


class _Says(AlarmModel):
    """A model with one opinion on everything."""

    def __init__(self, score):
        self._score = score

    def scores(self, text, tags):
        return {"alarm": self._score, "calm": 1 - self._score, "blistering": 1.0}


def test_words_are_marked_by_their_clause():
    """Denied, supposed and past clauses mark their words; "but" ends a clause."""
    marked = marked_words("no blisters, but if it peels. In 2019 it hurt")
    assert {"n_blisters", "h_peels", "p_hurt"} <= set(marked)


def test_the_model_is_kept_without_pickles(tmp_path):
    """Plain arrays that load with pickles refused, and predict the same."""
    import numpy as np

    from bot.rasa_parts.word_vectors import load_word_vectors

    model = AlarmModel.load(FOLDER / "alarm.npz", load_word_vectors())
    model.save(tmp_path / "copy.npz")
    copy = AlarmModel.load(tmp_path / "copy.npz", load_word_vectors())
    for text in ("my mouth is full of sores", "", "what is the weather"):
        assert copy.scores(text, ()) == pytest.approx(model.scores(text, ()), abs=1e-3)
    assert np.load(tmp_path / "copy.npz", allow_pickle=False).files
