"""Leads manage coaches: add them, give links, change roles, take access away, end sessions."""

from sqlalchemy.engine import Connection, Row
from starlette.responses import Response

from bot.console import coaches, sessions
from bot.console.coach_command import set_up_link
from bot.console.errors import ConsoleError, bad_request, not_found
from bot.console.roles import LEADS, Role
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing


def overview(visit: Visit) -> Response:
    """All coaches and who is signed in."""
    return _overview(visit)


def add(visit: Visit) -> Response:
    """Add a coach and show the one-time link."""
    name, role = visit.form.get("name"), _role(visit)
    with writing(visit.console.engine) as connection:
        coach_id = coaches.add(connection, name, role, visit.now)
        visit.audit(connection, "coach added", name, role=role.value)
        token = coaches.invite(connection, visit.console.keys, coach_id, visit.now)
    return _overview(visit, invited=name, token=token)


def reset(visit: Visit) -> Response:
    """Show a new one-time link. Password, second factor and sessions lose their worth."""
    with writing(visit.console.engine) as connection:
        coach = _other(visit, connection)
        if coach.disabled_at is not None:
            coaches.enable(connection, coach.id)
            visit.audit(connection, "coach enabled", coach.name)
        token = coaches.invite(connection, visit.console.keys, coach.id, visit.now)
        visit.audit(connection, "coach reset", coach.name)
    return _overview(visit, invited=coach.name, token=token)


def change_role(visit: Visit) -> Response:
    """Change what a coach may do, from the next click on."""
    role = _role(visit)
    with writing(visit.console.engine) as connection:
        coach = _other(visit, connection)
        coaches.set_role(connection, coach.id, role)
        visit.audit(connection, "coach changed", coach.name, role=role.value, before=coach.role)
    return visit.redirect("coaches", flash=f"{coach.name} is now a {role.value}.")


def disable(visit: Visit) -> Response:
    """Take access away at once."""
    with writing(visit.console.engine) as connection:
        coach = _other(visit, connection)
        coaches.disable(connection, coach.id, visit.now)
        visit.audit(connection, "coach disabled", coach.name)
    return visit.redirect("coaches", flash=f"{coach.name} has no access any more.")


def end_session(visit: Visit) -> Response:
    """End any session."""
    wanted = visit.id_param()
    with writing(visit.console.engine) as connection:
        found = [row for row in sessions.list_sessions(connection, visit.now) if row.id == wanted]
        if not found:
            raise not_found()
        sessions.end(connection, wanted)
        visit.audit(connection, "session ended", found[0].name)
    return visit.redirect("coaches", flash=f"A session of {found[0].name} has ended.")


def _overview(visit: Visit, invited: str = "", token: str = "") -> Response:
    with visit.console.engine.connect() as connection:
        everyone = coaches.everyone(connection)
        open_sessions = sessions.list_sessions(connection, visit.now)
    return visit.page(
        "coaches.html",
        title="Coaches",
        coaches=everyone,
        sessions=open_sessions,
        roles=list(Role),
        invited=invited,
        link=set_up_link(visit.console.own, token) if token else "",
    )


def _other(visit: Visit, connection: Connection) -> Row:
    """The coach in the path, who can't be the lead herself: so there is always a lead left who can sign in."""
    coach = coaches.get(connection, visit.id_param())
    if coach is None:
        raise not_found()
    if coach.id == visit.coach.id:
        raise ConsoleError(409, "That is you", "Ask another lead to do this, or use `bot coach` on the server.")
    return coach


def _role(visit: Visit) -> Role:
    try:
        return Role(visit.form.get("role"))
    except ValueError:
        raise bad_request("There is no such role.") from None


PAGES = (
    get("/coaches", overview, "coaches", allow=LEADS),
    post("/coaches", add, "add_coach", allow=LEADS),
    post("/coaches/{id}/reset", reset, "reset_coach", allow=LEADS),
    post("/coaches/{id}/role", change_role, "change_role", allow=LEADS),
    post("/coaches/{id}/disable", disable, "disable_coach", allow=LEADS),
    post("/sessions/{id}/end", end_session, "end_any_session", allow=LEADS),
)
