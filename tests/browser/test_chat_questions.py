"""Questions with their own form: checklist, body map, questions in parts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fake_rasa import FakeRasa
from tests.browser.helpers import say, to_body_map


def test_checklist_takes_no_contradiction(open_chat: Callable[..., Page], rasa: FakeRasa) -> None:
    """A sign and "none of these" or "not sure" take each other away; what is left is sent."""
    page = open_chat()
    page.get_by_role("button", name="I have a rash").click()
    none, fever = page.get_by_label("None of these"), page.get_by_label("Fever")
    none.check()
    fever.check()
    expect(none).not_to_be_checked()
    page.get_by_label("Not sure").check()
    expect(fever).not_to_be_checked()
    fever.check()
    page.get_by_label("Blisters").check()
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".care.emergency")).to_be_visible()
    rasa.expect_newest(answer={"choices": ["blisters", "fever"]})


def test_empty_checklist_says_what_is_missing(open_chat: Callable[..., Page]) -> None:
    """ "Done" with nothing ticked sends nothing and says so."""
    page = open_chat()
    page.get_by_role("button", name="I have a rash").click()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Please tap at least one answer.")).to_be_visible()
    expect(page.get_by_label("Trouble breathing")).to_be_focused()


def test_body_map_by_tapping(open_chat: Callable[..., Page], rasa: FakeRasa) -> None:
    """Taps go through the levels and back to none; the list shows the same; the extent is told in palms."""
    page = open_chat(viewport={"width": 1100, "height": 900})
    to_body_map(page)
    chest = page.locator(".figure.front .area", has=page.locator("title", has_text="Chest")).locator("+ .tap")
    told = page.locator(".told")
    for level in ("a few spots", "about half", "nearly all"):
        chest.click()
        expect(told).to_contain_text(f"Chest: {level}")
    expect(told).to_contain_text("6 of your palms")
    chest.click()
    expect(told).to_have_text("Nothing yet.")
    chest.click()
    page.get_by_text("Choose from a list instead").click()
    expect(page.get_by_label("Chest", exact=True)).to_have_value("spots")
    page.get_by_label("Left thigh, back").select_option("About half")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("button", name="Moderate")).to_be_visible()
    rasa.expect_newest(answer={"areas": {"chest": "spots", "left_thigh_back": "half"}})


def test_body_map_has_a_shape_for_every_area(open_chat: Callable[..., Page]) -> None:
    """Each area that the server offers can be tapped, once, on its own view."""
    page = open_chat(viewport={"width": 1100, "height": 900})
    to_body_map(page)
    listed = page.locator(".body-map .row label").all_text_contents()
    drawn = page.locator(".figure .area title").all_text_contents()
    assert sorted(drawn) == sorted(listed)
    assert len(set(listed)) == len(listed) > 30


def test_patients_left_is_on_the_right_from_the_front(open_chat: Callable[..., Page]) -> None:
    """From the front the left hand is on the right of the picture, from behind on the left."""
    page = open_chat(viewport={"width": 1100, "height": 900})
    to_body_map(page)

    def center(view: str, title: str) -> float:
        area = page.locator(f".figure.{view} .area", has=page.locator("title", has_text=title)).bounding_box()
        figure = page.locator(f".figure.{view}").bounding_box()
        assert area and figure
        return area["x"] + area["width"] / 2 - figure["x"] - figure["width"] / 2

    assert center("front", "Left hand") > 0 > center("front", "Right hand")
    assert center("back", "Left hand") < 0 < center("back", "Right hand")


def test_phone_shows_one_side_at_a_time(open_chat: Callable[..., Page]) -> None:
    """On a narrow screen front and back take turns, and what was tapped stays."""
    page = open_chat()
    to_body_map(page)
    expect(page.locator(".figure.back")).not_to_be_visible()
    page.locator(".figure.front .tap").first.click()
    page.locator(".turn").get_by_text("Back").click()
    expect(page.locator(".figure.front")).not_to_be_visible()
    page.locator(".figure.back .tap").first.click()
    expect(page.locator(".told")).to_contain_text("Face: a few spots")
    expect(page.locator(".told")).to_contain_text("Scalp and back of head: a few spots")


def test_body_map_needs_an_answer(open_chat: Callable[..., Page], rasa: FakeRasa) -> None:
    """ "Done" without a tap says what to do; "Not sure" is an answer."""
    page = open_chat()
    to_body_map(page)
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Please tap where your rash is first.")).to_be_visible()
    page.get_by_role("button", name="Not sure").click()
    expect(page.get_by_role("button", name="Moderate")).to_be_visible()
    rasa.expect_newest(answer={"choice": "not_sure"})


def test_question_in_parts(open_chat: Callable[..., Page], rasa: FakeRasa) -> None:
    """One answer in one part, several in another, and one that stands alone."""
    page = open_chat()
    say(page, "timing")
    page.get_by_label("Weeks ago").check()
    page.get_by_label("Today").check()
    expect(page.get_by_label("Weeks ago")).not_to_be_checked()
    page.get_by_label("Nothing new").check()
    page.get_by_label("A new pill").check()
    page.get_by_label("A herb").check()
    expect(page.get_by_label("Nothing new")).not_to_be_checked()
    page.get_by_role("button", name="Done").click()
    expect(page.locator(".said").last).to_have_text("Today; A new pill; A herb")
    expect(page.locator(".message.guide").last).to_contain_text("Call 911")
    rasa.expect_newest(answer={"choices": ["today", "pill", "herb"]})


def test_answered_questions_can_not_be_answered_again(open_chat: Callable[..., Page]) -> None:
    """Once the patient went on, the old question's fields are gone; its words stay."""
    page = open_chat()
    to_body_map(page)
    expect(page.get_by_label("None of these")).not_to_be_visible()
    expect(page.get_by_text("Do you have any of these now?").first).to_be_visible()


def test_how_to_type_folds_open(open_chat: Callable[..., Page]) -> None:
    """The figure comes first; how to answer in words is there on demand, once."""
    page = open_chat()
    to_body_map(page)
    words = page.get_by_text("You can type it").and_(page.locator("#log *"))
    expect(words).to_have_count(1)
    expect(words).not_to_be_visible()
    page.get_by_text("Would you rather type?").click()
    expect(words).to_be_visible()


def test_why_folds_open(open_chat: Callable[..., Page]) -> None:
    """Each question says why it is asked, on demand."""
    page = open_chat()
    page.get_by_role("button", name="I have a rash").click()
    why = page.get_by_text("These signs can mean a bad reaction.")
    expect(why).not_to_be_visible()
    page.get_by_text("Why do you ask?").click()
    expect(why).to_be_visible()
