"""Signing in with name, password and a code, and signing out."""

from starlette.responses import Response

from bot.console import coaches, lockout, passwords, recovery, second_factor, sessions
from bot.console.addresses import BASE
from bot.console.audit import audit
from bot.console.roles import ALL, ANYONE
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing

_WRONG = "Name, password or code is wrong. Each code counts once: if it was right, wait for the next one."

#: In place of a coach's own where there is none.
_NO_SECRET = "A" * 32


def form(visit: Visit) -> Response:
    """The form."""
    if visit.session:
        return visit.redirect("home")
    return _form(visit, 200, "", _wanted(visit.query.get("next")))


def sign_in(visit: Visit) -> Response:
    """Check all three and start a session. One message for whatever was wrong; each check is made in any case."""
    name, wanted = visit.form.get("name"), _wanted(visit.form.get("next"))
    account = coaches.name_key(name)
    console, keys = visit.console, visit.console.keys
    with writing(console.engine) as connection:
        coach = coaches.find(connection, name)
        # What was typed as a name may be a password.
        who = coach.name if coach else "(nobody)"
        wait = lockout.begin_try(connection, keys, account, visit.address, visit.now)
        if wait:
            audit(connection, keys, who, "sign-in failed", "", {"address": visit.address, "why": "must wait"})
    if wait:
        response = _form(visit, 429, lockout.too_many_tries(wait), wanted)
        response.headers["retry-after"] = str(wait)
        return response

    is_password = passwords.is_password(coach.password_hash if coach else None, visit.form.raw("password"))
    secret = keys.decrypt(coach.totp_secret) if coach and coach.totp_secret else _NO_SECRET
    code = visit.form.get("code")
    step = second_factor.step_of(secret, code, visit.now)

    with writing(console.engine) as connection:
        by_code = False
        by_recovery = False
        if coach and coach.disabled_at is None and coach.totp_secret and is_password:
            by_code = step is not None and coaches.use_step(connection, coach.id, step)
            by_recovery = not by_code and recovery.use(connection, keys, coach.id, code)
        facts = {"address": visit.address}
        if not coach or not (by_code or by_recovery):
            audit(connection, keys, who, "sign-in failed", "", facts)
            token = None
        else:
            lockout.succeeded(connection, keys, account, visit.address)
            device = visit.request.headers.get("user-agent", "")
            token = sessions.begin(connection, coach.id, visit.now, visit.address, device)
            left = recovery.left(connection, coach.id)
            audit(connection, keys, who, "sign-in", "", {**facts, "by": "code" if by_code else "recovery code"})
    if token is None:
        return _form(visit, 401, _WRONG, wanted)
    flash = f"You used a recovery code; {left} are left. Make new ones below." if by_recovery else ""
    response = visit.redirect("account" if by_recovery else "home", flash=flash)
    if wanted and not by_recovery:
        response.headers["location"] = wanted
    visit.remember(response, token)
    return response


def sign_out(visit: Visit) -> Response:
    """End this session."""
    assert visit.session is not None
    with writing(visit.console.engine) as connection:
        sessions.end(connection, visit.session.id)
        visit.audit(connection, "sign-out")
    response = visit.redirect("sign_in", flash="You are signed out.")
    visit.forget(response)
    return response


def _form(visit: Visit, status: int, error: str, wanted: str) -> Response:
    return visit.page("sign_in.html", status, title="Sign in", error=error, wanted=wanted)


def _wanted(address: str) -> str:
    """Where to go afterwards: a page of the console, or nothing."""
    is_ours = address.startswith(f"{BASE}/") and "\\" not in address and address.isprintable()
    return address if is_ours and not address.startswith(f"{BASE}/sign-") else ""


PAGES = (
    get("/sign-in", form, "sign_in", allow=ANYONE),
    post("/sign-in", sign_in, "sign_in_now", allow=ANYONE),
    post("/sign-out", sign_out, "sign_out", allow=ALL),
)
