"""The finished assessments of one conversation, for the patient's diary and for comparing a new one with the last."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.storage.tables import assessments

#: Seconds within which a later result replaces an earlier one: the patient corrected an answer.
CORRECTED_WITHIN = 900


@dataclass(frozen=True)
class Check:
    """One assessment. made_at is in seconds since 1970, extent in percent of the skin, itch from 0 to 4."""

    made_at: float
    urgency: str | None = None
    extent_low: float | None = None
    extent_high: float | None = None
    itch: int | None = None
    grade: int | None = None
    summary: Mapping[str, Any] = field(default_factory=dict)


def checks(engine: Engine, sender_id: str, limit: int = 200) -> tuple[Check, ...]:
    """The newest assessments, oldest first, without those that were corrected soon after."""
    rows = _rows(engine, sender_id, float("inf"), limit)[::-1]
    after = [row.made_at for row in rows[1:]]
    replaced = {place for place, at in enumerate(after) if at - rows[place].made_at <= CORRECTED_WITHIN}
    return tuple(row for place, row in enumerate(rows) if place not in replaced)


def last_check(engine: Engine, sender_id: str, before: float) -> Check | None:
    """The latest assessment made before a moment, in seconds since 1970."""
    return next(iter(_rows(engine, sender_id, before, 1)), None)


def _rows(engine: Engine, sender_id: str, before: float, limit: int) -> list[Check]:
    names = [item.name for item in fields(Check)]
    query = sa.select(*(assessments.c[name] for name in names)).where(assessments.c.sender_id == sender_id)
    if before != float("inf"):
        query = query.where(assessments.c.made_at < before)
    query = query.order_by(assessments.c.made_at.desc(), assessments.c.id.desc()).limit(limit)
    with engine.connect() as connection:
        return [Check(**row) for row in connection.execute(query).mappings()]
