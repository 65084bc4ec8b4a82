"""What a longer message tells in passing is asked about; what is told as now, in short or of oneself is not."""

import itertools

import pytest

from bot.language import Reader, verdict

#: Told without a word of now, in messages that have room for then or for others.
IN_PASSING = [
    "I took Bactrim for a week when the kids were small. Hives all down both arms, throat swollen, a long taxi ride to "
    "the hospital. I mention it because the form at the clinic had a box for it",
    "My aunt had the patches before I got the capsules. Lumps in her neck, blisters on her shins, then a new doctor "
    "and a long talk about creams. I wondered which cream to buy",
]
#: A report that has the past in it, and the sign with a word of now.
OF_NOW = [
    "I took Bactrim for a week when the kids were small and it went well. My lips are swollen since the second "
    "capsule, and I wondered whether to ring somebody",
    "We came home from the lake where I felt fine. Now blisters on both shins, and the doctor said to wait until the "
    "letter from the hospital arrives",
    "They gave me the box on Monday and told me to keep an eye on it. I can lift the skin off my palm like a wet "
    "label, and it was whole at noon",
]


@pytest.mark.parametrize("text", IN_PASSING)
def test_a_sign_without_a_word_of_now_is_asked_about(reader: Reader, text: str) -> None:
    """Neither silent nor an alarm."""
    assert verdict(reader.read(text)).action == "ask"


@pytest.mark.parametrize("text", OF_NOW)
def test_a_word_of_now_beside_it_makes_it_present(reader: Reader, text: str) -> None:
    """Whatever else the message tells of then."""
    assert verdict(reader.read(text)).action == "escalate"


def test_fragments_are_about_now(reader: Reader) -> None:
    """A list without a verb, however long, has no past in it."""
    text = (
        "Day 9 of cycle two, 25 mg, age 71, rash on the trunk and both thighs, blisters on the lips, no appetite, "
        "platelets low, bloods on Thursday, husband driving, any advice please"
    )
    assert verdict(reader.read(text)).action == "escalate"


SIGNS = ("lips swollen", "blisters on both palms", "chest pain", "skin peeling off the back", "temperature 39.1")
STORIES = (
    "{}. I took it when the kids were small and told the nurse, who wrote it down for the next doctor to read",
    "My neighbour got the same capsules before I did and we compared notes by the fence. {}. She told me to write",
)


@pytest.mark.parametrize(("sign", "story"), list(itertools.product(SIGNS, STORIES)))
def test_no_sign_told_in_passing_is_silent(reader: Reader, sign: str, story: str) -> None:
    """Doubt of when or whose it was is never a reason to say nothing."""
    assert verdict(reader.read(story.format(sign))).action in ("ask", "escalate")


@pytest.mark.parametrize("thought", ["I took all the tablets", "plan to end my life by Sunday"])
def test_harm_to_oneself_is_never_told_in_passing(reader: Reader, thought: str) -> None:
    """A long message about other things does not soften it."""
    text = f"We had the grandchildren here and I made jam with them, they had their tea and went home. {thought}"
    assert verdict(reader.read(text)).action == "escalate"
