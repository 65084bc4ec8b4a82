"""Recovery codes: each takes the place of a code of the authenticator app, once."""

import hashlib
import hmac
import re
import secrets

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.console.keys import Keys
from bot.console.tables import recovery_codes

COUNT = 10

#: Without letters and digits that look like others.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def renew(connection: Connection, keys: Keys, coach_id: int) -> list[str]:
    """Ten new codes in place of all earlier ones. They can't be had again: only hashes are stored."""
    connection.execute(sa.delete(recovery_codes).where(recovery_codes.c.coach_id == coach_id))
    codes = ["-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(COUNT)]
    rows = [{"code_hash": _hash(keys, coach_id, code), "coach_id": coach_id} for code in codes]
    connection.execute(sa.insert(recovery_codes), rows)
    return codes


def use(connection: Connection, keys: Keys, coach_id: int, code: str) -> bool:
    """Use a code up. False if it is none, or was used before."""
    mine = recovery_codes.c.code_hash == _hash(keys, coach_id, code)
    return int(connection.execute(sa.delete(recovery_codes).where(mine)).rowcount) == 1


def left(connection: Connection, coach_id: int) -> int:
    """How many codes are unused."""
    query = sa.select(sa.func.count()).where(recovery_codes.c.coach_id == coach_id)
    return int(connection.execute(query).scalar_one())


def _hash(keys: Keys, coach_id: int, code: str) -> str:
    # Keyed: 49 random bits could be tried out.
    plain = re.sub(r"[^0-9A-Z]", "", code.upper())
    return hmac.new(keys.key("recovery"), f"{coach_id} {plain}".encode(), hashlib.sha256).hexdigest()
