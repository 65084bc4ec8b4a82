"""A possible finding, before the rules of assertion have told its status."""

from dataclasses import dataclass
from enum import Enum


class Origin(Enum):
    """How a candidate was found."""

    NAMED = "named"  # by a term of its own
    GOING_ON = "named, and goes on"  # by a term that is only sure where its statement ends
    COMPOSED = "composed"  # put together from a place and a change
    PLACE = "place"  # a place alone, told of in words that no rule knows
    NUMBER = "number"  # read off a number: a temperature
    FOREIGN = "foreign"  # by a term of another language


@dataclass(frozen=True)
class Candidate:
    """start, end: its words. anchor_start, anchor_end: those that a denial has to reach. rule: how, for people."""

    concept: str
    start: int
    end: int
    anchor_start: int
    anchor_end: int
    origin: Origin
    rule: str
    site: str | None = None
    doubt: bool = False
    weak: bool = False
    hint: bool = False
    language: str = "en"

    @classmethod
    def at(
        cls, concept: str, start: int, end: int, origin: Origin = Origin.NAMED, *, rule: str | None = None,
        doubt: bool = False, weak: bool = False, hint: bool = False, language: str = "en",
    ) -> "Candidate":  # fmt: skip
        """One whose words are all its anchor. A hint is always in doubt."""
        told = rule or origin.value
        return cls(concept, start, end, start, end, origin, told, None, doubt or hint, weak, hint, language)

    @property
    def soft(self) -> bool:
        """Told by a word that is never sure of itself: `.soft` or `.hint` in the lexicon."""
        return self.doubt and self.named

    @property
    def named(self) -> bool:
        """Told by a word of its own, not put together from a place and a change."""
        return self.origin is Origin.NAMED
