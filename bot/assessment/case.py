"""What a conversation has established about one patient so far, as plain data that survives a restart.

A Case is rebuilt by every message: the old one plus what the message says (`merge.py`) or the taps it carries
(`taps.py`). The clinical rules never see it; they see the `Findings` that it amounts to.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from bot.clinical.body_surface import Extent, combine, extent_from_areas, extent_from_palms, extent_from_share
from bot.clinical.findings import Findings
from bot.clinical.signs import Sign, Urgency

#: The assessment questions in the order in which they are asked.
STEPS = ("red_flags", "where", "symptoms", "daily_life", "timing", "medicines")

PRESENT, ABSENT, UNSURE = "present", "absent", "unsure"


@dataclass(frozen=True)
class Deferred:
    """A request that waits until a doubt is settled: its intent and the words it was made in."""

    intent: str
    text: str


@dataclass(frozen=True)
class Case:
    """Everything known. None means not known.

    signs: sign id -> "present", "absent" or "unsure"; words: sign id -> the patient's own words for it.
    areas: body area or group id -> coverage level; palms: number of palms; share: part of the body surface, 0 to 1.
    onset_days: age of the rash; lenalidomide_weeks: time on the medicine, each only where the patient named a number;
    onset_chosen, lenalidomide_chosen: the words of the choice that was tapped instead of one.
    medicines: new ones, as the patient says.
    steps: the questions that are settled, in the order in which they were; tries: how often each was asked in vain.
    asked: red flags asked about directly in the last answer; asked_again: those of them that were put a second time,
    as the first was passed over; mentioned: signs named without being had now; past: signs told of as over; gone: signs
    that were there until the last message told that they are over.
    quotes: what the patient wrote about the rash, for the summary.
    told: the urgency that the patient has been told and that still stands.
    paused: the patient does not want to be asked now.
    """

    signs: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)
    palms: float | None = None
    share: float | None = None
    itch: int | None = None
    pain: int | None = None
    sleep_lost: bool | None = None
    chores_limited: bool | None = None
    self_care_limited: bool | None = None
    not_improving: bool | None = None
    back_after_restart: bool | None = None
    rash: bool | None = None
    onset_days: float | None = None
    onset_chosen: str | None = None
    lenalidomide_weeks: float | None = None
    lenalidomide_chosen: str | None = None
    spreading: bool | None = None
    medicines: tuple[str, ...] = ()
    no_new_medicines: bool = False
    steps: tuple[str, ...] = ()
    tries: Mapping[str, int] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    asked_again: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    deferred: Deferred | None = None
    quotes: tuple[str, ...] = ()
    told: str | None = None
    paused: bool = False

    def with_signs(self, status: str, *signs: Sign, words: str = "") -> "Case":
        """The case with these signs set to a status, in the patient's words where there are any.

        A sign that is there stays there when the patient is no longer sure of it.
        """
        changed = [sign for sign in signs if status != UNSURE or self.signs.get(sign.value) != PRESENT]
        said = {**self.words, **{sign.value: words for sign in changed}} if words else self.words
        return replace(self, signs={**self.signs, **{sign.value: status for sign in changed}}, words=said)

    def settle(self, *steps: str) -> "Case":
        """The case with these questions settled. Settling one again changes nothing."""
        return replace(self, steps=self.steps + tuple(step for step in steps if step not in self.steps))

    def having(self, status: str) -> frozenset[Sign]:
        """The signs that have this status."""
        return frozenset(Sign(sign) for sign, found in self.signs.items() if found == status)

    @property
    def told_urgent(self) -> bool:
        """Whether the patient has been told to get care now, and that still stands."""
        return self.told in (Urgency.URGENT.value, Urgency.EMERGENCY.value)

    @property
    def extent(self) -> Extent | None:
        """The affected skin, from everything said about it: the largest of the estimates."""
        found = [
            *([extent_from_areas(self.areas)] if self.areas else []),
            *([extent_from_palms(self.palms)] if self.palms is not None else []),
            *([extent_from_share(self.share)] if self.share is not None else []),
        ]
        return combine(*found) if found else None

    @property
    def findings(self) -> Findings:
        """What the clinical rules weigh."""
        return Findings(
            present=self.having(PRESENT),
            unsure=self.having(UNSURE),
            denied=self.having(ABSENT),
            rash=self.rash,
            extent=self.extent,
            itch=self.itch,
            pain=self.pain,
            sleep_lost=self.sleep_lost,
            chores_limited=self.chores_limited,
            self_care_limited=self.self_care_limited,
            not_improving=self.not_improving,
            back_after_restart=self.back_after_restart,
        )

    def as_json(self) -> dict[str, Any]:
        """The case without what is not known, for storing."""
        empty = asdict(Case())
        return {key: value for key, value in asdict(self).items() if value != empty[key]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> "Case":
        """The stored case. Keys of other versions are left out, so that an old conversation can go on."""
        known = {item.name for item in fields(cls)}
        kept: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in (data or {}).items() if k in known
        }
        if kept.get("deferred"):
            kept["deferred"] = Deferred(**kept["deferred"])
        return cls(**kept)
