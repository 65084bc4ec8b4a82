"""Harmless messages that named a sign in a way of their own, each beside a neighbour that must not be passed over."""

import pytest

from bot.language import Context, Reader, verdict

PAIRS = (
    # What is announced as a list that was read, asked or quoted.
    ("They asked so many questions: are your eyes sore, can you swallow, have you a temperature. I said no, no and no",
     "They asked so many questions: are your eyes sore, can you swallow, have you a temperature. I said yes to all"),
    ("I read the reviews and I was shaking. 'Throat closed', 'skin peeled', all of that. Five months on I'm fine",
     "I read the reviews. My throat closed this morning"),
    ("Copied from the card: 'Contact us if temperature 38 or above, blisters, breathlessness.' Is it right?",
     "Copied from my diary: short of breath, short of breath, blisters"),
    ("things that never happened to me: clots, blisters, breathing trouble", "it happened to me: clots, blisters"),
    ("I know what mouth ulcers are. I have none of it", "I know what mouth ulcers are. I have two of them"),
    # What is asked in general.
    ("What temperature should I call about, 38 or 38.5? It's 36.7 now", "Is that a fever, 38.4 or 38.5, can't read it"),
    ("what causes the fever in DRESS, is it the immune system", "what causes the fever in me"),
    ("how would i even know if i had swollen glands", "my glands are swollen, how would i know"),
    ("if the skin starts lifting you go to the ER, she said. so far all i have is a prickly back",
     "if the skin starts lifting more do i go to the ER, it is lifting on my thigh"),
    ("Bit my cheek, healed now. Do I still tick mouth sore on your form", "Do I tick mouth sore, I have one"),
    # Denied in lists, and answered for all of them.
    ("Sore mouth or eyes, no. Fever, no", "Sore mouth or eyes, no idea which. Fever"),
    ("nope on the fever nope on sore mouth nope on breathing", "nope on the fever, my breathing is bad"),
    ("told to watch for swelling of the face and trouble breathing. I have neither", "I have trouble breathing"),
    ("Every time I write you ask me about blisters and fever", "You asked about fever. I have one now"),
    # What has another sense.
    ("new pills, the rash on my thighs came with the second pack", "the skin on my thighs came with the sheet"),
    ("one itchy patch behind my knee the size of a saucer", "my calf is twice the size of the other"),
    ("dex was cut from 20 to 12. Upper chest itches, my wife says it is plate sized now",
     "at 12 it was a coin on my chest, now it is all over my belly"),
    ("does a rash like mine generally stay put?", "the purple spots stay put when I press them"),
    ("i was in a right fever over nothing, ta", "i have a right fever and shakes"),
    ("lips dry as the sahara, its the wind up here", "my lips are up since breakfast"),
    ("dragging myself about like a wet sack", "wet sacks of skin on my arm"),
    ("nobody bats an eyelid at that here", "my eyelid is up like an egg"),
    ("creams not touching it, it itches on my belly", "the inhaler is not touching it, my chest is tight"),
    ("like goose flesh on my belly, big as a match head", "the flesh is coming off my belly"),
    ("the site still says it does not recognise me", "my phone does not recognise me, my eyes are creases"),
    ("I get breathless just thinking about the wedding list", "I get breathless just walking to the loo"),
)  # fmt: skip


@pytest.mark.parametrize(("harmless", "_"), PAIRS)
def test_the_near_miss_is_clear(reader: Reader, harmless: str, _: str) -> None:
    """Neither an alarm nor a question."""
    assert verdict(reader.read(harmless)).action == "clear"


@pytest.mark.parametrize(("_", "present"), PAIRS)
def test_its_neighbour_is_heard(reader: Reader, _: str, present: str) -> None:
    """A sign in words as near as can be escalates or is asked about."""
    assert verdict(reader.read(present)).action != "clear"


@pytest.mark.parametrize(
    "text",
    [
        # Which of the two the writer shares, and when, is not told.
        "Can desensitization be done if the first rash had blisters? Mine did, in 2021, healed fully.",
        "everybody knows someone whose skin fell off. Not one of us here had more than an itch. I'm the same",
        # A bare name of a disease, a list that was gone through, a cause that is told.
        "SJS, TEN, DRESS, AGEP, it's like alphabet soup",
        "The pharmacist went through the whole sheet with me. Blood clots, trouble breathing, blisters. Signed.",
        "just cried laughing at a video, thats why red eyes in the photo",
        "my fear is being alone and my face swelling up like the guy in the pamphlet",
    ],
)
def test_what_stays_open_is_asked_about(reader: Reader, text: str) -> None:
    """No alarm, and not passed over either."""
    assert verdict(reader.read(text)).action == "ask"


@pytest.mark.parametrize(
    "text",
    [
        "I've had mumps", "DRESS, AGEP, which of them", "a skin infection he said", "red lines on my arm, thin ones",
        "a slight wheeze at night", "is it angina", "found my keys in the fridge again", "pink eye in my left eye",
        "I am ready to go",
    ],
)  # fmt: skip
def test_a_bare_name_is_never_passed_over(reader: Reader, text: str) -> None:
    """Of a disease or a slip that may be more: at least asked about."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize(
    "text",
    [
        "I wake up rested and ready to go", "the antihistamine makes me very sleepy", "a bit of spotting on the pill",
        "Differin review: eight weeks of dryness and mild peeling round the nose, then it cleared and I'd buy it again",
        "the rash stung when I put the gel on", "my peak flow is 400 as always",
        "urinating burns again, another UTI, the privates burn",
    ],
)  # fmt: skip
def test_what_only_harmless_messages_said_raises_no_question(reader: Reader, text: str) -> None:
    """Words that stood in dozens of labelled messages, none of them urgent."""
    assert verdict(reader.read(text)).action == "clear"


@pytest.mark.parametrize(
    "text",
    [
        "on Revlimid, the skin peels where I use Differin", "peeling in sheets since the Differin",
        "cystitis, and sores down there", "my testicle is swollen and painful",
    ],
)  # fmt: skip
def test_an_everyday_cause_settles_nothing_that_is_more(reader: Reader, text: str) -> None:
    """The medicine, sores or a swelling beside it keep the question."""
    assert verdict(reader.read(text)).action != "clear"


def test_a_number_answers_a_question_about_fever(reader: Reader) -> None:
    """ "What counts as a fever?" - "mine is 36.8" claims none."""
    asked = reader.read("what temperature counts as a fever?")
    context = Context(mentioned=tuple(f.concept for f in asked.findings), before=asked.text)
    assert verdict(reader.read("ok mine is 36.8", context)).action == "clear"
    assert verdict(reader.read("mine is 38.9", context)).action == "escalate"


@pytest.mark.parametrize("sign", ["a blister on the lip", "mouth sores", "swollen lips", "a fever", "purple spots"])
@pytest.mark.parametrize(
    "who", ["it's her not me", "its my wife, not me", "I'm writing for him not me", "this is mum not me"]
)
def test_who_is_ill_takes_nothing_back(reader: Reader, who: str, sign: str) -> None:
    """ "It's her, not me" says who the patient is: no sign that was told is denied by it."""
    told = reader.read(f"there is {sign}")
    known = tuple(sorted({finding.concept for finding in told.findings if finding.stands}))
    reading = reader.read(who, Context(known=known, mentioned=known, before=told.text))
    assert not {finding.concept for finding in reading.findings if not finding.stands} & set(known)


@pytest.mark.parametrize(
    "text",
    ["is it dangerous? am I going to die", "my mum has a rash, is she going to die??", "will he die from this rash"],
)
def test_fear_for_a_life_is_no_thought_of_taking_it(reader: Reader, text: str) -> None:
    """What an anxious daughter asks; "I want to die" is another thing."""
    assert verdict(reader.read(text)).action == "clear"
    assert verdict(reader.read(f"{text}. I want to die")).action == "escalate"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("I have a fever, 101 last week when I had the flu, no fever now", "ask"),
        ("fever of 101 last night, no fever now but my lips are up", "escalate"),
        ("no fever now, but it is 39 again", "escalate"),
        ("I have blisters on my arms, no fever now", "escalate"),
    ],
)
def test_what_is_denied_of_now_is_asked_about(reader: Reader, text: str, action: str) -> None:
    """A later "no fever now" puts the fever before it in doubt, and nothing else."""
    assert verdict(reader.read(text)).action == action


@pytest.mark.parametrize(
    "text",
    [
        "my wife is answering slowly today and called me by her brother's name, the rash is mild",
        "a tight collar feeling and I'm not wearing a collar",
        "feels like someone's hands round my neck",
        "thinking of just taking the whole box and be done with it",
        "he is slow to respond since this morning",
        "my left side went weak and hasn't come back",
        "he keeps asking me what year it is, not like him",
        "nearly keeled over twice today on the stairs",
        "been thinking how to finish it",
        "it leaks yellow and is hot round the edge",
    ],
)
def test_signs_in_calm_words_are_heard(reader: Reader, text: str) -> None:
    """Told without alarm; each escalates or is asked about."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize(
    "text",
    ["dentist numbed one arm, it is numb, wearing off", "I lie on my arm and its dead for a minute then fizzes"],
)
def test_a_numbness_that_is_explained_is_asked_about(reader: Reader, text: str) -> None:
    """Neither an alarm nor silence."""
    assert verdict(reader.read(text)).action == "ask"
