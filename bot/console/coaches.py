"""Coaches: adding them, one-time links, roles, taking access away."""

import re
import unicodedata

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.console import second_factor, sessions
from bot.console.errors import ConsoleError, bad_request
from bot.console.keys import Keys
from bot.console.roles import Role
from bot.console.tables import coaches, invitations, recovery_codes

#: Seconds that a one-time link can be used.
LINK_AGE = 24 * 3600


def name_key(name: str) -> str:
    """The name as it is compared: neither case nor the way a device writes an accent counts."""
    return unicodedata.normalize("NFKC", name).strip().casefold()[:64]


def add(connection: Connection, name: str, role: Role, now: float) -> int:
    """Add a coach who can't sign in yet; the id. Raises ConsoleError for a name that can't be used or is taken."""
    name = unicodedata.normalize("NFKC", name).strip()
    if not re.fullmatch(r"\w[\w.@ '-]{0,62}\w", name) or len(name_key(name)) > 64:
        raise bad_request("A name has 2 to 64 letters or digits; spaces and . @ ' - may stand between them.")
    if find(connection, name):
        raise ConsoleError(409, "Name taken", f"There is a coach {name} already. Choose another name.")
    values = {"name": name, "name_key": name_key(name), "role": role.value, "created_at": now}
    return int(connection.execute(sa.insert(coaches).values(values)).inserted_primary_key[0])


def find(connection: Connection, name: str) -> Row | None:
    """The coach of this name."""
    return connection.execute(sa.select(coaches).where(coaches.c.name_key == name_key(name))).first()


def get(connection: Connection, coach_id: int) -> Row | None:
    """The coach with this id."""
    return connection.execute(sa.select(coaches).where(coaches.c.id == coach_id)).first()


def everyone(connection: Connection) -> list[Row]:
    """All coaches by name, also those without access."""
    return list(connection.execute(sa.select(coaches).order_by(coaches.c.name_key)))


def invite(connection: Connection, keys: Keys, coach_id: int, now: float) -> str:
    """The token of a new one-time link. Earlier links, the password and all sessions lose their worth at once."""
    _take_credentials(connection, coach_id)
    token = sessions.new_token()
    row = {
        "token_hash": sessions.token_hash(token),
        "coach_id": coach_id,
        "totp_secret": keys.encrypt(second_factor.new_secret()),
        "expires_at": now + LINK_AGE,
    }
    connection.execute(sa.insert(invitations).values(row))
    return token


def invited(connection: Connection, token: str, now: float) -> Row | None:
    """The coach whom a one-time link is for, with `totp_secret` of the link, encrypted. None if it was used or is old.

    Locked until the transaction ends, so that of two who use the link at the same time one is refused.
    """
    query = (
        sa.select(coaches.c.id, coaches.c.name, coaches.c.name_key, invitations.c.totp_secret)
        .join(invitations, invitations.c.coach_id == coaches.c.id)
        .where(invitations.c.token_hash == sessions.token_hash(token), invitations.c.expires_at > now)
        .where(coaches.c.disabled_at.is_(None))
    )
    return connection.execute(query.with_for_update()).first()


def set_credentials(connection: Connection, coach_id: int, password_hash: str, totp_secret: str, step: int) -> None:
    """What the one-time link was for. totp_secret: encrypted; step: the one whose code has been used."""
    _take_credentials(connection, coach_id)
    values = {"password_hash": password_hash, "totp_secret": totp_secret, "totp_step": step}
    connection.execute(sa.update(coaches).where(coaches.c.id == coach_id).values(values))


def use_step(connection: Connection, coach_id: int, step: int) -> bool:
    """Use up the code of a step. False if it, or a later one, was used before."""
    unused = (coaches.c.id == coach_id) & (coaches.c.totp_step < step)
    return int(connection.execute(sa.update(coaches).where(unused).values(totp_step=step)).rowcount) == 1


def set_role(connection: Connection, coach_id: int, role: Role) -> None:
    """Change what a coach may do."""
    connection.execute(sa.update(coaches).where(coaches.c.id == coach_id).values(role=role.value))


def disable(connection: Connection, coach_id: int, now: float) -> None:
    """Take access away. The name stays in what the coach has done."""
    _take_credentials(connection, coach_id)
    connection.execute(sa.update(coaches).where(coaches.c.id == coach_id).values(disabled_at=now))


def enable(connection: Connection, coach_id: int) -> None:
    """Give access again; the coach needs a new one-time link."""
    connection.execute(sa.update(coaches).where(coaches.c.id == coach_id).values(disabled_at=None))


def other_leads(connection: Connection, coach_id: int) -> int:
    """How many leads besides this coach can sign in."""
    lead = (coaches.c.role == Role.LEAD.value) & coaches.c.disabled_at.is_(None) & coaches.c.password_hash.isnot(None)
    query = sa.select(sa.func.count()).select_from(coaches).where(lead, coaches.c.id != coach_id)
    return int(connection.execute(query).scalar_one())


def _take_credentials(connection: Connection, coach_id: int) -> None:
    connection.execute(sa.delete(invitations).where(invitations.c.coach_id == coach_id))
    connection.execute(sa.delete(recovery_codes).where(recovery_codes.c.coach_id == coach_id))
    sessions.end_all(connection, coach_id)
    gone = {"password_hash": None, "totp_secret": None}
    connection.execute(sa.update(coaches).where(coaches.c.id == coach_id).values(gone))
