"""What stands between quotation marks after the name of what it is copied from: "from a forum: 'my lips swelled'"."""

from bot.language.candidate import Candidate
from bot.language.cues import CueBoard, Judgement
from bot.language.reading import Ground, Status

QUOTES = frozenset({'"', "'"})
#: In words: how far before the opening mark it is said where the words are from; how far who says them, and from there
#: the source that says them: "the leaflet says '...'", not "my box fell and he said '...'".
_SOURCE_WITHIN, _SPEAKER_WITHIN, _SAYS_WITHIN = 14, 6, 3
#: "I wrote: 'my lips are swollen'" tells of the writer.
WRITERS = frozenset({"i", "ive", "my", "we", "weve"})


class Quotations(CueBoard):
    """Whether a finding stands in words that are somebody else's."""

    def _quoted(self, candidate: Candidate) -> bool:
        """Whether a mark stands before a finding and another after it."""
        words = self.scene.words
        marks = [p for p, w in enumerate(words) if w in QUOTES]
        return any(m < candidate.start for m in marks) and any(m >= candidate.end for m in marks)

    def _copied(self, candidate: Candidate) -> Judgement | None:
        """ "Reading about carbamazepine: 'the skin of my lips came off'", "a song called 'Fever'".

        A question in marks ("kept saying 'any trouble swallowing?'") is somebody's, and asked. Never of self-harm.
        """
        words = self.scene.words
        opening = self._opening(candidate)
        if opening is None or candidate.concept == "self_harm":
            return None
        start = self.scene.clauses.first[self.scene.clauses.sentence[opening]]
        # Of a list of titles the first tells: "they suggest 'Choke', 'Skin and Bone' and 'The Fever'".
        opening = next((at for at in range(start, opening) if words[at] in QUOTES), opening)
        first = max(start, opening - _SOURCE_WITHIN)
        said = [at for at in range(max(first, opening - _SPEAKER_WITHIN), opening) if words[at] in self.words["saying"]]
        if said and not WRITERS.isdisjoint(words[said[-1] - 1 : opening]):
            return None
        if said and self._is_a_question(candidate, opening):
            rule = f"a question that was put: '{words[said[-1]]}'"
            return Judgement(Status.UNSURE, rule, in_doubt=True, ground=Ground.ASKED)
        by = range(max(first, said[-1] - _SAYS_WITHIN), said[-1]) if said else range(first, opening)
        source = next((at for at in by if words[at] in self.words["copied_from"]), None)
        if source is None or self._of_the_patient_all_the_same(first, opening):
            return None
        return Judgement(Status.SOMEONE_ELSE, f"copied from '{words[source]}'")

    def _of_the_patient_all_the_same(self, first: int, opening: int) -> bool:
        """ "Underlined what's me on your page", "copied from the discharge letter", "our family group: '...'"."""
        near = self.words["possessive"] | self.words["of_the_patient"]
        return not near.isdisjoint(self.scene.words[first:opening])

    def _opening(self, candidate: Candidate) -> int | None:
        """The mark that opens the words in which a finding stands, if they are closed again."""
        words = self.scene.words
        for mark in QUOTES:
            before = [at for at in range(candidate.start) if words[at] == mark]
            if len(before) % 2 and mark in words[candidate.end :]:
                return before[-1]
        return None

    def _is_a_question(self, candidate: Candidate, opening: int) -> bool:
        """ "'Any problems swallowing?'", not "'vasculitis?'"."""
        words = self.scene.words
        closing = next((at for at in range(candidate.end, len(words)) if words[at] in QUOTES), len(words))
        asks = words[opening + 1] in self.words["auxiliaries"] | {"any"}
        return asks and "?" in words[candidate.end : closing]
