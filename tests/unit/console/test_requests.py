"""What holds for every request: headers, forms that are none, errors that tell nothing."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.console import contacts
from bot.console.app import PAGES
from bot.console.context import Console

#: Pages to look at that need nothing in the database.
PATHS = ["/sign-in", "/account", "/contacts", "/patients", "/retention", "/coaches", "/audit", "/nothing-here"]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_for_this_coach_only(lead: Any, path: str) -> None:
    """Stored nowhere, framed by nobody, with scripts, styles and forms of our own origin alone."""
    headers = lead.get(path).headers
    assert headers["cache-control"] == "no-store"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", PATHS)
def test_every_page_can_be_found_ones_way_in(lead: Any, stranger: Any, path: str) -> None:
    """One heading, landmarks, a skip link, a label for each field, nothing inline that the policy would stop."""
    page = (stranger if path == "/sign-in" else lead).get(path).text
    assert page.count("<h1>") == 1
    for part in ('<html lang="en">', "<main", "<header", "<footer", 'href="#main"', "<title>"):
        assert part in page
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)|javascript:", page)
    labels = set(re.findall(r'<label[^>]* for="([^"]+)"', page))
    fields = re.findall(r"<(?:input|select|textarea)(?![^>]*type=\"hidden\")[^>]*>", page)
    assert [field for field in fields if re.search(r'id="([^"]+)"', field)[1] not in labels] == []
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "http://" not in page and "https://" not in page


def test_the_navigation_shows_what_the_role_may_open(lead: Any, coach: Any, tester: Any) -> None:
    """And where one is."""
    assert 'href="/coach/audit"' in lead.get("/account").text
    assert 'href="/coach/audit"' not in coach.get("/account").text
    assert 'href="/coach/contacts"' not in tester.get("/account").text
    assert 'href="/coach/account" aria-current="page"' in tester.get("/account").text


def test_files_are_kept_by_browsers(stranger: Any) -> None:
    """Their address changes with their content. All that a page names is there."""
    page = stranger.get("/sign-in").text
    files = re.findall(r'(?:href|src)="/coach(/static/[^"]+)"', page)
    assert len(files) == 4
    for path in files:
        answer = stranger.get(path)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
    assert stranger.get("/static/../app.py").status_code == 404


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{}", "application/json", 415),
        (b"", "multipart/form-data; boundary=x", 415),
        (b"name=" + b"a" * 200_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a=1" for _ in range(3000)), "application/x-www-form-urlencoded", 400),
        (b"name=\xff\xfe", "application/x-www-form-urlencoded", 400),
    ],
)
def test_what_is_no_form_is_refused(stranger: Any, content: bytes, kind: str, status: int) -> None:
    """Before anything is done with it."""
    answer = stranger.client.post("/coach/sign-in", content=content, headers={"content-type": kind})
    assert answer.status_code == status and "<h1>" in answer.text


@pytest.mark.parametrize("value", ["\0", "a\0b", "\ud83d", "%", "😀" * 50, "x" * 5000, "' OR '1'='1", "<script>"])
def test_no_sign_breaks_a_page(lead: Any, value: str) -> None:
    """In an address or a form. Halves of an emoji can't even be sent in UTF-8."""
    sent = value.encode("utf-8", "replace").decode()
    for path in ("/patients", "/audit"):
        name = "find" if path == "/patients" else "subject"
        answer = lead.get(path, params={name: sent})
        assert answer.status_code == 200 and "<script>" not in answer.text.replace("<script src", "")
    assert lead.get(f"/patients/{'%00'}").status_code == 404
    assert lead.post("/coaches", {"name": sent, "role": "coach"}).status_code in (200, 400)


def test_an_error_tells_nothing_of_patients(
    coach: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The page says that something went wrong; the log says where, without values."""

    def fail(*_: object) -> None:
        raise RuntimeError("blisters of Mary")

    monkeypatch.setattr(contacts, "counts", fail)
    answer = coach.get("/contacts")
    assert answer.status_code == 500 and "Something went wrong" in answer.text
    assert "RuntimeError" in caplog.text and "in fail" in caplog.text
    assert "Mary" not in answer.text + caplog.text.replace('raise RuntimeError("blisters of Mary")', "")


def test_a_database_that_is_down_gets_a_clear_answer(
    coach: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """With a time to try again, and without the statement's values in the log."""

    def fail(*_: object) -> None:
        raise OperationalError("SELECT 'Mary'", {}, Exception("locked"))

    monkeypatch.setattr(contacts, "counts", fail)
    answer = coach.get("/contacts")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "Nothing was changed" in answer.text and "Mary" not in answer.text


def test_a_database_that_cannot_be_opened_gets_a_clear_answer(console: Console, stranger: Any) -> None:
    """Also on the first request."""
    console._ready = False
    with console.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert stranger.get("/sign-in").status_code == 503


def test_parts_of_pages_lead_to_the_sign_in_as_a_whole(stranger: Any) -> None:
    """HTMX would otherwise put the form into the middle of a page."""
    answer = stranger.get("/account", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/coach/sign-in")


def test_htmx_sends_the_token_in_a_header(coach: Any) -> None:
    """As the page's body tells it to."""
    token = re.search(r"X-CSRF-Token\": \"(\w+)\"", coach.get("/account").text)[1]
    answer = coach.client.post(
        "/coach/account/sessions/end-others",
        content=b"",
        headers={"x-csrf-token": token, "content-type": "application/x-www-form-urlencoded", "hx-request": "true"},
    )
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/coach/account")


def test_a_method_that_is_not_served_is_refused(lead: Any) -> None:
    """With a page, as everything else."""
    assert lead.client.delete("/coach/account").status_code == 405


def test_deeds_are_never_done_by_a_link() -> None:
    """Every route answers to one method (and HEAD), and nothing that changes is a GET."""
    for page in PAGES:
        assert page.methods in ({"GET", "HEAD"}, {"POST"})
        if page.methods == {"GET", "HEAD"}:
            assert not re.search(r"/(end|disable|reset|role|verify)\b", page.path)


def test_polling_does_not_keep_a_session_alive(coach: Any, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise an open page at an empty desk would."""
    page = next(page for page in PAGES if page.name == "account")
    monkeypatch.setattr(page, "polls", True)
    for _ in range(2):
        clock.now += 8 * 60
        answer = coach.get("/account")
    assert answer.status_code == 303
