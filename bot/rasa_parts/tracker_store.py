"""The project's tracker store: Rasa's SQL store, redacted, summed up in the same transaction, bounded and fail-closed.

In endpoints.yml: `tracker_store: {type: bot.rasa_parts.tracker_store.GuideTrackerStore}`. The address comes from the
settings, so that the gateway and the coach's console read the same database.

Rasa replays a session's events for every message. Of a long one it gets the recent part only, from a checkpoint on
(`bot.storage.checkpoints`), led by events that set up slots and form as they stood there. All of it stays stored.
"""

import asyncio
import json
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from bot.rasa_parts import mends
from bot.settings import Settings
from bot.storage.checkpoints import State, start_of_recent
from bot.storage.database import engine_for, writing
from bot.storage.privacy import erased_since
from bot.storage.redaction import redact_echoes
from bot.storage.schema import upgrade
from bot.storage.stored_events import CONTACT, Echo, to_store
from bot.storage.turns import events_after, store_turn

mends.apply()

log = logging.getLogger(__name__)


class StoreError(Exception):
    """The store can't be set up."""


@dataclass
class _Position:
    """How many of a tracker's leading events need no storing, and when it was read (seconds since 1970)."""

    known: int
    since: float


class GuideTrackerStore(SQLTrackerStore):
    """Keeps conversations in the project's database. A database error reaches the caller, always."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        address: str | None = None,
        **unknown: Any,
    ) -> None:
        """Open the database at `address`, by default the one of the settings, and bring it to the newest layout."""
        if host or unknown:
            raise StoreError("endpoints.yml: the tracker store takes no url and no options; set BOT_DATABASE instead")
        # Not Rasa's own set-up, which opens an engine of its own and waits for the database for ever.
        TrackerStore.__init__(self, domain, event_broker)
        try:
            self.engine = engine_for(address or Settings.from_environment().database)
            upgrade(self.engine)
        except (AttributeError, ImportError) as error:
            # Rasa would take these as a reason to keep conversations in memory.
            raise StoreError(f"the database can't be used: {error}") from error
        self.sessionmaker = sessionmaker(bind=self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The recent part of the newest session, with slots and form as they stand; None for a new conversation."""
        # In a thread: a database that is slow or locked must not hold up the other patients.
        return await asyncio.to_thread(self._read, sender_id, recent=True)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """The whole conversation with all its sessions."""
        return await asyncio.to_thread(self._read, conversation_id, recent=False)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the tracker's new events with all that follows from them, or raise and store nothing."""
        new = await asyncio.to_thread(self._write, tracker)
        if self.event_broker:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)

    def _read(self, sender_id: str, recent: bool) -> DialogueStateTracker | None:
        since = time.time()
        with self.engine.begin() as connection:
            after, state = start_of_recent(connection, sender_id) if recent else (0, None)
            rows = events_after(connection, sender_id, after)
        if not rows:
            return None
        events = [*_leading_to(state, self.domain), *_readable(rows)]
        tracker = DialogueStateTracker.from_events(sender_id, events, self.domain.slots)
        tracker.position = _Position(len(events), since)
        return tracker

    def _write(self, tracker: DialogueStateTracker) -> list[Event]:
        position = getattr(tracker, "position", None) or self._position_of_foreign(tracker)
        tracker.position = position
        new = list(tracker.events)[position.known :]
        if not new:
            return []
        turn, echoes = to_store([event.as_dict() for event in new], _requested_slot(tracker, new))
        at_rest = isinstance(new[-1], ActionExecuted) and new[-1].action_name == ACTION_LISTEN_NAME
        state = (lambda: _state(tracker, echoes)) if at_rest else None
        with writing(self.engine) as connection:
            # Erased in the middle of a turn: what the turn would add was said before, and goes too.
            if not erased_since(connection, tracker.sender_id, position.since):
                store_turn(connection, tracker.sender_id, turn, state)
        tracker.position = _Position(position.known + len(new), position.since)
        return new

    def _position_of_foreign(self, tracker: DialogueStateTracker) -> _Position:
        """For a tracker that this store did not read, as Rasa has it: it begins where the newest session does."""
        stored = self._read(tracker.sender_id, recent=True)
        return _Position(len(stored.events) if stored else 0, time.time())


def _readable(rows: Iterable[str]) -> Iterable[Event]:
    for row in rows:
        try:
            event = Event.from_parameters(json.loads(row))
        except (AttributeError, KeyError, TypeError, ValueError):
            # One bad row must not end the conversation. The row itself may hold a patient's words.
            log.error("a stored event can't be read and is left out")
            continue
        if event:
            yield event


def _state(tracker: DialogueStateTracker, echoes: list[Echo]) -> State:
    """What has to be known to go on with a conversation at rest, redacted as its events are."""
    loop = tracker.active_loop
    values = {name: slot.value for name, slot in tracker.slots.items() if slot.value != slot.initial_value}
    return {
        "at": tracker.events[-1].timestamp,
        "slots": {n: v if n.startswith(CONTACT) else redact_echoes(v, echoes) for n, v in values.items()},
        "loop": loop.name if loop else None,
        "rejected": bool(loop and loop.rejected),
        "paused": tracker.is_paused(),
    }


def _leading_to(state: State | None, domain: Domain) -> list[Event]:
    """Events after which a tracker is in this state."""
    if not state:
        return []
    at, known = state["at"], {slot.name for slot in domain.slots}
    events: list[Event] = [ActionExecuted(ACTION_SESSION_START_NAME, timestamp=at), SessionStarted(timestamp=at)]
    events += [SlotSet(name, value, timestamp=at) for name, value in state["slots"].items() if name in known]
    if state["loop"]:
        events.append(ActiveLoop(state["loop"], timestamp=at))
    if state["rejected"]:
        events.append(ActionExecutionRejected(state["loop"], timestamp=at))
    if state["paused"]:
        events.append(ConversationPaused(timestamp=at))
    return [*events, ActionExecuted(ACTION_LISTEN_NAME, timestamp=at)]


def _requested_slot(tracker: DialogueStateTracker, new: list[Event]) -> str | None:
    """What the form was asking for before the new events."""
    earlier = list(tracker.events)[: -len(new)]
    asked = (event.value for event in reversed(earlier) if isinstance(event, SlotSet) and event.key == REQUESTED_SLOT)
    return next(asked, None)
