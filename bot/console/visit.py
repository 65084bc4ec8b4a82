"""One request in hand: who asks, what was sent, and the ways to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.console import csrf
from bot.console.addresses import BASE, url
from bot.console.audit import audit
from bot.console.context import Console
from bot.console.errors import not_found
from bot.console.forms import Fields
from bot.console.navigation import entries_for
from bot.console.sessions import Coach, Session, new_token
from bot.console.templating import environment

COOKIE, FLASH = "coach", "coach_flash"

#: Seconds that a message waits for the next page.
_FLASH_AGE = 300


@dataclass
class Visit:
    """A request. Handlers get one and return a response.

    form: the posted fields; query: those in the address. cookie: the session's token, or a random value of somebody
    who is not signed in; `fresh` if it has to be set.
    """

    request: Request
    console: Console
    cookie: str
    fresh: bool = False
    session: Session | None = None
    form: Fields = field(default_factory=Fields)
    query: Fields = field(default_factory=Fields)

    @property
    def coach(self) -> Coach:
        """Who is signed in. Only for handlers whose audience is not ANYONE."""
        assert self.session is not None
        return self.session.coach

    @property
    def now(self) -> float:
        """Seconds since 1970."""
        return self.console.clock()

    @property
    def address(self) -> str:
        """The visitor's network address."""
        return self.request.client.host if self.request.client else "unknown"

    @property
    def is_htmx(self) -> bool:
        """Whether a part of a page is asked for, not a page."""
        return self.request.headers.get("hx-request") == "true"

    def param(self, name: str) -> str:
        """A part of the path."""
        return str(self.request.path_params[name])

    def id_param(self, name: str = "id") -> int:
        """A part of the path that is a row's number. Raises ConsoleError 404."""
        text = self.param(name)
        if not (text.isascii() and text.isdecimal() and int(text) < 2**31):
            raise not_found()
        return int(text)

    def message_param(self, name: str = "event_id") -> int:
        """A part of the path that is the number of a message, see `bot.storage.own_turns`. Raises ConsoleError 404."""
        text = self.param(name)
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and int(digits) < 2**31):
            raise not_found()
        return int(text)

    def audit(self, connection: Connection, action: str, subject: str = "", **details: Any) -> None:
        """Log an action of this coach, see `bot.console.audit.audit`."""
        audit(connection, self.console.keys, self.coach.name, action, subject, details)

    def page(self, template: str, status: int = 200, **context: Any) -> Response:
        """A rendered template. It also knows visit, coach (or None), flash, csrf_token and the navigation."""
        flash = self._take_flash()
        shown = {
            "visit": self,
            "coach": self.session.coach if self.session else None,
            "navigation": entries_for(self.session.coach.role) if self.session else (),
            "csrf_token": csrf.make_token(self.console.keys, self.cookie),
            "flash": flash,
            "now": self.now,
            **context,
        }
        response = HTMLResponse(environment().get_template(template).render(shown), status)
        if flash:
            response.delete_cookie(FLASH, path=BASE)
        if self.fresh:
            self.remember(response, self.cookie)
        return response

    def redirect(self, route: str, *, flash: str = "", query: Mapping[str, str] = {}, **params: Any) -> Response:
        """Send the browser to a page by its route's name, where `flash` is shown once. No words of a patient in it."""
        target = url(route, query, **params)
        if self.is_htmx:
            response = Response(status_code=204, headers={"hx-redirect": target})
        else:
            response = RedirectResponse(target, 303)
        if flash:
            value = self._serializer().dumps(flash)
            response.set_cookie(
                FLASH, value, max_age=_FLASH_AGE, path=BASE, httponly=True, secure=self._secure, samesite="lax"
            )
        return response

    def remember(self, response: Response, token: str) -> None:
        """Set the cookie. It lives until the browser closes; how long it counts is the session's matter."""
        # __Host-: no other host of the same domain can set it. Browsers take that only over HTTPS.
        response.set_cookie(
            cookie_name(self.request), token, path="/", httponly=True, secure=self._secure, samesite="lax"
        )

    def forget(self, response: Response) -> None:
        """Give the browser a cookie that is worth nothing."""
        self.remember(response, new_token())

    @property
    def _secure(self) -> bool:
        return self.request.url.scheme == "https"

    def _take_flash(self) -> str:
        try:
            return str(self._serializer().loads(self.request.cookies.get(FLASH, ""), max_age=_FLASH_AGE))
        except BadSignature:
            return ""

    def _serializer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.console.keys.key("flash"), salt="flash")


def cookie_name(request: Request) -> str:
    """The name of the cookie, which depends on whether the connection is encrypted."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE
