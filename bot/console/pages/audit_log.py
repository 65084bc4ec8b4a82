"""The audit log for leads: filtered, and verified on demand."""

import json

import sqlalchemy as sa
from starlette.responses import Response

from bot.console.audit import ACTIONS, verify
from bot.console.errors import bad_request
from bot.console.pagination import list_page
from bot.console.roles import LEADS
from bot.console.routing import get, post
from bot.console.tables import audit_log as log
from bot.console.visit import Visit
from bot.storage.database import writing


def show(visit: Visit) -> Response:
    """The newest rows first; by coach, action and subject where they are given."""
    wanted = {name: visit.query.get(name) for name in ("coach", "action", "subject")}
    if wanted["action"] and wanted["action"] not in ACTIONS:
        raise bad_request("There is no such action in the log.")
    query = sa.select(log).order_by(log.c.id.desc())
    for name, value in wanted.items():
        if value:
            query = query.where(log.c[name] == value)
    with writing(visit.console.engine) as connection:
        rows = list_page(connection, query, visit.query)
        visit.audit(connection, "audit read", **{f"of_{name}": value for name, value in wanted.items() if value})
    return visit.page("audit_log.html", title="Audit log", list=rows, wanted=wanted, actions=ACTIONS, details=_readable)


def check(visit: Visit) -> Response:
    """Verify the whole log and say what was found."""
    with visit.console.engine.connect() as connection:
        count, breaks = verify(connection, visit.console.keys)
    return visit.page("audit_check.html", title="Audit log verified", count=count, breaks=breaks)


def _readable(details: str) -> str:
    try:
        return ", ".join(f"{name} {value}" for name, value in json.loads(details).items())
    except (AttributeError, ValueError):
        # Somebody changed the row; verifying says so.
        return "(unreadable)"


PAGES = (
    get("/audit", show, "audit_log", allow=LEADS),
    post("/audit/verify", check, "verify_audit", allow=LEADS),
)
