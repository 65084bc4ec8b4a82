"""What takes a sign for granted is asked about, whichever sign: a denial of something about it, its end that is wished,
a question of the one there is.

`tests/messages/unheard.jsonl` holds what two reviewers wrote to have a present sign passed over, which it was; its
"note" says what the rules must hear since. The other half is `tests/messages/unheard-test.jsonl`, which nobody reads.
"""

import json
from pathlib import Path

import pytest

from bot.language import Reader, verdict
from bot.language.reading import Context

SIGNS = ("blisters", "mouth sores", "peeling", "wheezing", "fever", "purple spots")
GRANTED = (
    "why won't the {s} go away",
    "why hasn't the {s} stopped",
    "nobody has looked at the {s} yet",
    "the doctor hasn't seen these {s}",
    "no explanation for the {s} so far",
    "haven't been given anything for the {s}",
    "I don't have many {s}",
    "not as much {s} as yesterday",
    "not completely free, half the {s} have gone",
    "most of the {s} is gone",
    "I want the {s} gone",
    "once the {s} has gone can I restart",
    "should I ring about the {s}",
    "could someone have a look at the {s}",
    "if the {s} gets worse who do I ring",
    "is the {s} normal",
    "I wasn't told I'd have {s} like this",
    "I wasn't expecting {s}",
    "other than {s} nothing to report",
    "oh no, not the {s} again",
    "you don't think the {s} is serious?",
    "can I go to work with {s}",
    "they said it would clear up, the {s} hasn't",
)
#: As like those as can be, and nothing is taken for granted.
NOT_GRANTED = (
    "no {s}",
    "I don't have any {s}",
    "I haven't got {s}",
    "is {s} normal on this drug",
    "how common is {s}",
    "if the rash ever brings {s} who do I ring",
    "the {s} healed in March and I have had none since",
    "I had {s} years ago. Now there is only a pink rash",
)
#: A present sign cried out, or told after a "no" that answers something else.
CRIES = (
    "oh no my lips are swelling",
    "no my throat is closing",
    "no the blisters are still there",
    "oh no I have a fever",
    "without cream my skin peels off in sheets",
    "nowhere without blisters",
    "no rash, blisters only",
)


UNHEARD = Path(__file__).parents[2] / "messages" / "unheard.jsonl"


def _once_silent() -> list[list[str]]:
    rows = map(json.loads, UNHEARD.read_text(encoding="utf-8").splitlines())
    return [row.get("turns") or [row["text"]] for row in rows if row.get("note") == "heard by the rules since"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("way", GRANTED)
def test_a_sign_that_is_taken_for_granted_is_never_passed_over(reader: Reader, way: str, sign: str) -> None:
    """Asked about at least."""
    assert verdict(reader.read(way.format(s=sign))).action != "clear"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("way", NOT_GRANTED)
def test_a_plain_denial_and_a_general_question_stay_what_they_are(reader: Reader, way: str, sign: str) -> None:
    """No alarm."""
    assert verdict(reader.read(way.format(s=sign))).action != "escalate"


@pytest.mark.parametrize("sign", SIGNS)
def test_a_plain_denial_clears(reader: Reader, sign: str) -> None:
    """Nothing is asked either."""
    assert verdict(reader.read(f"no {sign}, only an itch")).action == "clear"


@pytest.mark.parametrize("told", CRIES)
def test_a_cry_or_an_answer_that_begins_with_no_denies_nothing(reader: Reader, told: str) -> None:
    """It alarms."""
    assert verdict(reader.read(told)).action == "escalate"


@pytest.mark.parametrize("turns", _once_silent(), ids=" || ".join)
def test_what_was_once_passed_over_is_heard(reader: Reader, turns: list[str]) -> None:
    """By the rules alone, and at least with a question; after the messages before it, where there were any."""
    *before, last = turns
    known: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    text = ""
    for message in before:
        reading = reader.read(message, Context(before=text, mentioned=mentioned, known=known))
        known += tuple(f.concept for f in reading.findings if f.stands)
        mentioned += tuple(f.concept for f in reading.findings if not f.stands)
        text = message
    assert verdict(reader.read(last, Context(before=text, mentioned=mentioned, known=known))).action != "clear"
