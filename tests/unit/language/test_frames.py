"""Sentences as people make them, and a sign in each: those that tell it and those that don't.

The frames of data/frames are those that the rules were mended with; tests/frames holds others, by other authors.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.language import Reader, verdict
from scripts.frames import FRAMES, framed

ROOT = Path(__file__).parents[3]
HELD_BACK = ROOT / "tests" / "frames" / "second.tsv"

#: Of a sign that is not there: in each of them it is denied, over, somebody else's or only thought of.
NOT_THERE = (
    "{s}? not that I've seen",
    "q3 {s} - none to report",
    "no {s} today or yesterday",
    "dad is eating well and not complaining of {s}",
    "I've never in my life had {s}",
    "havnt any {s}",
    "not once have I had {s}",
    "it hasn't given me {s} at all",
    "my daughter thinks I have {s} but I don't",
    "I was sure I'd have {s} by now. I don't.",
    "I was expecting {s} and it never came",
    "everyone said I'd get {s} but nope nothing",
    "as for {s}, no",
    "got over {s} before easter",
    "he did have {s} over christmas but that has fully gone",
    "update: {s} gone!",
    "the {s} had gone",
    "chances of getting {s} on this?",
    "heard {s} can happen",
    "advised to call back should {s} develop",
    "it says {s} on the box",
    "in the study 12 percent had {s}",
    "the pharmacist gave me a sheet about {s}",
    "several reviewers here mention {s}",
    "the thought of {s} puts me right off starting",
    "half of you seem to have {s}",
)


@pytest.mark.parametrize("way", NOT_THERE)
@pytest.mark.parametrize("sign", ["blisters", "swollen lips", "chest pain", "wheezing", "purple spots"])
def test_what_is_not_there_is_not_acted_on(reader: Reader, sign: str, way: str) -> None:
    """By the rules alone, so that every other word may be there too."""
    assert verdict(reader.read(way.format(s=sign))).action != "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "suppose I wake up one day and my lips are swollen, do I still take the tablet",
        "terrified that one morning I'll wake up and my lips are swollen",
        "i keep imagining my lips are swollen and then i look and theres nothing",
        "will keep an eye out for sores in my mouth", "say i got sores in my mouth, would they lower the dose",
        "could i end up with swelling of my lips from this", "what should I do if I can't breathe properly",
        "unless my lips are swollen I'm to carry on", "somebody put in my notes that my lips are swollen",
    ],
)  # fmt: skip
def test_what_may_come_is_asked_about(reader: Reader, text: str) -> None:
    """The place is the writer's, and the sign only thought of: never acted on, never passed over."""
    assert verdict(reader.read(text)).action == "ask"


@pytest.mark.parametrize(
    "text",
    [
        "how do i get rid of the blisters on my hands? nothing is working",
        "anything to take for chest pain? nothing helps", "hasn't budged, chest pain, not since I rang you",
        "if you could tell me why my lips are swollen I'd be so grateful", "I'm constipated, and my lips are swollen",
        "the nurse doesn't like the look of me: swollen lips", "it was meant to read NOW: swollen lips",
        "side effects so far: constipation, and since Sunday trouble breathing",
    ],
)  # fmt: skip
def test_what_is_told_in_passing_phrases_is_told(reader: Reader, text: str) -> None:
    """Politeness supposes nothing, and the bowels explain no swollen lips."""
    assert verdict(reader.read(text)).action == "escalate"


def _actions(reader: Reader, frames: Path, present: bool) -> Iterator[str]:
    """What is done about each frame with a sign in it."""
    for row in framed(frames):
        if row["urgent"] if present else row["kind"] != "present":
            yield verdict(reader.read(row["text"])).action


@pytest.mark.parametrize(("frames", "silent", "alarms"), [(FRAMES, 0.02, 0.15), (HELD_BACK, 0.03, 0.25)])
def test_most_frames_are_heard_as_they_are_meant(reader: Reader, frames: Path, silent: float, alarms: float) -> None:
    """The figures are in docs/measurements.md; here they may not get much worse."""
    there = list(_actions(reader, frames, present=True))
    absent = list(_actions(reader, frames, present=False))
    assert there.count("clear") <= silent * len(there)
    assert absent.count("escalate") <= alarms * len(absent)
