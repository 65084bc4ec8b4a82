"""The statistical safety net can raise and never lower."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import Reader, Reading, verdict
from bot.language.alarm_model import AlarmModel
from bot.language.clause_marks import marked_words
from bot.language.encoder import Heard
from bot.language.reading import Answer, Context, Finding, Ground, Status
from bot.language.safety_net import FOLDER, SafetyNet, calmed, load_safety_net, pooled
from bot.language.word_vectors import load_word_vectors

RULES, WITH_NET = Reader(with_safety_net=False), Reader()
ORDER = ["clear", "ask", "escalate"]
MESSAGES = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[2] / "messages" / "development.jsonl").read_text(encoding="utf-8").splitlines()
    if '"text"' in line
]


def _read_by_rules(text):
    reading = RULES.read(text)
    return replace(reading, findings=tuple(filter(None, map(calmed, reading.findings))))


@pytest.fixture(scope="module")
def net() -> SafetyNet:
    found = load_safety_net()
    assert found is not None
    return found


@pytest.mark.parametrize("text", MESSAGES[::3])
def test_the_net_never_lowers_what_the_rules_decide(text):
    """Clear may become ask or escalate, ask may become escalate; only what `calmed` names may go."""
    alone, together = verdict(_read_by_rules(text)), verdict(WITH_NET.read(text))
    assert ORDER.index(together.action) >= ORDER.index(alone.action)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_the_net_never_raises_an_error_and_never_lowers(text):
    """Whatever the text."""
    assert ORDER.index(verdict(WITH_NET.read(text)).action) >= ORDER.index(verdict(_read_by_rules(text)).action)


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


def test_a_short_report_beside_the_danger_signs_is_listened_to(net):
    """The list of danger signs is no question that a few words settle."""
    reading = RULES.read("well, my top lip feels funny and big")
    alone = net.raised(reading, Context()).findings
    assert net.raised(reading, Context(step="red_flags")).findings == alone


def test_each_finding_of_the_net_says_so(net):
    """The rule names the net, the flag and the score; the words are in the message."""
    reading = Reading("the whole top came away in my hand when I dried it and it is wet and red under there")
    for finding in net.raised(reading, Context()).findings:
        assert finding.rule.startswith("safety net: sounds like")
        assert reading.text[finding.start : finding.end] == finding.text


THRESHOLDS = {"escalate": 0.8, "ask": 0.4, "confirm": 0.85, "passing": 0.3, "flag": 0.25, "hunch": 0.1, "calm": 0.01}


class _Model(AlarmModel):
    """A model of the wording with one opinion on everything."""

    def __init__(self, **scores):
        self._scores = scores

    def scores(self, text, tags):
        return self._scores


def net_that_says(alarm, **flags):
    """Both ears of one opinion."""
    flags = flags or {"blistering": 0.9}
    return SafetyNet(_Model(alarm=alarm), _Model(**flags), lambda text: Heard(alarm, flags, {}), THRESHOLDS)


@pytest.mark.parametrize(("alarm", "action"), [(0.9, "escalate"), (0.6, "ask"), (0.3, "clear")])
def test_what_the_rules_clear_is_raised_by_how_alarming_it_sounds(alarm, action):
    """Above the upper threshold it is taken as there, between the two the patient is asked."""
    reading = Reading("came up like boiled tomatoes all along my arm")
    assert verdict(net_that_says(alarm).raised(reading, Context())).action == action


def test_an_alarm_without_a_clear_flag_is_asked_about():
    """Distress ("I can't stand the itching, please help me") sounds alarming too, but of nothing to be named."""
    reading = Reading("can't stand this any more, all night awake, please help me")
    assert verdict(net_that_says(0.95, skin_pain=0.2, fever=0.1).raised(reading, Context())).action == "ask"


@pytest.mark.parametrize(("alarm", "heard", "action"), [(0.6, 0.01, "clear"), (0.6, 0.1, "ask"), (0.95, 0.01, "ask")])
def test_unease_about_nothing_asks_nothing(alarm, heard, action):
    """Between the thresholds a question needs a red flag that is heard at all; real alarm is never left unasked."""
    reading = Reading("the leaflet is long and the print small, what a day this has been")
    assert verdict(net_that_says(alarm, fever=heard).raised(reading, Context())).action == action


@pytest.mark.parametrize(("wording", "asked"), [(0.005, False), (0.02, True)])
def test_the_encoder_is_asked_only_where_the_wording_leaves_it_open(wording, asked):
    """It takes most of the time of reading; "thanks, see you tomorrow" need not wait for it."""
    heard = []
    flags = {"blistering": 0.9}
    net = SafetyNet(
        _Model(alarm=wording), _Model(**flags), lambda text: heard.append(text) or Heard(0.99, flags, {}), THRESHOLDS
    )
    raised = net.raised(Reading("thank you very much, see you tomorrow"), Context())
    assert bool(heard) is asked
    assert (verdict(raised).action == "clear") is not asked


@pytest.mark.parametrize(("alarm", "action"), [(0.9, "escalate"), (0.6, "ask")])
def test_a_doubt_is_taken_as_there_only_when_it_sounds_alarming(alarm, action):
    """Between the thresholds the patient is asked, above the upper one not."""
    doubt = Finding("blisters", "blister", 2, 9, Status.PRESENT, "named", in_doubt=True)
    reading = Reading("a blister or so on the heel from my boots", (doubt,))
    assert verdict(net_that_says(alarm).raised(reading, Context())).action == action


@pytest.mark.parametrize(("alarm", "action"), [(0.5, "escalate"), (0.2, "ask")])
def test_what_is_told_in_passing_is_taken_as_there_sooner(alarm, action):
    """The rules asked only because nothing in the clause is of now."""
    passing = Finding(
        "blisters", "blisters", 0, 8, Status.PRESENT, "named: stated", in_doubt=True, ground=Ground.IN_PASSING
    )
    reading = Reading("blisters on both feet in the week after they gave me the first box of it", (passing,))
    assert verdict(net_that_says(alarm).raised(reading, Context())).action == action


def test_the_net_names_a_flag_that_the_rules_have_not_read():
    """What they read as denied is not what sounds alarming."""
    denied = Finding("fever", "no fever", 0, 8, Status.ABSENT, "denied")
    reading = Reading("no fever but it came up like boiled tomatoes", (denied,))
    raised = net_that_says(0.9, fever=0.9, blistering=0.5).raised(reading, Context())
    assert [f.concept for f in raised.findings if f.status is Status.PRESENT] == ["blisters"]


def test_the_net_shows_the_sentence_that_sounds_alarming():
    """In a long message the coach sees which words it was."""
    flags = {"blistering": 0.9}
    net = SafetyNet(
        _Model(alarm=0.9),
        _Model(**flags),
        lambda text: Heard(0.9 if "tomatoes" in text else 0.1, flags, {}),
        THRESHOLDS,
    )
    reading = Reading("The weather is fine. It came up like boiled tomatoes. My sister says hello.")
    assert net.raised(reading, Context()).findings[0].text == "It came up like boiled tomatoes."


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_two_opinions_are_pooled_between_them(first, second, more):
    """Never beyond either, and a higher opinion never lowers what comes of both."""
    both = pooled(first, second)
    assert min(first, second) - 1e-3 <= both <= max(first, second) + 1e-3
    assert pooled(max(first, more), second) >= both or max(first, more) == first


def test_words_are_marked_by_their_clause():
    """Denied, supposed and past clauses mark their words; "but" ends a clause."""
    marked = marked_words("no blisters, but if it peels. In 2019 it hurt")
    assert {"n_blisters", "h_peels", "p_hurt"} <= set(marked)


def test_the_model_is_kept_without_pickles(tmp_path):
    """Plain arrays that load with pickles refused, and predict the same."""
    model = AlarmModel.load(FOLDER / "alarm.npz", load_word_vectors())
    model.save(tmp_path / "copy.npz")
    copy = AlarmModel.load(tmp_path / "copy.npz", load_word_vectors())
    for text in ("my mouth is full of sores", "", "what is the weather"):
        assert copy.scores(text, ()) == pytest.approx(model.scores(text, ()), abs=1e-3)
    assert np.load(tmp_path / "copy.npz", allow_pickle=False).files


@pytest.mark.parametrize("text", ["I have a rash", "I've got an itchy rash on my chest since Tuesday"])
def test_the_net_is_silent_where_the_rules_have_read_every_word(text):
    """A plain rash is no riddle, however alarming it sounds to a model."""
    assert (
        verdict(net_that_says(0.99).raised(RULES.read(text), Context(), RULES.lists["tells_nothing"])).action == "clear"
    )


def test_the_net_names_what_it_heard(net):
    """Skin told of without the word peeling is named as such, by both ears together."""
    reading = Reading("I dried my arm and the top layer stayed on the towel, it is wet and raw under there")
    assert [finding.concept for finding in net.raised(reading, Context()).findings] == ["skin_peeling"]


REFUSALS = ("No more chemo, I don't want another appointment", "I won't go to the hospital again")
MEANS = (
    "The patches are saved up in the drawer and on Friday I'm alone", "The letters are written and the dog is gone",
    "I have been saying my goodbyes and the shotgun is back from the cabinet",
)  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS)
@pytest.mark.parametrize("means", MEANS)
def test_refusing_care_beside_a_means_or_a_farewell_is_an_emergency(refusal, means):
    """What is prepared is no mere refusal."""
    assert verdict(WITH_NET.read(f"{refusal}. {means}")).action == "escalate"


def test_refusing_care_alone_is_asked_about():
    """Relatives write so of a stubborn patient; the question names whom to call."""
    assert verdict(WITH_NET.read("he does not want to go to the hospital, says leave him be")).action == "ask"


@pytest.mark.parametrize("sign", ["swollen lips", "trouble breathing", "chest pain", "peeling skin"])
@pytest.mark.parametrize(
    "frame",
    [
        "no sign of {} on my arms", "it says to watch out for {}", "told to look out for {}", "worried i might get {}",
        "is {} a common side effect of lenalidomide", "the {} went away two months ago",
    ],
)  # fmt: skip
def test_a_line_that_the_rules_have_read_whole_raises_no_alarm(frame: str, sign: str) -> None:
    """There is nothing in it but a sign and what is said of it. At most the patient is asked, and about that sign."""
    reading = WITH_NET.read(frame.format(sign))
    assert verdict(reading).action != "escalate"


@pytest.mark.parametrize("status", [Status.ABSENT, Status.PAST])
def test_a_sign_that_the_rules_have_read_as_none_is_asked_about_only_where_it_sounds_certain(net, monkeypatch, status):
    """It sounds like a sign because one is named: "no fever, just scratching"."""
    reading = Reading("no fever at all today, just the old scratching again and a bad night")
    fever = Finding("fever", "fever", 3, 8, status, "denied")
    monkeypatch.setattr(net, "_wording", _Says(0.5))
    monkeypatch.setattr(net, "_hear", lambda text: Heard(0.5, {"fever": 0.9}, {}))
    monkeypatch.setattr(net, "_flags_in", lambda text, findings: {"fever": 0.9})
    assert verdict(net.raised(reading, Context())).action == "ask"
    assert verdict(net.raised(replace(reading, findings=(fever,)), Context())).action == "clear"
    monkeypatch.setattr(net, "_wording", _Says(0.99))
    monkeypatch.setattr(net, "_hear", lambda text: Heard(0.99, {"fever": 0.9}, {}))
    assert verdict(net.raised(replace(reading, findings=(fever,)), Context())).action == "escalate"


@pytest.mark.parametrize(("score", "clearest", "action"), [(0.2, 0.5, "ask"), (0.2, 0.1, "clear"), (0.5, 0.1, "ask")])
def test_uneasy_wording_is_asked_about_where_a_sign_stands_out(net, monkeypatch, score, clearest, action):
    """The less alarming it sounds, the clearer the sign has to be."""
    monkeypatch.setattr(net, "_wording", _Says(score))
    monkeypatch.setattr(net, "_hear", lambda text: Heard(score, {"fever": clearest}, {}))
    reading = Reading("something or other has come over me since this morning")
    assert verdict(net.raised(reading, Context())).action == action


class _Says:
    """A model of the wording that always says the same."""

    def __init__(self, alarm: float) -> None:
        self._alarm = alarm

    def scores(self, text, tags):
        """The alarm that was given."""
        return {"alarm": self._alarm}


@pytest.mark.parametrize(
    "text",
    [
        "she doesn't want to go, she says it's nothing",
        "he doesn't want to go to hospital, he says it's nothing",
        "My mum has a red rash from Revlimid and I'm so scared, is she going to die??",
    ],
)
def test_fear_and_a_relative_who_plays_it_down_are_no_thoughts_of_harm(text):
    """To ask somebody's daughter whether her mother thinks of killing herself hurts, and helps nobody."""
    reading = WITH_NET.read(text)
    assert "self_harm" not in {finding.concept for finding in reading.findings if finding.doubtful or finding.stands}
