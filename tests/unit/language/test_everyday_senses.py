"""Words of signs in everyday senses, as patients' posts are full of them, each beside the sense that is a sign."""

import pytest

from bot.language.reader import Reader
from bot.language.verdict import verdict


@pytest.mark.parametrize(
    ("harmless", "sign"),
    [
        ("I take the capsule with water at night", "the lumps are filling up with water"),
        ("aching knees and a stiff back", "the skin aches so much I can't bear a shirt"),
        ("I had a yeast infection last spring, just itchy arms now", "the rash is infected, pus everywhere"),
        ("gum: I chewed gum all day. itchy scalp", "my gums are raw and bleeding"),
        ("what's plan B if the cream fails", "my girlfriend had to take plan b, I'm on Revlimid"),
        ("I'm so sick of this itch", "I feel so sick I can't stand up"),
        ("the rash on my face has disappeared", "my cheekbones have disappeared, it's all puffed up"),
        ("the rash won't go away, two weeks now", "the spots don't go away when I press a glass on them"),
        ("it itches in my fingers and wrists", "skin came off in my fingers"),
        ("I have decided that I want to eat better", "I have decided how, and when"),
        ("walked 5 kms today, legs fine", "im going to kms"),
        ("she took her temp and it was 98.1", "she took her temp and it was 102"),
        ("normal temps ever since", "temps up every night with the rash"),
        ("hysterectomy at 38, why the monthly tests", "sitting at 39 all night"),
        ("The antihistamine makes me so drowsy", "she is so drowsy I can't wake her"),
        ("voice come back after the football?", "his words come out all jumbled"),
        ("brown marks left behind after the rash", "the top layer stayed behind on the towel, it's raw"),
        ("cover my arms up to three hours a day?", "the rash spread to my neck within three hours"),
        ("my dad had a stroke at 60. my rash is mild", "my dad had a stroke this morning"),
        ("nana had shingles in 88. I have pimples", "nana has shingles, she's the one on lenalidomide"),
        ("blisters no peeling no mouth no. legs itchy", "blisters yes peeling no mouth no"),
        ("no mouth sores, or ulcers like before", "no fever, or hardly, but ulcers in my mouth"),
        ("breathing and swallowing all normal", "breathing is hard, swallowing normal"),
        ("spo2 97", "SpO2 89 rr 30"),
        ("I was out of breath laughing, rash no worse", "I was out of breath laughing, now I can't breathe"),
        ("properly fed up with this itch", "cnt get breth in proply thrt tihgt"),
        ("he took me along the canal, lovely, arms itchy", "looked up which bit of the canal is deepest"),
        ("pills or the cream for the itch?", "pills or the railway, I haven't decided"),
        ("can I have bubbles in my bath with a rash", "the bath left bubbles on my shins, full of fluid"),
        ("target spot on the tomatoes, itchy arms on me", "spots like targets on my arms"),
        ("nearly passed out at the price of that cream", "I passed out on the stairs"),
        ("peeled off at the wrong exit, itchy the whole drive", "the skin peeled off at the heel"),
        ("blisters=false; fever=false; itch=true", "blisters=true; fever=true"),
        ("Negative on blisters. Negative on fever", "positive on blisters, negative on fever"),
        ("bp 118/74, arms itchy", "bp 74/38 red all over"),
        ("pregnancy symbol on the box, I'm 79 and male", "pregnancy test positive and I'm on lenalidomide"),
        ("what is erythema multiforme and does it come again", "erythema multiforme, it came again"),
        ("it clears my head for the day", "clear stuff came out of the spots"),
        ("torn hip ligament from a fall", "the skin is torn off my hip"),
        ("loose bowels, stomach fine", "loose skin came away on my stomach"),
        ("my face cleared up in a week", "my face has blown up in an hour"),
        ("dissolves under the tongue, tastes bad", "the underside of my tongue is peeling"),
        ("brain zaps when I stop the tablets", "electric shocks in a band round my ribs"),
        ("my moods go up and down all the time", "I took all my tablets at once"),
        ("not once did I wake up in pain", "I hope I don't wake up tomorrow"),
        ("urge incontinence at night", "she is incoherent tonight"),
        ("seizure free for three years", "he had a seizure at breakfast"),
        ("inhaler 50/25 in the morning", "bp 55/30 this morning"),
        ("periods come every 45 days", "my period hasn't come and I'm on lenalidomide"),
        ("the spots on my legs don't budge, two weeks now", "the spots on my legs don't fade when I press them"),
        ("frozen peas on my neck help the itch", "a pea sized lump on my neck, swollen glands"),
        ("fever gone, blisters gone", "fever gone up to 103, blisters"),
        ("fever gone since Sunday, he eats again", "fever gone on Sunday but it is back"),
        ("the cream cleared up my mouth sores", "nothing cleared up my mouth sores, they are raw"),
        (
            "the paper in the box says blisters, fever, swollen face",
            "the paper in the box is about me, my face is swollen",
        ),
        ("0 blisters, 0 fever", "fever 102, 0 sleep"),
        ("the cream smells strong", "the wound smells strong and weeps"),
        ("plucked chicken legs, itchy", "legs swollen, one like a tree trunk"),
        ("the cream three times a day, still red", "my top lip is three times its size"),
        ("my lashes have grown long and thick", "my lids have grown thick and tight"),
        ("I wake up my face is dry", "my face is up like a balloon"),
        ("the dose was doubled at Easter, itchy", "my lips have doubled, itchy"),
        ("overactive bladder with some urgency", "a bladder of fluid on my shin"),
        ("trouble lifting up my arms since the gym", "the skin is lifting off my arms"),
        ("a torn disc, the surgeon calls it an annular tear", "the skin on my back tears when I dry it"),
        ("slept 7 hours a night, up from 4", "it went from my wrist up to my shoulder in 4 hours"),
        ("a light dinner, slight stomach pain", "the light hurts my eyes"),
        ("I ran out of it on Friday", "he is out of it, can't tell me his name"),
        ("thyroid gland enlarged on the scan", "the glands in my neck are enlarged"),
        ("went back to oral prednisone", "oral sores all over"),
        ("my breasts ache before a period", "my chest aches and my left arm too"),
        ("increased from 20 to 40 mg in May", "it went from 38 to 40 tonight"),
        ("weaned down to 37.5", "up to 38.5"),
        ("can't drink alcohol with it", "can't drink, not even water"),
        ("a friend at church had hives once", "my friend has hives and is choking now, what do I do"),
        ("one black head on my chin", "black spots on my legs that don't fade"),
        ("a rash without the fever", "a fever without the rash"),
        ("he gets a lump in his throat when they sing", "he has a lump in his throat when he swallows"),
        ("electric shivers coming off the tablets", "shivers and shakes under the quilt"),
        ("black heads on my nose", "white heads by the dozen on red skin"),
        ("blisters in the 90s from another drug", "sats in the 80s"),
        ("Side effects: fever, blisters. Keep below 25 degrees", "Side effects: blisters. Comments: stopping it"),
        ("fever, sores, peeling. Those are printed on the box", "fever, sores. That is me, not the box"),
        ("my soles peeled in cycle 2 and grew back by 4", "my soles peeled in cycle 2 and do so now"),
        ("chest pains until I started the new tablets", "fine until I started it, now chest pains"),
        ("our labrador is expecting", "my wife is expecting and I'm on lenalidomide"),
        ("I was sure I would peel and choke, I didn't", "I was sure it was nothing, my skin peels"),
        ("two hot dogs for lunch, rash fine", "lips like two hot dogs"),
    ],
)
def test_everyday_sense_and_sign(reader: Reader, harmless: str, sign: str) -> None:
    """No alarm for the one; an alarm or a question for the other."""
    assert verdict(reader.read(harmless)).action == "clear"
    assert verdict(reader.read(sign)).action != "clear"


@pytest.mark.parametrize(
    "text",
    [
        "dads talkin nonsense", "nose pourin blood", "shakin so hard the bed rattles", "cannae swallow ma spit",
        "gonna hang meself", "im gonna jump", "took too many pills on purpose", "will to live 0/10",
        "trouble breeding since the tablet", "lips woollen", "chest is tightening", "food keeps sticking going down",
        "glands yes", "only the breathing", "like targets with rings on both arms", "fit on the floor just now",
        "sats in the 80s and wheezy", "Can it turn your eyes yellow? My husband's are, since Monday",
        "Is a swollen tongue a side effect? My mother is having both today, that and fever",
        "I put gauze over it, the blisters on my side", "the neighbour heard me wheezing through the wall",
        "hey folks, the bumps on my belly are water bubbles now", "the cat scratched my hand, it's full of pus",
        "charley horse in my calf that won't quit", "bread sticks on the way down", "tea comes back out my nose",
        "as if my back was dipped in a chip pan", "I am having an extreme allergic reaction to this",
    ],
)  # fmt: skip
def test_short_and_by_ear(reader: Reader, text: str) -> None:
    """Typed with one thumb, or as it is spoken."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize(
    "text",
    [
        "anything to reduce the swelling of my lips?", "is there something to calm this peeling skin?",
        "I developed breathing trouble two years ago, which has worsened daily since",
        "Are there any tablets to bring down the swelling in my throat?",
        "Two years ago blisters on my hands. Since this morning it is back",
    ],
)  # fmt: skip
def test_told_all_the_same(reader: Reader, text: str) -> None:
    """Asked what eases it, or begun long ago: it is there, or asked about."""
    assert verdict(reader.read(text)).action != "clear"
