"""Earlier checks: what a patient who comes back sees, and the question how it is now."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.fake_rasa import FakeRasa
from tests.browser.helpers import CHECKS, DAY, ask_and_wait, to_body_map


def come_back(page: Page, checks: list[dict[str, object]], age: float = DAY) -> None:
    """Open the page again, with these checks, after the conversation rested for some seconds."""
    told = [{"from": "patient", "id": "1", "text": "yesterday", "at": time.time() - age}]
    page.route("**/api/diary", lambda route: route.fulfill(json={"checks": checks}))
    page.route(re.compile("/api/conversation"), lambda route: route.fulfill(json={"messages": told, "earlier": None}))
    page.reload()
    page.get_by_text("Welcome back.").wait_for()


def test_who_comes_back_sees_the_earlier_checks(open_chat: Callable[..., Page]) -> None:
    """The newest on top, each with date, advice, extent in palms and itch in words; older ones fold open."""
    page = open_chat()
    come_back(page, CHECKS)
    diary = page.get_by_role("region", name="Your checks so far")
    rows = diary.get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Urgent")
    expect(rows.first).to_contain_text("Skin: about 24 palms")
    expect(rows.first).to_contain_text("Itch: very bad")
    expect(rows.nth(2)).to_contain_text("about 5 palms")
    diary.get_by_text("Show 2 older checks").click()
    expect(rows).to_have_count(5)
    expect(rows.nth(3)).to_contain_text("Skin: less than 1 palm")
    expect(rows.nth(4)).to_contain_text("Skin: not known")
    expect(rows.nth(4)).to_contain_text("Itch: not known")


@pytest.mark.parametrize(("width", "height"), [(320, 640), (390, 844), (1280, 800)])
def test_the_question_how_it_is_now_is_seen_at_once(open_chat: Callable[..., Page], width: int, height: int) -> None:
    """However many checks there are, nothing has to be scrolled for the way on."""
    page = open_chat(viewport={"width": width, "height": height})
    come_back(page, CHECKS)
    expect(page.get_by_role("button", name="How is it now?")).to_be_in_viewport(ratio=1)


def test_bars_are_true_to_scale(open_chat: Callable[..., Page]) -> None:
    """The drawn length repeats the number beside it."""
    page = open_chat(viewport={"width": 1000, "height": 900})
    come_back(page, CHECKS)
    page.get_by_text("Show 2 older checks").click()
    bars = [bar.bounding_box() or {} for bar in page.locator("#diary .measure:nth-of-type(2) .bar span").all()]
    lengths = [box["width"] for box in bars]
    for length, percent in zip(lengths, (24, 12, 5, 0.4, 0), strict=True):
        assert abs(length / lengths[0] - percent / 24) < 0.02


def test_how_is_it_now_begins_a_new_check(open_chat: Callable[..., Page], rasa: FakeRasa) -> None:
    """One tap starts over; the earlier checks step back and stay in the menu."""
    page = open_chat()
    come_back(page, CHECKS)
    page.get_by_role("button", name="How is it now?").click()
    expect(page.locator(".said").last).to_have_text("Check my rash again")
    expect(page.locator("#diary")).not_to_be_visible()
    expect(page.get_by_label("Your answer")).to_be_focused()
    expect(page.locator(".message.guide")).to_have_count(2)
    rasa.expect_newest(answer={"choice": "start_over"})
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Your checks so far").click()
    expect(page.get_by_role("heading", name="Your checks so far")).to_be_focused()
    page.locator("#diary").get_by_role("button", name="Close").click()
    expect(page.locator("#diary")).not_to_be_visible()


def test_a_reload_in_the_middle_is_no_return(open_chat: Callable[..., Page]) -> None:
    """Who was here a minute ago goes on; the checks are in the menu."""
    page = open_chat()
    come_back(page, CHECKS, age=60)
    expect(page.locator("#diary")).not_to_be_visible()
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_role("button", name="Your checks so far")).to_be_visible()


def test_without_a_check_there_is_nothing_to_look_back_at(open_chat: Callable[..., Page]) -> None:
    """No empty timeline, no entry in the menu; a summary brings the entry."""
    page = open_chat()
    come_back(page, [])
    expect(page.locator("#diary")).not_to_be_visible()
    expect(page.locator("#open-diary")).to_be_hidden()
    page.unroute_all()
    page.reload()
    to_body_map(page)
    page.get_by_role("button", name="Not sure").click()
    page.get_by_role("button", name="Moderate").click()
    page.locator(".summary").wait_for()
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_role("button", name="Your checks so far")).to_be_visible()


def test_a_failing_diary_is_no_hindrance(open_chat: Callable[..., Page]) -> None:
    """The conversation opens without it."""
    page = open_chat(allow_errors=True)
    ask_and_wait(page, "silence first")

    def fail(route: Route) -> None:
        route.fulfill(status=503, json={"error": {"message": "No."}})

    page.route("**/api/diary", fail)
    page.reload()
    expect(page.get_by_text("Welcome back.")).to_be_visible()
    ask_and_wait(page, "still here")


def test_what_got_worse_stands_under_the_headline(open_chat: Callable[..., Page]) -> None:
    """The card says that it is worse than at the last check."""
    page = open_chat()
    ask_and_wait(page, "worsened")
    expect(page.locator(".care .worse")).to_have_text(["It itches more than at your last check."])


def test_a_milder_new_check_takes_the_pressing_line_away(open_chat: Callable[..., Page]) -> None:
    """The last card decides what stands above the conversation, also after a reload."""
    page = open_chat()
    ask_and_wait(page, "I have blisters")
    expect(page.locator("#care-bar")).to_be_visible()
    ask_and_wait(page, "worsened")
    expect(page.locator("#care-bar")).not_to_be_visible()
