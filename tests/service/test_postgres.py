"""The tracker store and its tables on a real PostgreSQL server.

Uses the server on 127.0.0.1:5432 (user postgres, trusted), else one that it starts from installed binaries; each run
has a database of its own.
"""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from rasa.core.agent import Agent
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from bot.console.context import Console
from bot.console.jobs import daily
from bot.console.keys import load_keys
from bot.console.settings import ConsoleSettings
from bot.rasa_parts.tracker_store import GuideTrackerStore
from bot.settings import Settings
from bot.storage import database, tables
from bot.storage.checkpoints import EVERY
from bot.storage.contacts import add_contact_request
from bot.storage.database import engine_for, writing
from bot.storage.privacy import erase, export
from bot.storage.schema import upgrade

pytestmark = pytest.mark.postgres

RUNNING = "postgresql://postgres@127.0.0.1:5432/test"

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", "Slot auto-fill")
    DOMAIN = Domain.from_yaml(
        """
        version: "3.1"
        intents: [describe_rash]
        slots:
          itch: {type: any, mappings: [{type: custom}]}
          note: {type: text, mappings: [{type: custom}]}
          requested_slot: {type: text, mappings: [{type: custom}]}
        forms:
          assessment_form: {required_slots: [itch]}
        """
    )


# the server


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a database on a server that may be used for tests."""
    if _answers(RUNNING):
        yield RUNNING
        return
    initdb, pg_ctl = _binary("initdb"), _binary("pg_ctl")
    if not initdb or not pg_ctl:
        pytest.skip("no PostgreSQL: neither a server on 127.0.0.1:5432 nor initdb and pg_ctl to start one")
    with tempfile.TemporaryDirectory(prefix="guide-postgres-", ignore_cleanup_errors=True) as folder:
        # The server refuses to run as root.
        account = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        if account:
            shutil.chown(folder, "postgres", "postgres")
        data, port = f"{folder}/data", _free_port()

        def run(*command: str) -> None:
            subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, timeout=60, **account)

        run(initdb, "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "-D", data)
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        run(pg_ctl, "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start")
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            run(pg_ctl, "-D", data, "-w", "-m", "immediate", "stop")


@pytest.fixture()
def address(server: str) -> Iterator[str]:
    """An empty database, dropped afterwards."""
    name = f"guide_{uuid.uuid4().hex}"
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    fresh = server.rsplit("/", 1)[0] + f"/{name}"
    yield fresh
    engine_for(fresh).dispose()
    with admin.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
    engine_for.cache_clear()


@pytest.fixture()
def store(address: str) -> GuideTrackerStore:
    """A store on an empty database."""
    return GuideTrackerStore(DOMAIN, address=address)


def _answers(address: str) -> bool:
    engine = sa.create_engine(address, connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True


def _binary(name: str) -> str | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


# conversations


def say(text: str) -> UserUttered:
    """A message of the patient."""
    intent = {"name": "describe_rash", "confidence": 0.9}
    return UserUttered(text, intent, parse_data={"text": text, "intent": intent, "entities": []})


async def turn(store: GuideTrackerStore, *events: Event, sender_id: str = "s") -> DialogueStateTracker:
    """One turn as Rasa does it: read, add events, listen, save."""
    tracker = await store.get_or_create_tracker(sender_id, append_action_listen=False)
    start = [] if tracker.events else [ActionExecuted("action_session_start"), SessionStarted()]
    for event in [*start, *events, ActionExecuted("action_listen")]:
        tracker.update(event, DOMAIN)
    await store.save(tracker)
    return tracker


def take(store: GuideTrackerStore, *events: Event, sender_id: str = "s") -> DialogueStateTracker:
    """One turn, from outside of a loop."""
    return asyncio.run(turn(store, *events, sender_id=sender_id))


def texts(tracker: DialogueStateTracker | None) -> list[str | None]:
    """What the patient wrote."""
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


def test_migrations_lead_to_the_tables_of_the_code(address: str) -> None:
    """Nothing differs, also when processes start together."""
    engine = engine_for(address)
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(upgrade, engine) for _ in range(4)]:
            done.result()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_a_long_conversation_comes_back_in_part_with_its_state(store: GuideTrackerStore) -> None:
    """After a restart too: slots and form are right, and the number of events is bounded."""

    async def talk() -> None:
        await turn(store, say("hello"), SlotSet("note", "from the first turn"))
        for i in range(100):
            form = [ActionExecuted("assessment_form"), ActiveLoop("assessment_form"), SlotSet("requested_slot", "itch")]
            await turn(store, say(f"message {i}"), SlotSet("itch", {"score": i}), *form, BotUttered("and now?"))

    asyncio.run(talk())
    other = GuideTrackerStore(DOMAIN, address=str(store.engine.url))
    recent, full = asyncio.run(other.retrieve("s")), asyncio.run(other.retrieve_full_tracker("s"))
    assert recent and full
    assert len(full.events) > 700 and len(recent.events) < 2 * EVERY + 20
    assert recent.current_slot_values() == full.current_slot_values()
    assert recent.active_loop == full.active_loop
    assert texts(full) == ["hello", *(f"message {i}" for i in range(100))]


def test_conversations_are_stored_side_by_side(store: GuideTrackerStore) -> None:
    """Twenty patients at once, each finds their own words."""

    async def talk() -> None:
        await asyncio.gather(*(turn(store, say(f"I am {i}"), sender_id=str(i)) for i in range(20)))

    asyncio.run(talk())
    assert [texts(asyncio.run(store.retrieve(str(i)))) for i in range(20)] == [[f"I am {i}"] for i in range(20)]


def test_what_a_device_sends_is_stored(store: GuideTrackerStore) -> None:
    """Emoji, a zero character and half a surrogate pair, in events, state and summary."""
    odd = "itchy \U0001f629 \0 \ud83d end"
    reply = {"type": "summary", "text": odd, "data": {"sections": [{"lines": [odd]}]}}
    for _ in range(EVERY // 4 + 1):
        take(store, say(odd), SlotSet("note", odd), BotUttered(odd, data={"custom": reply}))
    tracker = asyncio.run(store.retrieve("s"))
    assert tracker and tracker.latest_message
    assert tracker.latest_message.text == odd
    assert export(store.engine, "s")["checkpoints"][-1]["state"]["slots"]["note"].startswith("itchy \U0001f629")


def test_privacy_works_alike(store: GuideTrackerStore, tmp_path: Path) -> None:
    """Redaction, export, contact request, erasure and retention."""
    take(store, say("call 212 555 0199"))
    take(store, say("other"), sender_id="other")
    given = {"name": "Mary", "reach": "mary@example.org", "message": "\0please", "consent_text": "I agree"}
    assert add_contact_request(store.engine, "s", **given) > 0
    exported = export(store.engine, "s")
    assert exported["conversations"][0]["has_contact_request"] is True
    assert "212 555" not in json.dumps(exported) and "mary@example.org" in json.dumps(exported)
    assert erase(store.engine, "s") == 7
    assert export(store.engine, "s") == {}
    with writing(store.engine) as connection:
        connection.execute(sa.update(tables.conversations).values(last_at=time.time() - 100 * 86_400))
    assert daily(Console(Settings(keep_days=90), ConsoleSettings(), store.engine, load_keys(tmp_path))) == 1
    assert export(store.engine, "other") == {}


# errors


def test_a_locked_table_is_an_error_and_nothing_is_forked(
    address: str, store: GuideTrackerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits as long as set, then the error reaches the caller through Rasa's wrapper."""
    take(store, say("one"))
    engine_for.cache_clear()
    monkeypatch.setattr(database, "LOCK_WAIT", 1)
    wrapped = Agent(domain=DOMAIN, tracker_store=GuideTrackerStore(DOMAIN, address=address)).tracker_store
    tracker = asyncio.run(wrapped.retrieve("s"))
    tracker.update(say("two"))
    with store.engine.begin() as holder:
        holder.execute(sa.text("LOCK TABLE events IN SHARE MODE"))
        began = time.monotonic()
        with pytest.raises(OperationalError, match="lock timeout"):
            asyncio.run(wrapped.save(tracker))
        assert 0.9 < time.monotonic() - began < 3
    assert texts(asyncio.run(wrapped.retrieve("s"))) == ["one"]
    asyncio.run(wrapped.save(tracker))
    assert texts(asyncio.run(wrapped.retrieve("s"))) == ["one", "two"]
    store.engine.dispose()


def test_a_lost_connection_is_replaced(store: GuideTrackerStore) -> None:
    """A server that was restarted between two messages costs the patient nothing."""
    take(store, say("one"))
    other = sa.create_engine(store.engine.url)
    with other.connect() as connection:
        of_this_database = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ended = connection.execute(sa.text(f"SELECT pg_terminate_backend(pid) {of_this_database}")).scalars().all()
    other.dispose()
    assert ended and all(ended)
    take(store, say("two"))
    assert texts(asyncio.run(store.retrieve("s"))) == ["one", "two"]


def test_a_server_that_is_not_there_is_an_error() -> None:
    """At the start, and without waiting for ever as Rasa's own store does."""
    began = time.monotonic()
    with pytest.raises(OperationalError):
        GuideTrackerStore(DOMAIN, address=f"postgresql://postgres@127.0.0.1:{_free_port()}/none")
    assert time.monotonic() - began < 10
