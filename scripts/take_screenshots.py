"""Takes the pictures of the README from a running guide.

usage: scripts/screenshots [ADDRESS]      (by default the one that the settings name)
       scripts/screenshots console        (the coach's console, on made-up conversations and a server of its own)
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from bot.readiness import base_address
from bot.settings import Settings
from scripts import console_pictures
from scripts.prepare import ROOT
from scripts.prepare.chromium import prepare_chromium
from scripts.prepare.console import Problem

IMAGES = ROOT / "docs" / "images"
PHONE = (390, 844)
DESKTOP = (1024, 768)


def _first_screen(_: Page) -> None:
    """As it opens."""


def _body_map(page: Page) -> None:
    """Asked where the rash is, with a tone of skin and two places chosen."""
    _start_check(page)
    page.get_by_role("radio", name="dark brown").check()
    taps = page.locator(".figure.front .tap")
    for place, times in ((2, 2), (3, 1)):
        for _ in range(times):
            taps.nth(place).click()
    page.mouse.move(0, 0)
    page.locator(".body-map").evaluate("map => map.scrollIntoView({block: 'start'})")


def _care_card(page: Page) -> None:
    """An urgent sign."""
    _say(page, "now there are blisters on my lips")
    page.locator(".care").last.wait_for()


def _chart(page: Page) -> None:
    """What the study found."""
    _say(page, "is it true that a rash means the myeloma stays away longer?")
    page.locator(".chart").scroll_into_view_if_needed()
    page.locator(".chart").evaluate("chart => chart.scrollIntoView({block: 'start'})")


def _summary(page: Page) -> None:
    """A whole check, from the first question to the page for the team."""
    _start_check(page)
    page.locator(".figure.front .tap").nth(2).click()
    _submit(page)
    for title in ("Medium, I can still sleep", "No, I do all I did before"):
        page.get_by_role("button", name=title).click()
        page.get_by_role("button", name=title).wait_for(state="hidden")
    for label in ("A few days ago", "1 to 3 months ago", "The same or better"):
        page.get_by_label(label).check()
    _submit(page)
    page.get_by_label("An antibiotic").wait_for()
    page.get_by_label("None of these").last.check()
    _submit(page)
    page.locator(".summary").evaluate("sheet => sheet.scrollIntoView({block: 'start'})")


#: What is shown -> how to get there. Each is taken on a phone and on a desktop.
SCENES: dict[str, Callable[[Page], None]] = {
    "first-screen": _first_screen,
    "body-map": _body_map,
    "care-card": _care_card,
    "chart": _chart,
    "summary": _summary,
}
SIZES = {"phone": PHONE, "desktop": DESKTOP}


def main(arguments: Sequence[str]) -> int:
    """Exit code 1, with a sentence, where the guide doesn't answer."""
    console = list(arguments) == ["console"]
    address = arguments[0].rstrip("/") if arguments else base_address(Settings.from_environment())
    IMAGES.mkdir(parents=True, exist_ok=True)
    try:
        chromium = prepare_chromium()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for name in console_pictures.take(browser, IMAGES, SIZES) if console else _take_all(browser, address):
                print(f"docs/images/{name}", flush=True)
            browser.close()
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except Error as error:
        running = "" if console else " Is the guide running (scripts/run)?"
        print(f"No pictures could be taken at {address}.{running} {error}", file=sys.stderr)
        return 1
    return 0


def _take_all(browser: Browser, address: str) -> Iterator[str]:
    for scene, size in product(SCENES, SIZES):
        _take(browser, address, scene, size)
        yield f"{scene}-{size}.png"


def _take(browser: Browser, address: str, scene: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="en-US",
        reduced_motion="reduce",
        color_scheme="light",
        # The pictures are part of the repository: each stays below 150 kB.
        device_scale_factor=1.5 if size == "phone" else 1,
    )
    page = context.new_page()
    page.goto(address + "/chat")
    page.locator("#agree").wait_for()
    if scene != "first-screen":
        page.locator("#agree").click()
        page.get_by_role("button", name="I have a rash").wait_for()
    SCENES[scene](page)
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"{scene}-{size}.png")
    if scene != "first-screen":
        page.request.post(address + "/api/forget", headers={"origin": address})
    context.close()


def _start_check(page: Page) -> None:
    """From the start to the question where the rash is."""
    page.get_by_role("button", name="I have a rash").click()
    page.get_by_label("None of these").check()
    _submit(page)
    page.locator(".body-map").wait_for()


def _submit(page: Page) -> None:
    """Sends a form and waits for the answer."""
    with page.expect_response("**/api/messages"):
        page.get_by_role("button", name="Done").last.click()
    page.wait_for_timeout(300)


def _say(page: Page, message: str) -> None:
    """Writes a message and waits until the page shows its answer."""
    with page.expect_response("**/api/messages") as answered:
        page.locator("#answer").fill(message)
        page.locator("#send").click()
    if not answered.value.ok:
        raise Error(f"the guide answered {answered.value.status}")
    expect(page.locator("#log")).to_contain_text(message)
    page.wait_for_timeout(400)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
