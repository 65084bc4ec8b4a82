"""What the pages themselves must know of the clinical content, also without Rasa and without JavaScript."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Phone:
    """A number to call. `dial` is what a telephone link holds, `label` says whose number it is."""

    number: str
    dial: str
    label: str


@dataclass(frozen=True)
class Flag:
    """A red flag in the patient's words."""

    id: str
    title: str


@dataclass(frozen=True)
class PageFacts:
    """Texts and numbers in the pages. `notice` is empty once a clinician has reviewed the content."""

    country: str
    emergency: Phone
    crisis: Phone | None
    flags: tuple[Flag, ...]
    notice: str
    keep_days: int

    def as_json(self) -> dict[str, Any]:
        """For the page's scripts."""
        return asdict(self)
