"""Thumbs up and down under answers."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.helpers import ask_and_wait, last_answer


def test_answer_is_rated_and_stays_so(open_chat: Callable[..., Page]) -> None:
    """By keyboard, said to screen readers, changed, taken back, and the same after a reload; nothing is kept here."""
    page = open_chat()
    ask_and_wait(page, "hello")
    answer = last_answer(page)
    helpful, not_helpful = (answer.get_by_role("button", name=name, exact=True) for name in ("Helpful", "Not helpful"))
    expect(answer.get_by_role("group", name="Rate this answer")).to_be_visible()
    expect(helpful).to_have_attribute("aria-pressed", "false")
    # The button shows its state before the server has answered, so each answer is awaited here.
    with page.expect_response("**/api/rating"):
        not_helpful.focus()
        page.keyboard.press("Enter")
    expect(not_helpful).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[aria-live=polite], [role=status]").filter(has_text="Thank you")).to_have_count(1)
    with page.expect_response("**/api/rating"):
        helpful.click()
    expect(helpful).to_have_attribute("aria-pressed", "true")
    expect(not_helpful).to_have_attribute("aria-pressed", "false")
    with page.expect_response("**/api/rating") as taken_back:
        helpful.click()
    assert taken_back.value.json() == {"rating": None}
    with page.expect_response("**/api/rating"):
        not_helpful.click()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def test_rating_is_shown_after_a_reload(open_chat: Callable[..., Page]) -> None:
    """It comes back with the conversation, for answers that the history has."""
    page = open_chat()
    # The scripted Rasa stores nothing; what the gateway answers by itself is in the history.
    ask_and_wait(page, "silence please")
    with page.expect_response("**/api/rating"):
        last_answer(page).get_by_role("button", name="Helpful", exact=True).click()
    page.reload()
    pressed = page.get_by_role("button", name="Helpful", exact=True)
    expect(pressed).to_have_attribute("aria-pressed", "true")


def test_questions_and_urgent_advice_are_not_rated(open_chat: Callable[..., Page]) -> None:
    """Nothing stands between the patient and the call, or between the question and its answers."""
    page = open_chat()
    ask_and_wait(page, "I have a rash")
    expect(last_answer(page).get_by_role("button", name="Done")).to_be_visible()
    ask_and_wait(page, "blisters")
    expect(last_answer(page)).to_contain_text("Call 911")
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_count(0)
    ask_and_wait(page, "what do studies say")
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_count(1)


def test_failure_is_told_and_the_button_goes_back(open_chat: Callable[..., Page]) -> None:
    """What could not be saved does not look saved."""
    page = open_chat(allow_errors=True)
    ask_and_wait(page, "hello")
    page.route("**/api/rating", lambda route: route.abort())
    button = last_answer(page).get_by_role("button", name="Not helpful")
    button.click()
    expect(page.get_by_text("That could not be saved. Please try again.")).to_have_count(1)
    expect(button).to_have_attribute("aria-pressed", "false")


def test_in_spanish(open_chat: Callable[..., Page]) -> None:
    """The words are the page's own."""
    page = open_chat("/chat?lang=es", agree=False)
    page.locator("#agree").click()
    page.locator("#answer").fill("hola")
    page.locator("#answer").press("Enter")
    expect(page.get_by_role("button", name="No me sirvió")).to_be_visible()
