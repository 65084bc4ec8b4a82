"""The endpoints that the page's scripts, and other programs, call."""

from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.web.diary import read_diary
from bot.web.errors import GatewayError, no_session
from bot.web.health import Health
from bot.web.history import LARGEST_PAGE, PAGE, read_history
from bot.web.limits import TokenBuckets
from bot.web.messages import LARGEST, parse_message, parse_rating, too_long
from bot.web.security import refuse_other_sites
from bot.web.sessions import Sessions
from bot.web.store import Store
from bot.web.turns import Turns


class Api:
    """The endpoints with what they need."""

    def __init__(
        self, sessions: Sessions, store: Store, turns: Turns, health: Health, messages_per_minute: int
    ) -> None:
        self._sessions = sessions
        self._store = store
        self._turns = turns
        self._health = health
        self._per_conversation = TokenBuckets(max(20, messages_per_minute / 2), messages_per_minute)
        # Many people can share one address: a clinic, a mobile network.
        self._per_address = TokenBuckets(max(200, messages_per_minute * 5), messages_per_minute * 20)
        self._new_per_address = TokenBuckets(200, 120)

    def routes(self) -> list[Route]:
        """For the application."""
        return [
            Route("/api/session", self.new_session, methods=["POST"]),
            Route("/api/messages", self.message, methods=["POST"]),
            Route("/api/conversation", self.conversation),
            Route("/api/diary", self.diary),
            Route("/api/rating", self.rating, methods=["POST"]),
            Route("/api/forget", self.forget, methods=["POST"]),
            Route("/health", self.health),
        ]

    async def new_session(self, request: Request) -> JSONResponse:
        """Start a conversation: {"token"}, the same as in the cookie, for clients that can't keep cookies."""
        refuse_other_sites(request)
        _wait(self._new_per_address.wait_for(_address(request)))
        session_id, token = self._sessions.mint()
        try:
            await run_sync(self._store.begin, session_id)
        except SQLAlchemyError:
            raise _storage() from None
        response = JSONResponse({"token": token})
        self._sessions.remember(request, response, token)
        return response

    async def message(self, request: Request) -> JSONResponse:
        """Answer one message."""
        refuse_other_sites(request)
        sender_id = self._sender(request)
        _wait(self._per_address.wait_for(_address(request)))
        _wait(self._per_conversation.wait_for(sender_id))
        message = parse_message(await _body(request))
        answer = await self._turns.answer(sender_id, message)
        response = JSONResponse(answer)
        if any(reply["data"].get("forgotten") is True for reply in answer["replies"]):
            self._sessions.drop(request, response)
        else:
            self._sessions.renew(request, response)
        return response

    async def conversation(self, request: Request) -> JSONResponse:
        """One page of the history, the newest by default: ?limit=, ?before=<"earlier" of the page after it>."""
        sender_id = self._sender(request)
        before = _whole_number(request, "before", None, 2**62)
        limit = _whole_number(request, "limit", PAGE, LARGEST_PAGE)
        try:
            state = await run_sync(self._store.state, sender_id)
            if state is None:
                raise no_session()
            page = await run_sync(read_history, self._store.engine, sender_id, before, limit)
        except SQLAlchemyError:
            raise _storage() from None
        response = JSONResponse({**page, "urgency": state.urgency})
        self._sessions.renew(request, response)
        return response

    async def diary(self, request: Request) -> JSONResponse:
        """The earlier checks of the conversation: {"checks": [...]}, oldest first."""
        sender_id = self._sender(request)
        try:
            if await run_sync(self._store.state, sender_id) is None:
                raise no_session()
            return JSONResponse({"checks": await run_sync(read_diary, self._store.engine, sender_id)})
        except SQLAlchemyError:
            raise _storage() from None

    async def rating(self, request: Request) -> JSONResponse:
        """Thumbs up or down on the answer to a message, or neither again: {"id", "rating"}."""
        refuse_other_sites(request)
        sender_id = self._sender(request)
        _wait(self._per_address.wait_for(_address(request)))
        _wait(self._per_conversation.wait_for(sender_id))
        client_id, rating = parse_rating(await _body(request))
        try:
            await self._turns.rate(sender_id, client_id, rating)
        except SQLAlchemyError:
            raise _storage() from None
        return JSONResponse({"rating": rating})

    async def forget(self, request: Request) -> JSONResponse:
        """Erase the conversation."""
        refuse_other_sites(request)
        try:
            await self._turns.erase(self._sender(request))
        except SQLAlchemyError:
            raise _storage() from None
        response = JSONResponse({"erased": True})
        self._sessions.drop(request, response)
        return response

    async def health(self, _: Request) -> JSONResponse:
        """Whether the parts answer: 200 if all do, else 503. The gateway itself still answers patients then."""
        parts = await self._health.parts()
        well = "down" not in parts.values()
        return JSONResponse({"status": "ok" if well else "degraded", **parts}, 200 if well else 503)

    def _sender(self, request: Request) -> str:
        sender_id = self._sessions.id_of(request)
        if sender_id is None:
            raise no_session()
        return sender_id


async def _body(request: Request) -> bytes:
    """The body, never more of it than we read."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise too_long()
    return body


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _wait(seconds: int) -> None:
    if seconds:
        raise GatewayError(429, "too_fast", "That was a lot at once. Please wait a moment and try again.", seconds)


def _storage() -> GatewayError:
    return GatewayError(
        503, "storage", "Your conversation can't be opened right now. Please try again in a minute.", 30
    )


def _whole_number(request: Request, name: str, default: int | None, largest: int) -> Any:
    """A number from 1 to `largest` in the query."""
    value = request.query_params.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()) or not 0 < int(value) <= largest:
        raise GatewayError(422, "bad_query", f"{name} must be a whole number from 1 to {largest}.")
    return int(value)
