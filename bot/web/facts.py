"""What the pages themselves must know of the clinical content, also without Rasa and without JavaScript."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
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
class Look:
    """How a rash looks: a question and the statements that answer it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class PageFacts:
    """Texts and numbers in the pages. `notice` is empty once a clinician has reviewed the content.

    coverage: the share of an area that each level of the body map stands for, 0 to 1.
    phrases: language code -> English text of the content -> that language. Loaded by pages in that language alone.
    """

    country: str
    emergency: Phone
    crisis: Phone | None
    flags: tuple[Flag, ...]
    notice: str
    keep_days: int
    coverage: Mapping[str, float]
    looks: tuple[Look, ...] = ()
    phrases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For the page's scripts, without the phrases."""
        shown = asdict(self)
        del shown["phrases"]
        return shown
