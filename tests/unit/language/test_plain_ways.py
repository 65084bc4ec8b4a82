"""Plain ways to say plain things: a harmless rash, a list of denials, a general question, and a sign among all that.

Each is put together from parts that patients use every day, so that no pair of them makes a sign by accident.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import Reader, verdict

RASHES = ["rash", "my rash", "an itchy rash", "red spots", "pink patches", "little bumps", "dry patches", "the itching",
          "a red blotchy rash", "scaly patches", "prickly heat"]  # fmt: skip
MOVES = ["on", "is on", "spread to", "has spread to", "is spreading to", "moved to", "has moved down to", "going down",
         "went up", "started on", "came up on", "popped up on", "all over", "mostly on", "comes and goes on",
         "worse on", "fading on", "covers", "travels down", "broke out on", "not on my face but on"]  # fmt: skip
PLACES = ["my arms", "both arms", "my left arm", "my legs", "my chest", "my back", "my belly", "my neck", "my face",
          "my cheeks", "my scalp", "my hands", "my feet", "my shins", "my thighs", "my jaw", "my chin", "my ears",
          "my shoulders", "my armpits", "my ribs", "my wrists", "the tops of my feet",
          "the back of my neck"]  # fmt: skip
SIGNS = ["fever", "temperature", "blisters", "peeling", "skin peeling", "mouth sores", "sores in the mouth", "ulcers",
         "facial swelling", "lip swelling", "swollen lips", "swollen tongue", "trouble breathing", "wheezing",
         "shortness of breath", "breathing problems", "chest pain", "chills", "red eyes", "eye pain", "eye problems",
         "skin pain", "bleeding", "bruises", "purple spots", "swollen glands", "pus", "jaundice", "confusion",
         "dizziness", "leg swelling", "calf pain", "leg pain", "blisters anywhere", "sore throat", "nausea",
         "headache", "swelling of the face", "skin coming off", "target spots", "genital sores"]  # fmt: skip
DENIALS = ["no {}, {} or {}", "no {}, no {}, no {}", "no {}/{}/{}", "I don't have {}, {} or {}",
           "she has no {}, {} or {}",
           "itchy rash on my arms, no {}, {} or {}", "no {}, {}, or {}, just itchy", "there is no {} nor {}, no {} too",
           "no {}, {}, {} or anything like that", "rash but no {} {} or {}"]  # fmt: skip
GENERAL = ["can Revlimid cause {}", "is {} a side effect", "what should I do if I get {}", "how common is {}",
           "what does {} look like", "do people get {} with this", "what causes {}", "if I develop {}, who do I call",
           "how many had {} in the study", "were there any cases of {}", "the leaflet lists {}",
           "could I get {} later", "what if I get {}", "nurse told me to look out for {}"]  # fmt: skip
TOLD = ["blisters on my arms", "my lips are swollen", "sores in my mouth", "a fever of 39.2", "my skin is peeling off",
        "purple spots on my legs that don't fade", "my eyes are yellow", "my calf is swollen", "I can't breathe",
        "my throat is closing", "my face is puffed up", "I want to kill myself", "I am vomiting blood"]  # fmt: skip
FRAMES = ["{told}. no {a}", "no {a} but {told}", "{told} but no {a} or {b}", "hello, {told}. thanks",
          "itchy rash and {told}",
          "is it normal that {told}?", "they said no {a}. {told}", "my sister never had {a} but {told}",
          "started with a rash and now {told}", "no idea why but {told}", "what helps when {told}"]  # fmt: skip
sign, told = st.sampled_from(SIGNS), st.sampled_from(TOLD)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(RASHES), st.sampled_from(MOVES), st.sampled_from(PLACES))
def test_where_a_rash_is_and_goes_raises_no_alarm(reader: Reader, rash: str, move: str, place: str) -> None:
    """ "Rash spread to my arms" is no pain that runs down an arm, "went up my face" no swelling."""
    assert verdict(reader.read(f"{rash} {move} {place}")).action == "clear"


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(DENIALS), sign, sign, sign)
def test_a_list_of_denials_raises_no_alarm(reader: Reader, frame: str, first: str, second: str, third: str) -> None:
    """Whatever stands beside what: "no skin peeling, no mouth sores", "no fever, leg swelling or eye pain"."""
    assert verdict(reader.read(frame.format(first, second, third))).action != "escalate"


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(GENERAL), sign)
def test_a_general_question_raises_no_alarm(reader: Reader, frame: str, named: str) -> None:
    """What is asked of the medicine or the study is not told of oneself."""
    assert verdict(reader.read(frame.format(named))).action != "escalate"


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(FRAMES), told, sign, sign)
def test_a_sign_among_denials_and_manners_is_never_silent(
    reader: Reader, frame: str, what: str, first: str, second: str
) -> None:
    """A denial of something else takes nothing away."""
    assert verdict(reader.read(frame.format(told=what, a=first, b=second))).action != "clear"


@pytest.mark.parametrize(
    ("harmless", "told"),
    [
        ("my left eye is bigger than my right", "my left arm is bigger than my right since yesterday"),
        ("my left boob is bigger than my right", "one pupil is bigger than the other"),
        ("I can't talk to anyone about it", "he can't talk to us, only grunts"),
        ("we lost our boy to suicide", "it is driving him to suicide"),
        ("suicide squad is on the telly", "I am being driven to suicide by this itch"),
        ("red patches spreading up to my jaw", "rash spreading up to my neck within an hour"),
        ("light on my feet again", "blisters came up on my feet"),
        ("hot flushes since the menopause", "hot flushes and chest pain since this morning"),
        ("39.1 is my ferritin", "39.1 is a fever, isn't it"),
        ("the price is hard to swallow", "it is hard to swallow"),
        ("I scratch it at night", "pus where I scratched it, hot and hard"),
    ],
)
def test_an_ordinary_phrase_takes_no_sign_with_it(reader: Reader, harmless: str, told: str) -> None:
    """Each beside the sentence of like words that is a sign."""
    assert verdict(reader.read(harmless)).action == "clear"
    assert verdict(reader.read(told)).action == "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "my skin's coming off my palms",
        "my skins coming off my palms",
        "the skin is coming off my tongue",
        "my arm's swollen, the other is not",
        "my nose's swollen and my lips",
        "my chest's tight",
        "my chests tight",
        "left arm's gone weak, rash as well",
    ],
)
def test_a_shortened_verb_takes_no_place_away(reader: Reader, text: str) -> None:
    """ "Skin's" and "skins" are the skin, whichever way the phone writes it."""
    assert verdict(reader.read(text)).action == "escalate"


@pytest.mark.parametrize(
    "text", ["my skin's dry", "my neck's itchy", "my skins a bit pink", "I'm coming off my steroids"]
)
def test_a_shortened_verb_alone_raises_no_alarm(reader: Reader, text: str) -> None:
    """The place by itself is no sign."""
    assert verdict(reader.read(text)).action == "clear"
