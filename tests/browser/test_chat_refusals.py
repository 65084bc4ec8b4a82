"""Bad luck of other kinds: cookies refused, scripts off, too fast, a server in trouble."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.helpers import ask_and_wait, last_answer, say


def test_refused_cookies_are_no_end(open_chat: Callable[..., Page]) -> None:
    """Where the browser drops our cookie, the conversation is held by the tab, and outlives a reload of it."""
    page = open_chat(agree=False)

    def without_cookie(route: Route) -> None:
        answer = route.fetch()
        page.context.clear_cookies()
        route.fulfill(response=answer, headers={k: v for k, v in answer.headers.items() if k != "set-cookie"})

    page.route("**/api/session", without_cookie)
    page.get_by_role("button", name="I agree").click()
    page.get_by_label("Your answer").wait_for()
    ask_and_wait(page, "silence without cookies")
    assert page.context.cookies() == []
    page.reload()
    expect(page.locator(".said")).to_have_text("silence without cookies")


def test_without_scripts_the_page_still_helps(browser: Browser, site: Callable[..., str]) -> None:
    """Numbers, signs and what to do: no dead button, no empty screen."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site() + "/chat")
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()
    expect(page.get_by_role("link", name="Call 988")).to_be_visible()
    assert page.locator("noscript li").count() == 22
    expect(page.get_by_role("button")).to_have_count(0)
    context.close()


def test_too_fast_waits_as_long_as_the_server_says(open_chat: Callable[..., Page]) -> None:
    """429 with its waiting time: the message is kept and goes out by itself."""
    page = open_chat(allow_errors=True)
    answers = iter([429])

    def slow_down(route: Route) -> None:
        status = next(answers, None)
        if status is None:
            return route.continue_()
        return route.fulfill(status=status, headers={"retry-after": "1"}, json={"error": {"message": "Too fast."}})

    page.route("**/api/messages", slow_down)
    say(page, "one of many")
    expect(page.locator(".patient .state")).to_contain_text("Not sent yet")
    expect(last_answer(page)).to_contain_text("You said: one of many")


@pytest.mark.parametrize("answer", [{"status": 500, "body": "oops"}, {"status": 429, "json": {}}, {"body": "{"}])
def test_a_session_that_can_not_begin_is_told(open_chat: Callable[..., Page], answer: dict[str, object]) -> None:
    """The number, and the way to try again, which then works."""
    page = open_chat(agree=False, allow_errors=True)
    page.route("**/api/session", lambda route: route.fulfill(**answer))  # type: ignore[arg-type]
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_role("heading", name="The chat can't be loaded now.")).to_be_visible()
    expect(page.locator("#welcome").get_by_role("link", name="Call 911")).to_be_visible()
    page.unroute("**/api/session")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("Your answer")).to_be_visible()


def test_a_conversation_erased_elsewhere_ends_here(open_chat: Callable[..., Page]) -> None:
    """A message to a conversation that is gone says so, and leads to a new one."""
    page = open_chat(allow_errors=True)
    ask_and_wait(page, "hello")
    page.context.clear_cookies()
    say(page, "anybody there?")
    expect(page.locator(".patient .state").last).to_contain_text("Not sent.")
    page.get_by_role("button", name="Start a new chat").click()
    expect(page.get_by_role("button", name="I agree")).to_be_visible()


def test_odd_parts_of_a_reply_are_left_out(open_chat: Callable[..., Page]) -> None:
    """Choices, data and sources of the wrong kind don't hide the words."""
    page = open_chat(allow_errors=True)
    odd = {"type": 7, "text": "The words.", "choices": "none", "data": [1], "sources": None}
    page.route("**/api/messages", lambda route: route.fulfill(json={"replies": [odd, None], "urgency": 3}))
    say(page, "hello")
    expect(page.locator(".message.guide").nth(1)).to_contain_text("The words.")
