"""The patient's earlier checks as the page shows them."""

from typing import Any

from sqlalchemy.engine import Engine

from bot.clinical.body_surface import Extent
from bot.storage.diary import Check, checks

#: The newest that are shown; a check a day for two months.
SHOWN = 60


def read_diary(engine: Engine, sender_id: str) -> list[dict[str, Any]]:
    """The finished checks, oldest first: {"at", "urgency", "percent", "itch"}; null for what is not known.

    `at` is in seconds since 1970, `percent` of the whole skin, `itch` from 0 (none) to 4 (very severe).
    """
    return [
        {"at": check.made_at, "urgency": check.urgency, "percent": _percent(check), "itch": check.itch}
        for check in checks(engine, sender_id, SHOWN)
    ]


def _percent(check: Check) -> float | None:
    """The estimate that was told; of a summary without one, the middle of its range."""
    snapshot = check.summary.get("snapshot")
    estimate = snapshot.get("extent_percent") if isinstance(snapshot, dict) else None
    if isinstance(estimate, int | float):
        return round(float(estimate), 1)
    if check.extent_low is None or check.extent_high is None:
        return None
    return round(Extent(check.extent_low, check.extent_high).estimate, 1)
