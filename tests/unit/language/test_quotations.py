"""What stands between quotation marks: copied from somewhere, asked by somebody, or the patient's own after all."""

import pytest

from bot.language import Reader, verdict
from tests.unit.language.test_never_silenced import SIGNS

OF_HARM = "I want to end my life"


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if sign != OF_HARM])
@pytest.mark.parametrize(
    "frame",
    [
        "Reading about carbamazepine: '{}'. Is lenalidomide in the same family?",
        'Forum paste >> "{}" << I start the same antibiotic on Monday',
        "the leaflet says '{}', how common is that",
        "From the Revlimid sheet: '{}'. I have nothing of the kind",
        "a review says '{}' and I am to start it tomorrow",
    ],
)
def test_what_is_copied_from_a_page_is_nobodys_own(reader: Reader, frame: str, sign: str) -> None:
    """Never an alarm; at most a question."""
    assert verdict(reader.read(frame.format(sign))).action != "escalate"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    "frame",
    [
        "I posted in the group: '{}'. Nobody answered",
        "I wrote to the clinic: '{}'",
        "my husband looked at me and said '{}'",
        "copied from my own diary: '{}'",
        "our family group: '{}', what do we do",
        "I underlined what's me on your page: '{}'",
        "My pill box broke, then the nurse said '{}'",
        "the leaflet is no help. '{}'",
        "copied from the discharge letter: '{}'",
        "at the review the doctor wrote '{}'",
    ],
)
def test_ones_own_words_in_marks_are_heard(reader: Reader, frame: str, sign: str) -> None:
    """Whoever writes, says or marks them: of the patient they escalate or are asked about."""
    assert verdict(reader.read(frame.format(sign))).action != "clear"


def test_a_question_that_was_put_is_asked_about(reader: Reader) -> None:
    """Without an answer to it nobody knows."""
    text = "the consultant kept saying 'any problems swallowing?' and i kept saying only your parking charges"
    assert verdict(reader.read(text)).action == "ask"


@pytest.mark.parametrize("text", ["at the chemist I saw a box, 'take the lot' it said in my head", "my book: 'end it'"])
def test_a_thought_of_harm_is_never_copied(reader: Reader, text: str) -> None:
    """However it is put between marks."""
    assert verdict(reader.read(text)).action != "clear"


@pytest.mark.parametrize(
    "text",
    ["hot flushes or fever, how do you tell, I'm 51", "fever or hot flush, how would you know the difference"],
)
def test_two_names_that_are_to_be_told_apart(reader: Reader, text: str) -> None:
    """Asked in general."""
    assert verdict(reader.read(text)).action == "clear"


@pytest.mark.parametrize(
    "text", ["hot flush or fever how do i tell", "my fever or my rash, how do i tell which is worse"]
)
def test_who_may_have_one_of_two_is_asked_or_heard(reader: Reader, text: str) -> None:
    """ "How do I tell" may be of just now, and "my fever" is."""
    assert verdict(reader.read(text)).action != "clear"
