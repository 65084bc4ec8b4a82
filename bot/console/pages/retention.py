"""For leads: which conversations a number of days would erase, and erasing them."""

from starlette.responses import Response

from bot.console import retention
from bot.console.errors import bad_request
from bot.console.roles import LEADS
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing

_MOST_DAYS = 3650


def preview(visit: Visit) -> Response:
    """What would go."""
    days = visit.query.number("days", visit.console.settings.keep_days, 1, _MOST_DAYS)
    found = retention.preview(visit.console, days)
    with writing(visit.console.engine) as connection:
        visit.audit(connection, "retention previewed", days=days)
    keep_days = visit.console.settings.keep_days
    return visit.page("retention.html", title="Retention", days=days, keep_days=keep_days, found=found)


def purge(visit: Visit) -> Response:
    """Make it go. The number that was seen must be typed, so that a slip erases nothing."""
    days = visit.form.number("days", 0, 1, _MOST_DAYS)
    found = retention.preview(visit.console, days)
    if visit.form.number("confirm", -1, 0, 10**9) != found.count:
        raise bad_request(f"Nothing was erased. To erase, type how many conversations it is: {found.count}")
    count = retention.purge(visit.console, days, visit.coach.name)
    return visit.redirect("retention", flash=f"{count} conversations were erased.")


PAGES = (
    get("/retention", preview, "retention", allow=LEADS),
    post("/retention", purge, "purge", allow=LEADS),
)
