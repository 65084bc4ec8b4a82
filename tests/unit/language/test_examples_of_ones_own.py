"""Examples and places in time: whose side effects are listed, which past reaches to now, where a statement ends."""

import pytest

from bot.language import Reader, verdict


@pytest.mark.parametrize(
    "text",
    [
        # examples of one's own
        "I have had side effects such as wheezing, chest tightness and bloating",
        "i have symptoms like fever and blisters on the lips",
        "My main side effects have been chills, jaundice and black stools",
        "been experiencing side effects, for example my tongue swelling up",
        # a time that reaches to now
        "in the past week I have had blisters on both palms",
        "over and over in the past few months, pink eye and now sores in my mouth",
        # places, not recoveries
        "cycle 2: water blisters all over my chest",
        "cycle 1 my skin came off and I fell flat on my face",
        # two statements with no mark between them
        "my lips are swollen had measles 40 years ago",
        "i lost my wife 2 years ago i have blisters in my mouth",
        # what there was in its place
        "instead of urine there was blood in the bowl, a lot of blood in my urine",
        "instead of a spot it is a blister full of water",
        # a relative, and a cry for help
        "my sister has a swollen tongue. what do I do?",
        "my 6 weeks old baby has blisters and a fever",
    ],
)
def test_it_is_now_and_the_patients(reader: Reader, text: str) -> None:
    """However it is put."""
    assert verdict(reader.read(text)).action == "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "I have a question about side effects such as blistering",
        "I have had no side effects such as blistering",
        "do people get side effects such as swollen lips?",
        "I have every side effect that they list, says my neighbour, blisters to fever",
        "in the past I had blisters from sulfa",
        "two years ago i had blisters on my lips",
        "I no longer have the double vision, the shakiness, or difficulty swallowing",
        "my brother had blisters years ago i have only a pink patch",
        "my lashes grew, thicker and longer eyelashes",
        # supposed, quoted from a review, said of a thing, denied in Tagalog
        "supposing my tongue swelled, would it be sudden or slow?",
        '"My mouth bled for a week", that is a review on the pharmacy site. Does it happen?',
        "the paint on the back door has blistered and is peeling off in sheets",
        "Wala naman pong fever, makati lang",
        "I have put up with worse, only an itch on the lips of my wellies",
    ],
)
def test_it_is_not(reader: Reader, text: str) -> None:
    """No alarm."""
    assert verdict(reader.read(text)).action != "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "I no longer have a rash or itch but my tongue is swollen",
        "I no longer have chills, or so I thought, my lips are swollen",
        "My sister has shingles. What do I do about my blisters?",
        "hands down the worst, my lips are swollen",
        "someone asked if it blisters. mine are doing precisely that now, skin bubbling up on my calves",
        "would it help to know that my tongue is swollen",
        "I put the cream on my hands, my lips are swollen",
        "Masakit po ang balat ko, parang napaso",
    ],
)
def test_what_stands_beside_it_does_not_silence(reader: Reader, text: str) -> None:
    """An ending, a relative or a phrase beside a sign of one's own."""
    assert verdict(reader.read(text)).action == "escalate"
