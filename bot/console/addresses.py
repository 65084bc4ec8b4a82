"""Where pages are. Routes are known by name, so that an address is written once."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.routing import Router

BASE = "/coach"

#: Filled by `bot.console.app` with every route of the console.
router = Router(redirect_slashes=False)


def url(route: str, query: Mapping[str, str] = {}, **params: Any) -> str:
    """The address of a route, from the root of the host. Raises starlette.routing.NoMatchFound."""
    path = BASE + str(router.url_path_for(route, **params))
    return f"{path}?{urlencode(query)}" if query else path
