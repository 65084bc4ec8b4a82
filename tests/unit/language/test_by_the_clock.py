"""A rash that is elsewhere or larger at a later hour of the same day, told by clock, meal or "an hour ago"."""

import itertools

import pytest

from bot.language import Reader, verdict


@pytest.mark.parametrize(
    "text",
    [
        "11am a dot by my wrist, noon half the forearm, now it is the whole arm and my neck",
        "at ten past nine only my feet were red, half past ten the knees, quarter past twelve the belly",
        "size of a penny at breakfast, it's 3 pm and it covers my entire back",
        "an hour ago: one patch on the hip. now: hips, belly, both arms",
        "shin at 4, thigh at 5, groin at 6",
    ],
)
def test_growing_by_the_clock_is_rapid_spread(reader: Reader, text: str) -> None:
    """Whatever the order of time and place, and whether sizes or places are told."""
    assert any(f.concept == "rapid_spread" and not f.in_doubt for f in reader.read(text).findings)


@pytest.mark.parametrize(
    "text",
    [
        "cream on the arms at 8 am, on the legs at 9 am",
        "I take the capsule at 9 pm and my hands itch at 10 pm",
        "all over at 7 am, fading by noon, now only the neck is pink",
        "the nurse comes at 10, she looked at my legs at 11",
        "dose went from 25 to 10, belly rash at cycle 2, arms at cycle 3",
    ],
)
def test_hours_alone_are_no_spread(reader: Reader, text: str) -> None:
    """Creams, doses, appointments and a rash that fades have hours too."""
    assert verdict(reader.read(text)).action != "escalate"


TIMES = (("at 9 am", "at noon", "now"), ("at breakfast", "at lunch", "it's 4 pm and"), ("8:30", "10:15", "13:40"))
PLACES = (("ankles", "knees", "belly"), ("one arm", "chest", "neck and face"), ("hip", "back", "both legs"))


@pytest.mark.parametrize(("times", "places"), itertools.product(TIMES, PLACES))
def test_three_steps_of_the_clock_never_fall_silent(
    reader: Reader, times: tuple[str, ...], places: tuple[str, ...]
) -> None:
    """Every clock with every way up the body, with the time first."""
    text = ", ".join(f"{time} the {place}" for time, place in zip(times, places, strict=True))
    assert verdict(reader.read(f"red rash: {text}")).action != "clear", text
