"""A change is shared by all places of one list, and belongs to no place of another clause."""

from itertools import permutations

import pytest

from bot.language import Reader, verdict
from bot.language.reading import Reading, Status

PLACES = ("hands", "feet", "face", "chest")


def present(reading: Reading, concept: str) -> bool:
    """Whether a sign is told as there, and not in doubt."""
    return any(f.concept == concept and f.status is Status.PRESENT and not f.in_doubt for f in reading.findings)


@pytest.mark.parametrize("places", list(permutations(PLACES)))
def test_a_swollen_face_is_heard_wherever_it_stands_in_the_list(reader: Reader, places: tuple[str, ...]) -> None:
    """First, last or between, with the change before or after the list; denied, it is denied for all of them."""
    listed = f"{', '.join(places[:-1])} and {places[-1]}"
    for text in (f"swelling of my {listed}", f"my {listed} are swollen", f"extreme swelling, {listed}"):
        assert present(reader.read(text), "facial_swelling"), text
    assert verdict(reader.read(f"no swelling of the {listed}")).action == "clear"


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("swelling of the ankles, calves, nose, throat and tongue", "airway"),
        ("sores on my gums, cheeks, tongue and palate", "mouth_sores"),
        ("my arms, legs, neck and belly are peeling in sheets", "skin_peeling"),
    ],
)
def test_other_changes_are_shared_too(reader: Reader, text: str, concept: str) -> None:
    """Not swelling alone."""
    assert present(reader.read(text), concept)


@pytest.mark.parametrize(
    "text",
    [
        "dry mouth, swelling of the ankles",
        "a bit of rash on my face, swelling in both feet",
        "my eyes water. hands, feet and ankles swell in the evening",
        "swelling in my hands, feet and ankles. face is as ever",
    ],
)
def test_what_swells_is_named(reader: Reader, text: str) -> None:
    """The face is told of beside it."""
    assert not present(reader.read(text), "facial_swelling")
