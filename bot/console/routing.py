"""Routes with an audience. What every request has to pass stands here, once: database, session, role, post token."""

import logging
import traceback
from collections.abc import Callable

from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import csrf, sessions
from bot.console.context import Console
from bot.console.errors import ConsoleError, forbidden
from bot.console.forms import Fields, fields_of_address, fields_of_body
from bot.console.roles import Audience
from bot.console.visit import Visit, cookie_name
from bot.same_site import is_same_site
from bot.settings import SettingsError
from bot.storage.database import DatabaseError, writing

log = logging.getLogger(__name__)

Handler = Callable[[Visit], Response]


class Page(Route):
    """A route that knows for whom it is. Handlers are plain functions; they run in a thread and may block."""

    def __init__(
        self, method: str, path: str, handler: Handler, name: str, allow: Audience | None, polls: bool
    ) -> None:
        self.allow = allow
        self.handler = handler
        self.polls = polls
        super().__init__(path, self._answer, methods=[method], name=name)

    async def _answer(self, request: Request) -> Response:
        try:
            form = await fields_of_body(request) if request.method == "POST" else Fields()
        except ConsoleError as error:
            return await run_sync(show_error, request, error)
        return await run_sync(self._serve, request, form)

    def _serve(self, request: Request, form: Fields) -> Response:
        visit = None
        try:
            console: Console = request.app.state.console
            console.prepare()
            visit = _visit(request, console, form, self.polls)
            if request.method == "POST":
                _check_post(visit)
            if self.allow is not None:
                if visit.session is None:
                    return _to_sign_in(visit)
                if visit.coach.role not in self.allow:
                    raise forbidden()
            return self.handler(visit)
        except Exception as error:
            return show_error(request, error, visit)


def get(path: str, handler: Handler, name: str, *, allow: Audience | None, polls: bool = False) -> Page:
    """A page to look at. polls: pages ask for it by themselves, so it does not keep a session alive."""
    return Page("GET", path, handler, name, allow, polls)


def post(path: str, handler: Handler, name: str, *, allow: Audience | None) -> Page:
    """Something that changes. The form must carry the token of a page of ours."""
    return Page("POST", path, handler, name, allow, False)


def show_error(request: Request, error: Exception, visit: Visit | None = None) -> Response:
    """The page for an error. What is logged of an unexpected one holds no values, which could be a patient's words."""
    shown = _as_console_error(request, error)
    if visit is None:
        visit = Visit(request, request.app.state.console, request.cookies.get(cookie_name(request), ""))
    headers = {"retry-after": str(shown.retry_after)} if shown.retry_after is not None else {}
    template = "error_part.html" if visit.is_htmx else "error.html"
    response = visit.page(template, shown.status, title=shown.title, message=shown.message)
    response.headers.update(headers)
    return response


def _as_console_error(request: Request, error: Exception) -> ConsoleError:
    if isinstance(error, ConsoleError):
        return error
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s %s\n%s", request.method, type(error).__name__, where)
    if isinstance(error, SettingsError):
        return ConsoleError(500, "Wrong setting", f"Tell whoever runs the server: {error}.")
    if isinstance(error, SQLAlchemyError | DatabaseError):
        message = "The database can't be used right now. Nothing was changed. Try again in a minute."
        return ConsoleError(503, "No database", message, retry_after=30)
    return ConsoleError(500, "Something went wrong", "Nothing was changed. The log of the server says more.")


def _visit(request: Request, console: Console, form: Fields, polls: bool) -> Visit:
    now = console.clock()
    cookie = request.cookies.get(cookie_name(request), "")
    session = None
    if cookie:
        with console.engine.connect() as connection:
            session = sessions.find(connection, cookie, now)
    if session and not polls and session.needs_touch(now):
        with writing(console.engine) as connection:
            sessions.touch(connection, session.id, now)
    fresh = not cookie
    return Visit(request, console, cookie or sessions.new_token(), fresh, session, form, fields_of_address(request))


def _check_post(visit: Visit) -> None:
    token = visit.request.headers.get(csrf.HEADER) or visit.form.get(csrf.FIELD)
    if is_same_site(visit.request) and csrf.is_token(visit.console.keys, visit.cookie, token):
        return
    message = "This did not come from a page of the console, or the page was open too long. Load it again."
    raise ConsoleError(403, "Refused", message)


def _to_sign_in(visit: Visit) -> Response:
    if visit.request.method == "POST":
        return visit.redirect("sign_in", flash="You are not signed in, so nothing was saved. Sign in and do it again.")
    if visit.is_htmx:
        # What was asked for is a part of a page.
        return visit.redirect("sign_in")
    wanted = visit.request.url.path + (f"?{visit.request.url.query}" if visit.request.url.query else "")
    return visit.redirect("sign_in", query={"next": wanted})
