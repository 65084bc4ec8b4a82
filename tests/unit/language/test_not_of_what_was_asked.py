"""What only looks like an answer, or ends something else, takes back nothing that was told or asked about before."""

import pytest

from bot.clinical.signs import FLAG_OF_CONCEPT
from bot.language import Reader
from bot.language.reading import Context, Status

#: "I don't ..." and the like, which go on with something else.
NO_ANSWERS = (
    "I dont want to talk about it", "so I don't need to call then?", "I dont need an ambulance do I?",
    "I havent told my wife yet", "it isnt easy for me", "they arent here today",
)  # fmt: skip
#: Endings of what somebody else had, or of another sign.
OTHER_ENDINGS = (
    "the kids had a fever but not now", "he had a fever last week but not now", "my headache and chills have gone now",
)  # fmt: skip
IMPROVED = ("its better now", "it's a bit better", "they are much better", "feels better now")


@pytest.mark.parametrize("text", NO_ANSWERS)
@pytest.mark.parametrize("asked", ["self_harm", "fever", "mouth_sores"])
def test_it_is_no_answer(reader: Reader, text: str, asked: str) -> None:
    """The question stays open."""
    reading = reader.read(text, Context(asked=(asked,), mentioned=(asked,)))
    assert reading.answer is None
    assert not [finding for finding in reading.findings if finding.concept == asked]


@pytest.mark.parametrize("text", OTHER_ENDINGS)
@pytest.mark.parametrize("known", ["facial_swelling", "blisters", "airway"])
def test_an_ending_of_something_else_ends_nothing_told_before(reader: Reader, text: str, known: str) -> None:
    """The swollen lips of a minute ago are still there."""
    assert not [f for f in reader.read(text, Context(known=(known,))).findings if f.concept == known]


@pytest.mark.parametrize(
    "text", ["down to 99 now after tylenol", "took two paracetamol, 36.8 now", "98.6, advil works"]
)
def test_a_pill_that_brings_a_fever_down_ends_nothing(reader: Reader, text: str) -> None:
    """Where it was told; by itself a normal reading denies it."""
    assert not [f for f in reader.read(text, Context(known=("fever",))).findings if f.concept == "fever"]
    assert [f.status for f in reader.read(text).findings if f.concept == "fever"] == [Status.ABSENT]


@pytest.mark.parametrize("text", IMPROVED)
@pytest.mark.parametrize("known", sorted(FLAG_OF_CONCEPT))
def test_better_is_not_gone(reader: Reader, text: str, known: str) -> None:
    """What is better is still there."""
    told = [f for f in reader.read(text, Context(known=(known,))).findings if f.concept == known]
    assert [f.status for f in told] == [Status.PRESENT]
    # What was only spoken of, and denied, has not come up by that.
    assert not [f for f in reader.read(text, Context(mentioned=(known,))).findings if f.concept == known]


@pytest.mark.parametrize("text", ["all gone now", "it's gone", "they have healed", "not any more"])
def test_gone_is_gone(reader: Reader, text: str) -> None:
    """Said plainly of what was told before."""
    assert [f.status for f in reader.read(text, Context(known=("blisters",))).findings] == [Status.PAST]


@pytest.mark.parametrize(
    "text", ["no tengo fiebre ni ampollas", "ni fiebre ni ampollas", "no tengo fiebre ni me falta el aire"]
)
def test_neither_nor_denies_in_spanish(reader: Reader, text: str) -> None:
    """Both of them."""
    assert {finding.status for finding in reader.read(text).findings} == {Status.ABSENT}
