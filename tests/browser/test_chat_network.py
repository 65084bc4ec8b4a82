"""Slow, broken and missing networks; reload; two tabs; erasing."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.fake_rasa import FakeRasa
from tests.browser.helpers import ask_and_wait, last_answer, say


def test_offline_messages_wait_and_are_sent_once(open_chat: Callable[..., Page], rasa: FakeRasa) -> None:
    """Without a network a message stays on the screen as not sent, and goes out once when the network is back."""
    page = open_chat(allow_errors=True)
    page.context.set_offline(True)
    say(page, "written offline")
    expect(page.locator(".patient .state")).to_contain_text("Not sent yet")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator(".patient .state")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Emergency").click()
    expect(page.get_by_role("dialog").get_by_role("link", name="Call 911")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_text("Peeling or raw skin")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.context.set_offline(False)
    expect(last_answer(page)).to_contain_text("You said: written offline")
    expect(page.locator(".patient .state")).to_be_empty()
    expect(page.locator("#offline")).not_to_be_visible()
    assert [body["message"] for body in rasa.seen].count("written offline") == 1


def test_what_became_of_a_message_stays_in_view(open_chat: Callable[..., Page]) -> None:
    """Also below a long conversation, where a line above it takes room from the list or its own state gets longer."""
    page = open_chat(allow_errors=True)
    ask_and_wait(page, "long")
    page.route("**/api/messages", lambda route: route.abort())
    say(page, "at the end of it all")
    expect(page.locator("#offline")).to_be_visible()
    expect(page.locator(".patient .state").last).to_be_in_viewport(ratio=1)
    # The newest route counts; without the old one, a try in between would go through.
    page.route("**/api/messages", lambda route: route.fulfill(status=422, json={"error": {"message": "No. " * 30}}))
    expect(page.get_by_role("button", name="Change and send again")).to_be_in_viewport(ratio=1)


def test_lost_answer_is_fetched_under_the_same_id(open_chat: Callable[..., Page], rasa: FakeRasa) -> None:
    """When the answer gets lost on the way, the message is sent again and Rasa still sees it once."""
    page = open_chat(allow_errors=True)
    lost: list[str] = []

    def lose_first(route: Route) -> None:
        if not lost:
            lost.append(route.request.post_data or "")
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.route("**/api/messages", lose_first)
    say(page, "answer gets lost")
    expect(last_answer(page)).to_contain_text("You said: answer gets lost")
    assert [body["message"] for body in rasa.seen].count("answer gets lost") == 1


def test_server_error_is_tried_again(open_chat: Callable[..., Page]) -> None:
    """A 500 with no readable body is no end: the message waits and goes through later."""
    page = open_chat(allow_errors=True)
    failures = iter([500, 503])

    def fail(route: Route) -> None:
        status = next(failures, None)
        route.fulfill(status=status, body="<html>oops") if status else route.continue_()

    page.route("**/api/messages", fail)
    say(page, "try again")
    expect(page.locator(".patient .state")).to_contain_text("Not sent yet")
    expect(last_answer(page)).to_contain_text("You said: try again")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (
            {"status": 422, "json": {"error": {"code": "x", "message": "Words from the server."}}},
            "Words from the server.",
        ),
        ({"status": 413, "json": {"error": {"message": "Too long for us."}}}, "Too long for us."),
        ({"status": 418, "body": "teapot"}, "Something went wrong"),
        ({"status": 200, "body": "{not json"}, "could not be read"),
        ({"status": 200, "json": {"replies": "none"}}, "could not be read"),
    ],
)
def test_refusal_is_told_and_the_words_are_kept(
    open_chat: Callable[..., Page], answer: dict[str, Any], shown: str
) -> None:
    """The server's sentence stands beside the message, which can be changed and sent again."""
    page = open_chat(allow_errors=True)
    page.route("**/api/messages", lambda route: route.fulfill(**answer))
    say(page, "my words")
    expect(page.locator(".patient .state")).to_contain_text(shown)
    page.unroute("**/api/messages")
    page.get_by_role("button", name="Change and send again").click()
    expect(page.get_by_label("Your answer")).to_have_value("my words")
    ask_and_wait(page, "my words again")
    expect(last_answer(page)).to_contain_text("You said: my words again")


def test_refused_tap_can_be_tapped_again(open_chat: Callable[..., Page]) -> None:
    """The question comes back when its answer was refused."""
    page = open_chat(allow_errors=True)
    page.get_by_role("button", name="I have a rash").click()
    page.route("**/api/messages", lambda route: route.fulfill(status=422, json={"error": {"message": "No."}}))
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".patient .state").last).to_contain_text("No.")
    page.unroute("**/api/messages")
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".body-map")).to_be_visible()


def test_too_long_is_told_before_sending(open_chat: Callable[..., Page]) -> None:
    """The field counts, as the server does, and does not send what would be refused."""
    page = open_chat()
    page.get_by_label("Your answer").fill("a" * 2003)
    expect(page.locator("#count")).to_have_text("3 characters too many")
    page.get_by_label("Your answer").press("Enter")
    expect(page.locator(".patient")).to_have_count(0)
    page.get_by_label("Your answer").fill("\U0001f525" * 1999)
    expect(page.locator("#count")).to_have_text("1 character left")


def test_conversation_goes_on_after_a_reload(open_chat: Callable[..., Page]) -> None:
    """What was said is there again, from the server; no words are kept in the browser."""
    page = open_chat()
    ask_and_wait(page, "silence about blisters")
    page.reload()
    expect(page.get_by_text("Welcome back.")).to_be_visible()
    expect(page.locator(".said")).to_have_text("silence about blisters")
    expect(page.locator("#care-bar a")).to_have_attribute("href", "tel:911")
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage]) + document.cookie")
    assert kept == "[{},{}]"


def test_two_tabs_stay_in_step(open_chat: Callable[..., Page]) -> None:
    """What happens in one tab shows in the other."""
    page = open_chat()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_label("Your answer").wait_for()
    ask_and_wait(page, "silence from the first tab")
    expect(other.locator(".said")).to_have_text("silence from the first tab")
    # Nobody came back there.
    expect(other.get_by_text("Welcome back.")).to_have_count(0)


def test_erasing_in_one_tab_clears_the_other(open_chat: Callable[..., Page]) -> None:
    """No tab goes on showing what is erased, nor the call above it."""
    page = open_chat(allow_errors=True)
    ask_and_wait(page, "silence and blisters")
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.locator("#care-bar")).to_be_visible()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Erase this chat").click()
    page.get_by_role("button", name="Yes, erase it").click()
    for tab in (page, other):
        expect(tab.get_by_role("button", name="I agree")).to_be_visible()
        expect(tab.locator("#care-bar")).to_be_hidden()
        expect(tab.locator(".said")).to_have_count(0)
    expect(other.get_by_text("This chat has ended.").first).to_be_visible()


def test_closing_with_unsent_words_asks_first(open_chat: Callable[..., Page]) -> None:
    """They are kept nowhere but on the page, so the browser asks; once all is sent, it doesn't."""
    page = open_chat(allow_errors=True)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.context.set_offline(True)
    say(page, "not sent yet")
    expect(page.locator(".patient .state")).to_contain_text("Not sent yet")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    page.context.set_offline(False)
    expect(last_answer(page)).to_contain_text("You said: not sent yet")
    page.close(run_before_unload=True)
    page.wait_for_event("close") if not page.is_closed() else None
    assert asked == ["beforeunload"]


def test_erasing_says_so_and_begins_anew(open_chat: Callable[..., Page]) -> None:
    """ "Erase this chat" asks once, erases on the server, tells it, and a reload finds nothing."""
    page = open_chat()
    ask_and_wait(page, "silence please")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Erase this chat").click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(page.locator("#welcome").get_by_text("Your chat is erased.")).to_be_visible()
    expect(page.locator("#say")).to_contain_text("Your chat is erased.")
    expect(page.get_by_role("heading", name="Before we start")).to_be_focused()
    page.reload()
    expect(page.get_by_role("button", name="I agree")).to_be_visible()


def test_leaving_stores_nothing(open_chat: Callable[..., Page]) -> None:
    """Whoever does not agree gets the number and the way back."""
    page = open_chat(agree=False)
    page.get_by_role("button", name="No, leave").click()
    expect(page.get_by_text("Nothing was stored.")).to_be_visible()
    expect(page.get_by_role("heading", name="You have left the chat")).to_be_focused()
    expect(page.get_by_role("link", name=re.compile("Call 911"))).to_be_visible()
    assert page.context.cookies() == []


def test_unreachable_server_shows_the_number(open_chat: Callable[..., Page]) -> None:
    """When the page can't ask the server, it says so with the emergency number, and tries again on demand."""
    page = open_chat(agree=False, allow_errors=True)
    page.route("**/api/**", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("heading", name="The chat can't be loaded now.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Call 911"))).to_be_visible()
    page.unroute("**/api/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("button", name="I agree")).to_be_visible()


def test_page_opens_without_a_connection(open_chat: Callable[..., Page]) -> None:
    """After a first visit the page comes up offline too, with the emergency numbers and signs."""
    page = open_chat(agree=False, allow_errors=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="The chat can't be loaded now.")).to_be_visible()
    page.get_by_role("button", name="Emergency").click()
    expect(page.get_by_role("dialog").get_by_text("Peeling or raw skin")).to_be_visible()


def test_slow_answer_is_announced(open_chat: Callable[..., Page]) -> None:
    """While the guide takes its time, the page shows that it is reading."""
    page = open_chat()
    say(page, "slowly")
    expect(page.locator(".waiting")).to_be_visible()
    expect(page.locator(".patient .state")).to_have_text("Sending …")
    expect(last_answer(page)).to_contain_text("You said: slowly")
    expect(page.locator(".waiting")).to_have_count(0)


def test_silent_rasa_still_gets_the_card(open_chat: Callable[..., Page]) -> None:
    """The gateway's own answer to an urgent sign looks like any other care card."""
    page = open_chat()
    say(page, "silence and blisters")
    expect(page.locator(".care.emergency")).to_contain_text("blisters")


def test_long_history_comes_in_parts(open_chat: Callable[..., Page]) -> None:
    """The newest part is shown first; earlier ones are added above, and what is being read stays where it is."""
    page = open_chat()

    def parts(route: Route) -> None:
        before = int(re.findall(r"before=(\d+)", route.request.url + "&before=100")[0])
        told = [{"from": "patient", "text": f"message {n}", "at": n} for n in range(before - 40, before)]
        route.fulfill(json={"messages": told, "earlier": before - 40 if before > 40 else None, "urgency": None})

    page.route(re.compile("/api/conversation"), parts)
    page.reload()
    expect(page.locator(".said")).to_have_count(40)
    expect(page.locator(".said").last).to_be_in_viewport()
    page.locator("#log").evaluate("log => log.scrollTop = 0")
    top = page.locator(".said").first.bounding_box()
    page.get_by_role("button", name="Show earlier messages").click()
    expect(page.locator(".said")).to_have_count(80)
    assert page.locator(".said").all_text_contents() == [f"message {n}" for n in range(20, 100)]
    kept = page.get_by_text("message 60", exact=True).bounding_box()
    assert top and kept and abs(top["y"] - kept["y"]) < 3
