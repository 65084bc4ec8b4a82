"""A heading says what a message is about; the text says whether it is there."""

import pytest

from bot.language import Reader, verdict


@pytest.mark.parametrize(
    "text",
    [
        "Jaundice. Can older infants get jaundice?",
        "Shingles. Is a colleague with shingles allowed in the kitchen?",
        "Blisters?\nDo people get blisters from this medicine?",
    ],
)
def test_a_heading_over_a_general_question_is_no_report(reader: Reader, text: str) -> None:
    """What is asked in general under it is all there is."""
    assert verdict(reader.read(text)).action != "escalate"


@pytest.mark.parametrize(
    "text",
    [
        "Jaundice. My eyes are yellow since Monday",
        "Blisters. On both palms. Can it cause blisters?",
        "Blisters on my palms. Can it cause blisters?",
        "Mouth ulcers. Is that allowed with dex?",
    ],
)
def test_a_heading_over_a_report_stays(reader: Reader, text: str) -> None:
    """A fragment with a place, or one that the text leaves as it is, counts."""
    assert verdict(reader.read(text)).action == "escalate"
