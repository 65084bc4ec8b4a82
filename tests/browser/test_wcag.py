"""Criteria of WCAG 2.2 that axe can't judge: focus, help in one place, errors, orientation, titles."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import ask_and_wait, last_answer, to_body_map


@pytest.mark.parametrize(("locale", "title"), [("en-US", "Rash guide for lenalidomide"), ("es", "Guía sobre el")])
def test_page_has_a_title_and_a_language(open_chat: Callable[..., Page], locale: str, title: str) -> None:
    """Both in the language of the page."""
    page = open_chat(agree=False, locale=locale)
    expect(page).to_have_title(re.compile(f"^{title}"))
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [locale[:2], "ltr"]


def test_help_stands_in_the_same_place(open_chat: Callable[..., Page]) -> None:
    """ "Emergency" and "Talk to a person" don't move from state to state."""
    page = open_chat(agree=False)
    found = []

    def look() -> None:
        names = ("Emergency", "Talk to a person")
        found.append([page.get_by_role("button", name=name, exact=True).bounding_box() for name in names])

    look()
    page.get_by_role("button", name="I agree").click()
    look()
    to_body_map(page)
    look()
    ask_and_wait(page, "I have blisters")
    look()
    assert all(boxes == found[0] for boxes in found)


@pytest.mark.parametrize("name", ["Emergency", "Talk to a person"])
def test_dialogs_are_no_trap(open_chat: Callable[..., Page], name: str) -> None:
    """Tab stays inside while one is open; Escape closes it and the focus is back where it was."""
    page = open_chat()
    opener = page.get_by_role("button", name=name, exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_is_seen_and_not_covered(open_chat: Callable[..., Page], scheme: str) -> None:
    """Whatever Tab reaches has a ring of 3 px, stands in the window, and nothing lies over it."""
    page = open_chat(color_scheme=scheme)
    to_body_map(page)
    page.get_by_text("Choose from a list instead").click()
    page.locator("#open-emergency").focus()
    for _ in range(45):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const at = document.activeElement;
                if (at === document.body) return null;
                const shown = at.closest(".swatch, .tick") ?? at;
                const box = shown.getBoundingClientRect();
                const x = box.x + box.width / 2, y = Math.max(box.y, 0) + Math.min(box.height, 20) / 2;
                const top = document.elementFromPoint(x, y);
                const ring = [at, shown].some((one) => parseFloat(getComputedStyle(one).outlineWidth) >= 2
                    && getComputedStyle(one).outlineStyle !== "none");
                return [at.outerHTML.slice(0, 70), ring, box.bottom > 0 && box.y < innerHeight,
                    !!top && (shown.contains(top) || top.contains(shown))];
            }"""
        )
        assert seen is None or seen[1:] == [True, True, True], seen


def test_landscape_phone_can_be_used(open_chat: Callable[..., Page]) -> None:
    """Turned on its side, the page scrolls as one and every control is reached."""
    page = open_chat(viewport={"width": 844, "height": 390})
    to_body_map(page)
    expect(page.get_by_text("Question 2 of 3")).to_be_in_viewport()
    page.get_by_role("button", name="Not sure").click()
    expect(page.get_by_text("Question 3 of 3")).to_be_in_viewport()
    page.get_by_role("button", name="Moderate").click()
    expect(page.get_by_role("heading", name="Call your cancer team today.")).to_be_in_viewport()
    ask_and_wait(page, "hello")
    expect(last_answer(page)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("width", "height", "type_size"), [(390, 844, "225%"), (844, 390, "112.5%"), (320, 256, "112.5%")]
)
def test_urgent_advice_is_read_in_large_type(
    open_chat: Callable[..., Page], width: int, height: int, type_size: str
) -> None:
    """With type of twice the size, on its side, at 400 %: the card comes into view, and the call stays above it."""
    page = open_chat(viewport={"width": width, "height": height})
    page.evaluate("size => document.documentElement.style.fontSize = size", type_size)
    ask_and_wait(page, "hello")
    ask_and_wait(page, "I have blisters")
    heading = page.get_by_role("heading", name="Get help now. Call 911.")
    expect(heading).to_be_in_viewport(ratio=1)
    bar, headline = page.locator("#care-bar").bounding_box(), heading.bounding_box()
    assert bar and headline and bar["y"] + bar["height"] <= headline["y"]
    page.mouse.wheel(0, 600)
    expect(page.locator("#care-bar").get_by_role("link")).to_be_in_viewport(ratio=1)
    page.locator("#answer").press("o")
    expect(page.locator("#answer")).to_be_in_viewport(ratio=0.5)


def test_a_person_stays_within_reach_in_large_type(open_chat: Callable[..., Page]) -> None:
    """With type of twice the size on a phone, the title scrolls off; the two ways to a person stay, above the text."""
    page = open_chat(viewport={"width": 390, "height": 844})
    page.evaluate("document.documentElement.style.fontSize = '225%'")
    to_body_map(page)
    page.mouse.move(200, 600)
    page.mouse.wheel(0, 900)
    expect(page.get_by_role("heading", name="Rash guide", exact=True)).not_to_be_in_viewport()
    for name in ("Emergency", "Talk to a person"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_errors_are_told_in_words_beside_the_field(open_chat: Callable[..., Page]) -> None:
    """What is missing is said, by a screen reader too, and how to go on."""
    page = open_chat()
    to_body_map(page)
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".body-map [role=alert]")).to_have_text("Please tap where your rash is first.")
    page.get_by_label("Your answer").fill("a" * 2001)
    expect(page.get_by_label("Your answer")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Your answer")).to_have_accessible_description("1 character too many")


def test_taps_do_what_dragging_would(open_chat: Callable[..., Page]) -> None:
    """Nothing has to be dragged, held, or tapped twice fast; lifting the finger elsewhere does nothing."""
    page = open_chat(viewport={"width": 1000, "height": 900})
    to_body_map(page)
    box = page.locator(".figure.front .tap").nth(2).bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(5, 500)
    page.mouse.up()
    expect(page.locator(".told")).to_have_text("Nothing yet.")


def test_letters_are_no_shortcuts(open_chat: Callable[..., Page]) -> None:
    """A key pressed beside the answer field, as by a slip or by speech input, does nothing."""
    page = open_chat()
    to_body_map(page)
    page.evaluate("document.activeElement.blur()")
    before = page.locator("body").inner_text()
    for key in "abcdefghijklmnopqrstuvwxyz0123456789.?/":
        page.keyboard.press(key)
    assert page.locator("body").inner_text() == before


def test_hovering_brings_nothing_up(open_chat: Callable[..., Page]) -> None:
    """The pointer over a control changes the colour of its edge and nothing else; no tips of our own."""
    page = open_chat(viewport={"width": 1000, "height": 900})
    to_body_map(page)
    changed = page.evaluate(
        """() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
            .flatMap((rule) => [rule, ...(rule.cssRules ?? [])])
            .filter((rule) => rule.selectorText?.includes(":hover")).flatMap((rule) => [...rule.style])"""
    )
    allowed = re.compile("border-(top|right|bottom|left)-color|stroke(-width)?")
    assert changed and [name for name in changed if not allowed.fullmatch(name)] == []
    assert page.locator("[title]").count() == 0
    before = page.locator("body").inner_text()
    for control in page.locator("button:visible, summary:visible, .tap").all()[:20]:
        control.hover(force=True)
        assert page.locator("body").inner_text() == before


def test_words_are_no_pictures(open_chat: Callable[..., Page]) -> None:
    """All text is text: no pictures, no drawn letters, also in the chart and the figure."""
    page = open_chat()
    to_body_map(page)
    ask_and_wait(page, "studies")
    ask_and_wait(page, "I have blisters")
    assert page.locator("img, canvas, object, svg text, svg image").count() == 0
    pictured = page.evaluate(
        """() => [...document.querySelectorAll("*")]
            .filter((element) => getComputedStyle(element).backgroundImage.includes("url("))
            .map((element) => element.outerHTML.slice(0, 80))"""
    )
    assert pictured == []


def test_motion_is_not_listened_to(open_chat: Callable[..., Page]) -> None:
    """Shaking or tilting the phone does nothing: the page's policy leaves no sensor to any script."""
    page = open_chat(agree=False)
    answer = page.reload()
    assert answer
    for sensor in ("accelerometer", "gyroscope", "magnetometer"):
        assert f"{sensor}=()" in answer.headers["permissions-policy"]
    assert page.evaluate("'ondevicemotion' in window ? window.ondevicemotion : null") is None


def test_axe_is_awake(open_chat: Callable[..., Page]) -> None:
    """A fault put there on purpose is found, so that silence means something."""
    from importlib import resources

    page = open_chat(bypass_csp=True)
    page.evaluate("document.getElementById('log').append(document.createElement('img'))")
    page.evaluate((resources.files("axe_playwright_python") / "axe.min.js").read_text() + "; 0")
    found = page.evaluate("async () => (await axe.run(document)).violations.map((violation) => violation.id)")
    assert "image-alt" in found
