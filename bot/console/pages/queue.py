"""The list that coaches work through, with its filters, the search and saved filters."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row
from starlette.responses import Response

from bot.clinical.signs import RED_FLAGS, Sign
from bot.console import search
from bot.console.addresses import url
from bot.console.forms import Fields
from bot.console.highlight import around
from bot.console.model_names import intents
from bot.console.queries import index, listing, reviewing, views
from bot.console.queries.filters import GRADES, KINDS, STATUSES, VIEWS, Filters, read_filters
from bot.console.queries.places import QUEUE, Part
from bot.console.review_tables import texts
from bot.console.roles import ALL, COACHES, Role
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing
from bot.storage.redaction import redact
from bot.storage.summary import URGENCIES

FINDINGS = tuple(sorted({*RED_FLAGS, *(sign.value for sign in Sign)}))


def queue(visit: Visit) -> Response:
    """One page of the list."""
    filters = read_filters(visit.query, visit.coach)
    left = index.catch_up(visit.console.engine)
    with writing(visit.console.engine) as connection:
        after, before = visit.query.get("after"), visit.query.get("before")
        page = listing.page(connection, filters, visit.coach, visit.now, after=after, before=before)
        log_search(visit, connection, filters)
        context: dict[str, Any] = {
            "counts": listing.waiting(connection, visit.coach, visit.now) if filters.in_queue_order else {},
            "saved": views.views_for(connection, visit.coach),
            "mentions": reviewing.count_mentions(connection, visit.coach),
            "tags": reviewing.known_tags(connection),
            "snippets": _snippets(connection, filters, page.rows),
        }
    return visit.page(
        "queue.html",
        title=VIEWS[filters.view],
        page=page,
        filters=filters,
        left=left,
        link=lambda item: conversation_link(item, filters),
        with_query=lambda **changes: with_query(filters, **changes),
        can_export=visit.coach.role is Role.LEAD,
        can_review=visit.coach.role in COACHES,
        Part=Part,
        parts=QUEUE,
        views=VIEWS,
        urgencies=URGENCIES,
        grades=GRADES,
        statuses=STATUSES,
        kinds=KINDS,
        intents=intents(),
        findings=FINDINGS,
        **context,
    )


def save_view(visit: Visit) -> Response:
    """Save the filters of the page under a name."""
    fields = Fields(parse_qsl(visit.form.get("query")))
    filters = read_filters(fields, visit.coach)
    query = urlencode(filters.pairs)
    with writing(visit.console.engine) as connection:
        views.save(connection, visit.coach, visit.form.get("name"), query, bool(visit.form.get("shared")))
    return visit.redirect("queue", flash="The filter is saved.", query=dict(filters.pairs))


def delete_view(visit: Visit) -> Response:
    """Delete a saved filter of one's own."""
    with writing(visit.console.engine) as connection:
        views.delete(connection, visit.coach, visit.id_param())
    return visit.redirect("queue", flash="The saved filter is deleted.")


def log_search(visit: Visit, connection: Connection, filters: Filters) -> None:
    """Who looked for what. Numbers and addresses of a patient that were looked for are not kept."""
    if filters.search:
        visit.audit(connection, "search", words=redact(filters.search)[:100], filters=filters.names)
    else:
        visit.audit(connection, "queue read", filters=filters.names)


def conversation_link(item: Row, filters: Filters) -> str:
    """A conversation, with the list from which it is opened and its place there."""
    pairs = [*filters.pairs, ("at", listing.cursor_of(item, filters))]
    return f"{url('conversation', sender_id=item.sender_id)}?{urlencode(pairs)}"


def with_query(filters: Filters, **changes: str) -> str:
    """The address's query with other values; an empty value takes the name away."""
    pairs = [(name, value) for name, value in filters.pairs if name not in changes]
    return "?" + urlencode([*pairs, *((name, value) for name, value in changes.items() if value)])


def _snippets(connection: Connection, filters: Filters, rows: list[Row]) -> dict[int, list[tuple[str, bool]]]:
    """Where the words stand that were searched for."""
    if not filters.search or not rows:
        return {}
    pattern = search.pattern(filters.search)
    query = sa.select(texts.c.item_id, texts.c.text).where(texts.c.item_id.in_([row.id for row in rows]))
    return {row.item_id: around(row.text, pattern) for row in connection.execute(query)}


PAGES = (
    get("/queue", queue, "queue", allow=ALL),
    post("/views", save_view, "save_view", allow=ALL),
    post("/views/{id}/delete", delete_view, "delete_view", allow=ALL),
)
