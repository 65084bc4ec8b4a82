"""One message on its way through the rules: what they look at, and what they make of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.language.candidate import Candidate
from bot.language.clauses import Clauses
from bot.language.quantities import Quantity
from bot.language.reading import Context, Ground, Measure, Status
from bot.language.terms import Hit


@dataclass
class Scene:
    """Everything that the rules look at, for one message."""

    words: list[str]
    clauses: Clauses
    hits: Mapping[str, list[Hit]]
    covered: frozenset[int]
    sign_words: frozenset[int]
    candidates: list[Candidate]

    def cues(self, effect_ids: frozenset[str]) -> list[Hit]:
        """Cue hits of some rules, in order."""
        return [cue for cue in self.hits.get("cue", []) if cue.name in effect_ids]


@dataclass(frozen=True)
class Said:
    """words: the message, corrected. sign_places: words of places that a sign already explains.

    skin_signs: whether the message tells a sign of the skin, so that a place named in it may be where the rash is.
    """

    words: list[str]
    clauses: Clauses
    hits: Mapping[str, list[Hit]]
    quantities: list[Quantity]
    context: Context
    sign_places: frozenset[int]
    skin_signs: bool


@dataclass(frozen=True)
class Fact:
    """A finding whose place is still counted in words; the fields are those of `reading.Finding`."""

    concept: str
    start: int
    end: int
    status: Status
    rule: str
    site: str | None = None
    severity: int | None = None
    measure: Measure | None = None
    in_doubt: bool = False
    ground: Ground | None = None
