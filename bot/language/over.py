"""What is long ago or over: only the past with an ending, or with a distant time, is past."""

from dataclasses import replace
from itertools import pairwise

from bot.language.candidate import Candidate
from bot.language.cues import Judgement
from bot.language.long_ago import LongAgo
from bot.language.stories import Stories

#: An ending may stand so many words before a finding, and so many after the sentence of it.
_ENDED_BEFORE, _ENDED_AFTER = 6, 60


class Bygones(LongAgo, Stories):
    """Whether a finding is said to be long ago, to have ended, or to be left behind by a story."""

    def _over(self, candidate: Candidate) -> Judgement | None:
        """ "The blisters have healed", "I had it years ago": past; one that is back later in it is asked."""
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        judgement = self._said_over(candidate, first, last)
        if judgement is not None and not judgement.in_doubt:
            # "Two years ago blisters. ... Since this morning it is back": of what, is asked.
            return replace(judgement, in_doubt=self._relapse(candidate.end))
        left = self._left_behind(candidate, first, last)
        if left is not None and not left.in_doubt:
            return left
        loose = judgement or left
        if loose is not None and self._then_and_well_since(candidate, first, last):
            return replace(loose, rule=f"{loose.rule}, of long ago and over", in_doubt=False)
        return loose

    def _then_and_well_since(self, candidate: Candidate, first: int, last: int) -> bool:
        """ "In 2018 rash, fevers. Fully recovered": two signs that it is over, each of them too loose by itself.

        A thought of harming oneself is asked about, whatever became of it.
        """
        number = self.scene.clauses.sentence[candidate.anchor_start]
        if candidate.concept == "self_harm" or not self._told_of_then(candidate, first, last):
            return False
        healed = self._healed_after(candidate, number)
        words = self.scene.words
        if healed is None or words[healed] == "past" or self._told_now(candidate.end, len(words)):
            # "In the past it was only itchy" tells of no recovery.
            return False
        if not self.words["negators"].isdisjoint(words[candidate.end : healed - 1]):
            # "Ulcers, not the leg one that closed in spring".
            return False
        if self._another_told(candidate, healed):
            return False
        if ("this", "one") in pairwise(words[candidate.end :]):
            # "Nosebleeds stopped in June. This one started at ten".
            return False
        return not self._relapse(candidate.end) and self._long_past(candidate, number)

    def _said_over(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """The first rule that applies decides: from what is said of the finding to what its story leaves open."""
        return (
            self._said_ended(candidate, first, last)
            or self._said_long_ago(candidate, first, last)
            or self._in_a_year(candidate, first, last)
            or self._closed(candidate, first, last)
            or self._long_ago_story(candidate, first, last)
            or self._recovered(candidate, first, last)
        )

    def _said_ended(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "The blisters have healed": an ending that is said of the finding."""
        opening = min(first, max(0, candidate.start - _ENDED_BEFORE))
        for cue in self._within("ended", opening, last + _ENDED_AFTER):
            if self._ended_by(cue, candidate, first, last):
                # "Sores in my mouth, feet went back to normal": the ending may be of the other place alone.
                apart = bool(self._subject_of_ending(candidate, cue)) or self._another_told(candidate, cue.start)
                return self._over_by(cue, "over", apart)
        return None
