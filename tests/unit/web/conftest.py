"""A gateway on a fresh database with a scripted Rasa in place of the network."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from bot.clinical.signs import Sign, Urgency
from bot.language.reading import Answer, Context, Finding, Reading, Status
from bot.replies import Reply
from bot.settings import Settings
from bot.storage.redaction import Span
from bot.web.app import create_app
from bot.web.facts import Flag, Look, PageFacts, Phone
from bot.web.fallback import Fallback

FACTS = PageFacts(
    country="US",
    emergency=Phone("911", "911", "Emergency services"),
    crisis=Phone("988", "988", "Crisis line"),
    flags=(Flag("blistering", "Blisters <or> raw skin"), Flag("airway", "Trouble breathing")),
    notice="Not yet reviewed by a clinician.",
    keep_days=90,
    coverage={"spots": 0.125, "half": 0.5, "all": 0.9},
    looks=(Look("How does it look?", ("Like spots.",)),),
    phrases={"es": {"Blisters <or> raw skin": "Ampollas"}},
)


class PlainReader:
    """Knows one word, and one answer."""

    def read(self, text: str, context: Context) -> Reading:
        """Blisters are present wherever the word stands; "crash" breaks it."""
        if "crash" in text:
            raise RuntimeError(text)
        start = text.lower().find("blisters")
        if start < 0:
            return Reading(text, answer=Answer.YES if text == "yes" else None)
        return Reading(text, (Finding("blisters", "blisters", start, start + 8, Status.PRESENT, "named"),))


class PlainTexts:
    """Short texts in place of the reviewed ones."""

    def signs_of(self, choice: str) -> Iterable[Sign]:
        """The checklist's item for the airway."""
        return [Sign.AIRWAY] if choice == "airway" else []

    def seek_care(self, signs: Iterable[Sign], urgency: Urgency, language: str) -> Reply:
        """Names the signs."""
        return Reply(
            "care_card", "Call 911 now.", data={"urgency": urgency.value, "heard": [sign.value for sign in signs]}
        )

    def seek_care_in_doubt(self, flags: Sequence[str], language: str) -> Reply:
        """Names what was asked."""
        return Reply("care_card", "Call soon.", data={"urgency": "urgent", "heard": list(flags)})

    def cannot_answer(self, flags: Sequence[str]) -> Reply:
        """With the number."""
        return Reply("text", " ".join([*flags, "I can't answer now. In an emergency call 911."]))


def find_names(text: str) -> list[Span]:
    """Stands in for what the redaction finds."""
    return [Span(found.start(), found.end(), "NAME") for found in re.finditer("Ann-Marie", text)]


class FakeRasa:
    """Answers by script and remembers what it was sent. `answer` may be JSON, a status, or an exception to raise.

    actions: what the action server answers when it is asked how it is.
    """

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.answer: Any = None
        self.actions: httpx.Response | Exception = httpx.Response(200, json={"status": "ok"})

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """The transport's handler."""
        if request.url.path == "/health":
            if isinstance(self.actions, Exception):
                raise self.actions
            return self.actions
        if request.method == "GET":
            if isinstance(self.answer, Exception):
                raise self.answer
            return httpx.Response(200, text="Hello from Rasa")
        self.seen.append(json.loads(request.content))
        answer = self.answer(self.seen[-1]) if callable(self.answer) else self.answer
        if hasattr(answer, "__await__"):
            answer = await answer
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return answer
        if answer is None:
            answer = [{"custom": Reply("text", f"You said: {self.seen[-1]['message']}").as_json()}]
        return httpx.Response(200, json=answer)


@pytest.fixture
def rasa() -> FakeRasa:
    """The scripted Rasa."""
    return FakeRasa()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh data folder, and a short wait."""
    return Settings(data_folder=tmp_path, database=f"sqlite:///{tmp_path / 'bot.db'}", rasa_timeout=0.3)


@pytest.fixture
def start(settings: Settings, rasa: FakeRasa) -> Iterator[Callable[..., TestClient]]:
    """Starts a gateway on the same data folder each time, so that a second one is the first after a restart."""
    opened: list[TestClient] = []

    def start_gateway(chosen: Settings = settings, base_url: str = "http://testserver") -> TestClient:
        app = create_app(chosen, FACTS, Fallback(PlainReader(), PlainTexts()), find_names, httpx.MockTransport(rasa))
        client = TestClient(app, base_url=base_url, raise_server_exceptions=False)
        opened.append(client.__enter__())
        return client

    yield start_gateway
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(start: Callable[..., TestClient]) -> TestClient:
    """A gateway with a conversation begun."""
    client = start()
    client.post("/api/session").raise_for_status()
    return client


@pytest.fixture
def say(client: TestClient) -> Callable[..., Any]:
    """Sends one message under a fresh client id and gives the response."""
    number = iter(range(10_000))

    def send(text: str | None = None, **answer: Any) -> Any:
        body = {"id": f"m{next(number)}", **({"text": text} if text is not None else {}), **answer}
        return client.post("/api/messages", json=body)

    return send
