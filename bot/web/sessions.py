"""Who is talking: an unguessable conversation id, signed, in a cookie or as a bearer token."""

import secrets
from datetime import datetime, timedelta, timezone

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "rash_guide"

_DAY = 86_400


class Sessions:
    """Mints and checks tokens. A token is the signed id; only its holder can speak or read as that conversation.

    It has no age of its own: it opens its conversation until that is erased, `keep_days` after the last message.
    """

    def __init__(self, secret: str, keep_days: int, embedded: bool) -> None:
        """`embedded` is true where other sites show the chat in a frame, which takes a cross-site cookie."""
        self._serializer = URLSafeTimedSerializer(secret, salt="conversation")
        # A day more than the conversation has, because the cookie is set anew once a day.
        self._age = (keep_days + 1) * _DAY
        self._embedded = embedded

    def mint(self) -> tuple[str, str]:
        """A new conversation id (192 random bits) and its token."""
        session_id = secrets.token_urlsafe(24)
        return session_id, self._serializer.dumps(session_id)

    def id_of(self, request: Request) -> str | None:
        """The conversation id of a request, or None where there is no token or it is forged.

        A bearer token counts before the cookie: a frame in a page that blocks cross-site cookies has nothing else.
        """
        bearer = _bearer(request)
        signed = self._signed(request.cookies.get(COOKIE) if bearer is None else bearer)
        return signed[0] if signed else None

    def renew(self, request: Request, response: Response) -> None:
        """Set the cookie anew where it is in use and older than a day, so that browsers keep it with the conversation.

        Clients that send the token themselves keep it for as long as they want.
        """
        signed = self._signed(request.cookies.get(COOKIE)) if _bearer(request) is None else None
        if signed and datetime.now(timezone.utc) - signed[1] > timedelta(seconds=_DAY):
            self.remember(request, response, self._serializer.dumps(signed[0]))

    def remember(self, request: Request, response: Response, token: str) -> None:
        """Set the cookie. Over plain HTTP (a local trial) it can be neither secure nor cross-site."""
        secure = request.url.scheme == "https"
        cross_site = secure and self._embedded
        response.set_cookie(
            COOKIE,
            token,
            max_age=self._age,
            httponly=True,
            secure=secure,
            samesite="none" if cross_site else "lax",
        )
        if cross_site:
            _partition(response)

    def drop(self, request: Request, response: Response) -> None:
        """Take the cookie away."""
        secure = request.url.scheme == "https"
        cross_site = secure and self._embedded
        response.delete_cookie(COOKIE, httponly=True, secure=secure, samesite="none" if cross_site else "lax")
        if cross_site:
            _partition(response)

    def _signed(self, token: str | None) -> tuple[str, datetime] | None:
        """The id in a token and when it was signed."""
        try:
            value, signed_at = self._serializer.loads(token or "", return_timestamp=True)
        except BadSignature:
            return None
        return (value, signed_at) if isinstance(value, str) else None


def _bearer(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def _partition(response: Response) -> None:
    """Bind the cookie to the embedding site. Starlette can do so only from Python 3.14 on."""
    name, value = response.raw_headers[-1]
    response.raw_headers[-1] = (name, value + b"; Partitioned")
