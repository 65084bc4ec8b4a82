"""What a one-time link leads to: a coach chooses a password and couples an authenticator app."""

from sqlalchemy.engine import Row
from starlette.responses import Response

from bot.console import coaches, lockout, passwords, recovery, second_factor
from bot.console.audit import audit
from bot.console.errors import ConsoleError
from bot.console.roles import ANYONE
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing


def form(visit: Visit) -> Response:
    """The form with the picture for the app."""
    with visit.console.engine.connect() as connection:
        coach = coaches.invited(connection, visit.query.get("key"), visit.now)
    if coach is None:
        raise _over()
    return _form(visit, 200, coach, visit.query.get("key"), {})


def set_up(visit: Visit) -> Response:
    """Store both and show the recovery codes, once."""
    keys, key = visit.console.keys, visit.form.get("key")
    password = visit.form.raw("password")
    with visit.console.engine.connect() as connection:
        coach = coaches.invited(connection, key, visit.now)
    if coach is None:
        raise _over()
    step = second_factor.step_of(keys.decrypt(coach.totp_secret), visit.form.get("code"), visit.now)
    errors = {}
    problem = passwords.problem_with(password, coach.name)
    if problem:
        errors["password"] = problem
    elif password != visit.form.raw("again"):
        errors["again"] = "This is not what you typed above."
    if step is None:
        errors["code"] = "That is not the code that the app shows now. Is the phone's clock right?"
    if step is None or errors:
        return _form(visit, 422, coach, key, errors)
    stored = passwords.hash_password(password)
    with writing(visit.console.engine) as connection:
        if coaches.invited(connection, key, visit.now) is None:
            raise _over()
        coaches.set_credentials(connection, coach.id, stored, coach.totp_secret, step)
        codes = recovery.renew(connection, keys, coach.id)
        lockout.forget(connection, keys, coach.name_key)
        audit(connection, keys, coach.name, "password set", coach.name, {"address": visit.address})
    return visit.page("recovery_codes.html", title="Your recovery codes", codes=codes)


def _form(visit: Visit, status: int, coach: Row, key: str, errors: dict[str, str]) -> Response:
    secret = visit.console.keys.decrypt(coach.totp_secret)
    return visit.page(
        "set_up.html",
        status,
        title="Set up your access",
        name=coach.name,
        key=key,
        errors=errors,
        shortest=passwords.SHORTEST,
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        picture=second_factor.qr_code(secret, coach.name),
    )


def _over() -> ConsoleError:
    message = "It was used already, is older than a day, or was replaced by a newer one. Ask a lead for a new link."
    return ConsoleError(410, "This link no longer works", message)


PAGES = (
    get("/set-up", form, "set_up", allow=ANYONE),
    post("/set-up", set_up, "set_up_now", allow=ANYONE),
)
