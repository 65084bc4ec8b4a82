"""The console alone on a port of its own: `python -m bot.console`. `bot serve --only console` starts it."""

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from bot.console.addresses import BASE
from bot.console.app import create_console
from bot.console.jobs import jobs
from bot.console.settings import ConsoleSettings
from bot.settings import Settings, SettingsError
from bot.storage.database import DatabaseError, engine_for
from bot.web.access_log import AccessLog


def create_app(settings: Settings, own: ConsoleSettings) -> Starlette:
    """The console with its jobs; "/" leads to it, "/health" answers "ok"."""
    console = create_console(settings, engine_for(settings.database), own)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with jobs(console):
            yield

    routes = [Route("/", _to_console), Route("/health", _health), Mount(BASE, console)]
    return Starlette(routes=routes, middleware=[Middleware(AccessLog)], lifespan=lifespan)


async def _to_console(_: Request) -> Response:
    return RedirectResponse(f"{BASE}/")


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok")


def main() -> int:
    """Serve until stopped. Exit code 2 for a setting that can't be used."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        settings = Settings.from_environment()
        own = ConsoleSettings.from_environment(settings)
        app = create_app(settings, own)
    except (SettingsError, DatabaseError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    # uvicorn's own access log writes addresses and queries, and one-time links have their key there.
    uvicorn.run(
        app,
        host=own.host,
        port=own.port,
        access_log=False,
        server_header=False,
        log_config=None,
        # No web sockets, whose library Rasa pins to a version that uvicorn can't use.
        ws="none",
        timeout_graceful_shutdown=5,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
