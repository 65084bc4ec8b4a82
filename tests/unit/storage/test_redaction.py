"""What tells who the writer is goes; what tells about the rash stays."""

import socket
import time

import pytest

from bot.storage.redaction import FILL, find, mask_all, redact, redact_echoes


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        # e-mail
        ("write to jane.doe@example.org please", "jane.doe@example.org"),
        ("j_d+x@mail.example.co.uk", "j_d+x@mail.example.co.uk"),
        # telephone, in the forms that people use, with area codes that exist and that don't
        ("call me at 555-123-4567 today", "555-123-4567"),
        ("(212) 555-0199.", "(212) 555-0199"),
        ("2125550199", "2125550199"),
        ("1-800-273-8255", "1-800-273-8255"),
        ("text 415.555.2671", "415.555.2671"),
        ("my cell is 555-1234", "555-1234"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("07700 900123", "07700 900123"),
        # numbers that the state, a bank or a hospital gave
        ("SSN 078-05-1121", "078-05-1121"),
        ("card 4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("IBAN GB29NWBK60161331926819", "GB29NWBK60161331926819"),
        ("MRN 12345678", "12345678"),
        ("my member id is XYZ-12345", "XYZ-12345"),
        ("1EG4-TE5-MK73", "1EG4-TE5-MK73"),
        # birth, address, name
        ("born on 3/4/1950, rash since 3/4/2024", "3/4/1950"),
        ("DOB: March 4, 1950", "March 4, 1950"),
        ("I live at 12 Oak Street now", "12 Oak Street"),
        ("My name is Mary Jones and I itch", "Mary Jones"),
    ],
)
def test_what_tells_who_somebody_is_gives_way_to_a_mask_of_the_same_length(text: str, hidden: str) -> None:
    """The words go, everything around them stays in its place."""
    redacted = redact(text)
    start = text.index(hidden)
    assert len(redacted) == len(text)
    assert redacted[:start] == text[:start]
    assert redacted[start + len(hidden) :] == text[start + len(hidden) :]
    mask = redacted[start : start + len(hidden)]
    assert not any(character.isdigit() for character in mask) and hidden not in redacted


@pytest.mark.parametrize(
    "text",
    [
        # temperature, blood pressure, counts
        "my temp is 102.7, it was 38.5-39.2 and 100.4 101.2 99.8 before",
        "BP 120/80 118/76 pulse 72",
        "platelets 150,000 and 200000, WBC 3.2",
        # doses and cycles
        "25 mg on days 1-21 of 28, then 10-15-25 mg",
        "I take 500-1000 mg, should I call?",
        "cycle 1 2 3 4 5 6 7 8 9 10",
        # times and dates
        "3 weeks, 38 days, since 2024-01-15, from 01/02/2024 10:30 to 12.03.2023",
        "8:30-10:30 and 2-3 times",
        "it began 12 11 2024 0930",
        # emergency numbers
        "should I call 911 or 988 or 112?",
        # words like those of a name or an address
        "my name is on the list",
        "3 Red spots on my left arm, 12 Big Blisters on the way",
        "ten of ten @ night",
        "",
    ],
)
def test_what_tells_about_the_rash_stays(text: str) -> None:
    """No number, date or dose of a patient's story is taken for a contact."""
    assert redact(text) == text


def test_mask_says_what_was_there() -> None:
    """A coach sees that a telephone number was given, not which."""
    assert redact("ring 212 555 0199 now") == f"ring [phone{FILL * 5}] now"


def test_spans_that_overlap_are_one() -> None:
    """A number that two recognisers find is masked once."""
    assert [(span.start, span.end) for span in find("at 2125550199 or a@b.org")] == [(3, 13), (17, 24)]


def test_echoes_are_masked_wherever_data_repeats_them() -> None:
    """An entity, a slot or the guide's own words don't give away what was masked in the message."""
    data = {"slots": [{"value": "Jane@Example.org"}], "text": "Is jane@example.org right?", "count": 3}
    redacted = redact_echoes(data, [("jane@example.org", "EMAIL_ADDRESS")])
    mask = f"[email{FILL * 9}]"
    assert redacted == {"slots": [{"value": mask}], "text": f"Is {mask} right?", "count": 3}


def test_short_words_are_not_masked_elsewhere() -> None:
    """A name of three letters would be found inside other words."""
    assert redact_echoes(["inform Al"], [("Al", "NAME")]) == ["inform Al"]


def test_whole_text_can_be_masked() -> None:
    """The mask is as long as the text, however short that is."""
    assert [len(mask_all(text)) for text in ("", "no", "a whole sentence")] == [0, 2, 16]


def test_nothing_is_fetched_from_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """All recognisers work on a closed network."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("tried to connect")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert "@" not in redact("jane.doe@example.org 212 555 0199")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2000,
        "1" * 2000,
        "1 " * 1000,
        ".a" * 990 + "@",
        "a@" * 1000,
        "555-" * 500,
        "+1(" * 600,
        " 1234" * 400,
        "my name is Ab " * 140,
        "member number: " * 130 + "1",
        "1 " + "Ab " * 600,
        "call " * 390 + "1",
    ],
)
def test_odd_messages_take_no_time(text: str) -> None:
    """No message of the greatest length keeps the store busy (about 30 ms at worst; 0.4 ms is usual with digits)."""
    redact("warm 1@b.org")
    began = time.perf_counter()
    redact(text)
    assert time.perf_counter() - began < 0.5
