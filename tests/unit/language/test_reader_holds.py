"""What holds for every message: it never fails, stays linear, and manners change nothing."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.score import ReaderAlone, load, score
from bot.language import Reader, verdict

OWN = Path(__file__).with_name("own_messages.jsonl")
READER = Reader(with_safety_net=False)
WORDS = [*sorted(READER._lexicon.vocabulary), *(",", ".", "?", ":", "-", "\n", "38.5", "102", "78/40", "3") * 60]

URGENT = (
    "my lips are swollen", "blisters on both hands", "skin is peeling off my back", "sores in my mouth",
    "temp is 102.4", "i cant breathe", "one calf is swollen and hot",
)  # fmt: skip
CALM = ("no blisters", "itchy rash on my arms", "no fever or sores", "what if i get blisters", "hello there")


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_reading_never_fails(text: str) -> None:
    """Any text at all; spans lie within it and the words are those at the span."""
    for finding in READER.read(text).findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text


@pytest.mark.parametrize(
    "text", ["", "   ", "\u200b", "\U0001f600" * 50, "<p>" * 200, "\u0627\u0644\u0645", "\x00", "http://a.b/c?d=e"]
)
def test_odd_input_is_read(text: str) -> None:
    """Empty, blank, invisible, emoji, tags, other scripts, addresses."""
    READER.read(text)


@given(
    st.sampled_from(URGENT + CALM),
    st.sampled_from(["", "Hi, ", "Hello! ", "Good morning. ", "hey\n"]),
    st.sampled_from(["", ". Thanks", " thank you!", "\nThanks so much", "!!", " \U0001f641"]),
    st.sampled_from([str, str.upper, str.capitalize, lambda text: text.replace("'", "\u2019")]),
)
@settings(max_examples=150, deadline=None)
def test_manners_change_no_verdict(text: str, before: str, after: str, case: "type[str]") -> None:
    """Greetings, thanks, case, punctuation and line breaks."""
    assert verdict(READER.read(before + case(text) + after)).action == verdict(READER.read(text)).action


@pytest.mark.parametrize("word", ["blisters", "swollen", "ulcers", "breathing", "peeling", "temperature"])
def test_one_wrong_letter_in_a_long_word_changes_no_verdict(word: str) -> None:
    """Neighbouring letters swapped inside the word."""
    sentence = {
        "blisters": "blisters on my hands", "swollen": "my face is swollen", "ulcers": "ulcers in my mouth",
        "breathing": "trouble breathing", "peeling": "my skin is peeling", "temperature": "i have a temperature",
    }[word]  # fmt: skip
    for position in range(1, len(word) - 2):
        typed = word[:position] + word[position + 1] + word[position] + word[position + 2 :]
        assert verdict(READER.read(sentence.replace(word, typed))).action == "escalate", typed


@pytest.mark.parametrize(
    "unit",
    [
        "if ",
        "no blisters, ",
        "my lips are swollen ",
        "<",
        "1 ",
        "mouth ",
        "is it ",
        "\U0001f600",
        "blsiters zzqx ",
        "not ",
    ],
)
def test_time_grows_with_length_only(unit: str) -> None:
    """Four times the text takes far less than sixteen times as long."""

    def best(length: int) -> float:
        text = (unit * length)[:length]
        times = []
        for _ in range(4):
            start = time.perf_counter()
            READER.read(text)
            times.append(time.perf_counter() - start)
        return min(times)

    best(500)
    assert best(2000) < 12 * best(500) + 0.01


def test_own_messages_reach_the_targets() -> None:
    """Sentences written for this project, not used as they stand in any rule."""
    result = score(load(OWN), ReaderAlone(READER)).rates
    assert result["sensitivity"].share >= 0.97
    assert result["silent misses"].share <= 0.012
    assert result["false alarms"].share <= 0.05
    assert result["needless asks"].share <= 0.10
    assert len(json.dumps(OWN.read_text("utf-8"))) > 1000
