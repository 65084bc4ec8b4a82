"""Privacy, contact requests, audit, retention, exports and corrections, clicked through as a lead would, by page size
and theme."""

import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import sqlalchemy as sa
import yaml
from playwright.sync_api import Page, expect
from sqlalchemy.engine import Engine

from bot.console.queries.index import read_everything
from bot.settings import ROOT
from bot.storage.contacts import add_contact_request
from bot.storage.database import writing
from bot.storage.own_turns import message_event
from bot.storage.turns import store_own_turn
from tests.browser.test_console_review import engine, open_page  # noqa: F401 (fixtures)
from tests.unit.console.review_events import tell_emergency

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"}
PHONE_DARK = {**PHONE, "color_scheme": "dark"}
DESKTOP = {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}
DESKTOP_DARK = {**DESKTOP, "color_scheme": "dark"}
DAY = 86_400

profiles = pytest.mark.parametrize(
    "profile", [PHONE, PHONE_DARK, DESKTOP, DESKTOP_DARK], ids=["phone", "phone-dark", "desktop", "desktop-dark"]
)


def go(page: Page, name: str) -> None:
    """Follow an entry of the navigation."""
    page.get_by_role("navigation", name="Console").get_by_role("link", name=name).click()


def fits(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def downloaded(page: Page, name: str, folder: Path) -> str:
    """What a link or button downloads."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path.read_text(encoding="utf-8")


@profiles
def test_what_is_stored_of_a_patient(
    open_page: Callable[..., Page],  # noqa: F811
    engine: Engine,  # noqa: F811
    tmp_path: Path,
    profile: dict[str, Any],
) -> None:
    """Found by pseudonym, exported in both forms, erased after a slip; only the audit log knows of it afterwards."""
    page = open_page("/queue", **profile)
    go(page, "Privacy")
    pseudonym = page.get_by_role("table").get_by_role("link").first.inner_text()
    page.get_by_label("Pseudonym").fill(pseudonym.lower())
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("table").get_by_role("link")).to_have_text([pseudonym])
    fits(page)
    page.get_by_role("link", name=pseudonym).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Patient {pseudonym}")
    stored = json.loads(downloaded(page, "JSON file", tmp_path))
    assert stored["patient"] == pseudonym and "events" in next(iter(stored["conversations"].values()))
    fits(page)
    page.get_by_role("button", name="Readable").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"What is stored of patient {pseudonym}")
    fits(page)
    page.go_back()
    page.get_by_role("link", name="Erase everything").click()
    page.get_by_label("Type P-").fill("P-NOBODY")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator("main")).to_contain_text("Nothing was erased.")
    fits(page)
    page.go_back()
    page.get_by_label("Type P-").fill(pseudonym)
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator("#flash")).to_contain_text(f"Patient {pseudonym} was erased")
    expect(page.get_by_role("table")).not_to_contain_text(pseudonym)
    go(page, "Audit log")
    page.get_by_label("Action").select_option("erasure")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("table")).to_contain_text("a lead erased the patient")
    fits(page)


@profiles
def test_retention(
    open_page: Callable[..., Page],  # noqa: F811
    engine: Engine,  # noqa: F811
    profile: dict[str, Any],
) -> None:
    """The preview follows the number of days; erasing asks for how many it is."""
    tell_emergency(engine, "old", time.time() - 40 * DAY)
    read_everything(engine)
    page = open_page("/patients", **profile)
    page.get_by_role("link", name="How long conversations are kept").click()
    expect(page.locator("main")).to_contain_text("0 conversations")
    page.get_by_label("Show what is older").fill("30")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("main")).to_contain_text("1 conversations, 1 of them urgent or emergency.")
    fits(page)
    page.get_by_label("To erase them now").fill("2")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator("main")).to_contain_text("Nothing was erased.")
    page.go_back()
    page.get_by_label("To erase them now").fill("1")
    page.get_by_role("button", name="Erase for good").click()
    expect(page.locator("#flash")).to_contain_text("1 conversations were erased.")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM events WHERE sender_id = 'old'").scalar() == 0


@profiles
def test_a_contact_request(
    open_page: Callable[..., Page],  # noqa: F811
    engine: Engine,  # noqa: F811
    profile: dict[str, Any],
) -> None:
    """Answered with a note, one click to the conversation and back, closed; the second coach's page is told."""
    add_contact_request(
        engine, "four", name="Mary", reach="212 555 0199", message="Call me <b>soon</b>", consent_text="Yes, pass it on"
    )
    page = open_page("/queue", **profile)
    go(page, "Contact requests")
    expect(page.get_by_role("table")).to_contain_text("Mary")
    fits(page)
    page.get_by_role("link", name="Request 1").click()
    for text in ("212 555 0199", "Call me <b>soon</b>", "Yes, pass it on"):
        expect(page.locator("dl")).to_contain_text(text)
    fits(page)
    second = page.context.new_page()
    second.goto(page.url)
    page.get_by_label("Note for the other coaches").fill("Called at noon.")
    page.get_by_role("button", name="Mark answered").click()
    expect(page.locator("#flash")).to_contain_text("Marked answered.")
    expect(page.locator("main")).to_contain_text("Called at noon.")
    page.get_by_role("link", name="Read the conversation").click()
    expect(page.locator(".transcript")).to_contain_text("itchy rash")
    page.go_back()
    page.get_by_role("button", name="Mark closed").click()
    go(page, "Contact requests")
    page.get_by_role("link", name="Closed (1)").click()
    expect(page.get_by_role("table")).to_contain_text("Mary")
    second.get_by_role("button", name="Mark answered").click()
    expect(second.locator("main")).to_contain_text("Lea")
    expect(second.get_by_role("heading", level=1)).not_to_have_text("Contact request 1")
    second.close()


@profiles
def test_the_audit_log(
    open_page: Callable[..., Page],  # noqa: F811
    engine: Engine,  # noqa: F811
    profile: dict[str, Any],
) -> None:
    """What was just done stands in it; verifying says that it is whole, and names the row that somebody changed."""
    page = open_page("/conversations/one", **profile)
    go(page, "Audit log")
    expect(page.get_by_role("row").nth(1)).to_contain_text("transcript read")
    fits(page)
    page.get_by_role("button", name="Verify the whole log").click()
    expect(page.locator("main")).to_contain_text("rows are as they were written.")
    with writing(engine) as connection:
        connection.execute(sa.text("UPDATE audit_log SET coach = 'Nobody' WHERE id = 1"))
    go(page, "Audit log")
    page.get_by_role("button", name="Verify the whole log").click()
    expect(page.get_by_role("alert")).to_contain_text("not what was written")
    expect(page.locator("main")).to_contain_text("1")
    fits(page)


@profiles
def test_words_taken_out_of_what_the_gateway_alone_answered(
    open_page: Callable[..., Page],  # noqa: F811
    engine: Engine,  # noqa: F811
    profile: dict[str, Any],
) -> None:
    """From the transcript to the redacted message, which is tagged too."""
    message = message_event("m1", time.time() - 60, "Barbara has blisters", None, {}, heard=True)
    card = {"type": "care_card", "text": "Call 911 now.", "data": {"urgency": "emergency", "headline": "Call 911 now"}}
    with writing(engine) as connection:
        store_own_turn(connection, "down", message, [card])
    page = open_page("/queue", **profile)
    page.goto(page.url.replace("/queue", "/conversations/down"))
    expect(page.locator(".transcript")).to_contain_text("Answered by the gateway alone")
    page.get_by_role("link", name="Correct, tag, comment on message 1").click()
    page.get_by_label("Tag this message").fill("outage")
    page.locator("form", has=page.get_by_label("Tag this message")).get_by_role("button", name="Add").click()
    expect(page.locator(".beside .tag", has_text="outage")).to_be_visible()
    page.get_by_role("link", name="Correct, tag, comment on message 1").click()
    fits(page)
    page.get_by_role("link", name="Take words out").click()
    fits(page)
    page.get_by_label("Words to take out").fill("barbara")
    page.get_by_role("button", name="Take out for good").click()
    expect(page.locator("#flash")).to_contain_text("Taken out for good")
    page.get_by_role("link", name="Back to the conversation").click()
    expect(page.locator("main")).not_to_contain_text("Barbara")
    expect(page.locator(".said")).to_contain_text("has blisters")


@profiles
def test_from_a_correction_to_files(
    open_page: Callable[..., Page],  # noqa: F811
    tmp_path: Path,
    profile: dict[str, Any],
) -> None:
    """Corrected beside the message, accepted in the inbox, downloaded: the patch applies, the lines can be scored."""
    page = open_page("/conversations/three", **profile)
    page.get_by_role("link", name="Correct, tag, comment on message 1").click()
    page.get_by_label("Intent").select_option("describe_rash")
    page.locator("form", has=page.get_by_label("Intent")).get_by_role("button").click()
    expect(page.locator(".corrected")).to_contain_text("Lea says describe rash")
    go(page, "Corrections")
    expect(page.locator("article")).to_contain_text("my rah is back")
    fits(page)
    page.get_by_role("button", name=re.compile("^Accept.*my rah is back")).click()
    expect(page.locator("#flash")).to_contain_text("1 set to accepted.")
    page.get_by_role("link", name="Accepted 1").click()
    text = downloaded(page, "patch to data/nlu", tmp_path)
    assert "+    - my rah is back\n" in text
    subprocess.run(["git", "apply", "--check"], input=text, text=True, cwd=ROOT, check=True)
    [line] = downloaded(page, "labelled lines for bot score", tmp_path).splitlines()
    assert json.loads(line)["intent"] == "describe_rash"


@profiles
def test_exports_of_a_list_and_of_the_numbers(
    open_page: Callable[..., Page],  # noqa: F811
    tmp_path: Path,
    profile: dict[str, Any],
) -> None:
    """What was filtered, and nothing else, in three forms; the figures as CSV; a story and a page to print."""
    page = open_page("/queue?view=all&urgency=emergency", **profile)
    page.locator("summary", has_text="Export this list").click()
    fits(page)
    assert len(downloaded(page, "CSV, one row per conversation", tmp_path).splitlines()) == 3
    lines = downloaded(page, "JSON lines", tmp_path).splitlines()
    assert {json.loads(line)["sender_id"] for line in lines} == {"one", "two"}
    assert len(yaml.safe_load(downloaded(page, "Test stories (YAML)", tmp_path))["stories"]) == 2
    go(page, "Numbers")
    expect(page.get_by_role("heading", name="Conversations")).to_be_visible()
    fits(page)
    assert "Conversations,Conversations,4" in downloaded(page, "CSV", tmp_path)
    page.get_by_role("link", name="7 days").click()
    expect(page.get_by_role("link", name="7 days")).to_have_attribute("aria-current", "true")
    page.goto(page.url.partition("/numbers")[0] + "/conversations/one")
    assert "blisters" in downloaded(page, "Test story (YAML)", tmp_path)
    page.get_by_role("link", name="Print view").click()
    expect(page.locator(".transcript")).to_contain_text(re.compile("blisters present on my lips"))


def test_replay_shows_what_would_differ(open_page: Callable[..., Page]) -> None:  # noqa: F811
    """Run from the page; the model itself is replaced here by one that answers otherwise."""
    now = {"intent": "greet", "urgency": None, "asks": [], "grade": None, "findings": [], "actions": [], "replies": []}
    page = open_page("/conversations/one")
    page.get_by_role("link", name="Replay against the current model").click()
    with patch("bot.console.replaying._run", lambda said, command: [now for _ in said]):
        page.get_by_role("button", name="Run").click()
        expect(page.get_by_role("status").filter(has_text="would be answered differently")).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text("greet")
