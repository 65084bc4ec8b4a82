"""What the rules of assertion look at: the words, the cues found in them, and where a sentence ends."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.language.candidate import Candidate
from bot.language.lexicon import CueRule
from bot.language.reading import Ground, Status
from bot.language.scene import Scene
from bot.language.terms import Hit

#: Marks that end or part a statement.
PUNCTUATION = frozenset({",", ".", "!", "?", ";", ":", "-", "\n", "(", ")", "/", "..", "...", '"', "'", "*"})


#: Words, its comma among them, that are a clause rather than the head of a list.
_CLAUSE = 3


@dataclass(frozen=True)
class Judgement:
    """The status of a candidate, the rule that decided it, whether to ask the patient, and on what it rests.

    cue: the words of the condition or question that decided, for later rules; they never look into `rule`.
    """

    status: Status
    rule: str
    in_doubt: bool = False
    ground: Ground | None = None
    cue: str = ""


class CueBoard:
    """The cues of one message, with what every rule needs to look them up."""

    def __init__(
        self,
        scene: Scene,
        cues: Mapping[str, list[Hit]],
        words: Mapping[str, frozenset[str]],
        rules: Mapping[str, CueRule],
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

    @cached_property
    def _places(self) -> frozenset[int]:
        """Words that name a part of the body."""
        return covered_words(self.scene.hits, ("site", "area"))

    def _own_clause(self, candidate: Candidate) -> list[str]:
        """The words of the clause that a finding stands in."""
        words, clauses = self.scene.words, self.scene.clauses
        own = clauses.clause[candidate.anchor_start]
        return [words[at] for at in range(*clauses.bounds(candidate.anchor_start)) if clauses.clause[at] == own]

    def _place_follows(self, at: int) -> bool:
        """Whether a part of the body is named right after a word: "my left arm" after "on"."""
        return not self._places.isdisjoint((at + 1, at + 2, at + 3))

    def _tried_in_vain(self, start: int) -> bool:
        """ "How do I get rid of the blisters on my hands? Nothing is working": so they are there."""
        words = self.scene.words
        return any(
            words[at] == "nothing" and not self.words["works"].isdisjoint(words[at + 1 : at + 4])
            for at in range(start, len(words))
        )

    def _asks(self, cue: Hit) -> bool:
        """Whether the cue's rule has the patient asked where it applies: `doubt` in assertion.yml."""
        rule = self.rules.get(cue.name)
        return rule is not None and rule.doubt

    def _text(self, hit: Hit) -> str:
        return " ".join(self.scene.words[hit.start : hit.end])

    def _statement_apart(self, end: int, candidate: Candidate) -> bool:
        """Whether a finding stands in a statement of its own, after a comma or "and", and not as an item of a list.

        "I read the leaflet, the skin is peeling" tells; "the leaflet says blisters, fever, sores" lists. end: where
        the words end that would reach the finding.
        """
        words, clause = self.scene.words, self.scene.clauses.clause
        opener = candidate.start
        while opener > end and clause[opener - 1] == clause[candidate.start] and words[opener - 1] != "and":
            opener -= 1
        lead = words[end:opener]
        if {",", "and", "-"}.isdisjoint(lead) or not {"or", "nor", "that", ":"}.isdisjoint(lead):
            return False
        told = words[opener : candidate.end + 3]
        if not self.words["third_person"].isdisjoint(told):
            return False
        _, last = self.scene.clauses.bounds(candidate.anchor_start)
        listed = any(words[at] in (",", "or") and at + 1 in self.scene.sign_words for at in range(candidate.end, last))
        if any(at in self.scene.sign_words for at in range(end, opener)):
            return not listed and not (self.words["be"] | {"since", "today", "tonight"}).isdisjoint(told)
        return not self.words["telling"].isdisjoint(told) or (not listed and len(lead) >= _CLAUSE)

    def _bare_verb(self, candidate: Candidate) -> bool:
        words, at = self.scene.words, candidate.anchor_start
        return words[at] in self.words["bare_verbs"] or (at > 0 and words[at - 1] in self.words["bare_verbs"])


def covered_words(hits: Mapping[str, list[Hit]], kinds: Iterable[str]) -> frozenset[int]:
    """Every word that a term of these kinds covers."""
    return frozenset(word for kind in kinds for hit in hits.get(kind, []) for word in range(hit.start, hit.end))
