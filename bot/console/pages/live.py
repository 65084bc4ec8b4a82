"""What pages ask for by themselves: urgent conversations that nobody has seen yet, and changes of other coaches."""

from math import isfinite

import sqlalchemy as sa
from starlette.responses import Response

from bot.console.conversations import conversation
from bot.console.queries import index
from bot.console.queries.places import Part
from bot.console.review_tables import items
from bot.console.roles import ALL, Role
from bot.console.routing import get
from bot.console.visit import Visit

_SHOWN = 5


def news(visit: Visit) -> Response:
    """The urgent ones, or nothing at all where the page that asks knows them already."""
    index.catch_up(visit.console.engine)
    unseen = [items.c.bucket == int(Part.URGENT), items.c.is_test.is_(visit.coach.role is Role.TESTER)]
    with visit.console.engine.connect() as connection:
        of_all = sa.select(sa.func.count(), sa.func.max(items.c.urgent_at)).where(*unseen)
        count, newest = connection.execute(of_all).one()
        query = sa.select(items).where(*unseen).order_by(items.c.waiting_since.desc(), items.c.id.desc())
        rows = connection.execute(query.limit(_SHOWN)).all() if visit.query.get("rows") else []
    state = f"{count}_{newest or 0!r}"
    if visit.query.get("known") == state:
        return Response(status_code=204)
    return visit.page("news.html", count=count, newest=newest or 0, rows=rows, state=state)


def presence(visit: Visit) -> Response:
    """Says when another coach changed the conversation that is open."""
    version = visit.query.number("version", 0, 0, 2**31 - 1)
    with visit.console.engine.connect() as connection:
        conversation(connection, visit.coach, visit.param("sender_id"))
        query = sa.select(items).where(items.c.sender_id == visit.param("sender_id"))
        item = connection.execute(query).first()
    last = visit.query.get("last")
    went_on = item is not None and _is_after(item.last_at, last)
    if item is None or (item.version == version and not went_on):
        return Response(status_code=204)
    return visit.page("changed.html", item=item, version=version, went_on=went_on)


def _is_after(moment: float, last: str) -> bool:
    try:
        return isfinite(float(last)) and moment > float(last)
    except ValueError:
        return False


PAGES = (
    get("/news", news, "news", allow=ALL, polls=True),
    get("/conversations/{sender_id}/changes", presence, "conversation_changes", allow=ALL, polls=True),
)
