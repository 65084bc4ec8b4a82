"""What the rules of assertion look at: the words, the cues found in them, and where a sentence ends."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.language.clauses import Clauses
from bot.language.compositions import Candidate
from bot.language.reading import Status
from bot.language.terms import Hit

#: Marks that end or part a statement.
PUNCTUATION = frozenset(
    {",", ".", "!", "?", ";", ":", "-", "\n", "(", ")", "/", "..", "...", '"', "'", "*", "\u2013", "\u2014"}
)


@dataclass(frozen=True)
class Judgement:
    """The status of a candidate, the rule that decided it, and whether to ask the patient."""

    status: Status
    rule: str
    in_doubt: bool = False


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


class CueBoard:
    """The cues of one message, with what every rule needs to look them up."""

    def __init__(
        self,
        scene: Scene,
        cues: Mapping[str, list[Hit]],
        words: Mapping[str, frozenset[str]],
        rules: Mapping[str, object],
    ) -> None:
        self.scene = scene
        self.cues = cues
        self.words = words
        self.rules = rules
        self._starts = {effect: [cue.start for cue in found] for effect, found in cues.items()}
        self._anchors = sorted({(c.anchor_start, c.anchor_end) for c in scene.candidates})
        self._people = scene.hits.get("person", [])

    def _within(self, effect: str, first: int, last: int) -> list[Hit]:
        """The cues of an effect that start from `first` up to, not including, `last`."""
        starts = self._starts[effect]
        return self.cues[effect][bisect_left(starts, first) : bisect_left(starts, last)]

    def _text(self, hit: Hit) -> str:
        return " ".join(self.scene.words[hit.start : hit.end])

    def _bare_verb(self, candidate: Candidate) -> bool:
        words, at = self.scene.words, candidate.anchor_start
        return words[at] in self.words["bare_verbs"] or (at > 0 and words[at - 1] in self.words["bare_verbs"])


def covered_words(hits: Mapping[str, list[Hit]], kinds: Iterable[str]) -> frozenset[int]:
    """Every word that a term of these kinds covers."""
    return frozenset(word for kind in kinds for hit in hits.get(kind, []) for word in range(hit.start, hit.end))
