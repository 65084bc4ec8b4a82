"""The page in a real browser with the real processes behind it: the two ways that matter most."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.helpers import ask_and_wait
from tests.service.real_guide import RealGuide, shared_guide


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealGuide]:
    """Action server, Rasa and gateway; those of the service tests, where they run in the same session."""
    with shared_guide(tmp_path_factory) as running:
        yield running


@pytest.fixture
def page(browser: Browser, guide: RealGuide) -> Iterator[Page]:
    """The chat on a phone, agreed to; fails the test for errors in the page's console."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-US")
    context.set_default_timeout(10_000)
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda entry: problems.append(entry.text) if entry.type == "error" else None)
    page.goto(f"{guide.address}/chat")
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("button", name="I have a rash").wait_for()
    yield page
    context.close()
    # The first look for a conversation answers 401, which Chromium reports as an error.
    assert [problem for problem in problems if "401 (Unauthorized)" not in problem] == []


def tick(page: Page, *labels: str) -> None:
    """Tick answers of the open question and send them."""
    for label in labels:
        page.locator(".message.guide").last.get_by_label(label).check()
    page.get_by_role("button", name="Done").click()


def test_from_hello_to_the_summary(page: Page, guide: RealGuide) -> None:
    """Six questions by taps; then the advice, the estimated grade and the summary, also after a reload."""
    ask_and_wait(page, "hello")
    page.get_by_role("button", name="Check my rash").click()
    page.locator("form").get_by_text("None of these").wait_for()
    tick(page, "None of these")
    page.locator(".figure.front .tap").nth(2).click()
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Medium, I can still sleep").click()
    page.get_by_role("button", name="No, I do all I did before").click()
    tick(page, "A few days ago", "Less than 4 weeks ago", "The same or better")
    page.get_by_label("An antibiotic").wait_for()
    tick(page, "None of these")
    for _ in range(2):
        expect(page.get_by_role("heading", name="Summary for your cancer team")).to_be_visible()
        expect(page.locator(".care.routine")).to_contain_text("Tell your cancer team on their next working day.")
        expect(page.locator(".message.guide", has_text="CTCAE v5 that is about grade 1")).to_be_visible()
        page.reload()
    assert guide.rows("assessments", guide.newest_conversation())[0]["grade"] == 1


@pytest.mark.parametrize("path", ["typed", "ticked"])
def test_to_the_seek_care_card(page: Page, path: str) -> None:
    """A danger sign, typed in the middle of a question or ticked, shows the card with the one number to call."""
    page.get_by_role("button", name="I have a rash").click()
    page.get_by_label("None of these").wait_for()
    if path == "ticked":
        tick(page, "Blisters, or skin that peels")
    else:
        ask_and_wait(page, "now I have blisters on my chest")
    card = page.locator(".care.emergency")
    expect(card.get_by_role("heading", name="Get help now. Call 911.")).to_be_visible()
    expect(card.locator(".heard")).to_contain_text("blisters")
    expect(card.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    expect(page.get_by_role("button", name="Done")).to_have_count(0)
    ask_and_wait(page, "which cream can I buy?")
    expect(page.locator("#care-bar").get_by_role("link")).to_be_in_viewport()
