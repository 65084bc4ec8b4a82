"""What coaches do to a conversation and its messages."""

from typing import Any
from urllib.parse import parse_qsl

from sqlalchemy.engine import Connection
from starlette.responses import Response

from bot.console import conversations
from bot.console.addresses import url
from bot.console.errors import bad_request, not_found
from bot.console.forms import Fields
from bot.console.model_names import trainable_intents
from bot.console.pages.conversation import turns_of
from bot.console.pages.queue import conversation_link
from bot.console.queries import correcting, listing, reviewing
from bot.console.queries.filters import STATUSES, read_filters
from bot.console.roles import COACHES
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage import own_turns
from bot.storage.database import writing
from bot.storage.summary import URGENCIES


def review(visit: Visit) -> Response:
    """Mark, flag, assign, judge; then stay, or go on to the next."""
    sender_id = visit.param("sender_id")
    fields = Fields(parse_qsl(visit.form.get("list")))
    filters = read_filters(fields, visit.coach)
    form = {name: value for name, value in visit.form.pairs}
    go_on = form.get("action") == "reviewed_next"
    if go_on:
        form["action"] = "reviewed"
    version = visit.form.number("version", 0, 0, 2**31 - 1)
    with writing(visit.console.engine) as connection:
        conversations.conversation(connection, visit.coach, sender_id)
        item = reviewing.item_of(connection, sender_id)
        place = fields.get("at") or listing.cursor_of(item, filters)
        done = reviewing.apply(connection, item, visit.coach, visit.now, version, form)
        visit.audit(connection, "review", sender_id, what=done)
        _, following = listing.neighbours(connection, filters, visit.coach, visit.now, place) if go_on else (None, None)
    if following is not None:
        return _to(visit, conversation_link(following, filters), f"{item.pseudonym}: {done}. This is the next one.")
    if go_on:
        return visit.redirect(
            "queue", flash=f"{item.pseudonym}: {done}. It was the last one.", query=dict(filters.pairs)
        )
    return _back(visit, sender_id, f"{done[0].upper()}{done[1:]}.")


def comment(visit: Visit) -> Response:
    """Add a comment."""
    sender_id, event_id = visit.param("sender_id"), _event_id(visit)
    with writing(visit.console.engine) as connection:
        _check(visit, connection, sender_id, event_id)
        reviewing.comment(connection, sender_id, visit.coach, visit.now, visit.form.get("text"), event_id or None)
        visit.audit(connection, "review", sender_id, what="commented")
    return _back(visit, sender_id, "The comment is added.", event_id)


def tag(visit: Visit) -> Response:
    """Add or take away a tag of the conversation or of a message."""
    sender_id, event_id = visit.param("sender_id"), _event_id(visit)
    removed = visit.form.get("remove")
    with writing(visit.console.engine) as connection:
        _check(visit, connection, sender_id, event_id)
        if removed:
            reviewing.remove_tag(connection, sender_id, removed, event_id)
        else:
            reviewing.add_tag(connection, sender_id, visit.coach, visit.now, visit.form.get("tag"), event_id)
        visit.audit(connection, "review", sender_id, what="tag taken away" if removed else "tagged")
    return _back(visit, sender_id, "The tag is gone." if removed else "The tag is added.", event_id)


def message(visit: Visit) -> Response:
    """The forms for one message: as a part of the page, or as a page of its own."""
    sender_id, event_id = visit.param("sender_id"), visit.message_param()
    with writing(visit.console.engine) as connection:
        conversations.conversation(connection, visit.coach, sender_id)
        visit.audit(connection, "transcript read", sender_id, message=event_id)
        turns = turns_of(connection, sender_id)
        found = next((t.message for t in turns if t.message and t.message.event_id == event_id), None)
        if found is None:
            raise not_found()
        context: dict[str, Any] = {
            "corrections": correcting.of_conversation(connection, sender_id).get(event_id, []),
            "tags": reviewing.tags_of(connection, sender_id).get(event_id, []),
            "known_tags": reviewing.known_tags(connection),
        }
    return visit.page(
        "message_part.html" if visit.is_htmx else "message.html",
        title="One message",
        sender_id=sender_id,
        message=found,
        intents=trainable_intents(),
        statuses=list(STATUSES),
        missed=[sign for sign in correcting.SIGNS if sign not in {f.get("sign") for f in found.findings}],
        urgencies=URGENCIES,
        list_query=visit.request.url.query,
        **context,
    )


def correct(visit: Visit) -> Response:
    """Say what a message should have been read as."""
    sender_id, event_id = visit.param("sender_id"), visit.message_param()
    with writing(visit.console.engine) as connection:
        _check(visit, connection, sender_id, event_id)
        what = correcting.correct(
            connection,
            sender_id,
            event_id,
            visit.coach,
            visit.now,
            kind=visit.form.get("kind"),
            target=visit.form.get("target"),
            value=visit.form.get("value"),
            known=visit.form.number("known", 0, 0, 2**31 - 1),
        )
        visit.audit(connection, "correction", sender_id, message=event_id, kind=visit.form.get("kind")[:16])
    return _back(visit, sender_id, what, event_id)


def _event_id(visit: Visit) -> int:
    return visit.form.number("event", 0, -(2**31) + 1, 2**31 - 1)


def _check(visit: Visit, connection: Connection, sender_id: str, event_id: int) -> None:
    """The conversation is there and for this coach, and the message belongs to it."""
    conversations.conversation(connection, visit.coach, sender_id)
    if event_id and own_turns.stored_message(connection, event_id, sender_id) is None:
        raise bad_request("There is no such message in this conversation.")


def _back(visit: Visit, sender_id: str, flash: str, event_id: int = 0) -> Response:
    query = visit.form.get("list")
    target = url("conversation", sender_id=sender_id) + (f"?{query}" if _is_query(query) else "")
    return _to(visit, target + (f"#m{event_id}" if event_id else ""), flash)


def _to(visit: Visit, target: str, flash: str) -> Response:
    response = visit.redirect("queue", flash=flash)
    response.headers["hx-redirect" if visit.is_htmx else "location"] = target
    return response


def _is_query(text: str) -> bool:
    return text.isascii() and text.isprintable() and "#" not in text and " " not in text


PAGES = (
    post("/conversations/{sender_id}/review", review, "review", allow=COACHES),
    post("/conversations/{sender_id}/comments", comment, "comment", allow=COACHES),
    post("/conversations/{sender_id}/tags", tag, "tag", allow=COACHES),
    get("/conversations/{sender_id}/messages/{event_id}", message, "message", allow=COACHES),
    post("/conversations/{sender_id}/messages/{event_id}", correct, "correct", allow=COACHES),
)
