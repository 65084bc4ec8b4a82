"""Plain English with the grammar of another language behind it, and denials spelt out: they are read like any other."""

import re
from pathlib import Path

import pytest

from bot.evaluation.labels import load
from bot.language import Reader, verdict
from bot.language.contractions import WITH_NOT, contracted

MESSAGES = load(Path(__file__).parents[2] / "messages" / "development.jsonl")
SHORT = "|".join(f"{short[:-1]}'?t" for short in WITH_NOT.values())
CONTRACTED = re.compile(rf"\b({SHORT})\b", re.IGNORECASE)
SPELT = {short: f"{verb} not" for verb, short in WITH_NOT.items()}


def spelt_out(text: str) -> str:
    """ "can't" becomes "can not"."""
    return CONTRACTED.sub(lambda found: SPELT[found[1].lower().replace("'", "")], text.replace("\u2019", "'"))


def test_a_denial_spelt_out_changes_nothing(reader: Reader) -> None:
    """Every development message with a "don't" or "cant" reads the same with "do not" and "can not"."""
    changed = 0
    for message in MESSAGES:
        for text in message.turns:
            spelt = spelt_out(text)
            if spelt != text:
                changed += 1
                assert verdict(reader.read(spelt)).action == verdict(reader.read(text)).action, spelt
    assert changed > 50


def test_terms_are_written_either_way() -> None:
    """The lexicon may hold "cannot" or "can not": both are the word of a message."""
    assert contracted("(cant|cannot|can not) wake (him|her)") == "(cant|cant|cant) wake (him|her)"
    assert contracted("has not come") == "hasnt come"


@pytest.mark.parametrize(
    "text",
    [
        "can not speak since morning", "i can not open my eyes", "can not wake him", "left side does not move",
        "eyes do not open from swelling", "he is not responding", "skin come out when i wash",
        "face one side fall down", "breath is not coming", "my skin peel off in sheets",
        "whole body red and skin falling", "my lips are like sausages", "lumps like walnuts along my neck and a rash",
        "spots like grapes all over my trunk", "skin coming away from the body in pieces",
        "skin slid off my back in the shower", "my face peel since morning",
        "blood from the blister on my palm", "dead skin shed from whole body", "rash go to the mouth now",
        "itch all, and the lips they are swollen", "my eyes are closing from swelling", "my eye white is red and hurts",
        "skin of my leg lifts when i touch it", "hives and my heart is pounding",
        "hives and the runs and a racing heart",
        "there's coffee grounds in the bowl, it came up out of me", "i cut myself on purpose", "the condom it broke",
        "the rash is spreading fast", "spots in my mouth as well as on my body", "i think i have sjs",
        "all was fine until the rash blistered this afternoon",
    ],
)  # fmt: skip
def test_a_sign_in_plain_words_is_heard(reader: Reader, text: str) -> None:
    """Bare verbs, no articles, pronouns that take the subject up again."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize(
    ("harmless", "sign"),
    [
        ("2 years ago i had blisters, now all fine", "2 years ago i had rash, now blisters"),
        ("in 2019 i had blisters, now just dry skin", "had blisters last year, now no better"),
        ("i am worried about getting blisters", "i am worried about my blisters"),
        ("i like grapes", "the bumps are like grapes"),
        ("i put frozen peas on my knee", "peas under the skin all round my neck"),
        ("i cut myself on the tin opener", "i cut myself on purpose again"),
        ("it feels good to get this off my chest", "bark curling off my chest"),
        ("i have a cold and a runny nose", "i am cold and shivering with the rash"),
        ("my eyes are closing, good night", "my eyes are closing, the lids are so fat"),
        ("with paracetamol the fever went down, today i am again strong", "the fever went down, today it is again 39"),
        ("nose blocked, i could not breathe at night. now i breathe well", "i breathe well only sitting up, lips blue"),
        ("i can not speak spanish", "i can not speak since an hour"),
        ("glucose lack of energy and a cough once", "lack of energy, shortness of breath"),
        ("a chemical skin peel last week", "my skin peel off since last week"),
    ],
)  # fmt: skip
def test_the_plain_sign_and_its_harmless_like(reader: Reader, harmless: str, sign: str) -> None:
    """No alarm for the one; an alarm or a question for the other."""
    assert verdict(reader.read(harmless)).action != "escalate"
    assert verdict(reader.read(sign)).action != "clear"


@pytest.mark.parametrize(
    "text",
    [
        "i am scared my throat will close", "scared that blisters will come", "Dentist: gums may bleed",
        "I keep the children away from chemicals that cause blisters",
    ],
)  # fmt: skip
def test_what_is_feared_or_may_come_raises_no_alarm(reader: Reader, text: str) -> None:
    """It is asked about at most."""
    assert verdict(reader.read(text)).action != "escalate"
