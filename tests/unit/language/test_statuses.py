"""How the writer puts it: tables of sentences with the status they deserve."""

import pytest

from bot.language import Context, Reader, Status, verdict

PRESENT, ABSENT, PAST = Status.PRESENT, Status.ABSENT, Status.PAST
HYPOTHETICAL, SOMEONE_ELSE = Status.HYPOTHETICAL, Status.SOMEONE_ELSE


@pytest.mark.parametrize(
    ("text", "concept", "status"),
    [
        # present, also as a fragment, a question or without a verb
        ("bubbles on my tounge?", "blisters", PRESENT),
        ("My husband's lips are swollen", "facial_swelling", PRESENT),
        ("Hives. Tight chest.", "chest_pain", PRESENT),
        ("what do you do when your whole gum is raw?", "mouth_sores", PRESENT),
        ("How long do the blistered bits on my palms take to settle", "blisters", PRESENT),
        # past without an ending is taken as present
        ("broke out in blisters on my lips", "blisters", PRESENT),
        ("lips swelled after dose 6", "facial_swelling", PRESENT),
        # past with an ending, or long ago
        ("got blisters from sulfa in 2019, long healed", "blisters", PAST),
        ("had blisters as a child", "blisters", PAST),
        ("used to get mouth ulcers", "mouth_sores", PAST),
        # back again
        ("it had all cleared up but its back, blebs and all", "blisters", PRESENT),
        # thought of
        ("supposing it blisters?", "blisters", HYPOTHETICAL),
        ("what if i get blisters over the weekend", "blisters", HYPOTHETICAL),
        ("can it cause mouth ulcers", "mouth_sores", HYPOTHETICAL),
        ("frightened of getting blisters", "blisters", HYPOTHETICAL),
        # somebody else
        ("a lady in my group got mouth sores", "mouth_sores", SOMEONE_ELSE),
        ("my neighbour has blisters", "blisters", SOMEONE_ELSE),
        ("my neighbour came out in watery welts and now so have i", "blisters", PRESENT),
        ("Is anyone else getting blisters?", "blisters", PRESENT),
        # well without a negative
        ("Mouth fine", "mouth_sores", ABSENT),
        ("eyes: clear", "eye_inflammation", ABSENT),
        ("I can breathe grand", "airway", ABSENT),
    ],
)
def test_status(reader: Reader, text: str, concept: str, status: Status) -> None:
    """The status that the words give the finding."""
    found = [f.status for f in reader.read(text).findings if f.concept == concept]
    assert found
    assert set(found) == {status}


@pytest.mark.parametrize(
    "text",
    [
        "hay fever season", "a blister pack of capsules", "no skin off my nose", "Bull's eye! It worked",
        "broke out in a cold sweat over the bill", "my phone is dead", "it was a rash decision", "cracked heels",
        "dying to know if it works", "swollen with pride", "peeling potatoes", "my nails are peeling",
        "roof shingles blew off", "nearly gave me a stroke when I saw the bill",
    ],
)  # fmt: skip
def test_trap_is_no_sign(reader: Reader, text: str) -> None:
    """Ordinary phrases with a sign's word in them."""
    assert verdict(reader.read(text)).action == "clear"


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("my lower lip since this morning is twice its size", "facial_swelling"),
        ("inside both cheeks there are some nasty ulcers", "mucosal_lesion"),
        ("can't get my eyelids apart of a morning", "mucosal_lesion"),
        ("raw, mostly round the back passage", "mucosal_lesion"),
        ("theyre stuck shut of a morning, my eyelids", "mucosal_lesion"),
        ("lumps under my jaw both sides", "swollen_glands"),
        ("one calf is hot and twice the size of the other", "leg_clot"),
        ("the skin on my belly just slides off", "skin_peeling"),
        ("came up in water blistery things on me legs, no temp tho", "blistering"),
        ("ampollas on my feet", "blistering"),
        ("i dont want to be here anymore", "self_harm"),
    ],
)
def test_sign_is_told_in_pieces(reader: Reader, text: str, flag: str) -> None:
    """Place and change belong together wherever they stand."""
    decided = verdict(reader.read(text))
    assert decided.action == "escalate"
    assert flag in decided.flags


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("tengo ampollas en la piel y no puedo respirar", "es"),
        ("ich habe Blasen auf der Haut und Fieber", "de"),
        ("ma peau pele et j'ai de la fievre", "fr"),
        ("ho la faccia gonfia e non riesco a respirare", "it"),
        ("estou com bolhas na boca e febre", "pt"),
        ("may paltos ako sa balat at nilalagnat po", "tl"),
    ],
)
def test_other_languages_are_recognised(reader: Reader, text: str, code: str) -> None:
    """The emergency signs of six languages, and which language it was."""
    reading = reader.read(text)
    assert verdict(reading).action == "escalate"
    assert reading.language == code


@pytest.mark.parametrize(
    ("text", "context", "action"),
    [
        ("because mine is", Context(mentioned=("facial_swelling",)), "escalate"),
        ("bc it is rn", Context(mentioned=("airway",)), "escalate"),
        ("asking for me lol", Context(mentioned=("facial_swelling",)), "escalate"),
        ("there's fluid", Context(mentioned=("blisters",)), "escalate"),
        ("yes loads", Context(mentioned=("mouth_sores",)), "escalate"),
        ("it's not a hypothetical", Context(mentioned=("self_harm",)), "escalate"),
        ("asking for a friend", Context(mentioned=("facial_swelling",)), "clear"),
        ("its a lot of questions", Context(mentioned=("blisters",)), "clear"),
        ("asking because ive got both", Context(mentioned=("blisters", "fever")), "escalate"),
        ("not me tho, only itchy arms", Context(mentioned=("airway",)), "clear"),
        ("yes on the lips", Context(mentioned=("mouth_sores",)), "escalate"),
        ("mine is on the shins", Context(mentioned=("mouth_sores",)), "clear"),
        ("40 min now, 3rd towel, still pouring", Context(known=("minor_bleeding",)), "escalate"),
    ],
)
def test_words_refer_back(reader: Reader, text: str, context: Context, action: str) -> None:
    """What was named before is meant."""
    assert verdict(reader.read(text, context)).action == action


@pytest.mark.parametrize(
    "text",
    [
        "years ago i mean, in the army",
        "sorry voice typing, I said I have NO blisters",
        "they werent blisters after all",
    ],
)
def test_correction_takes_back(reader: Reader, text: str) -> None:
    """The reading says that it corrects what was known."""
    reading = reader.read(text, Context(known=("blisters",)))
    assert "correction" in reading.notes
    assert verdict(reading).action == "clear"
