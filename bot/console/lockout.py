"""Waits that grow with every failed sign-in, for each account and for each network address.

A try is counted before it is checked, so that many at the same time are as many tries. Names that nobody has are
counted like others: the answer doesn't tell which ones exist.
"""

import hashlib
import hmac
import math

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.console.keys import Keys
from bot.console.tables import attempts

#: Failed tries without a wait. Several coaches may share an address.
FREE_FOR_ACCOUNT, FREE_FOR_ADDRESS = 4, 12

#: Seconds: the first wait, which doubles with each further try up to the longest.
FIRST, LONGEST = 15, 3600

#: Seconds after which failed tries are forgotten.
_MEMORY = 86_400


def begin_try(connection: Connection, keys: Keys, account: str, address: str, now: float) -> int:
    """Count a try as failed. Returns 0 if it may be checked now, else the seconds to wait; that try isn't counted."""
    places = [(_key(keys, "account", account), FREE_FOR_ACCOUNT), (_key(keys, "address", address), FREE_FOR_ADDRESS)]
    found = {key: _row(connection, key, now) for key, _ in places}
    wait = max(row.locked_until - now if row else 0 for row in found.values())
    if wait > 0:
        return math.ceil(wait)
    for key, free in places:
        row = found[key]
        failures = row.failures + 1 if row else 1
        values = {"failures": failures, "last_at": now, "locked_until": now + _delay(failures - free)}
        connection.execute(sa.delete(attempts).where(attempts.c.key == key))
        connection.execute(sa.insert(attempts).values(key=key, **values))
    return 0


def too_many_tries(wait: int) -> str:
    """What to tell somebody who has to wait so many seconds."""
    duration = f"{wait} seconds" if wait < 90 else f"{round(wait / 60)} minutes"
    return f"Too many tries. Wait {duration}, then try again."


def succeeded(connection: Connection, keys: Keys, account: str, address: str) -> None:
    """The try that was begun last was right after all: forget the account's failures, and this one of the address."""
    connection.execute(sa.delete(attempts).where(attempts.c.key == _key(keys, "account", account)))
    values = {"failures": attempts.c.failures - 1, "locked_until": 0}
    connection.execute(sa.update(attempts).where(attempts.c.key == _key(keys, "address", address)).values(values))


def forget(connection: Connection, keys: Keys, account: str) -> None:
    """Let an account be tried again at once."""
    connection.execute(sa.delete(attempts).where(attempts.c.key == _key(keys, "account", account)))


def prune(connection: Connection, now: float) -> None:
    """Forget failed tries of long ago."""
    connection.execute(sa.delete(attempts).where(attempts.c.last_at < now - _MEMORY))


def _delay(failures_too_many: int) -> float:
    return min(LONGEST, FIRST * 2.0 ** min(failures_too_many - 1, 20)) if failures_too_many > 0 else 0


def _row(connection: Connection, key: str, now: float) -> sa.engine.Row | None:
    recent = attempts.c.last_at > now - _MEMORY
    return connection.execute(sa.select(attempts).where(attempts.c.key == key, recent).with_for_update()).first()


def _key(keys: Keys, kind: str, value: str) -> str:
    return hmac.new(keys.key("attempts"), f"{kind} {value}".encode(), hashlib.sha256).hexdigest()
