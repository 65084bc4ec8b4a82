"""Pictures of the coach's console, on made-up conversations: a database, a coach and a server of their own.

The running guide is not touched. The conversations are those of `bot demo`, so a trained model has to be there.
"""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pyotp
from playwright.sync_api import Browser, Page, StorageState

from scripts.prepare import ROOT
from scripts.prepare.console import Problem

CONVERSATIONS = 150

_PASSWORD = "copper ladder morning otter"


def _queue(page: Page) -> None:
    """What waits, the urgent ones first."""
    page.locator("#news .news").wait_for()


def _conversation(page: Page) -> None:
    """The newest emergency, with why."""
    page.goto(page.url.partition("?")[0] + "?view=all&urgency=emergency")
    page.locator(".queue h2 a").first.click()
    page.locator("#reviewed-next").wait_for()


def _transcript(page: Page) -> None:
    """What was said in it, with what the guide made of each message."""
    _conversation(page)
    page.locator(".turn:has(mark)").last.evaluate("turn => turn.scrollIntoView({block: 'start'})")


def _contacts(page: Page) -> None:
    """Who wants to be called."""
    page.get_by_label("Console").get_by_role("link", name="Contact requests").click()


def _numbers(page: Page) -> None:
    """The last weeks."""
    page.get_by_label("Console").get_by_role("link", name="Numbers").click()


#: What is shown -> how to get there from the queue.
SCENES: dict[str, Callable[[Page], None]] = {
    "console-queue": _queue,
    "console-conversation": _conversation,
    "console-transcript": _transcript,
    "console-contacts": _contacts,
    "console-numbers": _numbers,
}


def take(browser: Browser, images: Path, sizes: dict[str, tuple[int, int]]) -> Iterator[str]:
    """Take all of them into a folder; the names of the files. Raises Problem where a part can't be started."""
    with TemporaryDirectory() as folder, _console(Path(folder)) as (address, link):
        kept = _sign_in(browser, link)
        for scene, (size, (width, height)) in product(SCENES, sizes.items()):
            context = browser.new_context(
                viewport={"width": width, "height": height},
                storage_state=kept,
                locale="en-US",
                reduced_motion="reduce",
                color_scheme="light",
                device_scale_factor=1,
            )
            page = context.new_page()
            page.goto(f"{address}/queue")
            SCENES[scene](page)
            page.wait_for_timeout(500)
            page.screenshot(path=images / f"{scene}-{size}.png")
            context.close()
            yield f"{scene}-{size}.png"


@contextmanager
def _console(folder: Path) -> Iterator[tuple[str, str]]:
    """A console with conversations on a free port: its address, and a new coach's one-time link."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    address = f"http://127.0.0.1:{port}/coach"
    settings = {
        "BOT_DATA_FOLDER": str(folder),
        "BOT_DATABASE": f"sqlite:///{folder / 'bot.db'}",
        "BOT_CONSOLE_HOST": "127.0.0.1",
        "BOT_CONSOLE_PORT": str(port),
        "BOT_CONSOLE_URL": address,
    }
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    environment = {**os.environ, **quiet, **settings}
    _bot(environment, "demo", "--conversations", str(CONVERSATIONS))
    link = re.search(r"http\S+", _bot(environment, "coach", "add", "Lea", "--role", "lead"))
    if link is None:
        raise Problem("bot coach add printed no link")
    command = [sys.executable, "-m", "bot", "serve", "--only", "console"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT
    ) as server:
        try:
            _wait_for(port, server)
            yield address, link[0]
        finally:
            server.terminate()


def _bot(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Problem(f"bot {arguments[0]} failed: {done.stderr[-500:]}")
    return done.stdout


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise Problem("the console did not start")


def _sign_in(browser: Browser, link: str) -> StorageState:
    """Set up access as a new coach does, and sign in; what the browser keeps of it."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    secret = page.locator("code").inner_text().replace(" ", "")
    totp = pyotp.TOTP(secret)
    page.get_by_label("New password").fill(_PASSWORD)
    page.get_by_label("The same again").fill(_PASSWORD)
    # A code counts once, and the one after the present is taken too: no need to wait half a minute.
    page.get_by_label("Code", exact=True).fill(totp.at(int(time.time()) - 30))
    page.get_by_role("button", name="Set up").click()
    page.locator(".codes").wait_for()
    page.goto(link.partition("/set-up")[0] + "/sign-in")
    page.get_by_label("Your name").fill("Lea")
    page.get_by_label("Password").fill(_PASSWORD)
    page.get_by_label("Code", exact=True).fill(totp.at(int(time.time()) + 30))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/queue**")
    kept = context.storage_state()
    context.close()
    return kept
