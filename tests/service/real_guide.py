"""The real processes for tests: action server, Rasa and gateway on free ports, as `bot serve` starts them.

One system serves all tests of a session that ask for it, whatever folder they are in: starting takes half a minute.
"""

import os
import socket
import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from bot import readiness
from bot.processes import Command, Processes
from bot.serve import ACTIONS, DEFAULT_MODEL, GATEWAY, RASA, commands
from bot.settings import ROOT, Settings
from bot.storage.database import engine_for

#: Seconds until a process that is started again must answer.
PATIENCE = 90.0

Reply = dict[str, Any]


class Patient:
    """One person's conversation over HTTP. Keeps the answer to the last message."""

    def __init__(self, guide: "RealGuide") -> None:
        self.guide = guide
        self.http = httpx.Client(base_url=guide.address, timeout=30, trust_env=False)
        self.answer: dict[str, Any] = {}
        self.begin()

    def begin(self) -> None:
        """A new conversation."""
        assert self.http.post("/api/session").status_code == 200
        self.sender_id: str = self.guide.newest_conversation()

    def send(self, client_id: str = "", **content: Any) -> httpx.Response:
        """One message as {"text"|"choice"|"choices"|"areas": ...}, with an id of its own where none is given."""
        return self.http.post("/api/messages", json={"id": client_id or uuid.uuid4().hex, **content})

    def _answered(self, **content: Any) -> list[Reply]:
        response = self.send(**content)
        assert response.status_code == 200, response.text
        self.answer = response.json()
        replies: list[Reply] = self.answer["replies"]
        assert replies
        return replies

    def say(self, text: str) -> list[Reply]:
        """The replies to words."""
        self.guide.said.append(text)
        return self._answered(text=text)

    def tap(self, *choices: str) -> list[Reply]:
        """The replies to one tap, or to several in a checklist or a question with parts."""
        if len(choices) > 1 or self._several(choices[0]):
            return self._answered(choices=list(choices))
        return self._answered(choice=choices[0])

    def _several(self, choice: str) -> bool:
        """Whether the page would send a list: for a checklist, and for more than one group of single answers."""
        offering = [
            reply for reply in self.answer["replies"] if choice in [offered["id"] for offered in reply["choices"]]
        ]
        data = offering[-1]["data"] if offering else {}
        parts = data.get("parts") or []
        return bool(data.get("items")) or len(parts) > 1 or any(part["several"] for part in parts)

    def shade(self, **areas: str) -> list[Reply]:
        """The replies to areas tapped on the body map."""
        return self._answered(areas=areas)

    @property
    def urgency(self) -> str | None:
        """As the last answer tells it."""
        level: str | None = self.answer["urgency"]
        return level

    def rows(self, table: str) -> list[dict[str, Any]]:
        """What a table has of this conversation, in order."""
        return self.guide.rows(table, self.sender_id)

    def history(self) -> list[dict[str, Any]]:
        """The conversation as a page that is opened again gets it."""
        messages: list[dict[str, Any]] = self.http.get("/api/conversation?limit=200").json()["messages"]
        return messages


class RealGuide:
    """The running system. Each process can be stopped and started again by itself."""

    def __init__(self, folder: Path) -> None:
        if not DEFAULT_MODEL.is_file():
            pytest.fail(f"these tests need the trained model {DEFAULT_MODEL}: run scripts/train first", pytrace=False)
        gateway, rasa, actions = _free_ports(3)
        own = {
            "BOT_PORT": str(gateway),
            "BOT_RASA_URL": f"http://127.0.0.1:{rasa}",
            "BOT_ACTIONS_URL": f"http://127.0.0.1:{actions}",
            "BOT_DATA_FOLDER": str(folder),
            "BOT_MESSAGES_PER_MINUTE": "10000",
        }
        with pytest.MonkeyPatch.context() as patch:
            for name in [name for name in os.environ if name.startswith("BOT_")]:
                patch.delenv(name)
            for name, value in own.items():
                patch.setenv(name, value)
            self.settings = Settings.from_environment()
            self._commands: dict[str, Command] = {c.name: c for c in commands(self.settings, DEFAULT_MODEL)}
        self.address = readiness.base_address(self.settings)
        self.logs = folder / "log"
        #: All words that patients have sent.
        self.said: list[str] = []
        self._patients: list[Patient] = []
        self._running: dict[str, Processes] = {}
        try:
            for name in self._commands:
                self._start(name)
            for _ in readiness.wait(self.settings, self._check, self._running[GATEWAY].log_file(GATEWAY)):
                pass
        except BaseException:
            self.end()
            raise
        for processes in self._running.values():
            processes.keep_words_out_of_logs()

    def patient(self) -> Patient:
        """A new conversation. Its connection is closed at the end."""
        self._patients.append(Patient(self))
        return self._patients[-1]

    def _start(self, name: str) -> None:
        self._running[name] = Processes(self.logs, ROOT)
        self._running[name].start([self._commands[name]])

    def _check(self) -> None:
        for processes in self._running.values():
            processes.check()

    def start(self, name: str) -> None:
        """Start a stopped process again and wait until it answers."""
        self._start(name)
        self._running[name].keep_words_out_of_logs()
        address = {
            ACTIONS: self.settings.actions_url + "/health",
            RASA: self.settings.rasa_url + "/",
            GATEWAY: self.address + "/health",
        }[name]
        deadline = time.monotonic() + PATIENCE
        while not _answers(address):
            self._running[name].check()
            assert time.monotonic() < deadline, f"the {name} does not answer again"
            time.sleep(0.2)

    def stop(self, name: str) -> None:
        """End a process."""
        self._running.pop(name).stop()

    @contextmanager
    def without(self, name: str) -> Iterator[None]:
        """The process is down inside the block, and up again after it."""
        self.stop(name)
        try:
            yield
        finally:
            self.start(name)

    @contextmanager
    def locked_database(self) -> Iterator[None]:
        """Another process holds the write lock inside the block, as a long backup would."""
        connection = sqlite3.connect(self.settings.data_folder / "bot.db", isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
            connection.close()

    def rows(self, table: str, sender_id: str) -> list[dict[str, Any]]:
        """The rows that a table has of a conversation."""
        found = sa.Table(table, sa.MetaData(), autoload_with=engine_for(self.settings.database))
        query = sa.select(found).where(found.c.sender_id == sender_id).order_by(*found.primary_key)
        with engine_for(self.settings.database).connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def newest_conversation(self) -> str:
        """The id of the conversation that was begun last."""
        query = sa.text("SELECT sender_id FROM web_conversations ORDER BY created DESC LIMIT 1")
        with engine_for(self.settings.database).connect() as connection:
            return str(connection.execute(query).scalar_one())

    def end(self) -> None:
        """Stop everything."""
        for patient in self._patients:
            patient.http.close()
        for name in list(self._running):
            self.stop(name)


def _free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=5, trust_env=False).status_code in (200, 503)
    except httpx.HTTPError:
        return False


class _Shared:
    """The one system of this session, and how many fixtures still use it."""

    guide: RealGuide | None = None
    users = 0


@contextmanager
def shared_guide(factory: pytest.TempPathFactory) -> Iterator[RealGuide]:
    """The system, started by the first who asks and stopped by the last who leaves."""
    if _Shared.guide is None:
        _Shared.guide = RealGuide(factory.mktemp("guide"))
    _Shared.users += 1
    try:
        yield _Shared.guide
    finally:
        _Shared.users -= 1
        if not _Shared.users:
            _Shared.guide.end()
            engine_for(_Shared.guide.settings.database).dispose()
            _Shared.guide = None
