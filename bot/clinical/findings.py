"""What is known about one patient now: the only input of urgency and grade."""

from dataclasses import dataclass

from bot.clinical.body_surface import Extent
from bot.clinical.signs import Sign


@dataclass(frozen=True)
class Findings:
    """A frozen picture of a patient's report. None means not known, never "no".

    present, unsure and denied hold signs. `itch` and `pain` run from 0 (none) to 4 (very severe).
    `rash` is False only where the patient says that there is no rash at all.
    """

    present: frozenset[Sign] = frozenset()
    unsure: frozenset[Sign] = frozenset()
    denied: frozenset[Sign] = frozenset()
    rash: bool | None = None
    extent: Extent | None = None
    itch: int | None = None
    pain: int | None = None
    sleep_lost: bool | None = None
    chores_limited: bool | None = None
    self_care_limited: bool | None = None
