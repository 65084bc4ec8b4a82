"""The chat page in a real browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def test_from_hello_to_a_summary(open_chat: Callable[..., Page]) -> None:
    """Starter, checklist, body map, a choice: and there is advice with a summary."""
    page = open_chat()
    page.get_by_role("button", name="I have a rash").click()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Done").click()
    page.locator(".figure.front .tap").nth(2).click()
    expect(page.locator(".told")).to_contain_text("a few spots")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Moderate").click()
    expect(page.get_by_role("heading", name="Call your cancer team today.")).to_be_visible()
    expect(page.get_by_role("heading", name="Summary for your cancer team")).to_be_visible()


def test_urgent_sign_gets_the_card(open_chat: Callable[..., Page]) -> None:
    """Typing an urgent sign shows the card with one number to call, which stays in view."""
    page = open_chat()
    page.get_by_label("Your answer").fill("I have blisters")
    page.get_by_label("Your answer").press("Enter")
    expect(page.locator(".care.emergency h3")).to_be_visible()
    expect(page.locator("#care-bar a")).to_have_attribute("href", "tel:911")
