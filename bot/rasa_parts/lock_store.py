"""One message of a conversation at a time, without the full second that Rasa's lock lets a second message wait.

In endpoints.yml: `lock_store: {type: bot.rasa_parts.lock_store.ShortPollingLockStore}`.
"""

import os
from contextlib import AbstractAsyncContextManager
from typing import Any

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, InMemoryLockStore

# Without a tracker store that it can import, Rasa keeps conversations in memory; without its lock store it won't start.
from bot.rasa_parts import tracker_store  # noqa: F401

#: Seconds between two looks at the lock. A patient's double tap used to cost 1.
WAIT = 0.03


class ShortPollingLockStore(InMemoryLockStore):
    """Rasa's lock store for one process, with a short wait."""

    def __init__(self, endpoint_config: Any = None) -> None:
        """Raises ValueError if Rasa is to run in several processes, which can't see each other's locks."""
        if os.environ.get("SANIC_WORKERS", "1") != "1":
            raise ValueError("SANIC_WORKERS must be 1: conversations are locked within one process")
        super().__init__()

    def lock(
        self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME, wait_time_in_seconds: float = WAIT
    ) -> AbstractAsyncContextManager[TicketLock]:
        """Wait for the messages of the conversation that came before, then hold it."""
        held: AbstractAsyncContextManager[TicketLock] = super().lock(
            conversation_id, lock_lifetime, wait_time_in_seconds
        )
        return held
