"""What WCAG 2.2 AA asks of the chat page, in every state of the conversation."""

from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import CHECKS, ask_and_wait, last_answer, say, to_body_map

#: The rules of WCAG 2.2 up to AA, and axe's advice on structure.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def axe() -> str:
    """axe's script, as a package of the test requirements carries it."""
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text()


def states(page: Page) -> Iterator[str]:
    """Walks through the conversation and stops in each state that looks different."""
    yield "first screen"
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("button", name="I have a rash").wait_for()
    yield "start"
    page.get_by_role("button", name="I have a rash").click()
    page.get_by_label("None of these").check()
    page.get_by_text("Why do you ask?").click()
    yield "checklist"
    page.get_by_role("button", name="Done").click()
    page.locator(".figure.front .tap").nth(2).click()
    page.get_by_text("Choose from a list instead").click()
    yield "body map"
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Moderate").wait_for()
    yield "choices"
    page.get_by_role("button", name="Moderate").click()
    page.locator(".summary").wait_for()
    yield "advice and summary"
    ask_and_wait(page, "timing")
    yield "parts"
    ask_and_wait(page, "studies")
    page.get_by_text("Sources").last.click()
    yield "chart"
    ask_and_wait(page, "I have blisters")
    yield "emergency"
    for name in ("Emergency", "Talk to a person"):
        page.get_by_role("button", name=name, exact=True).click()
        yield f"dialog {name}"
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="How a rash looks").click()
    yield "dialog looks"
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.route("**/api/diary", lambda route: route.fulfill(json={"checks": CHECKS}))
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="Your checks so far").click()
    page.get_by_text("Show 2 older checks").click()
    yield "earlier checks"
    page.locator("#diary").get_by_role("button", name="Close").click()
    page.get_by_text("More", exact=True).click()
    yield "menu"
    page.get_by_role("button", name="Erase this chat").click()
    yield "dialog erase"
    page.get_by_role("button", name="Yes, erase it").click()
    page.locator("#welcome").get_by_text("Your chat is erased.").wait_for()
    yield "erased"


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"color_scheme": "light", "contrast": "more"},
        {"color_scheme": "dark", "contrast": "more"},
        {"color_scheme": "light", "forced_colors": "active"},
        {"color_scheme": "dark", "forced_colors": "active"},
    ],
    ids=" ".join,
)
def test_axe_finds_nothing(open_chat: Callable[..., Page], axe: str, look: dict[str, str]) -> None:
    """No violation in any state, in both themes, as they are, with more contrast, and in the system's own colours."""
    page = open_chat(agree=False, bypass_csp=True, **look)
    # axe reads the text's fill, which Chromium reports as ours while it paints the system's colour.
    options = {"runOnly": TAGS, "rules": {"color-contrast": {"enabled": "forced_colors" not in look}}}
    found = []
    for state in states(page):
        page.evaluate(axe + "; 0")
        result: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
        found += [
            (state, violation["id"], node["html"][:120], node["failureSummary"][:200])
            for violation in result["violations"]
            for node in violation["nodes"]
        ]
    assert found == []


@pytest.mark.parametrize(
    ("width", "height", "type_size"), [(320, 640, "112.5%"), (320, 256, "112.5%"), (390, 844, "225%")]
)
def test_nothing_has_to_be_scrolled_sideways(
    open_chat: Callable[..., Page], width: int, height: int, type_size: str
) -> None:
    """At 320 px, at 400 % zoom and with type of twice the size, everything wraps."""
    page = open_chat(agree=False, viewport={"width": width, "height": height})
    page.evaluate("size => document.documentElement.style.fontSize = size", type_size)
    for state in states(page):
        wide = page.evaluate(
            """() => [document.documentElement, ...document.querySelectorAll("*")]
                .filter((element) => element.clientWidth > 0 && getComputedStyle(element).overflowX !== "hidden")
                .filter((element) => element.scrollWidth > element.clientWidth + 1)
                .filter((element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
                    || element === document.documentElement)
                .map((element) => element.outerHTML.slice(0, 80))"""
        )
        assert wide == [], state
        outside = page.evaluate(
            """() => [...document.querySelectorAll("button, a, summary, select, textarea, h2, h3, p, li")]
                .filter((element) => element.checkVisibility() && !element.closest(".unseen"))
                .map((element) => [element.getBoundingClientRect(), element.outerHTML.slice(0, 80)])
                .filter(([box]) => box.left < -1 || box.right > innerWidth + 1)
                .map(([, html]) => html)"""
        )
        assert outside == [], state


def test_targets_are_large(open_chat: Callable[..., Page]) -> None:
    """Everything to tap is at least 44 px high and wide. Body parts are smaller; the list beside has them all."""
    page = open_chat(agree=False)
    for state in states(page):
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, a, summary, select, textarea, label.tick")]
                .filter((element) => element.checkVisibility({visibilityProperty: true}))
                .map((element) => [element.getBoundingClientRect(), element.outerHTML.slice(0, 80)])
                .filter(([box]) => box.height < 43.5 || box.width < 43.5)
                .map(([, html]) => html)"""
        )
        assert small == [], state


def test_text_spacing_cuts_nothing_off(open_chat: Callable[..., Page]) -> None:
    """With the spacing that WCAG names, no text is clipped."""
    page = open_chat(agree=False, bypass_csp=True)
    page.add_style_tag(
        content="* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
        "p {margin-bottom: 2em !important}"
    )
    for state in states(page):
        clipped = page.evaluate(
            """() => [...document.querySelectorAll("button, p, li, h1, h2, h3, label, summary, a")]
                .filter((element) => element.checkVisibility() && !element.closest(".unseen"))
                .filter((element) => element.scrollWidth > element.clientWidth + 2
                    && getComputedStyle(element).overflow !== "visible")
                .map((element) => element.outerHTML.slice(0, 80))"""
        )
        assert clipped == [], state


def test_whole_conversation_by_keyboard(open_chat: Callable[..., Page]) -> None:
    """From the first screen to the summary with Tab, Space, arrows and Enter alone."""
    page = open_chat(agree=False)

    def tab_to(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            focused = page.evaluate(
                "() => (document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()"
            )
            if focused.startswith(name):
                return
        raise AssertionError(f"{name!r} can't be reached")

    tab_to("I agree")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.keyboard.type("I have a rash")
    page.keyboard.press("Enter")
    page.get_by_label("None of these").wait_for()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Done")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("None of these")).to_be_checked()
    page.keyboard.press("Enter")
    page.locator(".body-map").wait_for()
    expect(page.get_by_label("Your answer")).to_be_focused()
    page.locator("#log").focus()
    tab_to("Choose from a list instead")
    page.keyboard.press("Enter")
    tab_to("Chest")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".told")).to_contain_text("Chest: about half")
    tab_to("Done")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Moderate").wait_for()
    page.locator("#log").focus()
    tab_to("Moderate")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Summary for your cancer team")).to_be_visible()


def test_focus_moves_only_when_the_patient_moves_it(open_chat: Callable[..., Page]) -> None:
    """An answer that arrives leaves the focus alone; after a tap it is in the answer field."""
    page = open_chat()
    say(page, "slowly")
    page.get_by_role("button", name="Talk to a person").focus()
    expect(page.locator(".message.guide").last).to_contain_text("You said: slowly")
    expect(page.get_by_role("button", name="Talk to a person")).to_be_focused()
    ask_and_wait(page, "I have a rash")
    page.get_by_label("None of these").check()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_label("Your answer")).to_be_focused()


def test_answers_are_spoken_once_and_taken_out_again(open_chat: Callable[..., Page]) -> None:
    """Copies of an answer stand in the polite region for a while; only the emergency card interrupts."""
    page = open_chat()
    page.clock.install()
    polite, alert = page.locator("#say"), page.locator("#shout")
    say(page, "hello")
    expect(polite).to_contain_text("Guide:\nYou said: hello")
    expect(alert).to_be_empty()
    page.clock.run_for(11_000)
    expect(polite).to_be_empty()
    say(page, "I have blisters")
    expect(alert).to_have_text("Get help now. Call 911. Call 911 now")
    expect(alert.locator("p")).to_have_count(1)
    page.clock.run_for(11_000)
    expect(alert).to_be_empty()
    assert polite.get_attribute("aria-live") == "polite"
    assert page.locator("#log").get_attribute("role") == "log"


def test_read_as_by_a_screen_reader(open_chat: Callable[..., Page]) -> None:
    """The tree of names and roles tells the question, its reason, the items and the way on."""
    page = open_chat()
    ask_and_wait(page, "I have a rash")
    expect(page.get_by_role("log", name="Your chat with the guide")).to_match_aria_snapshot(
        """
        - log "Your chat with the guide":
          - text: "You: I have a rash Guide:"
          - paragraph: /Question 1 of 3/
          - paragraph: Do you have any of these now?
          - group: Why do you ask?
          - group "Do you have any of these now?":
            - checkbox /Trouble breathing.*Also hives/
            - checkbox /Blisters/
            - checkbox /Fever/
            - checkbox "None of these"
            - checkbox "Not sure"
          - button "Done"
        """
    )


def test_a_screen_reader_gets_from_hello_to_the_emergency(open_chat: Callable[..., Page]) -> None:
    """The whole way by names and roles alone: what is read at each stop tells where one is and how to go on."""
    page = open_chat(agree=False)
    expect(page.locator("body")).to_match_aria_snapshot(
        """
        - banner:
          - heading "Rash guide" [level=1]
          - button "Emergency"
          - button "Talk to a person"
          - group: More
        - main:
          - heading "Before we start" [level=2]
          - paragraph: /breathe well/
          - link "Call 911"
          - paragraph: /computer program/
          - button "I agree. Start"
          - button "No, leave"
        """
    )
    page.get_by_role("button", name="I agree. Start").click()
    expect(page.get_by_role("main")).to_match_aria_snapshot(
        """
        - main:
          - log "Your chat with the guide":
            - text: "Guide:"
            - heading "How can I help?" [level=2]
            - group "How can I help?":
              - button "I have a rash"
          - textbox "Your answer"
          - button "Send"
        """
    )
    page.get_by_role("button", name="I have a rash").click()
    page.get_by_role("checkbox", name="None of these").check()
    page.get_by_role("button", name="Done").click()
    page.get_by_text("Choose from a list instead").click()
    page.get_by_role("combobox", name="Chest").select_option("About half")
    expect(last_answer(page)).to_match_aria_snapshot(
        """
        - text: "Guide:"
        - paragraph: Question 2 of 3
        - paragraph: Where is your rash?
        - group: Why do you ask?
        - group:
          - group "Front":
            - combobox "Face"
            - combobox "Chest":
              - option "No rash"
              - option "A few spots"
              - option "About half" [selected]
              - option "Nearly all"
        - group "Skin tone of the figure"
        - heading "You chose" [level=3]
        - status: /Chest. about half.*palms/
        - button "Done"
        - button "Not sure"
        - group: Would you rather type?
        """
    )
    page.get_by_role("button", name="Done").click()
    page.get_by_role("group", name="How bad is the itch?").get_by_role("button", name="Moderate").click()
    expect(page.get_by_role("log")).to_match_aria_snapshot(
        """
        - log "Your chat with the guide":
          - text: "You: Moderate Guide:"
          - region "Call your cancer team today.":
            - heading "Call your cancer team today." [level=3]
            - heading "You told me about" [level=4]
            - heading "What to do" [level=4]
            - list
            - link "If you get worse, call 911"
          - group: Sources
          - region "Summary for your cancer team":
            - heading "Summary for your cancer team" [level=3]
            - heading "Where and how much" [level=4]
          - button "Print"
          - group "Rate this answer":
            - button "Helpful"
        """
    )
    # Of what was asked before only the question and its reason are still read.
    expect(page.get_by_text("Would you rather type?")).to_be_hidden()
    expect(page.get_by_text("Why do you ask?").first).to_be_visible()
    ask_and_wait(page, "studies")
    expect(last_answer(page)).to_match_aria_snapshot(
        """
        - figure /How long people lived/:
          - table "Until the myeloma grew again":
            - rowgroup:
              - row "With a rash 22.4 months"
              - row "No rash 10.5 months"
        - heading "What this can't tell you" [level=4]
        - list
        """
    )
    ask_and_wait(page, "I have blisters")
    expect(page.get_by_role("complementary").get_by_role("link", name="Call 911 now")).to_be_visible()
    expect(last_answer(page)).to_match_aria_snapshot(
        """
        - text: "Guide:"
        - region "Get help now. Call 911.":
          - paragraph: Emergency
          - heading "Get help now. Call 911." [level=3]
          - link "Call 911 now":
            - /url: tel:911
        """
    )


def test_a_checklist_is_spoken_once(open_chat: Callable[..., Page]) -> None:
    """Its items stand in its text and as boxes; the spoken copy has each once, and the answers that stand alone."""
    page = open_chat()
    ask_and_wait(page, "I have a rash")
    spoken = page.locator("#say").inner_text()
    for item in ("Trouble breathing", "Blisters", "Fever", "None of these", "Not sure"):
        assert spoken.count(item) == 1, spoken


def test_reduced_motion_is_heeded(open_chat: Callable[..., Page]) -> None:
    """Nothing moves by itself for those who asked for that."""
    page = open_chat(reduced_motion="reduce")
    say(page, "slowly")
    page.locator(".waiting").wait_for()
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colors_are_the_systems(open_chat: Callable[..., Page], scheme: str) -> None:
    """All text has the colours that the patient's system gives to text, buttons, links and fields."""
    page = open_chat(forced_colors="active", color_scheme=scheme)
    ask_and_wait(page, "I have blisters")
    painted = page.evaluate(
        """() => {
            const probe = document.createElement("i");
            document.body.append(probe);
            const names = ["CanvasText", "ButtonText", "LinkText", "FieldText", "GrayText"];
            const known = names.map((name) => { probe.style.color = name; return getComputedStyle(probe).color; });
            probe.remove();
            return [...document.querySelectorAll("button, a, p, h1, h2, h3, li, summary, textarea")]
                .filter((element) => element.checkVisibility())
                .map((element) => [getComputedStyle(element).color, element.outerHTML.slice(0, 60)])
                .filter(([color]) => !known.includes(color));
        }"""
    )
    assert painted == []


def test_forced_colors_keep_the_levels_apart(open_chat: Callable[..., Page]) -> None:
    """With the system's own colours the body map still shows what was chosen."""
    page = open_chat(forced_colors="active")
    to_body_map(page)
    tap = page.locator(".figure.front .tap").nth(2)
    looks = set()
    for _ in range(4):
        tap.click()
        looks.add(page.locator(".figure.front .area").nth(2).evaluate("area => getComputedStyle(area).fill"))
    assert len(looks) == 4
