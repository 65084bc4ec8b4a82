"""The mends fit this Rasa, change no outcome, and save the time that they are there for.

Measured on two shared cores (ratios count): checking an action's result takes 0.23 ms for 16 (68 times faster),
resolving the types of 1,000 events 0.07 ms for 23 (330 times), which replays them in 2.3 ms for 26 (11 times); a double
tap costs 30 ms for 1,000 (`lock_store.py`).
"""

import asyncio
import importlib
import inspect
import time
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels import rest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.utils.common import all_subclasses

from bot.rasa_parts import mends

mends.apply()

RESULT = {"events": [{"event": "slot", "name": "itch", "value": 3, "timestamp": None}], "responses": [{"text": "Hi"}]}


def original(qualified: str) -> Callable[..., Any]:
    """What a mend has replaced, from Rasa's source."""
    return mends.MENDED[qualified][0]


def seconds(work: Callable[[], Any], times: int) -> float:
    """The shortest of a few runs."""
    runs = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        runs.append(time.perf_counter() - began)
    return min(runs)


# fit


def test_rasa_is_the_one_that_the_mends_were_written_for() -> None:
    """When this fails, read what Rasa changed, adapt the mend, then renew its fingerprint."""
    assert mends.changed() == []


@pytest.mark.parametrize("name", mends.MENDED)
def test_a_change_in_rasa_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is mended blindly."""
    monkeypatch.setitem(mends.MENDED, name, (mends.MENDED[name][0], "other source"))
    with pytest.raises(mends.MendError, match=name):
        mends.apply.__wrapped__()


def test_applying_again_changes_nothing() -> None:
    """Every component does it when imported."""
    before = MessageProcessor.parse_message, Event.resolve_by_type
    mends.apply()
    importlib.import_module("bot.rasa_parts.lock_store")
    assert (MessageProcessor.parse_message, Event.resolve_by_type) == before


# results of actions


@pytest.mark.parametrize(
    "result",
    [RESULT, {}, {"events": []}, {"events": [{"event": "slot"}]}, {"events": [{"event": "none"}]}, {"events": 3}],
)
def test_results_are_judged_as_before(result: dict[str, Any]) -> None:
    """The same are accepted, the same are refused for the same reason."""
    action = RemoteAction("action_assess", None)
    verdicts = []
    for judge in (original("RemoteAction._validate_action_result"), RemoteAction._validate_action_result):
        try:
            verdicts.append(judge(action, result))
        except jsonschema.ValidationError as error:
            verdicts.append(error.message.split(". ")[0])
    assert verdicts[0] == verdicts[1]


def test_judging_a_result_is_several_times_faster() -> None:
    """Rasa checks and compiles its schema anew each time."""
    action, judge = RemoteAction("action_assess", None), original("RemoteAction._validate_action_result")
    slow = seconds(lambda: judge(action, RESULT), 3)
    assert seconds(lambda: action._validate_action_result(RESULT), 10) < slow / 3


# types of events


def test_types_are_resolved_as_before() -> None:
    """Every event type, the old one that is let pass, and an error for what is unknown."""
    resolve = original("Event.resolve_by_type")
    for cls in all_subclasses(Event):
        assert Event.resolve_by_type(cls.type_name) is resolve(cls.type_name)
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("unknown", SlotSet) is SlotSet
    for _ in range(2):
        with pytest.raises(ValueError, match="unknown"):
            Event.resolve_by_type("unknown")


def test_resolving_a_type_is_many_times_faster() -> None:
    """Rasa walks all subclasses for each stored event."""
    resolve = original("Event.resolve_by_type")
    slow = seconds(lambda: [resolve("slot") for _ in range(50)], 3)
    assert seconds(lambda: [Event.resolve_by_type("slot") for _ in range(50)], 10) < slow / 5


# a store that fails


class Broken(InMemoryTrackerStore):
    """A store whose database is gone."""

    async def retrieve(self, sender_id: str) -> None:
        raise OSError("gone")

    retrieve_full_tracker = retrieve

    async def save(self, tracker: Any) -> None:
        raise OSError("gone")

    async def keys(self) -> None:
        raise OSError("gone")


def test_an_error_of_the_store_reaches_the_caller() -> None:
    """No conversation goes on in memory, none that can't be read is taken for a new one."""
    wrapped = FailSafeTrackerStore(Broken(Domain.empty()))
    tracker = InMemoryTrackerStore(Domain.empty()).init_tracker("s")
    calls = [wrapped.save(tracker), wrapped.retrieve("s"), wrapped.retrieve_full_tracker("s"), wrapped.keys()]
    for call in calls:
        with pytest.raises(OSError, match="gone"):
            asyncio.run(call)
    assert wrapped._fallback_tracker_store is None


@pytest.mark.parametrize("error", [OSError("gone"), asyncio.CancelledError()])
def test_a_turn_that_fails_says_nothing(error: BaseException) -> None:
    """Rasa's REST channel would send what was collected before the error, though none of it was stored."""
    channel = CollectingOutputChannel()

    async def handle_message(self: Any, message: UserMessage) -> None:
        message.output_channel.messages.append({"text": "as if all were well"})
        raise error

    with pytest.raises(type(error)):
        asyncio.run(mends._silent_on_failure(handle_message)(None, UserMessage("hi", channel)))
    assert channel.messages == []


def test_a_turn_that_succeeds_is_handed_on() -> None:
    """With its messages."""

    async def handle_message(self: Any, message: UserMessage) -> list[dict[str, Any]]:
        return [{"text": "hello"}]

    assert asyncio.run(mends._silent_on_failure(handle_message)(None, UserMessage("hi"))) == [{"text": "hello"}]
    assert inspect.unwrap(MessageProcessor.handle_message) is original("MessageProcessor.handle_message")


def test_the_log_of_a_failed_turn_has_no_words_of_the_patient() -> None:
    """Rasa's REST channel would log the message with the exception."""
    logged = []

    class Log:
        error = exception = lambda self, event, **details: logged.append((event, details))

    log = mends._WithoutWords(Log())
    log.exception("rest.message.received.failure", text="my throat is closing")
    log.error("rest.message.received.timeout", text="my throat is closing", seconds=3)
    assert logged == [("rest.message.received.failure", {}), ("rest.message.received.timeout", {"seconds": 3})]
    assert isinstance(rest.structlogger, mends._WithoutWords)


# context for the reader


def test_a_message_is_parsed_with_what_went_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The context lies beside the metadata that the gateway sent, before any component reads the message."""
    monkeypatch.setattr(mends, "context_of", lambda tracker: {"events": tracker and len(tracker.events)})
    seen = []

    async def parse_message(self: Any, message: UserMessage, tracker: Any, only_output_properties: bool) -> dict:
        seen.append((message.metadata, only_output_properties))
        return {"text": message.text}

    parse = mends._with_context(parse_message)
    tracker = InMemoryTrackerStore(Domain.empty()).init_tracker("s")
    tracker.update(UserUttered("before"))
    assert asyncio.run(parse(None, UserMessage("hi", metadata={"client_id": "7"}), tracker)) == {"text": "hi"}
    asyncio.run(parse(None, UserMessage("hi"), only_output_properties=False))
    assert seen == [({"client_id": "7", "context": {"events": 1}}, True), ({"context": {"events": None}}, False)]
    assert inspect.unwrap(MessageProcessor.parse_message) is original("MessageProcessor.parse_message")
