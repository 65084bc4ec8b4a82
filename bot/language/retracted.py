"""What is named and then cleared: "I've had none of it", "it's peeling! Panic over", "I thought it was a clot"."""

from bot.language.candidate import Candidate
from bot.language.contractions import NEGATED
from bot.language.cues import PUNCTUATION, CueBoard, Judgement
from bot.language.reading import Status
from bot.language.terms import Hit

#: How far back, in words and in sentences, words that clear a list or take a report back reach.
_REACH, _SENTENCES = 45, 2
#: How far "it turned out to be" may stand from what it replaces.
_REVEALED = 28


class Retractions(CueBoard):
    """Whether later words clear a finding."""

    def _retracted(self, candidate: Candidate) -> Judgement | None:
        for effect, told in (("taken_back", "taken back by"), ("blanket", "cleared with others by")):
            for cue in self._within(effect, candidate.end, candidate.end + _REACH):
                if effect == "blanket" and not self._in_list(candidate):
                    continue
                if self._near(candidate, cue) and not self._told_later(cue.end):
                    return Judgement(Status.ABSENT, f"{told} '{self._text(cue)}'", cue.name == "slip_of_hand")
        return self._mistaken(candidate) or self._turned_out(candidate)

    def _turned_out(self, candidate: Candidate) -> Judgement | None:
        """ "The blisters turned out to be bites": something else, unless a sign is what they turned out to be.

        What a bite or a sting did may still be there, so the patient is asked.
        """
        _, last = self.scene.clauses.bounds(candidate.anchor_start)
        for cue in self._within("reveal", candidate.end, min(last, candidate.end + 6)):
            signs = any(cue.end <= c.anchor_start < cue.end + 8 for c in self.scene.candidates)
            if self.scene.words[cue.start] in ("turned", "turns") and not signs:
                return Judgement(Status.ABSENT, f"something else: '{self._text(cue)}'", in_doubt=True)
        return None

    def _near(self, candidate: Candidate, cue: Hit) -> bool:
        sentence = self.scene.clauses.sentence
        # The items of a list are parted by semicolons, or are questions of a word each.
        between = self.scene.words[candidate.anchor_start : cue.start]
        items = between.count(";") + (between.count("?") if len(between) <= 4 * between.count("?") else 0)
        if sentence[cue.start] - sentence[candidate.anchor_start] - items <= _SENTENCES:
            return True
        # "It's peeling!! ... panic over": marks between make no statement.
        return not any(w[0].isalpha() for w in self.scene.words[candidate.end : cue.start])

    def _in_list(self, candidate: Candidate) -> bool:
        """Whether it is one of several things named, or named in a question or by somebody, and not as one's own."""
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        before = words[max(first, candidate.start - 3) : candidate.start]
        asked = words[max(0, candidate.start - _REACH) : candidate.start]
        if not self.words["enquiries"].isdisjoint(asked) and not self.words["enquiry_for"].isdisjoint(asked):
            # "She asked whether my eyes were sore": "my" is the patient's in somebody else's question.
            return True
        if ":" in before:
            # "From what I've gathered: blisters, ...": the list begins after the mark.
            before = before[before.index(":") + 1 :]
        if not self.words["owning"].isdisjoint(before):
            return False
        named = {c.concept for c in self.scene.candidates if first <= c.anchor_start < last}
        return (
            len(named) > 1
            or "what" in before
            or clauses.asked[clauses.sentence[candidate.anchor_start]]
            or any(self._within(effect, max(0, first - 12), last) for effect in ("story", "hypothetical"))
        )

    def _told_later(self, position: int) -> bool:
        """Whether a sign is told as present after the words that seem to clear: "no wait, it IS blistering"."""
        following = [c for c in self.scene.candidates if position <= c.anchor_start < position + _REACH]
        return any(self._plainly(c).status is Status.PRESENT for c in following)

    def _plainly(self, candidate: Candidate) -> Judgement:
        """What the rules before this one say of a finding."""
        raise NotImplementedError

    def _mistaken(self, candidate: Candidate) -> Judgement | None:
        """ "I was sure it was shingles but the swab came back negative": believed once, and shown to be wrong."""
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        anchor = candidate.anchor_start
        believed = [cue for cue in self._within("mistaken", first, anchor) if cue.end <= anchor]
        if not believed:
            return None
        between = words[believed[-1].end : candidate.anchor_start]
        if not {"would", "will", "d", "but", "because"}.isdisjoint(between) or between[:1] in (["about"], ["of"]):
            return None
        ended = self.words["healed"].union(("gone", "stopped", "settled"))
        if not ended.isdisjoint(words[candidate.end : candidate.end + 4]):
            # "I thought the blisters had gone but they're back": it was their end that was believed.
            return None
        for cue in self._within("reveal", candidate.end, candidate.end + _REVEALED):
            if cue.start > last and clauses.sentence[cue.start] > clauses.sentence[candidate.anchor_start] + 2:
                break
            following = words[cue.end] if cue.end < len(words) else "."
            if words[cue.end - 1] in NEGATED and following not in PUNCTUATION:
                continue
            if any(cue.start <= c.anchor_start < cue.end + 8 for c in self.scene.candidates):
                return None
            said = f"{self._text(believed[-1])} ... {self._text(cue)}"
            return Judgement(Status.ABSENT, f"mistaken: '{said}'")
        return None
