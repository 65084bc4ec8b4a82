"""The tracker store against SQLite: what comes back is what was said, redacted, bounded, or an error."""

import asyncio
import json
import sqlite3
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy.exc import OperationalError

from bot.rasa_parts.tracker_store import GuideTrackerStore, StoreError
from bot.storage import database, tables
from bot.storage.checkpoints import EVERY
from bot.storage.database import writing
from bot.storage.privacy import erase, export


def domain_of(text: str) -> Domain:
    """A domain without the remark on older versions that Rasa makes of every one with slots."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Slot auto-fill")
        return Domain.from_yaml(text)


DOMAIN = domain_of(
    """
    version: "3.1"
    intents: [describe_rash]
    slots:
      itch: {type: any, mappings: [{type: custom}]}
      where: {type: text, initial_value: nowhere, mappings: [{type: custom}]}
      note: {type: text, mappings: [{type: custom}]}
      erase: {type: bool, mappings: [{type: custom}]}
      requested_slot: {type: text, mappings: [{type: custom}]}
      contact_reach: {type: text, mappings: [{type: custom}]}
    forms:
      assessment_form: {required_slots: [itch]}
    actions: [action_assess]
    """
)

SESSION: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]


@pytest.fixture()
def store(tmp_path: Path) -> GuideTrackerStore:
    """A store on an empty database."""
    return GuideTrackerStore(DOMAIN, address=f"sqlite:///{tmp_path}/bot.db")


def say(text: str, at: float | None = None, **parse_data: Any) -> UserUttered:
    """A message of the patient."""
    intent = {"name": "describe_rash", "confidence": 0.9}
    return UserUttered(
        text, intent, parse_data={"text": text, "intent": intent, "entities": [], **parse_data}, timestamp=at
    )


def take(store: GuideTrackerStore, *events: Event, sender_id: str = "s") -> DialogueStateTracker:
    """One turn as Rasa does it: read, add events, listen, save."""

    async def turn() -> DialogueStateTracker:
        tracker = await store.get_or_create_tracker(sender_id, append_action_listen=False)
        start = [] if tracker.applied_events() else [*SESSION, ActionExecuted("action_listen")]
        for event in [*start, *events, ActionExecuted("action_listen")]:
            tracker.update(event, DOMAIN)
        await store.save(tracker)
        return tracker

    return asyncio.run(turn())


def read(store: GuideTrackerStore, sender_id: str = "s") -> DialogueStateTracker:
    """What Rasa gets."""
    tracker = asyncio.run(store.retrieve(sender_id))
    assert tracker
    return tracker


def whole(store: GuideTrackerStore, sender_id: str = "s") -> DialogueStateTracker:
    """Everything stored, replayed."""
    tracker = asyncio.run(store.retrieve_full_tracker(sender_id))
    assert tracker
    return tracker


def talk(store: GuideTrackerStore, turns: int, *, first: int = 0) -> None:
    """Turns of seven events, each of which changes a slot, with the form open."""
    for i in range(first, first + turns):
        take(
            store,
            say(f"message {i}"),
            SlotSet("itch", {"score": i}),
            ActionExecuted("assessment_form"),
            ActiveLoop("assessment_form"),
            SlotSet("requested_slot", "itch"),
            BotUttered(f"reply {i}"),
        )


# what comes back


def test_a_new_conversation_is_nothing(store: GuideTrackerStore) -> None:
    """Rasa then begins one."""
    assert asyncio.run(store.retrieve("nobody")) is None
    assert asyncio.run(store.retrieve_full_tracker("nobody")) is None


def test_a_conversation_survives_a_restart(store: GuideTrackerStore) -> None:
    """Another process on the same database goes on where it stood."""
    take(store, say("my arms itch"), SlotSet("itch", 3))
    tracker = read(GuideTrackerStore(DOMAIN, address=str(store.engine.url)))
    assert tracker.get_slot("itch") == 3
    assert tracker.latest_message and tracker.latest_message.text == "my arms itch"


def test_turns_are_stored_once_and_in_order(store: GuideTrackerStore) -> None:
    """Saving again adds nothing."""
    tracker = take(store, say("one"))
    asyncio.run(store.save(tracker))
    take(store, say("two"))
    kinds = [row["type_name"] for row in export(store.engine, "s")["events"]]
    assert kinds == ["action", "session_started", "action", "user", "action", "user", "action"]


def test_a_clock_that_is_set_back_hides_nothing(store: GuideTrackerStore) -> None:
    """Order is by id. Rasa's own store would lose the second message."""
    take(store, say("one", at=2e9))
    take(store, say("two", at=1e9))
    assert [event.text for event in read(store).events if isinstance(event, UserUttered)] == ["one", "two"]


def test_only_the_newest_session_comes_back(store: GuideTrackerStore) -> None:
    """A tracker that goes over into a new session is stored without repetition."""
    take(store, say("before"), SlotSet("itch", 1))
    tracker = take(store, *SESSION, SlotSet("itch", 1), ActionExecuted("action_listen"), say("after"))
    asyncio.run(store.save(tracker))
    assert [event.text for event in read(store).events if isinstance(event, UserUttered)] == ["after"]
    assert read(store).get_slot("itch") == 1
    assert [event.text for event in whole(store).events if isinstance(event, UserUttered)] == ["before", "after"]


def test_a_tracker_that_was_made_elsewhere_can_be_saved(store: GuideTrackerStore) -> None:
    """Its leading events are those of the newest session, as with Rasa's own store."""
    take(store, say("one"))
    tracker = DialogueStateTracker.from_events("s", [*read(store).events, say("two")], DOMAIN.slots)
    asyncio.run(store.save(tracker))
    assert [event.text for event in whole(store).events if isinstance(event, UserUttered)] == ["one", "two"]


def test_an_unreadable_event_is_left_out(store: GuideTrackerStore, caplog: pytest.LogCaptureFixture) -> None:
    """The conversation goes on; the log names no words."""
    take(store, say("one"))
    with writing(store.engine) as connection:
        for data in ('{"event": "user", "text": "half', '{"event": "unheard of"}', "[]"):
            connection.execute(sa.insert(tables.events).values(sender_id="s", type_name="user", data=data))
    take(store, say("two"))
    assert [event.text for event in read(store).events if isinstance(event, UserUttered)] == ["one", "two"]
    assert "can't be read" in caplog.text and "half" not in caplog.text


# long conversations


def test_of_a_long_conversation_rasa_gets_the_recent_part(store: GuideTrackerStore) -> None:
    """A thousand events stay stored; some two hundred at most are replayed, with slots and form as they stand."""
    take(store, say("hello"), SlotSet("note", "from the first turn"), SlotSet("where", None))
    talk(store, 145)
    tracker, full = read(store), whole(store)
    assert len(full.events) > 1000
    assert len(tracker.events) <= 2 * EVERY + 20
    assert tracker.current_slot_values() == full.current_slot_values()
    assert tracker.get_slot("note") == "from the first turn" and tracker.get_slot("where") is None
    assert tracker.active_loop == full.active_loop
    assert tracker.latest_action_name == full.latest_action_name
    assert tracker.latest_message == full.latest_message


@pytest.mark.parametrize("in_form", [True, False])
def test_policies_see_the_same_states(store: GuideTrackerStore, in_form: bool) -> None:
    """The states of the last turns, which policies go by, don't differ from those of the whole conversation."""
    if in_form:
        talk(store, 40)
    for i in range(5 if in_form else 60):
        take(store, say(f"digression {i}"), ActionExecuted("action_assess"))
    recent, full = (DOMAIN.states_for_tracker_history(tracker) for tracker in (read(store), whole(store)))
    assert len(read(store).events) < len(whole(store).events)
    assert len(recent) > 10
    assert recent[-10:] == full[-10:]


def test_what_is_stored_does_not_depend_on_the_cut(store: GuideTrackerStore) -> None:
    """Made-up events are never stored, real ones all are, over many checkpoints."""
    talk(store, 60)
    texts = [event.text for event in whole(store).events if isinstance(event, UserUttered)]
    assert texts == [f"message {i}" for i in range(60)]
    assert len(export(store.engine, "s")["checkpoints"]) == 2


@pytest.mark.parametrize(
    ("events", "slot", "expected"),
    [
        ((AllSlotsReset(),), "note", None),
        ((Restarted(),), "where", "nowhere"),
        (
            (say("oops"), SlotSet("note", "wrong"), ActionExecuted("action_assess"), UserUtteranceReverted()),
            "note",
            "n",
        ),
    ],
    ids=["slots reset", "restarted", "message taken back"],
)
def test_the_state_is_right_after_more_than_slots_being_set(
    store: GuideTrackerStore, events: tuple[Event, ...], slot: str, expected: str | None
) -> None:
    """Resets, restarts and reverts before the cut count as in the whole conversation."""
    take(store, say("hello"), SlotSet("note", "n"), SlotSet("where", "arms"))
    take(store, *events)
    talk(store, 40)
    assert len(read(store).events) < len(whole(store).events)
    assert read(store).get_slot(slot) == whole(store).get_slot(slot) == expected


def test_a_closed_form_stays_closed_and_a_pause_stays(store: GuideTrackerStore) -> None:
    """The state at the cut is more than slots."""
    talk(store, 5)
    take(store, say("stop"), ActiveLoop(None), SlotSet("requested_slot", None), ConversationPaused())
    for i in range(60):
        take(store, say(f"more {i}"))
    tracker = read(store)
    assert len(tracker.events) < len(whole(store).events)
    assert tracker.active_loop is None and tracker.is_paused()


def test_a_new_session_begins_afresh(store: GuideTrackerStore) -> None:
    """What was cut from an older session plays no part."""
    talk(store, 60)
    take(store, *SESSION, ActionExecuted("action_listen"), say("new"))
    tracker = read(store)
    assert tracker.get_slot("itch") is None
    assert isinstance(tracker.events[0], SessionStarted) and len(tracker.events) < 6


def test_a_slot_that_the_domain_no_longer_has_is_left_out(store: GuideTrackerStore) -> None:
    """A conversation goes on across a new version of the guide."""
    take(store, say("hello"), SlotSet("note", "old"))
    talk(store, 40)
    store.domain = domain_of('version: "3.1"\nslots: {itch: {type: any, mappings: [{type: custom}]}}')
    assert "note" not in read(store).current_slot_values()
    assert read(store).get_slot("itch") == {"score": 39}


# privacy


def test_contact_data_is_masked_in_all_that_is_stored(store: GuideTrackerStore, tmp_path: Path) -> None:
    """The turn itself still has the words; the database never does."""
    tracker = take(
        store, say("call 212 555 0199"), SlotSet("note", "212 555 0199"), BotUttered("You said 212 555 0199.")
    )
    assert tracker.latest_message and tracker.latest_message.text == "call 212 555 0199"
    talk(store, 15)
    assert "555 0199" not in json.dumps(export(store.engine, "s"))
    assert all(b"555 0199" not in file.read_bytes() for file in tmp_path.iterdir())


def test_checkpoints_are_masked_too(store: GuideTrackerStore) -> None:
    """The turn in which a checkpoint is made may be the one with the number."""
    for _ in range(40):
        take(store, say("call 212 555 0199"), SlotSet("note", "call 212 555 0199"))
    assert export(store.engine, "s")["checkpoints"]
    assert "555 0199" not in json.dumps(export(store.engine, "s"))


def test_contact_slots_live_until_they_are_cleared(store: GuideTrackerStore) -> None:
    """The next turn still has what the patient gave; afterwards neither events nor checkpoints do."""
    take(store, say("yes"), SlotSet("requested_slot", "contact_reach"))
    take(store, say("212 555 0199"), SlotSet("contact_reach", "212 555 0199"), SlotSet("requested_slot", None))
    assert read(store).get_slot("contact_reach") == "212 555 0199"
    talk(store, 20)
    assert read(store).get_slot("contact_reach") == "212 555 0199"
    take(store, say("send"), SlotSet("contact_reach", None))
    assert read(store).get_slot("contact_reach") is None
    assert "555 0199" not in json.dumps(export(store.engine, "s"))


def test_an_erasure_leaves_nothing(store: GuideTrackerStore) -> None:
    """Not even the turn during which it happened, whoever erased; the next message begins a new conversation."""
    take(store, say("my arms itch"), SlotSet("itch", 3))
    confirming = read(store)
    confirming.update(say("yes, erase it"))
    erase(store.engine, "s")
    asyncio.run(store.save(confirming))
    assert export(store.engine, "s") == {}
    take(store, say("hello"))
    assert read(store).get_slot("itch") is None
    assert export(store.engine, "s")["conversations"][0]["message_count"] == 1
    assert len(export(store.engine, "s")["events"]) == 5


def test_the_first_turn_can_be_erased_too(store: GuideTrackerStore) -> None:
    """An action erases before anything of the conversation was stored."""

    async def turn() -> None:
        tracker = await store.get_or_create_tracker("s", append_action_listen=False)
        tracker.update(say("forget me"))
        erase(store.engine, "s")
        await store.save(tracker)

    asyncio.run(turn())
    assert export(store.engine, "s") == {}


# what goes with the events


def test_the_summary_row_goes_with_the_events(store: GuideTrackerStore) -> None:
    """It tells what the turn told."""
    reading = {"urgency": "emergency", "findings": [{"concept": "airway", "status": "present"}], "language": "en"}
    take(store, say("my throat is closing", reading=reading))
    (row,) = export(store.engine, "s")["conversations"]
    assert (row["highest_urgency"], row["message_count"], row["language"]) == ("emergency", 1, "en")
    assert row["findings"] == [{"concept": "airway", "status": "present"}]
    assert "throat" not in json.dumps(row)


def test_a_finished_assessment_goes_with_the_events(store: GuideTrackerStore) -> None:
    """For the diary and the console."""
    reply = {"type": "summary", "text": "t", "data": {"urgency": "same_day", "grade": 2}}
    take(store, say("done"), BotUttered(data={"custom": reply}))
    (row,) = export(store.engine, "s")["assessments"]
    assert (row["urgency"], row["grade"], row["summary"]) == ("same_day", 2, reply["data"])


def test_events_go_to_a_broker_once_stored(tmp_path: Path) -> None:
    """Without the further reload that Rasa does for it."""
    published: list[str] = []

    class Broker(EventBroker):
        def publish(self, event: dict[str, Any]) -> None:
            published.append(event["event"])

    store = GuideTrackerStore(DOMAIN, Broker(), address=f"sqlite:///{tmp_path}/bot.db")
    take(store, say("one"))
    assert published == ["action", "session_started", "action", "user", "action"]


# errors


@pytest.fixture()
def locked(store: GuideTrackerStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GuideTrackerStore]:
    """A store whose database another process holds, with a short wait."""
    take(store, say("one"))
    monkeypatch.setattr(database, "LOCK_WAIT", 0.2)
    holder = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    database.engine_for.cache_clear()
    yield GuideTrackerStore(DOMAIN, address=str(store.engine.url))
    holder.close()


def test_a_locked_database_is_an_error_and_nothing_is_forked(locked: GuideTrackerStore, tmp_path: Path) -> None:
    """Reading goes on, saving raises, through Rasa's wrapper as well, and afterwards only what was stored is there."""
    from rasa.core.agent import Agent

    wrapped = Agent(domain=DOMAIN, tracker_store=locked).tracker_store
    tracker = asyncio.run(wrapped.retrieve("s"))
    assert tracker
    tracker.update(say("two"))
    with pytest.raises(OperationalError, match="locked"):
        asyncio.run(wrapped.save(tracker))
    assert wrapped._fallback_tracker_store is None
    again = asyncio.run(wrapped.retrieve("s"))
    assert [event.text for event in again.events if isinstance(event, UserUttered)] == ["one"]


def test_a_turn_that_could_not_be_stored_can_be_saved_again(store: GuideTrackerStore, monkeypatch: Any) -> None:
    """It is stored whole, or not at all."""
    tracker = take(store, say("one"))
    tracker.update(say("two"))
    monkeypatch.setattr("bot.storage.turns.with_events", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        asyncio.run(store.save(tracker))
    assert len(export(store.engine, "s")["events"]) == 5
    monkeypatch.undo()
    asyncio.run(store.save(tracker))
    assert len(export(store.engine, "s")["events"]) == 6


def test_a_database_that_cannot_be_read_is_no_new_patient(store: GuideTrackerStore) -> None:
    """The error reaches the caller through Rasa's wrapper."""
    from rasa.core.agent import Agent

    wrapped = Agent(domain=DOMAIN, tracker_store=store).tracker_store
    with writing(store.engine) as connection:
        connection.execute(sa.text("DROP TABLE events"))
    for reading in (wrapped.retrieve, wrapped.retrieve_full_tracker, wrapped.get_or_create_tracker):
        with pytest.raises(OperationalError, match="no such table"):
            asyncio.run(reading("s"))


# set-up


def test_rasa_makes_the_store_from_its_endpoints(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The address is that of the settings."""
    monkeypatch.setenv("BOT_DATABASE", f"sqlite:///{tmp_path}/set.db")
    config = EndpointConfig(type="bot.rasa_parts.tracker_store.GuideTrackerStore")
    store = TrackerStore.create(config, DOMAIN)
    assert isinstance(store, GuideTrackerStore) and store.domain is DOMAIN
    assert (tmp_path / "set.db").exists()


def test_a_second_address_in_endpoints_is_refused() -> None:
    """The console would read another database than Rasa writes."""
    with pytest.raises(StoreError, match="BOT_DATABASE"):
        GuideTrackerStore(DOMAIN, host="postgresql://elsewhere/db")


def test_a_missing_driver_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Rasa would take an ImportError as a reason to keep conversations in memory."""

    def fail(address: str) -> None:
        raise ImportError("no driver")

    monkeypatch.setattr("bot.rasa_parts.tracker_store.engine_for", fail)
    config = EndpointConfig(type="bot.rasa_parts.tracker_store.GuideTrackerStore")
    with pytest.raises(StoreError, match="no driver"):
        TrackerStore.create(config, DOMAIN)
