"""The gateway on a free port with a scripted Rasa behind it, and one Chromium for all tests."""

import asyncio
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.language.reading import Context, Finding, Reading, Status
from bot.settings import Settings
from bot.web.wiring import make_app
from tests.browser.fake_rasa import FakeRasa

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=5000)


class PlainReader:
    """Stands in for the language reader where Rasa is silent: it knows one word."""

    def read(self, text: str, context: Context) -> Reading:
        """Blisters are present wherever the word stands."""
        start = text.lower().find("blisters")
        if start < 0:
            return Reading(text)
        return Reading(text, (Finding("blisters", "blisters", start, start + 8, Status.PRESENT, "named"),))


DELAY = float(os.environ.get("BROWSER_TESTS_DELAY", "0"))
"""Seconds that every answer of every server is held back; 0.4 shows tests that only pass on a fast machine."""


def late(app: Any) -> Any:
    """The application, each of its answers held back by the delay."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await asyncio.sleep(DELAY)
        await app(scope, receive, send)

    return answer


@contextmanager
def serving(app: Any) -> Iterator[int]:
    """Serve an ASGI application on a free port of loopback while the block runs."""
    app = late(app) if DELAY else app
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        try:
            yield port
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def rasa() -> FakeRasa:
    """The scripted Rasa and what it has seen."""
    return FakeRasa()


@pytest.fixture(scope="session")
def site(rasa: FakeRasa, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Starts a gateway with the given settings, once for each set, and gives its address."""
    started: dict[Any, str] = {}
    running = []
    rasa_server = serving(rasa.app)
    rasa_port = rasa_server.__enter__()

    def start(**changes: Any) -> str:
        key = tuple(sorted(changes.items()))
        if key not in started:
            folder = tmp_path_factory.mktemp("data")
            settings = Settings(
                **{
                    "data_folder": folder,
                    "database": f"sqlite:///{folder / 'bot.db'}",
                    "rasa_url": f"http://127.0.0.1:{rasa_port}",
                    "messages_per_minute": 10_000,
                    **changes,
                }
            )
            server = serving(make_app(settings, PlainReader()))
            started[key] = f"http://127.0.0.1:{server.__enter__()}"
            running.append(server)
        return started[key]

    yield start
    for server in (*running, rasa_server):
        server.__exit__(None, None, None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None or not Path(path).exists():
        pytest.fail("these tests need Chromium on the path, or its path in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_chat(browser: Browser, site: Callable[..., str]) -> Iterator[Callable[..., Page]]:
    """Opens the chat in a fresh profile; fails the test for errors in the page's console."""
    contexts = []
    problems: list[str] = []

    def start(path: str = "/chat", agree: bool = True, allow_errors: bool = False, **profile: Any) -> Page:
        profile = {"viewport": {"width": 390, "height": 844}, "locale": "en-US", **profile}
        context = browser.new_context(**profile)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        if not allow_errors:
            page.on("console", lambda entry: problems.append(entry.text) if entry.type == "error" else None)
        page.goto(site() + path)
        if agree:
            page.get_by_role("button", name="I agree").click()
            page.get_by_role("button", name="I have a rash").wait_for()
        return page

    yield start
    for context in contexts:
        context.close()
    # The first look for a conversation answers 401, which Chromium reports as an error.
    unexpected = [problem for problem in problems if "401 (Unauthorized)" not in problem]
    assert unexpected == []
