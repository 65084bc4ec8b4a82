"""A coach's own account: sessions that are open, and fresh recovery codes."""

from starlette.responses import Response

from bot.console import sessions
from bot.console.errors import not_found
from bot.console.roles import ALL
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing


def account(visit: Visit) -> Response:
    """Sessions of one's own."""
    with visit.console.engine.connect() as connection:
        rows = sessions.list_sessions(connection, visit.now, visit.coach.id)
    return visit.page("account.html", title="My account", sessions=rows)


def end_session(visit: Visit) -> Response:
    """End one session of one's own."""
    wanted = visit.id_param()
    with writing(visit.console.engine) as connection:
        if wanted not in [row.id for row in sessions.list_sessions(connection, visit.now, visit.coach.id)]:
            raise not_found()
        sessions.end(connection, wanted)
        visit.audit(connection, "session ended", visit.coach.name)
    return visit.redirect("account", flash="That session has ended.")


def end_other_sessions(visit: Visit) -> Response:
    """End all sessions of one's own but this one."""
    assert visit.session is not None
    with writing(visit.console.engine) as connection:
        count = sessions.end_all(connection, visit.coach.id, but=visit.session.id)
        visit.audit(connection, "session ended", visit.coach.name, sessions=count)
    return visit.redirect("account", flash="All other sessions have ended.")


PAGES = (
    get("/account", account, "account", allow=ALL),
    post("/account/sessions/end-others", end_other_sessions, "end_other_sessions", allow=ALL),
    post("/account/sessions/{id}/end", end_session, "end_own_session", allow=ALL),
)
