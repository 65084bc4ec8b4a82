"""The widget on the pages of others."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.browser.conftest import serving
from tests.browser.foreign_site import foreign_site

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def visit(browser: Browser, site: Callable[..., str]) -> Iterator[Callable[..., Page]]:
    """Opens a foreign site whose origin is allowed to embed the guide, or is not."""
    with ExitStack() as stack:

        def start(
            settings: str = "defer", hostile: bool = False, allowed: bool = True, twice: bool = False, **profile: Any
        ) -> Page:
            # Ports make origins; "localhost" beside 127.0.0.1 makes another site, whose frames get no cookie of ours.
            app = Later()
            port = stack.enter_context(serving(app))
            origin = f"http://localhost:{port}"
            app.app = foreign_site(site(allowed_origins=(origin,) if allowed else ()), settings, hostile, twice)
            context = browser.new_context(**{"viewport": {"width": 1000, "height": 800}, "locale": "en-US", **profile})
            stack.callback(context.close)
            page = context.new_page()
            page.goto(origin)
            return page

        yield start


class Later:
    """An ASGI application that is known only after its port is."""

    app: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on, once there is an application."""
        if scope["type"] == "http":
            await self.app(scope, receive, send)


def frame(page: Page) -> FrameLocator:
    """The chat in the widget."""
    return page.frame_locator("rash-guide iframe")


@pytest.mark.parametrize("hostile", [False, True])
def test_widget_works_under_a_strict_policy_and_hostile_styles(visit: Callable[..., Page], hostile: bool) -> None:
    """One line of HTML gives a button and the chat, whatever the page's policy and styles are."""
    page = visit(hostile=hostile)
    launcher = page.get_by_role("button", name="Rash? Ask the guide")
    box = launcher.bounding_box()
    assert box and box["height"] >= 44 and box["x"] > 600 and box["y"] > 600
    launcher.click()
    chat = frame(page)
    chat.get_by_role("button", name="I agree").click()
    chat.get_by_label("Your answer").fill("from afar")
    chat.get_by_label("Your answer").press("Enter")
    expect(chat.locator(".message.guide").last).to_contain_text("You said: from afar")


def test_blocked_cookies_are_no_end(visit: Callable[..., Page]) -> None:
    """In a frame where the browser keeps nothing for us the chat works, and the page says how long it lasts."""
    page = visit()
    page.get_by_role("button", name="Rash? Ask the guide").click()
    chat = frame(page)
    chat.get_by_role("button", name="I agree").click()
    expect(chat.get_by_text("This chat ends when you close or reload the page.")).to_be_visible()
    for text in ("one", "two"):
        chat.get_by_label("Your answer").fill(text)
        chat.get_by_label("Your answer").press("Enter")
        expect(chat.locator(".message.guide").last).to_contain_text(f"You said: {text}")
    assert page.context.cookies() == []
    page.reload()
    page.get_by_role("button", name="Rash? Ask the guide").click()
    expect(frame(page).get_by_role("button", name="I agree")).to_be_visible()


def test_sites_that_are_not_allowed_can_not_frame_us(visit: Callable[..., Page]) -> None:
    """The server names who may embed the chat; for others the frame stays empty, and a link leads to its own page."""
    page = visit(allowed=False)
    page.get_by_role("button", name="Rash? Ask the guide").click()
    expect(page.locator("rash-guide iframe")).to_be_visible()
    link = page.get_by_role("link", name="The chat can't be shown here. Open it on its own page.")
    expect(link).to_be_visible(timeout=10_000)
    expect(frame(page).get_by_role("button", name="I agree")).to_have_count(0)
    with page.expect_popup() as opened:
        link.click()
    expect(opened.value.get_by_role("button", name="I agree")).to_be_visible()


def test_the_line_may_stand_twice_and_in_the_head(visit: Callable[..., Page]) -> None:
    """Without "defer" the script runs before there is a body; a second line adds no second button."""
    page = visit("", twice=True)
    expect(page.get_by_role("button", name="Rash? Ask the guide")).to_have_count(1)
    page.get_by_role("button", name="Rash? Ask the guide").click()
    expect(frame(page).get_by_role("button", name="I agree")).to_be_visible()
    page.wait_for_timeout(8500)
    expect(page.get_by_role("link", name="The chat can't be shown here")).to_have_count(0)


def test_settings_of_the_line(visit: Callable[..., Page]) -> None:
    """Title, colour, side, language and label come from the script's data attributes."""
    page = visit(
        'defer data-title="Skin help" data-color="#ffd500" data-position="left" data-lang="es" data-label="Ayuda"'
    )
    launcher = page.get_by_role("button", name="Ayuda")
    box = launcher.bounding_box()
    assert box and box["x"] < 100
    assert launcher.evaluate("button => getComputedStyle(button).color") == "rgb(0, 0, 0)"
    launcher.click()
    expect(page.get_by_role("dialog", name="Skin help")).to_be_visible()
    agree = frame(page).get_by_role("button", name="Acepto")
    assert agree.evaluate("button => getComputedStyle(button).backgroundColor") == "rgb(255, 213, 0)"
    expect(frame(page).locator("html")).to_have_attribute("lang", "es")


def test_opening_and_closing_by_keyboard(visit: Callable[..., Page]) -> None:
    """Enter opens, Escape closes from inside the chat too, and the focus comes back to the button."""
    page = visit()
    launcher = page.get_by_role("button", name="Rash? Ask the guide")
    launcher.focus()
    page.keyboard.press("Enter")
    chat = frame(page)
    chat.get_by_role("button", name="I agree").press("Enter")
    expect(chat.get_by_label("Your answer")).to_be_focused()
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    page.keyboard.press("Enter")
    expect(chat.get_by_label("Your answer")).to_be_focused()
    page.get_by_role("button", name="Close").click()
    expect(launcher).to_be_visible()


def test_words_from_other_origins_are_not_heard(visit: Callable[..., Page]) -> None:
    """A message that does not come from our own frame closes nothing."""
    page = visit()
    page.get_by_role("button", name="Rash? Ask the guide").click()
    page.evaluate("window.postMessage({type: 'rash-guide:close'}, '*')")
    page.wait_for_timeout(100)
    expect(page.get_by_role("dialog")).to_be_visible()


def test_phone_gets_the_whole_screen(visit: Callable[..., Page]) -> None:
    """On a narrow screen the open chat covers the page."""
    page = visit(viewport={"width": 390, "height": 844})
    page.get_by_role("button", name="Rash? Ask the guide").click()
    box = page.get_by_role("dialog").bounding_box()
    assert box and (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)


def test_without_javascript_there_is_a_link(visit: Callable[..., Page]) -> None:
    """The site's own line has a plain link, and the page behind it has the emergency numbers and signs."""
    page = visit(java_script_enabled=False)
    page.get_by_role("link", name="Rash guide").click()
    expect(page.get_by_role("heading", name="This chat needs JavaScript")).to_be_visible()
    expect(page.get_by_role("link", name="Call 911")).to_have_attribute("href", "tel:911")
    assert "Peeling or raw skin" in page.locator("noscript li").all_inner_texts()
    expect(page.get_by_role("button")).to_have_count(0)


def test_own_host_page_opens_the_widget(browser: Browser, site: Callable[..., str]) -> None:
    """Our own page embeds the same widget, beside the text on a wide screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en-US")
    page = context.new_page()
    page.goto(site() + "/")
    expect(frame(page).get_by_role("button", name="I agree")).to_be_visible()
    text, panel = page.locator("main").bounding_box(), page.get_by_role("dialog").bounding_box()
    assert text and panel and text["x"] + text["width"] <= panel["x"]
    context.close()


def test_the_example_works_as_it_is_written(browser: Browser, site: Callable[..., str]) -> None:
    """The page of a hospital in the repository, with its own policy and style, served as its comment says."""
    app = Later()
    with serving(app) as port:
        guide = site(allowed_origins=(f"http://localhost:{port}",))
        files = {path.name: path.read_text().replace("http://127.0.0.1:8000", guide) for path in EXAMPLES.iterdir()}
        app.app = Starlette(routes=[Route("/{name}", lambda request: _file(files, request))])
        context = browser.new_context(viewport={"width": 1000, "height": 800}, locale="en-US")
        page = context.new_page()
        problems: list[str] = []
        page.on("console", lambda entry: problems.append(entry.text) if entry.type == "error" else None)
        page.goto(f"http://localhost:{port}/hospital.html")
        page.get_by_role("button", name="Rash on lenalidomide?").click()
        frame(page).get_by_role("button", name="I agree").click()
        frame(page).get_by_label("Your answer").fill("from the example")
        frame(page).get_by_label("Your answer").press("Enter")
        expect(frame(page).locator(".message.guide").last).to_contain_text("You said: from the example")
        assert [problem for problem in problems if "401" not in problem] == []
        context.close()


def _file(files: dict[str, str], request: Request) -> Response:
    name = request.path_params["name"]
    kind = "text/css" if name.endswith(".css") else "text/html"
    return Response(files[name], media_type=kind) if name in files else Response(status_code=404)
