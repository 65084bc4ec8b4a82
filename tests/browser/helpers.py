"""What several browser tests do."""

from playwright.sync_api import Page, expect

DAY = 86_400
#: Five checks of a patient, a day apart, as the gateway gives them.
CHECKS = [
    {"at": 1_790_000_000 + day * DAY, "urgency": urgency, "percent": percent, "itch": itch}
    for day, urgency, percent, itch in (
        (0, "routine", None, None),
        (1, "routine", 0.4, 0),
        (2, "routine", 5, 1),
        (3, "same_day", 12, 3),
        (4, "urgent", 24, 4),
    )
]


def say(page: Page, text: str) -> None:
    """Type a message and send it."""
    page.get_by_label("Your answer").fill(text)
    page.get_by_label("Your answer").press("Enter")


def last_answer(page: Page):  # type: ignore[no-untyped-def]
    """The guide's newest message."""
    return page.locator(".message.guide").last


def ask_and_wait(page: Page, text: str) -> None:
    """Send a message and wait for an answer below it."""
    before = page.locator(".message.guide").count()
    say(page, text)
    expect(page.locator(".message.guide")).not_to_have_count(before)


def to_body_map(page: Page) -> None:
    """From the start to the question where the rash is."""
    page.get_by_role("button", name="I have a rash").click()
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Done").click()
    page.locator(".body-map").wait_for()
