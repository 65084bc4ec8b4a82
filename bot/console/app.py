"""The console as one ASGI application, to be mounted at /coach."""

from anyio.to_thread import run_sync
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.console import addresses
from bot.console.context import Console
from bot.console.errors import ConsoleError, not_found
from bot.console.headers import ConsoleHeaders
from bot.console.keys import load_keys
from bot.console.pages import (
    account,
    audit_log,
    coach_admin,
    contacts,
    conversation,
    export,
    home,
    learn,
    live,
    numbers,
    privacy,
    queue,
    redact,
    retention,
    review,
    set_up,
    sign_in,
)
from bot.console.routing import Page, show_error
from bot.console.settings import ConsoleSettings
from bot.console.templating import STATIC, version
from bot.settings import Settings

#: The pages, one module for each idea.
MODULES = (
    home, sign_in, set_up, queue, conversation, review, live, learn, numbers, export, contacts, privacy, redact,
    retention, coach_admin, audit_log, account,
)  # fmt: skip

PAGES: tuple[Page, ...] = tuple(page for module in MODULES for page in module.PAGES)

addresses.router.routes = list(PAGES)


def create_console(settings: Settings, engine: Engine, own: ConsoleSettings | None = None) -> Starlette:
    """The application. own: by default read from the environment. Raises SettingsError."""
    own = own or ConsoleSettings.from_environment(settings)
    files = Mount(f"/static/{version()}", _Forever(directory=STATIC), name="static")
    routes: list[BaseRoute] = [*PAGES, files]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(ConsoleHeaders)],
        exception_handlers={HTTPException: _show_http_error},
    )
    app.router.redirect_slashes = False
    app.state.console = Console(settings, own, engine, load_keys(settings.data_folder, own.key))
    return app


async def _show_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    shown = not_found() if error.status_code == 404 else ConsoleError(error.status_code, error.detail, "Go back.")
    return await run_sync(show_error, request, shown)


class _Forever(StaticFiles):
    """Files under an address that changes with their content, so that browsers need not ask again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file."""
        response = await super().get_response(path, scope)
        if response.status_code < 400:
            response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response
