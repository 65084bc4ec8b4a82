"""The console's own address leads to the page to begin with."""

from starlette.responses import Response

from bot.console.navigation import entries_for
from bot.console.roles import ALL
from bot.console.routing import get
from bot.console.visit import Visit


def home(visit: Visit) -> Response:
    """On to the first page of the navigation."""
    return visit.redirect(entries_for(visit.coach.role)[0].route)


PAGES = (get("/", home, "home", allow=ALL),)
