"""Whether a request is made by a page of ours: gateway and console refuse posts that pages of other sites make."""

from urllib.parse import urlsplit

from starlette.requests import Request


def is_same_site(request: Request) -> bool:
    """Whether the browser says, or does not deny, that a page of ours sends this."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
