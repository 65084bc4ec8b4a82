"""Mends of Rasa 3.6.21, which gets no more releases: for speed, for safety of what is stored, for reading.

`apply()` puts them in; our components and stores call it when imported. Each mend knows the source of what it replaces
by a hash and raises `MendError` when that has changed, so that a new Rasa can't be mended blindly.

What the first two save is measured in `tests/unit/rasa_parts/test_mends.py`.
"""

import hashlib
import inspect
from collections.abc import Awaitable, Callable
from functools import cache, lru_cache, wraps
from typing import Any

from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.channels import rest
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_parts.context import context_of

Messages = list[dict[str, Any]] | None
ParseData = dict[str, Any]


class MendError(Exception):
    """Rasa's code is not the one that a mend was written for."""


#: What the mends replace or rely on, with the beginning of the SHA-256 of its source.
MENDED: dict[str, tuple[Any, str]] = {
    "RemoteAction._validate_action_result": (RemoteAction._validate_action_result, "f8cdb4be6812"),
    "RemoteAction.action_response_format_spec": (RemoteAction.action_response_format_spec, "091b74aa3738"),
    "Event.resolve_by_type": (Event.resolve_by_type, "b5cf570fa7f2"),
    "FailSafeTrackerStore": (FailSafeTrackerStore, "84833481b14c"),
    "RestInput.blueprint": (rest.RestInput.blueprint, "886a9338e4c2"),
    "MessageProcessor.parse_message": (MessageProcessor.parse_message, "b98d8e49b9f2"),
    "MessageProcessor.handle_message": (MessageProcessor.handle_message, "0c41d4780d2d"),
}


def changed() -> list[str]:
    """The names in MENDED whose source is not the expected one."""
    return [name for name, (original, expected) in MENDED.items() if fingerprint(original) != expected]


def fingerprint(original: Any) -> str:
    """The beginning of the SHA-256 of the source."""
    return hashlib.sha256(inspect.getsource(original).encode()).hexdigest()[:12]


@cache
def apply() -> None:
    """Put all mends in, once. Raises MendError, and mends nothing, if Rasa's code has changed."""
    if names := changed():
        raise MendError(f"Rasa has changed in {', '.join(names)}: look at bot/rasa_parts/mends.py before going on")
    RemoteAction._validate_action_result = _validate_action_result
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))
    FailSafeTrackerStore.on_tracker_store_error = _let_out
    FailSafeTrackerStore.on_tracker_store_retrieve_error = _let_out
    rest.structlogger = _WithoutWords(rest.structlogger)
    MessageProcessor.handle_message = _silent_on_failure(MessageProcessor.handle_message)
    MessageProcessor.parse_message = _with_context(MessageProcessor.parse_message)


# Rasa checks its large schema of events against the schema of schemas, and then compiles it, for every custom action.


@cache
def _validator() -> Validator:
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)
    validator.check_schema(schema)
    return validator(schema)


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    error = best_match(_validator().iter_errors(result))
    if error:
        error.message += ". The answer of the action server is not as Rasa expects it."
        raise error
    return True


# Rasa walks all subclasses of Event for every stored event of every message. `lru_cache` is all it takes.

# Rasa keeps a conversation in memory when the database fails, where it is lost at the next start, and takes one that it
# can't read for a new patient. Both would be wrong without anybody knowing.


def _let_out(self: FailSafeTrackerStore, error: Exception) -> None:
    raise error


# Rasa's REST channel logs an exception and sends what was collected so far. A turn that was not stored must not look
# like one that was: an empty answer tells the gateway to read the message itself.


def _silent_on_failure(original: Callable[..., Awaitable[Messages]]) -> Callable[..., Awaitable[Messages]]:
    @wraps(original)
    async def handle_message(self: MessageProcessor, message: UserMessage) -> Messages:
        try:
            return await original(self, message)
        except BaseException:
            channel = message.output_channel
            if isinstance(channel, CollectingOutputChannel) and isinstance(channel.messages, list):
                channel.messages.clear()
            raise

    return handle_message


# With the exception, that channel logs the patient's message.


class _WithoutWords:
    def __init__(self, log: Any) -> None:
        self._log = log

    def error(self, event: str, text: str | None = None, **details: Any) -> None:
        self._log.error(event, **details)

    def exception(self, event: str, text: str | None = None, **details: Any) -> None:
        self._log.exception(event, **details)


# NLU components see a message alone. Reading needs what went before: which question is open, what has been said.


def _with_context(original: Callable[..., Awaitable[ParseData]]) -> Callable[..., Awaitable[ParseData]]:
    @wraps(original)
    async def parse_message(
        self: MessageProcessor,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> ParseData:
        message.metadata = {**(message.metadata or {}), "context": context_of(tracker)}
        return await original(self, message, tracker, only_output_properties)

    return parse_message
