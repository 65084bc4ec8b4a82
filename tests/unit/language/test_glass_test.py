"""Spots that stay under a glass, told in one message or in two."""

import pytest

from bot.language import Context, Reader, verdict


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", "pressed it with a tumbler like you said, they dont go away"),
        ("", "I rolled a glass over them and the marks don't fade"),
        ("yes pressed a tumbler on it like you said", "nope they dont go away. more of em today"),
        ("my dots fade when I press them", "the new ones on my feet do not"),
        ("should I press a glass on the spots?", "they didn't disappear"),
    ],
)
def test_spots_that_stay_are_purpura(reader: Reader, before: str, text: str) -> None:
    """By whatever name the writer has for them."""
    found = verdict(reader.read(text, Context(before=before)))
    assert found.action == "escalate"
    assert "purpura_or_target" in found.flags


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", "pressed a glass on the spots and they fade"), ("pressed a glass on the spots", "they go white"),
        ("I pressed the button", "they dont go to the clinic"), ("a glass of wine at night", "they dont go out much"),
        ("press 1 for the nurse", "they dont answer"), ("it itches", "they don't go away"),
        ("my dots fade when I press them", "the new ones on my feet do too"),
    ],
)  # fmt: skip
def test_what_is_no_glass_test(reader: Reader, before: str, text: str) -> None:
    """Spots that fade, and other glasses."""
    assert verdict(reader.read(text, Context(before=before))).action == "clear"


@pytest.mark.parametrize(
    "text",
    [
        "purple spots on my legs, when will they disappear",
        "purple spots on my legs. The old rash on my arm does fade",
        "purple dots on my shins, my fingers go white in the cold", "purple spots, not one of them goes white",
        "bruise like spots, none of them fade under a glass", "do they fade? I have purple spots on both shins",
        "the spots wouldn't fade under a glass", "the purple spots haven't faded when pressed",
    ],
)  # fmt: skip
def test_purple_spots_stay_what_they_are_where_no_glass_is_said_to_fade_them(reader: Reader, text: str) -> None:
    """A hope, another rash, other skin, a question, a denial."""
    assert verdict(reader.read(text)).action == "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "purple spots, the old ones go white when I press", "purple spots, they hardly go white under the glass",
        "pressed a glass on the spots on my shins, no change",
        "does a purple rash blanch? mine is purple, they go pale when pressed?",
    ],
)  # fmt: skip
def test_a_glass_test_that_is_not_plain_is_asked_about(reader: Reader, text: str) -> None:
    """Some of them, hardly, in other words."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize("spots", ["purple blotches", "red dots on my tummy", "dark specks on both shins"])
@pytest.mark.parametrize("fade", ["that go white when I press", "they blanch", "they vanish under a glass"])
def test_spots_that_fade_under_a_glass_are_none(reader: Reader, spots: str, fade: str) -> None:
    """As it is for most rashes."""
    assert verdict(reader.read(f"{spots}, {fade}")).action == "clear"
