"""Everything that is stored of one patient: found, given out, erased."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from bot.console.conversations import of_patient, was_erased
from bot.console.errors import erased, not_found
from bot.storage import privacy
from bot.storage.own_turns import OwnTurn, client_ids
from bot.storage.summary import pseudonym
from bot.storage.tables import conversations

#: Patients shown at once where many were asked for.
_MOST = 50


@dataclass(frozen=True)
class Patient:
    """A patient by one of the conversations. sender_ids: all of the patient's conversations, oldest first."""

    pseudonym: str
    sender_ids: tuple[str, ...]
    conversations: tuple[Row, ...]


def patient_of(engine: Engine, sender_id: str) -> Patient:
    """The patient who had a conversation, also where it was stored in part only.

    Raises ConsoleError: 410 where it was erased, else 404 where nothing is stored.
    """
    if "\0" in sender_id:
        raise not_found()
    with engine.connect() as connection:
        this = conversations.c.sender_id == sender_id
        patient = connection.execute(sa.select(conversations.c.patient).where(this)).scalar()
        rows = of_patient(connection, patient) if patient is not None else []
        is_erased = was_erased(connection, sender_id)
    if rows:
        return Patient(rows[0].pseudonym, tuple(row.sender_id for row in rows), tuple(rows))
    if privacy.export(engine, sender_id):
        return Patient(pseudonym(sender_id), (sender_id,), ())
    raise erased() if is_erased else not_found()


def search(connection: Connection, wanted: str) -> list[Row]:
    """One row for each patient of this pseudonym, or with a conversation of this id; "" gives the latest ones.

    Columns: sender_id (of one conversation), pseudonym, count, first_at, last_at. Two patients may share a pseudonym.
    """
    table = conversations.c
    query = sa.select(
        sa.func.max(table.sender_id).label("sender_id"),
        sa.func.max(table.pseudonym).label("pseudonym"),
        sa.func.count().label("count"),
        sa.func.min(table.started_at).label("first_at"),
        sa.func.max(table.last_at).label("last_at"),
    ).group_by(table.patient)
    if wanted:
        patients = sa.select(table.patient).where((table.pseudonym == wanted.upper()) | (table.sender_id == wanted))
        query = query.where(table.patient.in_(patients))
    else:
        recent = sa.select(table.patient).order_by(table.last_at.desc()).limit(4 * _MOST).subquery()
        query = query.where(table.patient.in_(sa.select(recent.c.patient)))
    return list(connection.execute(query.order_by(sa.func.max(table.last_at).desc()).limit(_MOST)))


def export(engine: Engine, patient: Patient, made_at: str) -> dict[str, Any]:
    """Everything, ready for JSON."""
    stored = {sender_id: privacy.export(engine, sender_id) for sender_id in patient.sender_ids}
    return {"patient": patient.pseudonym, "made_at": made_at, "conversations": stored}


def erase(connection: Connection, patient: Patient) -> int:
    """Erase everything, in the caller's transaction; the number of rows."""
    return sum(privacy.erase_within(connection, sender_id) for sender_id in patient.sender_ids)


def messages(stored: dict[str, Any]) -> list[dict[str, Any]]:
    """What was said in an exported conversation: [{"who": "patient" or "guide", "at", "text"}].

    Also where the gateway answered by itself.
    """
    rows = stored.get("events", ())
    known = client_ids(row["data"] for row in rows if isinstance(row["data"], dict))
    said = [message for row in stored.get("own_turns", ()) for message in _own(row, known)]
    for row in rows:
        if row["type_name"] not in ("user", "bot"):
            continue
        text = _text(row["data"])
        if text:
            who = "patient" if row["type_name"] == "user" else "guide"
            said.append({"who": who, "at": row["timestamp"], "text": text})
    return sorted(said, key=lambda message: message["at"] or 0)


def _own(row: dict[str, Any], known: set[str]) -> list[dict[str, Any]]:
    turn = OwnTurn(*(row[name] for name in OwnTurn._fields))
    return [
        {"who": "patient" if event["event"] == "user" else "guide", "at": turn.at, "text": _text(event)}
        for event in turn.as_events(known)
    ]


def _text(data: Any) -> str:
    if not isinstance(data, dict) or "unreadable" in data:
        return "(This entry can't be read. The JSON export has it as it is stored.)"
    custom = (data.get("data") or {}).get("custom") or {}
    text = data.get("text") or (custom.get("text") if isinstance(custom, dict) else "")
    return text if isinstance(text, str) else json.dumps(text)
