"""Messages of one conversation wait for each other, briefly."""

import asyncio
import time

import pytest
from rasa.core.lock_store import LockStore
from rasa.utils.endpoints import EndpointConfig

from bot.rasa_parts.lock_store import ShortPollingLockStore

CONFIG = EndpointConfig(type="bot.rasa_parts.lock_store.ShortPollingLockStore")


def test_a_second_message_waits_for_the_first_and_no_longer() -> None:
    """Rasa's own lock would let it wait a full second."""
    order: list[str] = []

    async def hold(store: LockStore, name: str, conversation: str, seconds: float) -> None:
        async with store.lock(conversation):
            order.append(f"{name} in")
            await asyncio.sleep(seconds)
            order.append(f"{name} out")

    async def run() -> float:
        store = LockStore.create(CONFIG)
        began = time.perf_counter()
        await asyncio.gather(
            hold(store, "first", "a", 0.1), hold(store, "second", "a", 0), hold(store, "other", "b", 0.01)
        )
        return time.perf_counter() - began

    assert asyncio.run(run()) < 0.5
    assert order == ["first in", "other in", "other out", "first out", "second in", "second out"]


def test_rasa_makes_the_store_from_its_endpoints() -> None:
    """By the name in endpoints.yml."""
    assert isinstance(LockStore.create(CONFIG), ShortPollingLockStore)


def test_several_workers_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """They can't see each other's locks, and Rasa allows them for any store but its own."""
    monkeypatch.setenv("SANIC_WORKERS", "2")
    with pytest.raises(ValueError, match="SANIC_WORKERS"):
        ShortPollingLockStore(CONFIG)
