"""Takes the pictures of the README from a running guide.

usage: scripts/screenshots [ADDRESS]      (by default the one that the settings name)
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from bot.readiness import base_address
from bot.settings import Settings
from scripts.prepare import ROOT
from scripts.prepare.chromium import prepare_chromium
from scripts.prepare.console import Problem

IMAGES = ROOT / "docs" / "images"
PHONE = (390, 844)
DESKTOP = (1024, 900)


@dataclass(frozen=True)
class Picture:
    """A file name without ending, the size of the page, and what the patient writes before it is taken."""

    name: str
    size: tuple[int, int]
    messages: tuple[str, ...]


PICTURES = (
    Picture("chat", DESKTOP, ("hello", "I have an itchy red rash on my chest and arms since Tuesday, no fever")),
    Picture("first-screen-phone", PHONE, ()),
    Picture("chat-phone", PHONE, ("I have an itchy red rash on my chest and arms since Tuesday, no fever",)),
    Picture("care-card-phone", PHONE, ("itchy rash on my arms", "now there are blisters on my lips")),
    Picture("study-phone", PHONE, ("is it true that a rash means the myeloma stays away longer?",)),
)


def main(arguments: Sequence[str]) -> int:
    """Exit code 1, with a sentence, where the guide doesn't answer."""
    address = arguments[0].rstrip("/") if arguments else base_address(Settings.from_environment())
    IMAGES.mkdir(parents=True, exist_ok=True)
    try:
        chromium = prepare_chromium()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for picture in PICTURES:
                _take(browser, address, picture)
                print(f"docs/images/{picture.name}.png")
            browser.close()
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except Error as error:
        print(f"No pictures could be taken at {address}. Is the guide running (scripts/run)? {error}", file=sys.stderr)
        return 1
    return 0


def _take(browser: Browser, address: str, picture: Picture) -> None:
    width, height = picture.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        color_scheme="light",
        device_scale_factor=2,
    )
    page = context.new_page()
    page.goto(address + "/chat")
    agree = page.locator("#agree")
    agree.wait_for()
    if picture.messages:
        agree.click()
        for message in picture.messages:
            _say(page, message)
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    if picture.messages:
        page.request.post(address + "/api/forget", headers={"origin": address})
    context.close()


def _say(page: Page, message: str) -> None:
    """Writes a message and waits until the page shows its answer and is quiet."""
    with page.expect_response("**/api/messages") as answered:
        page.locator("#answer").fill(message)
        page.locator("#send").click()
    if not answered.value.ok:
        raise Error(f"the guide answered {answered.value.status}")
    expect(page.locator("#log")).to_contain_text(message)
    page.wait_for_timeout(400)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
