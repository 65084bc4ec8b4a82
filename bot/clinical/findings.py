"""What is known about one patient now: the only input of urgency and grade."""

from dataclasses import dataclass

from bot.clinical.body_surface import Extent
from bot.clinical.signs import RASH_SIGNS, Sign


@dataclass(frozen=True)
class Findings:
    """A frozen picture of a patient's report. None means not known, never "no".

    present, unsure and denied hold signs; a sign in several of them counts as present, else as unsure.
    `itch` and `pain` (of the skin) run from 0 (none) to 4 (very severe).
    `rash` is False only where the patient says that there is no rash at all.
    sleep_lost, chores_limited, self_care_limited: because of the rash or its itch, not of something else.
    not_improving: no better after a few days. back_after_restart: came back when lenalidomide was begun again.
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
    not_improving: bool | None = None
    back_after_restart: bool | None = None

    @property
    def possible(self) -> frozenset[Sign]:
        """Signs that the patient has or may have: "not sure" counts as a possible yes."""
        return self.present | self.unsure

    @property
    def cleared(self) -> frozenset[Sign]:
        """Signs that were denied and that nothing else left in doubt."""
        return self.denied - self.possible

    @property
    def rash_ruled_out(self) -> bool:
        """There is no rash: it was said so, and no sign that is itself a rash speaks against it."""
        return self.rash is False and not self.possible & RASH_SIGNS

    @property
    def worst_symptom(self) -> int | None:
        """The worse of itch and skin pain, 0 to 4; None where neither is known."""
        return max((level for level in (self.itch, self.pain) if level is not None), default=None)
