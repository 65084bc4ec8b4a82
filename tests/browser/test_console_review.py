"""The coach's console in a real browser: the keyboard, what appears by itself, and axe on every page in both themes."""

import re
import time
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.console import coaches, sessions
from bot.console.app import create_console
from bot.console.queries.index import read_everything
from bot.console.roles import Role
from bot.console.settings import ConsoleSettings
from bot.settings import Settings
from bot.storage.contacts import add_contact_request
from bot.storage.database import engine_for, writing
from bot.storage.schema import upgrade
from tests.browser.conftest import serving
from tests.unit.console.review_events import did, said, shown, tell, tell_emergency

PAGES = ("/queue", "/queue?view=all&urgency=emergency&q=blisters", "/conversations/one", "/conversations/one/print",
         "/conversations/one/replay", "/learn", "/numbers", "/contacts", "/contacts/1", "/account", "/coaches",
         "/audit", "/patients", "/patients/one", "/patients/one/erase", "/retention", "/conversations/one/messages/4",
         "/conversations/one/messages/4/redact")  # fmt: skip
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOUR = 3600


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database with four conversations."""
    engine = engine_for(f"sqlite:///{tmp_path / 'bot.db'}")
    upgrade(engine)
    now = time.time()
    tell_emergency(engine, "one", now - 5 * HOUR)
    tell_emergency(engine, "two", now - 4 * HOUR)
    tell(engine, "three", said("my rah is back", now - 3 * HOUR, "nlu_fallback", 0.3), shown(now - 3 * HOUR),
         did("action_listen", now - 3 * HOUR))  # fmt: skip
    tell(engine, "four", said("itchy rash", now - 2 * HOUR),
         shown(now - 2 * HOUR, "checklist", "Any of these?", ("None",), items=[{"id": "x", "title": "Fever"}],
               step="red_flags"))  # fmt: skip
    read_everything(engine)
    return engine


@pytest.fixture
def open_page(browser: Browser, engine: Engine, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a page of the console, signed in as a lead. Fails the test for errors in the page's own console."""
    console = create_console(Settings(data_folder=tmp_path), engine, ConsoleSettings())
    with writing(engine) as connection:
        lead = coaches.add(connection, "Lea", Role.LEAD, time.time())
        token = sessions.begin(connection, lead, time.time(), "here", "a test")
    problems: list[str] = []

    def note(entry: ConsoleMessage) -> None:
        # A refusal that a test asks for is no error of the page.
        if entry.type == "error" and "the server responded with a status of 4" not in entry.text:
            problems.append(entry.text)

    contexts = []
    with serving(Starlette(routes=[Mount("/coach", console)])) as port:
        address = f"http://127.0.0.1:{port}"

        def start(path: str, **profile: Any) -> Page:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **profile})
            context.add_cookies([{"name": "coach", "value": token, "url": address}])
            contexts.append(context)
            page = context.new_page()
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.on("console", note)
            page.goto(f"{address}/coach{path}")
            return page

        yield start
        for context in contexts:
            context.close()
    assert problems == []


def arrive(page: Page, address: str) -> None:
    """Waits until the page at the address listens for keys: its script runs after its text stands there."""
    expect(page).to_have_url(re.compile(address))
    page.wait_for_load_state("load")


def test_review_with_the_keyboard_alone(open_page: Callable[..., Page]) -> None:
    """From the queue into the first conversation, then three chords to the end of the queue."""
    page = open_page("/queue")
    first = page.locator(".queue h2 a").first
    first.focus()
    page.keyboard.press("Enter")
    arrive(page, "/conversations/one")
    page.keyboard.press("Control+Enter")
    arrive(page, "/conversations/two")
    expect(page.locator("#flash")).to_contain_text("This is the next one.")
    page.keyboard.press("Alt+PageDown")
    arrive(page, "/conversations/three")
    page.keyboard.press("Control+Enter")
    arrive(page, "/conversations/four")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#flash")).to_contain_text("It was the last one.")


def test_the_list_of_keys(open_page: Callable[..., Page]) -> None:
    """Opens with ?, not in a text field, and not when switched off; single letters do nothing until switched on."""
    page = open_page("/queue")
    page.locator(".queue h2 a").first.click()
    arrive(page, "/conversations/one")
    page.locator("#comment").press("?")
    expect(page.locator("#keys")).not_to_be_visible()
    expect(page.locator("#comment")).to_have_value("?")
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/conversations/one"))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.get_by_label("Use the letters n and p").check()
    page.get_by_label("Open this list with the ? key").uncheck()
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#keys")).not_to_be_visible()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/conversations/two"))


def test_urgent_ones_appear_by_themselves(open_page: Callable[..., Page], engine: Engine) -> None:
    """With a badge in the title and, where it was switched on, a sound. Off by default."""
    page = open_page("/queue")
    expect(page.locator("#news")).to_contain_text("2 urgent conversations not yet seen.")
    expect(page).to_have_title(re.compile(r"^\(2\) "))
    expect(page.locator("#sound")).to_have_attribute("aria-pressed", "false")
    page.evaluate(
        "() => { window.tones = 0; const start = OscillatorNode.prototype.start;"
        "OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); }; }"
    )
    page.locator("#sound").click()
    assert page.evaluate("window.tones") == 2
    tell_emergency(engine, "new", time.time())
    expect(page.locator("#news")).to_contain_text("3 urgent conversations", timeout=15_000)
    expect(page).to_have_title(re.compile(r"^\(3\) "))
    assert page.evaluate("window.tones") == 4


def test_correcting_beside_the_message(open_page: Callable[..., Page]) -> None:
    """The forms open in place, and what was corrected stands there afterwards."""
    page = open_page("/conversations/one")
    page.get_by_role("link", name="Correct, tag, comment on message").click()
    page.get_by_label("Status of “blisters”").select_option("past")
    page.locator("form", has=page.get_by_label("Status of “blisters”")).get_by_role("button").click()
    expect(page.locator(".corrected")).to_contain_text("finding blisters: Lea says past (new)")
    expect(page.locator("#flash")).to_contain_text("Corrected from “present” to “past”.")


def test_words_of_patients_never_run(open_page: Callable[..., Page], engine: Engine) -> None:
    """Neither in the transcript nor where a search shows them."""
    tell(engine, "evil", said("<img src=x onerror='document.title=1'> zebra <script>document.title=2</script>", 1))
    for path in ("/conversations/evil", "/queue?view=all&q=zebra"):
        page = open_page(path)
        expect(page.locator("main")).to_contain_text("zebra")
        assert page.locator("main img, main script").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 900), (320, 640)])
def test_axe_finds_nothing(open_page: Callable[..., Page], engine: Engine, scheme: str, size: tuple[int, int]) -> None:
    """On any page, in both themes; and nothing has to be scrolled sideways on a small phone."""
    add_contact_request(engine, "four", name="Mary", reach="212 555 0199", message="Call me", consent_text="Yes")
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    axe = (resources.files(package) / "axe.min.js").read_text()
    width, height = size
    found = []
    for path in PAGES:
        page = open_page(path, color_scheme=scheme, viewport={"width": width, "height": height}, bypass_csp=True)
        page.wait_for_load_state("networkidle")
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        page.evaluate(axe + "; 0")
        result = page.evaluate("tags => axe.run(document, {runOnly: tags})", TAGS)
        found += [(path, v["id"], v["nodes"][0]["html"]) for v in result["violations"]]
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append((path, f"{wide} pixels wide", ""))
        page.close()
    assert found == []
