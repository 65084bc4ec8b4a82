"""Who is talking: an unguessable conversation id, signed, in a cookie or as a bearer token."""

import secrets

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

COOKIE = "rash_guide"


class Sessions:
    """Mints and checks tokens. A token is the signed id; only its holder can speak or read as that conversation."""

    def __init__(self, secret: str, keep_days: int, embedded: bool) -> None:
        """`embedded` is true where other sites show the chat in a frame, which takes a cross-site cookie."""
        self._serializer = URLSafeTimedSerializer(secret, salt="conversation")
        self._age = keep_days * 86_400
        self._embedded = embedded

    def mint(self) -> tuple[str, str]:
        """A new conversation id (192 random bits) and its token."""
        session_id = secrets.token_urlsafe(24)
        return session_id, self._serializer.dumps(session_id)

    def id_of(self, request: Request) -> str | None:
        """The conversation id of a request, or None where there is no token or it is forged.

        A token has no age of its own: it opens its conversation for as long as that is kept, so that whoever comes back
        to it can also erase it.

        A bearer token counts before the cookie: a frame in a page that blocks cross-site cookies has nothing else.
        """
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        token = bearer.strip() if scheme.lower() == "bearer" else request.cookies.get(COOKIE)
        if not token:
            return None
        try:
            value = self._serializer.loads(token)
        except BadSignature:
            return None
        return value if isinstance(value, str) else None

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

    def prolong(self, request: Request, response: Response) -> None:
        """Let the cookie live from this message on, as the conversation does."""
        token = request.cookies.get(COOKIE)
        if token and "authorization" not in request.headers:
            self.remember(request, response, token)

    def drop(self, request: Request, response: Response) -> None:
        """Take the cookie away."""
        secure = request.url.scheme == "https"
        cross_site = secure and self._embedded
        response.delete_cookie(COOKIE, httponly=True, secure=secure, samesite="none" if cross_site else "lax")
        if cross_site:
            _partition(response)


def _partition(response: Response) -> None:
    """Bind the cookie to the embedding site. Starlette can do so only from Python 3.14 on."""
    name, value = response.raw_headers[-1]
    response.raw_headers[-1] = (name, value + b"; Partitioned")
