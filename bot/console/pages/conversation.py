"""One conversation: what was said and shown, what the guide made of it, and why."""

from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row
from starlette.responses import Response

from bot.console import coaches, conversations
from bot.console.errors import ConsoleError
from bot.console.pages.queue import conversation_link
from bot.console.queries import correcting, listing, reviewing
from bot.console.queries.filters import Filters, read_filters
from bot.console.queries.places import Part, is_reviewed, is_sampled
from bot.console.review_tables import items
from bot.console.roles import ALL, COACHES, Role
from bot.console.routing import get
from bot.console.transcript import Turn, read_turns, with_own_turns, with_ratings
from bot.console.visit import Visit
from bot.storage import own_turns
from bot.storage.database import writing
from bot.storage.ratings import ratings_of
from bot.storage.summary import URGENCIES
from bot.storage.tables import events

#: Turns that a page shows at once.
AT_ONCE = 200


def conversation(visit: Visit) -> Response:
    """The page for reading and reviewing."""
    sender_id = visit.param("sender_id")
    filters = read_filters(visit.query, visit.coach)
    can_review = visit.coach.role in COACHES
    with writing(visit.console.engine) as connection:
        summary = conversations.conversation(connection, visit.coach, sender_id)
        visit.audit(connection, "transcript read", sender_id)
        item = reviewing.item_of(connection, sender_id)
        place = visit.query.get("at") or listing.cursor_of(item, filters)
        before, after = _neighbours(connection, visit, filters, place)
        if can_review:
            reviewing.see(connection, item, visit.coach, visit.now)
            reviewing.read_mentions(connection, sender_id, visit.coach, visit.now)
            item = reviewing.item_of(connection, sender_id)
        turns = turns_of(connection, sender_id)
        context: dict[str, Any] = {
            "others": _others(connection, visit, item),
            "comments": reviewing.comments_of(connection, sender_id),
            "tags": reviewing.tags_of(connection, sender_id),
            "known_tags": reviewing.known_tags(connection),
            "corrections": correcting.of_conversation(connection, sender_id),
            "coaches": [row.name for row in coaches.everyone(connection) if row.disabled_at is None],
        }
    shown = turns if visit.query.get("all") else turns[-AT_ONCE:]
    pairs = urlencode([*filters.pairs, ("at", place)])
    return visit.page(
        "conversation.html",
        title=f"Conversation of {summary.pseudonym}",
        summary=summary,
        item=item,
        reviewed=is_reviewed(item._mapping),
        urgency=URGENCIES[item.urgency] if item.urgency is not None else None,
        urgencies=URGENCIES,
        turns=shown,
        hidden=len(turns) - len(shown),
        why=_latest_assessment(turns),
        triggers=_triggers(turns),
        list_query=pairs,
        filters=filters,
        before=conversation_link(before, filters) if before else None,
        after=conversation_link(after, filters) if after else None,
        can_review=can_review,
        can_export=visit.coach.role is Role.LEAD,
        verdicts=reviewing.VERDICTS,
        wants_verdict=item.urgent_at is not None or is_sampled(sender_id),
        Part=Part,
        **context,
    )


def printed(visit: Visit) -> Response:
    """The transcript on paper."""
    sender_id = visit.param("sender_id")
    with writing(visit.console.engine) as connection:
        summary = conversations.conversation(connection, visit.coach, sender_id)
        visit.audit(connection, "transcript read", sender_id, printed=True)
        turns = turns_of(connection, sender_id)
        comments = reviewing.comments_of(connection, sender_id)
    return visit.page(
        "conversation_print.html",
        title=f"Conversation of {summary.pseudonym}",
        summary=summary,
        turns=turns,
        why=_latest_assessment(turns),
        triggers=_triggers(turns),
        comments=comments,
    )


def turns_of(connection: Connection, sender_id: str) -> list[Turn]:
    """All turns, with those that the gateway answered by itself while Rasa was silent."""
    query = sa.select(events.c.id, events.c.data).where(events.c.sender_id == sender_id).order_by(events.c.id)
    turns = read_turns((row.id, row.data) for row in connection.execute(query))
    turns = with_own_turns(turns, own_turns.of_conversation(connection, sender_id))
    return with_ratings(turns, ratings_of(connection, sender_id))


def _neighbours(connection: Connection, visit: Visit, filters: Filters, place: str) -> tuple[Row | None, Row | None]:
    try:
        return listing.neighbours(connection, filters, visit.coach, visit.now, place)
    except ConsoleError:
        # A place from an old address is no reason not to show the conversation.
        return None, None


def _others(connection: Connection, visit: Visit, item: Row) -> list[Row]:
    """Conversations of the same patient, oldest first, this one among them."""
    same = items.c.patient == item.patient
    if visit.coach.role is Role.TESTER:
        same &= items.c.is_test.is_(True)
    query = sa.select(items).where(same).order_by(items.c.started_at.desc(), items.c.id).limit(20)
    return list(connection.execute(query).all())[::-1]


def _latest_assessment(turns: list[Turn]) -> dict[str, list[str]]:
    """For and against, as they stood at the end: {"for": [...], "against": [...], "grade": [...], "rules": [...]}."""
    for turn in reversed(turns):
        assessment = turn.message.reading.get("assessment") if turn.message else None
        explanation = assessment.get("explanation") if isinstance(assessment, dict) else None
        informed = turn.message is not None and bool(turn.message.reading.get("informed"))
        if isinstance(explanation, dict) and (informed or any(explanation.get(name) for name in ("for", "against"))):
            return {
                name: [str(line) for line in explanation.get(name) or []]
                for name in ("for", "against", "grade", "rules", "sources")
            }
    return {}


def _triggers(turns: list[Turn]) -> list[tuple[str, str, str]]:
    """The words after which the guide said "seek care": place on the page, finding, words."""
    found = []
    for turn in turns:
        message = turn.message
        if message is None:
            continue
        if not message.reading.get("urgency"):
            # Earlier versions kept no reading of what the gateway answered by itself.
            own = any(reply.is_own_care for reply in turn.replies)
            found += [(message.anchor, "read by the gateway", message.text)] if own else []
            continue
        reported = {str(sign) for sign in message.reading.get("reported") or ()}
        words = [
            (message.anchor, str(finding.get("concept")), str(finding.get("text")))
            for finding in message.findings
            if str(finding.get("sign")) in reported and finding.get("text")
        ]
        found += words or [(message.anchor, ", ".join(sorted(reported)), message.text)]
    return found


PAGES = (
    get("/conversations/{sender_id}", conversation, "conversation", allow=ALL),
    get("/conversations/{sender_id}/print", printed, "print_conversation", allow=ALL),
)
