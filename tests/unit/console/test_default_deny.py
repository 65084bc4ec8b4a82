"""Who may open what: every route, every role, nothing by default."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.console import roles
from bot.console.app import PAGES
from bot.console.csrf import make_token
from bot.console.roles import ANYONE, Role
from bot.console.routing import Page

#: The only pages for somebody who is not signed in.
OPEN = {"sign_in", "sign_in_now", "set_up", "set_up_now"}

#: For leads only: they export, erase and manage.
LEADS = {
    "add_coach", "audit_log", "change_role", "coaches", "confirm_erasure", "conversation_story", "disable_coach",
    "end_any_session", "erase_patient", "export", "export_labels", "export_patch", "export_patient",
    "export_patient_json", "numbers_csv", "patient", "patients", "purge", "redact", "redact_now", "reset_coach",
    "retention", "verify_audit",
}  # fmt: skip

#: Testers neither see contact data nor review.
NOT_FOR_TESTERS = {
    "change_contact", "comment", "contact", "contacts", "correct", "decide_corrections", "learn", "message",
    "numbers", "replay", "review", "run_replay", "tag",
}  # fmt: skip

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def address(page: Page) -> str:
    """Its path with numbers for what varies."""
    path = page.path
    for name in page.param_convertors:
        path = path.replace("{" + name + "}", "7")
    return path


def open_page(browser: Any, page: Page) -> Any:
    """The answer to its own method."""
    return browser.post(address(page)) if "POST" in page.methods else browser.get(address(page))


def test_names_are_unique() -> None:
    """An address is found by a route's name."""
    names = [page.name for page in PAGES]
    assert len(names) == len(set(names))


@every_page
def test_a_stranger_gets_nothing_but_the_sign_in(page: Page, stranger: Any) -> None:
    """Every other page leads to it."""
    response = open_page(stranger, page)
    if page.name in OPEN:
        assert page.allow is None
    else:
        assert (response.status_code, response.headers["location"].partition("?")[0]) == (303, "/coach/sign-in")


@every_page
@pytest.mark.parametrize("role", Role)
def test_a_role_gets_its_own_pages_only(page: Page, role: Role, signed_in: Callable[..., Any]) -> None:
    """The answer to others is 403, whatever they ask for."""
    response = open_page(signed_in(role.value), page)
    if page.allow is None or role in page.allow:
        assert response.status_code != 403
    else:
        assert response.status_code == 403
        assert "Not for your role" in response.text


@pytest.mark.parametrize(
    ("audience", "names"), [(ANYONE, OPEN), (roles.LEADS, LEADS), (roles.COACHES, NOT_FOR_TESTERS)]
)
def test_each_audience_has_just_its_pages(audience: roles.Audience | None, names: set[str]) -> None:
    """A page that is opened to more roles by a slip is found here, a new one too."""
    assert {page.name for page in PAGES if page.allow == audience} == names


@pytest.mark.parametrize("page", [p for p in PAGES if "POST" in p.methods], ids=lambda page: page.name)
def test_a_post_without_a_token_is_refused(page: Page, lead: Any, stranger: Any) -> None:
    """So is one with the token of another visitor, and one that another site's page sends."""
    lead.get("/sign-in")
    assert lead.client.post(f"/coach{address(page)}", data={"name": "x"}).status_code == 403
    stranger.get("/sign-in")
    foreign = make_token(lead.console.keys, stranger.client.cookies["coach"])
    assert lead.client.post(f"/coach{address(page)}", data={"csrf": foreign}).status_code == 403
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.test"}):
        assert lead.post(address(page), headers=headers).status_code == 403
