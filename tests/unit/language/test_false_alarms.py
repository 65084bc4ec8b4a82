"""Kinds of harmless messages that hold a sign's words, and their urgent neighbours that must stay urgent."""

import pytest

from bot.language import Context, Reader, verdict


@pytest.mark.parametrize(
    "text",
    [
        # things are no bodies
        "my sourdough has blisters on the crust", "my tv has purple spots", "bleeding radiators, which valve first",
        "why is my phone swelling up", "the paint is peeling off the shed",
        # somebody else's story, also over several sentences
        "Man next to me at infusion said his throat closed. How often does that happen?",
        "My sister in law had a bad reaction to a pill. One Sunday her tongue swelled and they put a tube in.",
        "A woman in the waiting room, her husband blistered all over. Mine is just pink.",
        "My mother in law's face swelled and she ended up intubated. Scared to start mine tomorrow.",
        # stories that ended some sentences later
        "I had SJS when I was nine. Blisters, burn unit, the lot. That was 1977 and I healed up fine.",
        "I got really dark on Keppra, suicidal even. They took me off it. That was 3 yrs ago.",
        "I had shortness of breath but it was anemia, fixed with a transfusion in June.",
        "My hands blistered on capecitabine but it all settled when they cut the dose.",
        # lists cleared as a whole, denied in turn, or only read
        "She asked about fever, mouth sores and blisters and I didn't have any of them.",
        "fever nope blisters nope sores nope, only itchy", "nae blisters nae pus, just plooks",
        "They gave me a binder. Fever, clots, strokes, second cancers, and please sign here.",
        "Which effects should send me to the ER? Blisters, fever, trouble breathing?",
        # believed and shown wrong, taken back
        "I was sure it was shingles but the swab came back negative",
        "It's peeling! Sorry, panic over, it was the plaster",
        "they keep asking do i want to harm myself. i dont.",
        # carried, feared, asked
        "I carry an EpiPen for wasps", "worried sick about strokes since the leaflet came",
        "scared stiff of getting that skin peeling thing",
        # asked of everybody, mentioned, shown, and known all about
        "I've seen blisters, peeling, sore eyes and fever mentioned. My nephew has only itchy spots.",
        "Reading the reviews on here scared me silly: skin like burns, throats closing. I got one spot on my knee.",
        "dreamt my skin fell off in ribbons and woke up in a sweat", "if my lips swelled I'd obviously ring 999",
        # turns of phrase
        "burning up with curiosity", "a stroke of bad luck with the horses", "cheers big ears",
        "when I saw the price I about had a heart attack", "red, slightly rough like a cat's tongue",
        "sneezing and a nose like a tap, same every May", "that's my old burden, the new burden is itchy bumps",
        # somebody's who can't, or is another
        "IM A MAN. cant be pregnant",
        "Kumar uncle had fever with his rash. My one is without anything, only scratching",
        "only asking cos nan had a stroke once", "My daughter is 20 weeks pregnant, she hasn't touched my capsules",
        "The nurse examined me: lymph nodes not enlarged, throat and tongue clean",
        # places said to be well
        "eyes are white as milk, tongue pink, breathing easy", "clear mouth clear throat clear eyes",
    ],
)  # fmt: skip
def test_harmless_message_is_left_alone(reader: Reader, text: str) -> None:
    """Neither an alarm nor a question."""
    assert verdict(reader.read(text)).action == "clear"


@pytest.mark.parametrize(
    "text",
    [
        "These robots ask me the same things each time. Fever? Blisters? Throat? It's the same spots on my back.",
        "the professor showed slides with the peeling skin and I could not sleep of it. I have little pink spots.",
        "I'm a decorator, so I know all about peeling and blistering, on doors I mean. Dry itch on the shins.",
        "don't ask me bout blisters again", "Dentist is worried about bleeding because of the Zometa",
        "I'm asking YOU whether blisters are common. I have five pink dots.",
    ],
)  # fmt: skip
def test_what_is_on_somebodys_mind_is_at_most_asked_about(reader: Reader, text: str) -> None:
    """The writer may have it too."""
    assert verdict(reader.read(text)).action != "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "my skin comes off like wallpaper when I shower", "my phone is flat, my lips are huge and swollen",
        "the dog is fine but my legs are covered in purple spots that don't fade",
        "I had a rash last year that went away. This week my mouth is full of sores.",
        "In 2019 I had a clot. Now my left calf is swollen and hot again.",
        "Blisters on my palms since last night. The itch went after the cream.",
        "Everything healed in May. Since Sunday skin is peeling off my soles",
        "They told me about peeling and now it is peeling off my back",
        "Thought it was heat rash but it is blistering on both arms",
        "False alarm I thought, but no, the blisters are back and bigger",
        "Nurse asked if I have ulcers in my mouth. Yes, loads of them",
        "his back has water sacs all over it", "My sister has been on rev 2 weeks, her face has blown up",
        "I'll tell you, he can't breathe",
        "The nurse asked me things. Fever? Yes. Blisters? No", "I've seen blisters on both my arms since Sunday",
        "the slides they showed are nothing, my skin is peeling in sheets", "my nose is running with blood like a tap",
        "I'm burning up, 39.2, and shaking", "she is having a stroke, her face has dropped",
        "I am a burden, they would be better off without me", "positive preg test today. im on rev",
        "lymph nodes enlarged in my neck", "my daughter has blisters, I think, from the pills",
        "is it the tablets giving me blisters",
    ],
)  # fmt: skip
def test_urgent_neighbour_stays_urgent(reader: Reader, text: str) -> None:
    """The same words about one's own body, now."""
    assert verdict(reader.read(text)).action == "escalate"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("no there arent any", "blisters"), ("it isn't now, just wondering", "facial_swelling"),
        ("its perfect now", "mouth_sores"), ("no, scrap that, bumps", "blisters"),
    ],
)  # fmt: skip
def test_next_message_takes_back(reader: Reader, text: str, known: str) -> None:
    """What was told before is denied or over."""
    reading = reader.read(text, Context(known=(known,)))
    assert verdict(reading).action == "clear"
    assert "correction" in reading.notes


@pytest.mark.parametrize(
    "told",
    [
        "bleeding NHS queue, three hours for a look at a few spots",
        "the price of that cream made me choke",
        "I can't swallow the price of it", "hard to swallow my pride and ask",
        "that paperwork gives me a stroke every month",
        "the photos are all ready to go", "my wife is due to start her fourth cycle",
        "I can't find the words to thank you",
        "his face dropped when he heard", "shivering because the heating is broken",
        "cabin fever, stuck in with this itch", "had mouth sores. Don't now.", "had a fever yesterday but not today",
        "last time my lips swelled, this time nothing",
        "mouth sores came and went last cycle", "the blisters are no more", "a sinus infection again, on augmentin",
    ],
)  # fmt: skip
def test_turns_of_phrase_and_endings_against_now_raise_no_alarm(reader: Reader, told: str) -> None:
    """Other senses of the words, and what was there then and is not now."""
    assert verdict(reader.read(told)).action != "escalate"
