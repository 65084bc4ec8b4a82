"""Headers that every answer carries, and the refusal of posts from other sites."""

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.same_site import is_same_site
from bot.web.errors import GatewayError

#: What no page of ours asks a browser for, so that no script can.
NEVER_USED = ("accelerometer", "camera", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")


def content_policy(allowed_origins: Sequence[str]) -> str:
    """Everything comes from our own origin; only the sites that are allowed may show us in a frame."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "frame-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            " ".join(("frame-ancestors 'self'", *allowed_origins)),
        )
    )


class SecurityHeaders:
    """ASGI middleware. Answers of the API are never stored by a browser or a proxy."""

    def __init__(self, app: ASGIApp, allowed_origins: Sequence[str]) -> None:
        self._app = app
        self._fixed = {
            "content-security-policy": content_policy(allowed_origins),
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "permissions-policy": ", ".join(f"{feature}=()" for feature in NEVER_USED),
            "cross-origin-opener-policy": "same-origin",
        }
        if not allowed_origins:
            self._fixed["x-frame-options"] = "SAMEORIGIN"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._fixed.items():
                    # The console's pages bring their own, which allow forms.
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/") or scope["path"] == "/health":
                    headers["cache-control"] = "no-store"
                headers.setdefault("cross-origin-resource-policy", "same-origin")
                if scope["scheme"] == "https":
                    headers["strict-transport-security"] = "max-age=31536000"
            await send(message)

        await self._app(scope, receive, send_with_headers)


def refuse_other_sites(request: Request) -> None:
    """Raise GatewayError 403 for a post that a page of another site makes with our cookie."""
    if not is_same_site(request):
        raise GatewayError(403, "other_site", "This request came from another site and was refused.")
