"""The gateway as one ASGI application."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import httpx
from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount

from bot.console.app import create_console
from bot.console.jobs import jobs
from bot.settings import Settings, secret_of
from bot.storage.database import DatabaseError, engine_for
from bot.storage.redaction import Span
from bot.web.access_log import AccessLog
from bot.web.api import Api
from bot.web.errors import GatewayError, show_error
from bot.web.facts import PageFacts
from bot.web.fallback import Fallback
from bot.web.health import Health
from bot.web.pages import Pages
from bot.web.rasa_client import RasaClient
from bot.web.security import SecurityHeaders
from bot.web.sessions import Sessions
from bot.web.store import Store
from bot.web.turns import Turns

log = logging.getLogger(__name__)

HOUR = 3600


def create_app(
    settings: Settings,
    facts: PageFacts,
    fallback: Fallback,
    find: Callable[[str], Sequence[Span]],
    transport: httpx.AsyncBaseTransport | None = None,
) -> Starlette:
    """The application. `find` tells the personal data that is not stored; `transport` is for tests."""
    store = Store(engine_for(settings.database))
    rasa = RasaClient(settings.rasa_url, settings.rasa_timeout, transport)
    health = Health(settings.rasa_url, settings.actions_url, store.is_up, transport)
    sessions = Sessions(secret_of(settings), settings.keep_days, bool(settings.allowed_origins))
    api = Api(sessions, store, Turns(store, rasa, fallback, find), health, settings.messages_per_minute)

    console = create_console(settings, store.engine)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await _prepare(store)
        keeping = asyncio.create_task(_keep_house(store, settings.keep_days))
        async with jobs(console):
            yield
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping
        await rasa.close()
        await health.close()
        store.engine.dispose()

    return Starlette(
        routes=[*api.routes(), *Pages(facts).routes(), Mount("/coach", console)],
        middleware=[
            Middleware(AccessLog),
            Middleware(SecurityHeaders, allowed_origins=settings.allowed_origins),
            Middleware(GZipMiddleware, minimum_size=600),
        ],
        exception_handlers={GatewayError: show_error, HTTPException: _show_http_error, Exception: _show_failure},
        lifespan=lifespan,
    )


async def _prepare(store: Store) -> None:
    try:
        await run_sync(store.create_tables)
    except (SQLAlchemyError, DatabaseError) as error:
        # Patients still get the emergency answers; the health page says that the database is down.
        log.error("the database can't be opened: %s", type(error).__name__)


async def _keep_house(store: Store, keep_days: int) -> None:
    """Once an hour, erase what is older than we promise to keep."""
    while True:
        try:
            await run_sync(store.create_tables)
            await run_sync(store.prune, keep_days)
        except (SQLAlchemyError, DatabaseError) as error:
            log.error("old conversations could not be erased: %s", type(error).__name__)
            await asyncio.sleep(60)
        else:
            await asyncio.sleep(HOUR)


async def _show_http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    body = {"error": {"code": f"http_{error.status_code}", "message": error.detail}}
    return JSONResponse(body, error.status_code, error.headers)


async def _show_failure(_: Request, __: Exception) -> JSONResponse:
    message = "Something went wrong on our side. Please try again in a minute."
    return JSONResponse({"error": {"code": "failure", "message": message}}, 500)
