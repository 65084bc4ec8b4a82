"""Skin of every colour: how a rash looks, and the figure of the body map."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import to_body_map


def test_how_a_rash_looks_is_in_the_menu(open_chat: Callable[..., Page]) -> None:
    """On white, brown and black skin, also before a conversation has begun."""
    page = open_chat(agree=False)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("button", name="How a rash looks").click()
    dialog = page.get_by_role("dialog", name="How a rash looks")
    expect(dialog).to_contain_text("On white skin, it is often pink or red.")
    expect(dialog).to_contain_text("On brown or black skin, it may look gray, purple or dark brown")
    expect(dialog.get_by_role("heading", name="How it looks on brown or black skin")).to_be_visible()


def test_how_a_rash_looks_folds_open_beside_the_figure(open_chat: Callable[..., Page]) -> None:
    """Where the patient looks for the rash."""
    page = open_chat()
    to_body_map(page)
    told = page.locator(".body-map").get_by_text("On brown or black skin, it may look gray")
    expect(told).not_to_be_visible()
    page.locator(".body-map").get_by_text("How a rash looks").click()
    expect(told).to_be_visible()


def test_the_figure_has_no_skin_until_one_is_chosen(open_chat: Callable[..., Page]) -> None:
    """Six tones, reached by keyboard too, remembered for the next figure and nowhere else."""
    page = open_chat()
    to_body_map(page)
    area = page.locator(".figure.front .area").first
    fill = "area => getComputedStyle(area).fill"
    looks = {area.evaluate(fill)}
    tones = page.get_by_role("group", name="Skin tone of the figure").get_by_role("radio")
    expect(tones).to_have_count(6)
    page.get_by_role("radio", name="very light").focus()
    page.keyboard.press("Space")
    for _ in range(6):
        looks.add(area.evaluate(fill))
        page.keyboard.press("ArrowRight")
    assert len(looks) == 7
    page.get_by_role("radio", name="dark brown").check()
    page.get_by_role("button", name="Not sure").click()
    page.get_by_role("button", name="Moderate").click()
    page.locator(".summary").wait_for()
    page.get_by_label("Your answer").fill("rash again")
    page.get_by_label("Your answer").press("Enter")
    page.get_by_label("None of these").last.check()
    page.get_by_role("button", name="Done").last.click()
    expect(page.locator(".figures").last).to_have_attribute("data-tone", "5")
    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage]) + document.cookie")
    assert kept == "[{},{}]"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marks_stand_out_on_every_tone(open_chat: Callable[..., Page], scheme: str) -> None:
    """An area that was chosen differs from the skin beside it by 3 to 1, or by a line that does."""
    page = open_chat(color_scheme=scheme)
    to_body_map(page)
    page.locator(".figure.front .tap").nth(2).click(click_count=1)
    for _ in range(2):
        page.locator(".figure.front .tap").nth(2).click()
    for tone in page.get_by_role("group", name="Skin tone of the figure").get_by_role("radio").all():
        tone.check()
        ratios = page.evaluate(
            """() => {
                const light = (color) => {
                    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => {
                        const share = part / 255;
                        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
                    });
                    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const contrast = (one, other) => {
                    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
                    return (high + 0.05) / (low + 0.05);
                };
                const chosen = getComputedStyle(document.querySelector(".figure.front .area.level-2"));
                const skin = getComputedStyle(document.querySelector(".figure.front .area:not(.level-2)"));
                const paper = getComputedStyle(document.querySelector(".message.guide:last-child"));
                return [contrast(chosen.fill, skin.fill), contrast(chosen.fill, paper.backgroundColor)];
            }"""
        )
        assert max(ratios) >= 3, ratios
