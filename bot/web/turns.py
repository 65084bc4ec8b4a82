"""One turn of a conversation: each message is answered once, by Rasa or else by the gateway itself."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from weakref import WeakValueDictionary

from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError

from bot.clinical.signs import Urgency
from bot.storage.redaction import Span, mask, redact_echoes
from bot.web.asked import asked_by
from bot.web.choices import Said
from bot.web.errors import GatewayError, no_session
from bot.web.fallback import Fallback
from bot.web.messages import Message
from bot.web.rasa_client import RasaClient, RasaSilent
from bot.web.store import OwnMessage, State, Store

log = logging.getLogger(__name__)

_LEVELS = [urgency.value for urgency in Urgency]


class Turns:
    """Answers messages. Those of one conversation wait for each other, so that order and "once" hold."""

    def __init__(
        self, store: Store, rasa: RasaClient, fallback: Fallback, find: Callable[[str], Sequence[Span]]
    ) -> None:
        """find: what in a text tells who the writer is, and so is not stored."""
        self._store = store
        self._rasa = rasa
        self._fallback = fallback
        self._find = find
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, sender_id: str, message: Message) -> dict[str, Any]:
        """{"replies": [...], "urgency": ...}. Raises GatewayError 401 (no such conversation) or 422 (unknown tap)."""
        async with self._alone(sender_id):
            try:
                given = await run_sync(self._store.answer_to, sender_id, message.id)
                if given is not None:
                    return given
                state = await run_sync(self._store.state, sender_id)
            except SQLAlchemyError as error:
                return await self._without_database(message, error)
            if state is None:
                raise no_session()
            return await self._first_answer(sender_id, message, state)

    async def erase(self, sender_id: str) -> None:
        """Erase the conversation everywhere, after the message that is being answered."""
        async with self._alone(sender_id):
            await run_sync(self._store.erase, sender_id)

    async def rate(self, sender_id: str, client_id: str, rating: str | None) -> None:
        """Keep thumbs up or down, after the message that is being answered. Raises GatewayError 401 or 422."""
        async with self._alone(sender_id):
            kept = await run_sync(self._store.rate, sender_id, client_id, rating)
        if kept is None:
            raise no_session()
        if not kept:
            raise GatewayError(422, "unknown_answer", "There is no answer to rate there.")

    async def _first_answer(self, sender_id: str, message: Message, state: State) -> dict[str, Any]:
        said = state.offered.said(message)
        metadata: dict[str, Any] = {"client_id": message.id}
        if said.answer:
            metadata["answer"] = dict(said.answer)
        if state.missed:
            metadata["missed"] = [dict(said) for said in state.missed]
        spans = await run_sync(self._find, said.text)
        own = None
        try:
            replies = await self._rasa.send(sender_id, said.text, metadata)
        except RasaSilent as silent:
            log.warning("Rasa is %s; the gateway answers by itself", silent.reason)
            replies, reading = await run_sync(self._fallback.answer, said, state.asked)
            text = mask(said.text, spans)
            own = OwnMessage(text, said.answer, quoting(reading, text))
        urgency = highest(replies) or state.urgency
        answer = {"replies": replies, "urgency": urgency}
        if any(reply["data"].get("forgotten") is True for reply in replies):
            await run_sync(self._store.erase, sender_id)
            return answer
        # The highest so far stays known: an urgent sign is not over because the next question is harmless.
        offered = state.offered.and_those_of(replies)
        asked = state.asked.or_those_of(replies) if own else asked_by(replies)
        after = State(highest_of((state.urgency, urgency)), offered, asked)
        try:
            # The patient gets the answer as it is; what is kept of it may not quote what is masked in the message.
            stored = redact_echoes(answer, [(said.text[span.start : span.end], span.kind) for span in spans])
            await run_sync(self._store.keep, sender_id, message.id, stored, after, own)
        except SQLAlchemyError as error:
            log.error("an answer could not be kept: %s", type(error).__name__)
        return answer

    async def _without_database(self, message: Message, error: SQLAlchemyError) -> dict[str, Any]:
        """The database can't be used: no tap can be looked up and nothing kept, but urgent signs are still heard."""
        log.error("the database can't be used: %s", type(error).__name__)
        said = Said(message.text) if message.text is not None else Said("", _tap(message))
        replies, _ = await run_sync(self._fallback.answer, said)
        return {"replies": replies, "urgency": highest(replies)}

    @asynccontextmanager
    async def _alone(self, sender_id: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(sender_id, asyncio.Lock())
        async with lock:
            yield


def highest(replies: Iterable[Mapping[str, Any]]) -> str | None:
    """The highest urgency that replies carry, None where they carry none."""
    return highest_of(reply["data"].get("urgency") for reply in replies)


def highest_of(levels: Iterable[Any]) -> str | None:
    """The highest of the urgency levels among `levels`."""
    return max((level for level in levels if level in _LEVELS), key=_LEVELS.index, default=None)


def quoting(reading: Mapping[str, Any], text: str) -> dict[str, Any]:
    """A reading that quotes this text, which is as long as the one that was read: the same without contact data."""
    findings = [
        {**finding, "text": text[finding["start"] : finding["end"]]} for finding in reading.get("findings") or ()
    ]
    return {**reading, "findings": findings}


def _tap(message: Message) -> dict[str, Any]:
    if message.choice is not None:
        return {"choice": message.choice}
    return {"choices": list(message.choices or ())}
