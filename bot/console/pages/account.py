"""A coach's own account: sessions that are open, and fresh recovery codes."""

from starlette.responses import Response

from bot.console import coaches, lockout, recovery, second_factor, sessions
from bot.console.errors import not_found
from bot.console.roles import ALL
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing


def account(visit: Visit) -> Response:
    """Sessions of one's own."""
    return _account(visit, 200, "")


def renew_recovery_codes(visit: Visit) -> Response:
    """Show ten new recovery codes, against a code of the app: whoever sits down at an open desk can't have them."""
    keys, coach = visit.console.keys, visit.coach
    account_key = coaches.name_key(coach.name)
    with writing(visit.console.engine) as connection:
        row = coaches.get(connection, coach.id)
        wait = lockout.begin_try(connection, keys, account_key, visit.address, visit.now)
        secret = keys.decrypt(row.totp_secret) if row and row.totp_secret else None
        step = second_factor.step_of(secret, visit.form.get("code"), visit.now) if secret and not wait else None
        codes = None
        if step is not None and coaches.use_step(connection, coach.id, step):
            lockout.succeeded(connection, keys, account_key, visit.address)
            codes = recovery.renew(connection, keys, coach.id)
            visit.audit(connection, "recovery codes made", coach.name)
        else:
            why = "must wait" if wait else "for recovery codes"
            visit.audit(connection, "sign-in failed", coach.name, address=visit.address, why=why)
    if wait:
        response = _account(visit, 429, lockout.too_many_tries(wait))
        response.headers["retry-after"] = str(wait)
        return response
    if codes is None:
        return _account(visit, 401, "That is not a code that the app shows now, or it was used. Wait for the next one.")
    return visit.page("recovery_codes.html", title="Your recovery codes", codes=codes)


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


def _account(visit: Visit, status: int, error: str) -> Response:
    with visit.console.engine.connect() as connection:
        rows = sessions.list_sessions(connection, visit.now, visit.coach.id)
        left = recovery.left(connection, visit.coach.id)
    return visit.page("account.html", status, title="My account", sessions=rows, left=left, error=error)


PAGES = (
    get("/account", account, "account", allow=ALL),
    post("/account/recovery-codes", renew_recovery_codes, "renew_recovery_codes", allow=ALL),
    post("/account/sessions/end-others", end_other_sessions, "end_other_sessions", allow=ALL),
    post("/account/sessions/{id}/end", end_session, "end_own_session", allow=ALL),
)
