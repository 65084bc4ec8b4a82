"""Everyday words tell a sign only where their statement ends: "I made a plan", not "I made a plan with the nurse".

Found by trying the shortest ways in which each term of the lexicon can be said, as parts of ordinary sentences.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import Reader, verdict

PAIRS = [
    ("I made a plan with my nurse", "I made a plan"),
    ("I take all my medicines at night", "I want to take all my pills"),
    ("how many tablets do I take", "how many pills would it take to kill me"),
    ("how much cream do I need to use", "how many of these would it take"),
    ("I can't go on holiday with this", "I can't go on any more"),
    ("I want to end things with this cream", "I want to end it"),
    ("wrote a note for the nurse", "I have written the letters to my kids"),
    ("I'd jump at the chance", "I am going to jump"),
    ("about to jump on a plane", "I want to jump off a bridge"),
    ("only one way to find out", "there is only one way left"),
    ("make it quick please", "I want to end my life, make it quick"),
    ("got it planned with the ward", "got it all planned"),
    ("I'm a week late with my dose", "I'm two weeks late and on Revlimid"),
    ("my delivery was late by two weeks", "my period is late by two weeks"),
    ("covid test came back positive", "pregnancy test came back positive"),
    ("no protection from the sun", "we used no protection, she is 30"),
    ("we are on plan b now, steroids", "I took plan b last night"),
    ("she passed out leaflets", "she passed out in the kitchen"),
    ("sitting on the floor with the grandkids", "found her slumped on the bathroom floor"),
    ("the leaflet makes no sense to me", "he makes no sense since this morning"),
    ("we just came to ask", "I just came to, no idea how long I was out"),
    ("he went down the shop", "he went down with a thud"),
    ("my wife talked about people at work", "he thinks it is 1962"),
    ("they are watching my counts", "he says they are watching us through the telly"),
    ("she only gave me half a smile when I complained", "half her smile is gone"),
    ("can't speak highly enough of the nurses", "he can't speak"),
    ("I keep missing it by a day", "he keeps missing his mouth with the fork"),
    ("food stuck in my teeth", "food keeps getting stuck in my throat"),
    ("need air on it, so I leave it open", "need air"),
    ("the bath is full of water", "the bumps are full of water"),
    ("they have filled my prescription", "the bumps have filled with water"),
    ("my knee gave way on the stairs", "the top layer gave way when I touched it"),
]


@pytest.mark.parametrize(("ordinary", "sign"), PAIRS)
def test_an_ordinary_sentence_and_the_sign_of_like_words(reader: Reader, ordinary: str, sign: str) -> None:
    """Neither is bought with the other."""
    assert verdict(reader.read(ordinary)).action == "clear"
    assert verdict(reader.read(sign)).action == "escalate"


@pytest.mark.parametrize("ending", ["", ".", "!", " and I mean it", ", help", " tonight", " now"])
@pytest.mark.parametrize("sign", ["I made a plan", "I can't go on", "I want to end it", "I took all the tablets"])
def test_what_counts_only_at_the_end_is_heard_there(reader: Reader, sign: str, ending: str) -> None:
    """With or without a full stop, and before "and", "now", "tonight"."""
    assert verdict(reader.read(sign + ending)).action == "escalate"


SURE_ONLY_AT_THE_END = [
    "I made a plan", "I can't go on", "I want to end it", "I took all the tablets", "I want to jump",
    "I'm going to jump", "I nearly did it", "I want out", "tired of living", "not worth living",
    "I might do something stupid", "I'd rather be gone", "I need air", "food keeps getting stuck", "he can't speak",
    "half her face", "positive test", "the bumps have filled",
]  # fmt: skip
TAILS = [
    "please help", "doctor", "honestly", "right now", "for real", "if it goes on", "when the kids are asleep",
    "goodbye", "with this itch", "without her", "dont tell anyone", "what should I do", "is that normal", "at home",
    "on sunday", "this week", "as well", "my wife doesn't know", "should I call", "after the capsule", "at all",
    "really", "😢",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SURE_ONLY_AT_THE_END), st.sampled_from(TAILS))
def test_a_statement_that_goes_on_is_never_silent(reader: Reader, sign: str, tail: str) -> None:
    """No list knows all that may follow: what is not sure any more is asked about."""
    assert verdict(reader.read(f"{sign} {tail}")).action != "clear"


@pytest.mark.parametrize("told", ["my rash is bad and {}", "my rash is worse. {}", "{}, my rash itches", "my rash: {}"])
@pytest.mark.parametrize("who", ["my daughter", "my sister", "my brother", "my cousin", "the nurse", "my wife"])
@pytest.mark.parametrize(
    "sign", ["noticed blisters on my back", "says my lips are swollen", "found pus", "saw blisters"]
)
def test_who_notices_a_sign_beside_my_rash_does_not_have_it(reader: Reader, told: str, who: str, sign: str) -> None:
    """The rash is the writer's, and so is what somebody sees on it."""
    assert verdict(reader.read(told.format(f"{who} {sign}"))).action != "clear"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("splitting headache since Monday", "ask"),
        ("sudden splitting headache, the worst of my life", "escalate"),
        ("took all my tablets as prescribed", "clear"),
        ("took all my tablets", "ask"),
        ("the test came back positive", "ask"),
        ("which is worse, a swollen face or a fever?", "clear"),
        ("hi, is chest pain common on Revlimid?", "clear"),
        ("hi, is my face swelling normal on Revlimid?", "escalate"),
        ("can you help me, hives all over and vomiting", "escalate"),
        ("can you help me find out if blisters are a side effect", "clear"),
        ("peeling skin? no. hives? no. just itchy.", "clear"),
        ("third cycle of len, blood in my poo but otherwise fine", "escalate"),
        ("my cousin had wheezing on this drug, my own rash is nearly gone", "ask"),
        ("it works for the itch but not for the sores in my mouth", "escalate"),
        ("temperature of 39, could it be the heat?", "escalate"),
        ("39 degrees outside, it's the heat", "clear"),
    ],
)
def test_what_was_heard_wrongly_before(reader: Reader, text: str, action: str) -> None:
    """Each was too loud or silent."""
    assert verdict(reader.read(text)).action == action
