"""Corrections of how messages were read: made beside the transcript, gathered in an inbox."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.clinical.signs import Sign
from bot.console.errors import bad_request, changed_meanwhile
from bot.console.model_names import trainable_intents
from bot.console.queries.filters import STATUSES
from bot.console.review_tables import corrections
from bot.console.sessions import Coach
from bot.storage.event_json import event_of
from bot.storage.own_turns import stored_message
from bot.storage.redaction import FILL, redact
from bot.storage.summary import URGENCIES

KINDS = ("intent", "finding", "urgency")
SIGNS = tuple(sign.value for sign in Sign)
STATES = ("new", "accepted", "rejected")

#: No red flag is present: what an urgency is corrected to where the guide should have said nothing.
NONE = "none"

_MOST = 5000


@dataclass(frozen=True)
class Merged:
    """The same correction of the same words, by whoever and however often. rows: the single ones, newest first.

    disputed: others corrected the same words to something else.
    """

    kind: str
    target: str
    text: str
    was: str
    value: str
    state: str
    rows: tuple[Row, ...]
    disputed: bool

    @property
    def key(self) -> str:
        """Ids of the single corrections, for a form."""
        return ",".join(str(row.id) for row in self.rows)

    @property
    def coaches(self) -> list[str]:
        """Who made it."""
        return sorted({row.coach for row in self.rows})


def correct(
    connection: Connection,
    sender_id: str,
    event_id: int,
    coach: Coach,
    now: float,
    *,
    kind: str,
    target: str,
    value: str,
    known: int,
) -> str:
    """Make a correction, or take it back where the value is what the guide found; what was done, in a sentence.

    known: id of the correction that the coach saw, 0 for none. Raises ConsoleError 409 where there is another by now.
    """
    event = _event(connection, event_id)
    was = _found_by_guide(event, kind, target)
    _check_value(kind, value)
    this = (corrections.c.event_id == event_id) & (corrections.c.kind == kind) & (corrections.c.target == target)
    there = connection.execute(sa.select(corrections).where(this)).first()
    if there is not None and there.id != known and there.coach != coach.name:
        said = f"{there.coach} corrected this to “{there.value}” meanwhile."
        raise changed_meanwhile(f"{said} Your correction was not made. Load the conversation again.")
    connection.execute(sa.delete(corrections).where(this))
    if value == was:
        return "The correction is taken back."
    row = {
        "sender_id": sender_id, "event_id": event_id, "kind": kind, "target": target, "was": was[:64], "value": value,
        "text": clean(str(event.get("text") or "")), "coach": coach.name, "at": now, "state": "new",
    }  # fmt: skip
    connection.execute(sa.insert(corrections).values(row))
    return f"Corrected from “{was}” to “{value}”. It waits in the inbox of corrections."


def of_conversation(connection: Connection, sender_id: str) -> dict[int, list[Row]]:
    """The corrections of each message."""
    query = sa.select(corrections).where(corrections.c.sender_id == sender_id).order_by(corrections.c.id)
    found: dict[int, list[Row]] = {}
    for row in connection.execute(query):
        found.setdefault(row.event_id, []).append(row)
    return found


def inbox(connection: Connection, states: tuple[str, ...] = ("new",)) -> list[Merged]:
    """The corrections with duplicates merged, the newest first. Those of a redacted message are read again."""
    _fill_texts(connection)
    query = sa.select(corrections).where(corrections.c.state.in_(states)).order_by(corrections.c.id.desc())
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in connection.execute(query.limit(_MOST)):
        groups.setdefault((row.kind, row.target, _same(row.text or ""), row.value, row.state), []).append(row)
    values: dict[tuple[str, ...], set[str]] = {}
    for kind, target, text, value, _ in groups:
        values.setdefault((kind, target, text), set()).add(value)
    return [
        Merged(kind, target, rows[0].text or "", rows[0].was, value, state, tuple(rows),
               len(values[(kind, target, text)]) > 1)
        for (kind, target, text, value, state), rows in groups.items()
    ]  # fmt: skip


def decide(connection: Connection, ids: str, state: str) -> int:
    """Accept, reject or reopen corrections; how many there were."""
    if state not in STATES:
        raise bad_request("There is no such state.")
    if not re.fullmatch(r"\d{1,9}(,\d{1,9}){0,999}", ids):
        raise bad_request("There are no such corrections.")
    these = corrections.c.id.in_([int(one) for one in ids.split(",")])
    return int(connection.execute(sa.update(corrections).where(these).values(state=state)).rowcount)


def clean(text: str) -> str:
    """The words without personal data, and without characters that databases and tables refuse.

    Masks become short names of what stood there.
    """
    masked = redact(re.sub("[\0-\x1f\x7f\ud800-\udfff]", " ", text))
    masked = re.sub(rf"\[(\w+){FILL}*\]", r"[\1]", masked)
    return " ".join(re.sub(f"{FILL}+", "[removed]", masked).split())[:2000]


def _fill_texts(connection: Connection) -> None:
    for row in connection.execute(sa.select(corrections).where(corrections.c.text.is_(None))).all():
        text = clean(str(_event(connection, row.event_id).get("text") or ""))
        connection.execute(sa.update(corrections).where(corrections.c.id == row.id).values(text=text))


def _same(text: str) -> str:
    """Words as they are compared: neither case nor signs count."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _event(connection: Connection, event_id: int) -> Mapping[str, Any]:
    return event_of(stored_message(connection, event_id))


def _found_by_guide(event: Mapping[str, Any], kind: str, target: str) -> str:
    parsed = event.get("parse_data") if isinstance(event.get("parse_data"), dict) else {}
    assert isinstance(parsed, dict)
    reading = parsed.get("reading") if isinstance(parsed.get("reading"), dict) else {}
    assert isinstance(reading, dict)
    if kind == "intent" and not target:
        # Where rules decided, the classifier's own finding is what training can change.
        return str(reading.get("wanted") or (parsed.get("intent") or {}).get("name") or NONE)
    if kind == "urgency" and not target:
        return str(reading.get("urgency") or NONE)
    if kind == "finding":
        for finding in reading.get("findings") or ():
            if isinstance(finding, dict) and finding.get("sign") == target:
                return str(finding.get("status"))
        if target in SIGNS:
            # One that the guide missed.
            return NONE
    raise bad_request("That can't be corrected.")


def _check_value(kind: str, value: str) -> None:
    known = {
        "intent": trainable_intents(),
        "finding": (*STATUSES, NONE),
        "urgency": (*URGENCIES, NONE),
    }
    if value not in known.get(kind, ()):
        raise bad_request("Choose one of the values.")
