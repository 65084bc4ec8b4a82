"""From the one-time link to the queue, in a real browser: password, authenticator app, recovery codes, sign-in."""

import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.console import coaches
from bot.console.app import create_console
from bot.console.roles import Role
from bot.console.settings import ConsoleSettings
from bot.settings import Settings
from bot.storage.database import engine_for, writing
from bot.storage.schema import upgrade
from tests.browser.conftest import serving
from tests.browser.test_console_review import TAGS

PASSWORD = "copper ladder morning otter"


@pytest.fixture(params=["light", "dark"])
def visit(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[tuple[Page, str, str]]:
    """A browser in which nobody is signed in, the console's address, and a new lead's one-time link."""
    engine = engine_for(f"sqlite:///{tmp_path / 'bot.db'}")
    upgrade(engine)
    console = create_console(Settings(data_folder=tmp_path), engine, ConsoleSettings())
    keys = console.state.console.keys
    with writing(engine) as connection:
        coach_id = coaches.add(connection, "Lea", Role.LEAD, time.time())
        key = coaches.invite(connection, keys, coach_id, time.time())
    context = browser.new_context(color_scheme=request.param, viewport={"width": 390, "height": 844}, bypass_csp=True)
    with serving(Starlette(routes=[Mount("/coach", console)])) as port:
        address = f"http://127.0.0.1:{port}/coach"
        yield context.new_page(), address, f"{address}/set-up?key={key}"
        context.close()


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe finds on the page as it stands, and a page too wide for a phone."""
    axe = (resources.files("axe_playwright_python") / "axe.min.js").read_text()
    page.evaluate(axe + "; 0")
    result = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
    found = [(violation["id"], violation["nodes"][0]["html"]) for violation in result["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return found if wide <= 390 else [*found, ("wide", str(wide))]


def test_the_way_in(visit: tuple[Page, str, str]) -> None:
    """Set up by keyboard with a slip on the way, sign in with a code, be seen in the list of sessions, sign out."""
    page, address, link = visit
    page.goto(link)
    assert violations(page) == []
    totp = pyotp.TOTP(page.locator("code").inner_text().replace(" ", ""))
    expect(page.get_by_role("img", name="Picture for the authenticator app")).to_be_visible()
    page.get_by_label("New password").fill("short")
    page.get_by_label("The same again").fill("short")
    page.get_by_label("Code", exact=True).fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("New password")).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(totp.at(int(time.time()) - 30))
    page.keyboard.press("Enter")
    expect(page.locator(".codes li")).to_have_count(10)
    assert violations(page) == []
    page.goto(link)
    expect(page.locator("main")).not_to_contain_text("New password")
    page.goto(f"{address}/queue")
    assert violations(page) == []
    page.get_by_label("Your name").fill("lea")
    page.get_by_label("Password").fill(PASSWORD + "!")
    page.get_by_label("Code", exact=True).fill(totp.now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    # What was typed is not shown again: it may have been a password in the wrong field.
    page.get_by_label("Your name").fill("lea")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(totp.at(int(time.time()) + 30))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Queue")).to_be_visible()
    page.goto(f"{address}/account")
    expect(page.locator("main")).to_contain_text("This one")
    page.goto(f"{address}/nothing-here")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert violations(page) == []
    page.goto(f"{address}/account")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{address}/queue")
    expect(page.get_by_label("Password")).to_be_visible()
