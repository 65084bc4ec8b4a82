"""Whether the guide answers: a message goes the whole way, as a patient's would, and is erased again."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import httpx

from bot.settings import Settings

#: How long the whole may take to start on a slow machine, in seconds. Rasa alone imports for 8 s on a fast one.
TIMEOUT = 300.0

#: How long the first message may take once all parts are up, in seconds. Rasa also comes up without a model.
MESSAGE_TIMEOUT = 45.0

#: What the gateway logs when Rasa gave it nothing to show (bot/web/turns.py).
ANSWERED_ALONE = "the gateway answers by itself"


class NotReady(Exception):
    """Something didn't answer in time. `part` is the name of the process that should have."""

    def __init__(self, part: str, reason: str, seconds: float) -> None:
        super().__init__(f"The {part} is not ready: {reason} within {seconds:.0f} s.")
        self.part = part


def base_address(settings: Settings) -> str:
    """Where a browser on this machine finds the gateway."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def pages(settings: Settings) -> Iterator[tuple[str, str]]:
    """(what it is, address) of each page that this version serves."""
    address = base_address(settings)
    for title, path in (("Chat page", "/chat"), ("A page with the widget", "/"), ("Coach's console", "/coach")):
        try:
            status = httpx.get(address + path, timeout=15, trust_env=False).status_code
        except httpx.HTTPError:
            continue
        # A page that asks to sign in is one as well.
        if status != 404:
            yield title, address + path
    yield "Health", address + "/health"


def wait(settings: Settings, check: Callable[[], None], gateway_log: Path) -> Iterator[str]:
    """Yields a sentence for each part as it answers; the last one when a message was answered by all of them.

    check: raises where a process has ended. gateway_log: the file.
    Raises NotReady where a part takes longer than it may.
    """
    started = time.monotonic()
    with httpx.Client(timeout=15, trust_env=False) as http:

        def until(part: str, reason: str, answers: Callable[[], bool]) -> None:
            while True:
                check()
                try:
                    if answers():
                        return
                except httpx.HTTPError:
                    pass
                if time.monotonic() > started + TIMEOUT:
                    raise NotReady(part, reason, TIMEOUT)
                time.sleep(0.25)

        def answers_at(address: str) -> Callable[[], bool]:
            return lambda: http.get(address).is_success

        until("action server", "it doesn't answer", answers_at(settings.actions_url + "/health"))
        yield "The action server answers."
        gateway = base_address(settings)
        until("gateway", "it doesn't answer", lambda: http.get(gateway + "/health").status_code in (200, 503))
        yield "The gateway answers."
        until("Rasa server", "it doesn't answer", answers_at(settings.rasa_url + "/"))
        yield "The Rasa server answers."

        asked = time.monotonic()
        while not _message_is_answered(http, gateway, gateway_log):
            check()
            if time.monotonic() > asked + MESSAGE_TIMEOUT:
                raise NotReady("Rasa server", "a message is not answered", MESSAGE_TIMEOUT)
            # Each attempt leaves lines in Rasa's log, above which the reason must stay to be seen.
            time.sleep(3)
        yield "A message was answered."


def _message_is_answered(http: httpx.Client, gateway: str, gateway_log: Path) -> bool:
    """Says hello in a conversation of its own and erases it."""
    before = _times_alone(gateway_log)
    try:
        started = http.post(gateway + "/api/session")
        if not started.is_success:
            return False
        headers = {"authorization": f"Bearer {started.json()['token']}"}
        said = http.post(gateway + "/api/messages", json={"id": uuid4().hex, "text": "hello"}, headers=headers)
        http.post(gateway + "/api/forget", headers=headers)
    except httpx.HTTPError:
        return False
    # The log reaches its file through a pipe, a moment after the answer.
    time.sleep(0.1)
    return said.is_success and bool(said.json()["replies"]) and _times_alone(gateway_log) == before


def _times_alone(gateway_log: Path) -> int:
    return gateway_log.read_text(encoding="utf-8", errors="replace").count(ANSWERED_ALONE)
