"""The inbox of contact requests. Contact data is for coaches and leads only."""

from starlette.responses import Response

from bot.console import contacts
from bot.console.pagination import list_page
from bot.console.roles import COACHES
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing


def inbox(visit: Visit) -> Response:
    """All requests, or those of one status."""
    status = visit.query.get("status")
    query = contacts.inbox(status)
    with writing(visit.console.engine) as connection:
        rows = list_page(connection, query, visit.query)
        counts = contacts.counts(connection)
        visit.audit(connection, "contacts read")
    return visit.page("contacts.html", title="Contact requests", list=rows, counts=counts, chosen=status)


def show(visit: Visit) -> Response:
    """One request with the patient's words, consent and what was done."""
    with writing(visit.console.engine) as connection:
        request = contacts.request(connection, visit.id_param())
        visit.audit(connection, "contacts read", request.row.sender_id, request=request.row.id)
    title = f"Contact request {request.row.id}"
    return visit.page("contact.html", title=title, request=request.row, notes=request.notes, statuses=contacts.STATUSES)


def change(visit: Visit) -> Response:
    """Set the status."""
    request_id, status = visit.id_param(), visit.form.get("status")
    with writing(visit.console.engine) as connection:
        contacts.change(
            connection,
            request_id,
            seen=visit.form.get("seen"),
            status=status,
            note=visit.form.get("note"),
            coach=visit.coach.name,
            now=visit.now,
        )
        sender_id = contacts.request(connection, request_id).row.sender_id
        visit.audit(connection, "contact changed", sender_id, request=request_id, status=status)
    return visit.redirect("contact", id=request_id, flash=f"Marked {status}.")


PAGES = (
    get("/contacts", inbox, "contacts", allow=COACHES),
    get("/contacts/{id}", show, "contact", allow=COACHES),
    post("/contacts/{id}", change, "change_contact", allow=COACHES),
)
