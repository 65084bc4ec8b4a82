"""What a patient may ask for: to see everything stored of a conversation, and to have all of it erased."""

import hashlib
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.storage import tables
from bot.storage.database import writing
from bot.storage.event_json import parsed

#: Seconds after which an erasure is forgotten: no turn takes a day, but a coach may follow an old link for weeks.
_MEMORY = 90 * 86_400


def export(engine: Engine, sender_id: str) -> dict[str, Any]:
    """Everything stored of a conversation, ready for JSON: table name -> its rows. Empty if nothing is known.

    Events are given as the objects that they are; one that can't be read as {"unreadable": the stored text}.
    """
    found = {}
    with engine.begin() as connection:
        for table in _tables_of_patients(connection):
            query = sa.select(table).where(table.c.sender_id == sender_id).order_by(*table.primary_key)
            rows = [dict(row) for row in connection.execute(query).mappings()]
            if table.name == "events":
                rows = [{**row, "data": _object(row["data"])} for row in rows]
            if rows:
                found[table.name] = rows
    return found


def erase(engine: Engine, sender_id: str) -> int:
    """Erase everything stored of a conversation, in every table; return the number of rows.

    A turn that is under way is not stored afterwards (see `erased_since`).
    """
    with writing(engine) as connection:
        return erase_within(connection, sender_id)


def erase_within(connection: Connection, sender_id: str) -> int:
    """As `erase`, in a transaction that is open already."""
    count = 0
    for table in reversed(_tables_of_patients(connection)):
        count += connection.execute(sa.delete(table).where(table.c.sender_id == sender_id)).rowcount
    noted = tables.erasures.c.sender_hash == _hash(sender_id)
    connection.execute(sa.delete(tables.erasures).where(noted))
    connection.execute(sa.insert(tables.erasures).values(sender_hash=_hash(sender_id), erased_at=time.time()))
    return count


def erased_since(connection: Connection, sender_id: str, moment: float) -> bool:
    """Whether the conversation was erased after a moment, in seconds since 1970."""
    query = sa.select(tables.erasures.c.erased_at).where(tables.erasures.c.sender_hash == _hash(sender_id))
    erased_at = connection.execute(query).scalar()
    return erased_at is not None and erased_at >= moment


def prune_erasures(connection: Connection, now: float) -> None:
    """Forget erasures of long ago."""
    connection.execute(sa.delete(tables.erasures).where(tables.erasures.c.erased_at < now - _MEMORY))


def _tables_of_patients(connection: Connection) -> list[sa.Table]:
    """Every table of the database with a column `sender_id`, those first that others refer to.

    Read from the database, so that a table added elsewhere can't be forgotten here.
    """
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if "sender_id" in table.c]


def _hash(sender_id: str) -> str:
    return hashlib.sha256(sender_id.encode()).hexdigest()


def _object(data: str | None) -> Any:
    found = parsed(data)
    return {"unreadable": data} if found is None else found
