"""One line for each request: method, path, status, time. No query, no address, no cookie, no words of a patient."""

import logging
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("bot.web.access")


class AccessLog:
    """ASGI middleware in place of uvicorn's own log, which writes addresses and queries."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        start = time.perf_counter()

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        finally:
            took = (time.perf_counter() - start) * 1000
            # A path can hold anything; only what we serve is worth a line as it is.
            path = scope["path"] if status < 400 or status == 429 else scope["path"][:60]
            log.info("%s %s %d %.0f ms", scope["method"], ascii(path)[1:-1], status, took)
