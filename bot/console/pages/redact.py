"""For leads: take words out of a stored message."""

from starlette.responses import Response

from bot.console.conversations import conversation
from bot.console.redaction import message_text, redact_span, redact_words
from bot.console.roles import LEADS
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing


def form(visit: Visit) -> Response:
    """The message, and a field for the words."""
    sender_id, event_id = visit.param("id"), visit.message_param("event")
    with writing(visit.console.engine) as connection:
        row = conversation(connection, visit.coach, sender_id)
        text = message_text(connection, sender_id, event_id)
        visit.audit(connection, "transcript read", sender_id, message=event_id)
    return visit.page("redact.html", title="Take words out", row=row, text=text, event_id=event_id)


def redact(visit: Visit) -> Response:
    """By the words themselves, or by their place in the text (start and end)."""
    sender_id, event_id = visit.param("id"), visit.message_param("event")
    with writing(visit.console.engine) as connection:
        conversation(connection, visit.coach, sender_id)
        if visit.form.get("end"):
            start, end = (visit.form.number(name, 0, 0, 100_000) for name in ("start", "end"))
            count = redact_span(connection, sender_id, event_id, start, end)
        else:
            count = redact_words(connection, sender_id, event_id, visit.form.get("words"))
        visit.audit(connection, "redaction", sender_id, message=event_id, entries=count)
    done = f"Taken out for good, in {count} stored {'entry' if count == 1 else 'entries'}."
    return visit.redirect("redact", id=sender_id, event=event_id, flash=done)


PAGES = (
    get("/conversations/{id}/messages/{event}/redact", form, "redact", allow=LEADS),
    post("/conversations/{id}/messages/{event}/redact", redact, "redact_now", allow=LEADS),
)
