"""The inbox of contact requests."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.storage import privacy
from bot.storage.contacts import add_contact_request

Ask = Callable[..., int]


@pytest.fixture
def ask(engine: Engine, console: Any) -> Ask:
    """Stores a contact request; its id."""

    def request(sender_id: str = "s1", **changed: str) -> int:
        given = {"name": "Mary", "reach": "212 555 0199", "message": "Please call", "consent_text": "Yes, call me"}
        return add_contact_request(engine, sender_id, **{**given, **changed})

    return request


def test_an_empty_inbox_says_so(coach: Any) -> None:
    """No request, no table row to look for."""
    assert "No requests here" in coach.get("/contacts").text


def test_a_request_shows_words_consent_and_how_to_reach_the_patient(coach: Any, ask: Ask, say: Any) -> None:
    """Beside the pseudonym and the urgency of the conversation."""
    say("s1", "I have a rash")
    number = ask()
    page = coach.get(f"/contacts/{number}").text
    for part in ("212 555 0199", "Mary", "Please call", "Yes, call me", "P-"):
        assert part in page
    assert 'href="/coach/conversations/s1"' in page
    assert coach.get("/conversations/s1").status_code == 200
    assert f"Request {number}" in coach.get("/contacts?status=new").text


def test_new_requests_come_first_and_those_that_wait_longest(coach: Any, ask: Ask) -> None:
    """Closed ones are at the end."""
    first, second, third = ask(), ask("s2"), ask("s3")
    coach.post(f"/contacts/{first}", {"seen": "new", "status": "closed"})
    page = coach.get("/contacts").text
    places = [page.index(f"Request {number}<") for number in (second, third, first)]
    assert places == sorted(places)
    assert "Closed (1)" in page and "New (2)" in page


def test_a_change_is_kept_with_note_name_and_time(coach: Any, ask: Ask, logged: Any) -> None:
    """And logged, without the note."""
    number = ask()
    assert coach.post(f"/contacts/{number}", {"seen": "new", "status": "answered", "note": "Called"}).status_code == 303
    page = coach.get(f"/contacts/{number}").text
    assert "Coach: answered" in page and "Called" in page and "Marked answered" in page
    row = logged("contact changed")[0]
    assert (row["coach"], row["details"]) == ("Coach", {"request": number, "status": "answered"})


def test_the_second_of_two_coaches_is_told(coach: Any, signed_in: Any, ask: Ask) -> None:
    """Nothing is overwritten, and the note is not lost."""
    number = ask()
    ann = signed_in("coach", "Ann")
    assert ann.post(f"/contacts/{number}", {"seen": "new", "status": "closed"}).status_code == 303
    late = coach.post(f"/contacts/{number}", {"seen": "new", "status": "answered", "note": "I called her"})
    assert late.status_code == 409
    assert "Ann has marked this request closed" in late.text and "I called her" in late.text
    assert "Ann: closed" in coach.get(f"/contacts/{number}").text


@pytest.mark.parametrize(
    "fields",
    [{"seen": "new", "status": "won"}, {"status": "closed"}, {}, {"seen": "new", "status": "new", "note": "x" * 2001}],
)
def test_what_is_no_change_is_refused(coach: Any, ask: Ask, fields: dict[str, str]) -> None:
    """An unknown status, none, a note as long as a letter."""
    assert coach.post(f"/contacts/{ask()}", fields).status_code == 400
    assert coach.get("/contacts?status=won").status_code == 400


@pytest.mark.parametrize("number", ["99", "0", "-1", "x", "1;drop", "9" * 30, "%C2%B2"])
def test_a_request_that_is_not_there_is_not_found(coach: Any, number: str) -> None:
    """Whatever stands in the address."""
    assert coach.get(f"/contacts/{number}").status_code == 404


def test_an_erased_request_is_gone_with_what_coaches_noted(coach: Any, ask: Ask, engine: Engine) -> None:
    """Notes belong to the conversation."""
    number = ask()
    coach.post(f"/contacts/{number}", {"seen": "new", "status": "answered", "note": "Called"})
    privacy.erase(engine, "s1")
    assert coach.get(f"/contacts/{number}").status_code == 404
    assert privacy.export(engine, "s1") == {}


def test_markup_is_shown_as_text(coach: Any, ask: Ask) -> None:
    """In what the patient gave and in what a coach noted."""
    number = ask(name="<b>M</b>", message="<script>alert(1)</script>", reach="'; DROP TABLE events; --")
    coach.post(f"/contacts/{number}", {"seen": "new", "status": "new", "note": "<img src=x onerror=alert(1)>"})
    page = coach.get(f"/contacts/{number}").text
    assert "<script>alert" not in page and "<img" not in page and "<b>M" not in page
    assert "&lt;script&gt;" in page and "DROP TABLE events" in page


def test_a_long_inbox_has_pages(coach: Any, ask: Ask) -> None:
    """The filter stays in their addresses."""
    for number in range(51):
        ask(f"s{number}")
    first = coach.get("/contacts?status=new").text
    assert 'href="?status=new&amp;page=2"' in first and "Request 51<" not in first
    assert "Request 51<" in coach.get("/contacts?status=new&page=2").text
    assert coach.get("/contacts?page=x").status_code == 400
