"""Errors that a patient may see: a code for programs, a plain sentence for people."""

from starlette.requests import Request
from starlette.responses import JSONResponse


class GatewayError(Exception):
    """Ends a request with an HTTP status and {"error": {"code", "message"}}. The page shows the message as it is."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after


async def show_error(_: Request, error: Exception) -> JSONResponse:
    """The answer to a GatewayError."""
    assert isinstance(error, GatewayError)
    headers = {"retry-after": str(error.retry_after)} if error.retry_after is not None else None
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, error.status, headers)


def no_session() -> GatewayError:
    """The answer to a request without a conversation."""
    return GatewayError(
        401, "no_session", "This conversation has ended or was never started. Reload the page to start a new one."
    )
