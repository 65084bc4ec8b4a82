"""What is told beside a question, a list, a time or somebody else: only what is the patient's now counts."""

import pytest

from bot.language import Reader, verdict


@pytest.mark.parametrize(
    "text",
    [
        # a statement of its own beside a question
        "should i use the steroid or the antifungal, the skin is coming off my elbows in sheets",
        "why are my eyelids so swollen that i cant see",
        "why do my lips keep swelling up",
        "is it serious if i have to sleep sitting up because i cant get air",
        "shall I take tonight's capsule if my tongue has been swelling since lunch",
        "can someone tell me if it's ok to wait, crushing pain in the chest going down my arm",
        "what would you call it when it's so painful that I scream when the sheet touches my skin",
        "how high is too high? 38.7 here and the rash is spreading",
        # the month is this one
        "I'm shaking with chills in August under a winter coat",
        # once, and now again
        "I used to get hives from shellfish. I've got them now and my throat is closing",
        # an ending of something else
        "breathless and wheezing, my strength has gone",
        # a list by the clock
        "at 8am one spot on the belly, 10am both thighs red, 1pm my neck and face too",
        # another's pregnancy, with contact
        "my niece is pregnant and she has been handling my capsules",
    ],
)
def test_what_is_so_now_escalates(reader: Reader, text: str) -> None:
    """However it is wrapped."""
    assert verdict(reader.read(text)).action == "escalate"


@pytest.mark.parametrize(
    "text",
    [
        # instructions of leaflets and talks
        "the pharmacist says a hot swollen calf or pain in the chest means hospital. I only have itchy wrists",
        "they told me to call at 100.4, mine is 98.2",
        # lists answered with none
        "The card lists blisters, fever, a swollen tongue and yellow eyes. None of these has happened to me.",
        "She asked whether my eyes were sore; whether I had blisters; whether my mouth hurt. I said no to all of them.",
        # one answer for a list
        "Blisters, sores, swelling of the face: none, none, none. Two itchy elbows.",
        "sore lips or eyes? no just a dry chin",
        "high temperature not there, blister not there, sore lip not there",
        "I assume blisters, peeling and mouth sores go to the top of the list, none of which I've had",
        # X-free
        "blister-free and fever-free, a few papules on the shoulders",
        # all denied, and on to something else
        "At no point did I have sores, blisters, fever or lumps in my neck, and I looked every day",
        # numbers that are no temperature
        "paraprotein went from 620 to 39, so happy",
        "BP 128/76, hives on the thighs only, no wheeze",
        # harmless senses
        "the hives move about, an arm today and a leg tomorrow",
        "calf cramps in both legs at night, same size, no swelling",
        "Is it Target that sells the soft cotton gloves?",
        # somebody else's
        "our neighbour's wife had blisters all over from her epilepsy tablets. I only have a dry elbow",
        "Not me but a man in my ward had blisters in the mouth. I've got two itchy patches on my ribs since Easter.",
        # old reactions by their year, another's medicine, the late
        "Allergies: amoxicillin (lips swelled, 1988), codeine (sick). On Revlimid since May, dry shins.",
        "My late mother's skin peeled off on a gout drug. I have one itchy elbow.",
        "Gran's got shingles, I'm on Revlimid myself, can I visit?",
        "In 2015 I had the full works. Blisters in my mouth, fever of 103, ambulance. I'm well today, one itchy ankle.",
        # numbers of other things
        "sats 98 pulse 74, itchy wrists",
        "I was sat on hold for 55 minutes about my itchy rash",
        "played bowls in 38 degrees, prickly red dots under my shirt since",
        # over
        "the fever stopped yesterday and there are only pink spots now",
        "Had a squeezing in my chest in spring, it was checked, hasn't been back",
    ],
)
def test_what_is_not_so_or_not_theirs_stays_calm(reader: Reader, text: str) -> None:
    """No alarm for what was read, denied, over or another person's."""
    assert verdict(reader.read(text)).action != "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "no blisters this morning. Wait, there are three now on my heel",
        "my daughter is pregnant, can she visit while I take these",
        "which mouthwash for a mouthful of sores",
        "is 38.4 a fever",
        "can a person go to work with a 39.3",
    ],
)
def test_what_cannot_be_told_is_asked(reader: Reader, text: str) -> None:
    """Neither silence nor alarm."""
    assert verdict(reader.read(text)).action != "clear"
