"""A denial that later words take back leaves the sign there: for every sign that can be denied, in every such way."""

import pytest

from bot.language import Reader, verdict

SIGNS = ("blisters", "sores in my mouth", "swelling of my lips", "peeling skin", "wheezing", "pus", "purple spots")
TAKEN_BACK = (
    "no {s} until this morning",
    "I had no {s} before Monday",
    "I had no {s} before this week",
    "no {s} yesterday but today there are",
    "never had {s} like these",
    "never had {s} like this",
    "no fever, {s} though",
    "no itch, {s} however",
    "I clicked no for {s} but I should have clicked yes",
    "I can't say there are no {s}",
    "there isn't a day without {s}",
    "{s}, negative for fever",
    "positive for {s}, negative for fever",
    "{s}, free of fever",
    "{s}. Clear of fever",
    "no fever or anything but {s}",
    "I'm not ill or anything but I have {s}",
    "no complaints bar {s}",
    "fever? no. {s}? yes",
    "{s} on my arms? no, on my legs",
    "{s}? no idea why",
    "the rash cleared up but {s} came instead",
    "same as in 2019: {s}",
    "I know it's probably nothing: {s}",
    "not imagining it, {s}",
    "I've never had anything like it, {s}",
    "I didn't have {s} when I filled in the form, I do now",
    "to answer your question, {s} yes, fever no",
    "I can't honestly tell you I'm free of {s}",
    "it wouldn't be true to say there isn't any {s}",
    "I'm not going to pretend I don't have {s}",
    "it's not as if I haven't got {s}",
    "it's not that I don't get {s}, I've stopped moaning",
    "there's no denying {s} at this point",
    "I'm not without {s} this morning",
    "not once since Tuesday have I been free of {s}",
    "the one thing that hasn't settled is {s}",
    "the cream has cured the itch but it hasn't cured {s}",
    "neither the inhaler nor the cream has touched {s}",
    "not a dent in {s}",
    "zero relief from {s}",
    "no complaints, {s} aside",
    "I told the receptionist there was no {s}, well I've looked and there is",
    "they said I wouldn't get {s} from this. Well, I have",
    "I was praying it wouldn't come to {s}, but it has",
    "you told me to write if {s} started. It has",
    "they said come back if there's any {s}. So I'm back, because there is",
    "didn't have {s} yesterday. Got it today",
    "they said most people never get {s}, I must be special cos I have it now",
    "would love to wake up one day without {s}",
    "can't wait for the day I'm not dealing with {s}",
    "I wish I didn't have {s}",
    "it would be a perfect drug if I didn't have {s}",
    "how do I get rid of {s}? nothing is working",
    "when will {s} go away? two weeks now",
    "I've still got {s}, shouldn't it have gone by now",
    "I wish I could say {s} had cleared up",
    "just when I thought {s} had gone for good, back it came",
    "any rash? no. any {s}? yes",
    "q1 no q2 no q3 ({s}) yes",
    "has anyone carried on with {s}? I'm on cycle three and have it right now",
)


@pytest.mark.parametrize("way", TAKEN_BACK)
@pytest.mark.parametrize("sign", SIGNS)
def test_what_is_there_after_all_is_heard(reader: Reader, sign: str, way: str) -> None:
    """It escalates or is asked about."""
    assert verdict(reader.read(way.format(s=sign))).action != "clear"


@pytest.mark.parametrize(
    "text",
    [
        "No blisters on my body, only inside my mouth", "no sores anywhere except on my lips",
        "I didn't have trouble breathing yesterday. I do today.", "didn't blister at first, does now",
        "there isn't a part of my mouth without ulcers", "there isn't a patch of my back that hasn't blistered",
        "hardly an inch of my lips that isn't sore", "it's not my chest that's swollen, it's my lips",
        "I was hoping the peeling would have stopped by now but it hasn't",
    ],
)  # fmt: skip
def test_where_or_when_it_is_there(reader: Reader, text: str) -> None:
    """The exception is the news."""
    assert verdict(reader.read(text)).action == "escalate"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("there isn't a spot on my back", "hasn't blistered"), ("there wasn't a spot on my back", "hadn't blistered"),
        ("there aren't any fingers", "haven't blistered"), ("there weren't any fingers", "hadn't blistered"),
        ("I can't find a spot on my back", "hasn't blistered"), ("I couldn't find a spot", "hadn't blistered"),
        ("I don't have a finger", "isn't blistered"), ("I didn't have a finger", "wasn't blistered"),
        ("there was never a spot", "didn't blister"), ("not one finger", "is not blistered"),
    ],
)  # fmt: skip
def test_two_denials_undo_each_other_in_every_tense(reader: Reader, first: str, second: str) -> None:
    """Whichever verb carries the "not" (contractions.NEGATED)."""
    for text in (f"{first} that {second}", f"{first} that {second}".replace("'", "")):
        assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize(
    "text",
    [
        "no blisters, only a rash on my chest", "no sores, just dry skin", "never had blisters",
        "no blisters before or since", "I had no wheezing", "no fever, no blisters though",
        "I have none of it, only itch on my arms",
        "blisters on my arms? no", "fever today? no", "blisters on the back of my hands? none",
        "blisters on arms?? No.",
        "any sores in the mouth or on the lips? nope", "no longer have trouble breathing",
        "I have yet to see a blister",
        "my late husband had myeloma and got blisters from melphalan", "no blisters then and I do not have any now",
    ],
)  # fmt: skip
def test_a_denial_with_something_harmless_after_it_stays_one(reader: Reader, text: str) -> None:
    """Other words after "only" or "before" take nothing back."""
    assert verdict(reader.read(text)).action == "clear"


@pytest.mark.parametrize(
    "text",
    [
        "My husband noticed my face drooping, I mentioned it to 111",
        "I found blood in my stool and I mentioned it to my GP",
        "I've seen blisters on my arms and mentioned them to the nurse",
        "noticed blisters in my mouth, as mentioned",
        "I've told the nurse that I have trouble breathing. Nothing so far.",
        "I'm worried about my swollen lips. Nothing so far from the clinic.",
        "I told him I have swollen lips but nothing yet",
        "I've been waiting with chest pain. Nothing yet.",
        "He has trouble breathing, by now none at all of the inhalers work",
        "She said I got swollen lips from it, nothing so far has helped",
        "my wife takes rev. She has swollen lips. I havent.",
        "My wife thinks my face is drooping but I don't",
        "chest pain does come on at night",
        "Blisters do still appear every morning",
        "The chest pain can come on at rest",
        "swelling of my lips can come on within minutes of the capsule",
        "Confusion does happen most nights",
        "The shortness of breath may come from my heart",
        "Nobody asked me. Trouble breathing?",
        "you asked me to write. Blisters? Bad ones.",
        "My husband asked me how I am. Chest pain?",
        "I have blisters on my legs, no",
        "I have blisters on my arms and legs, no!",
        "is there any help for blisters on my arms, no.",
        "I'm not going to work with blisters in my mouth, no",
        "I'm asking you whether this chest pain is dangerous",
        "don't ask me about the blisters, they're everywhere",
        "I had to come in straight away with trouble breathing",
        "I had to call straight away with chest pain",
        "believe me I know all about chest pain right now",
        "She is worried about the trouble breathing she's having",
        "they are worried about the confusion mum has had since Monday",
        "not complaining about the blisters but they hurt",
        "not once have they seen the blisters",
        "have never in my life seen blisters this big",
        "I have avoided going in with chest pain",
        "I escaped the hospital with blisters",
        "It isn't as if my chest pain is new",
        "chest pain not in the past two days but now",
        "swollen lips, never happened to me, scared",
        "chest pain, never happens to me",
        "The blisters had cleared up, yet came back today",
        "blisters went away yet are back",
        "Swollen lips, then the itch went, all gone",
        "I have chest pain and my wife is gone, all gone",
        "the swelling has since gone up into my eyes",
        "My daughter takes care of the blisters on my back",
        "had a seizure this morning, only the once",
        "the last time I felt chest pain was an hour ago",
        "Chest pain come and go, what should",
        "Blisters appear. What else do I do, what should",
        "If my lips are swollen I'd like to know why",
        "If my chest hurts I'd like to know what to take now",
        "my dad takes it and his lips swelled up once",
        "my son's lips swelled once",
        "My wife had chest pain once.",
        "he showed us pictures of the blisters on his back",
        "they sent me a letter about chest pain I have had since Monday",
        "The doctor gave me some paper for the ER: chest pain and short of breath",
        "Comment on my blisters please",
        "my neighbour got blisters. See mine are exactly that",
        "he asked me about chest pain. my answer is no for the leg but yes for the chest",
        "is it the drug making me get chest pain",
        "Can it leave me covered in blisters like this",
        "The nurse wrote in my notes that my lips are swollen",
        "if I wake up and my lips are swollen again like today",
        "I'll wake up in the night and can't breathe",
        "It will give me blisters whenever I take it",
        "tight chest after arguing with my husband an hour ago",
        "Chest pain after rushing for the bus this morning, still here",
        "the burden of my life is too much for my family",
        "I am the only burden my kids have",
        "they said I couldn't get pregnant but here we are, positive",
        "I haven't said there is no swelling of my lips",
    ],
)
def test_words_that_only_seem_to_take_it_back(reader: Reader, text: str) -> None:
    """Found by a reviewer who set out to have a sign cleared."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "way", ["I'm getting used to the {s} on my hands", "I am not imagining the {s}", "not used to {s}"]
)
def test_a_habit_and_what_is_not_imagined_are_of_now(reader: Reader, way: str, sign: str) -> None:
    """ "Used to" is of then only where one used to have it."""
    assert verdict(reader.read(way.format(s=sign))).action != "clear"
