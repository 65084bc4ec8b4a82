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
