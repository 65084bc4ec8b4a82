"""What is uncertain, slight, or put down to something harmless."""

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, CueBoard, Judgement
from bot.language.reading import Status
from bot.language.terms import Hit


class Doubts(CueBoard):
    """Whether a finding that is told as present is to be asked about."""

    def _doubtful(self, candidate: Candidate) -> Judgement | None:
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        rejected = any(cue.name == "benign_rejected" for cue in self._within("pseudo", first, last))
        benign = [
            cue
            for cue in self._within("benign", first, last + 4)
            if self._beside(cue, candidate)
            and candidate.concept in self.words.get(cue.name, {candidate.concept})
            and not rejected
            and not (cue.start and words[cue.start - 1] in self.words["negators"])
            and not {"like", "as"} & set(words[max(0, cue.start - 2) : cue.start])
        ]
        hedge = [cue for cue in self._within("unsure", first, last) if self._hedges(cue, candidate)]
        mild = [
            cue
            for cue in self._within("mild", max(0, candidate.anchor_start - 6), candidate.anchor_start)
            if 0 <= candidate.anchor_start - cue.end <= 1
        ]
        mild += [c for c in self._within("mild", candidate.end, candidate.end + 2) if c.name == "mild"]
        relief = [cue for cue in self._within("relief", first, last) if self._next_to(cue, candidate)]
        if relief and not self._tried_in_vain(candidate.end):
            return Judgement(Status.UNSURE, f"what helped: '{self._text(relief[0])}'", in_doubt=True)
        if benign and candidate.concept in self.words["harmless"]:
            return Judgement(Status.UNSURE, f"harmless cause given: '{self._text(benign[0])}'", in_doubt=True)
        if mild and candidate.concept in self.words["mildable"]:
            return Judgement(Status.UNSURE, f"mild: '{self._text(mild[0])}'", in_doubt=True)
        if hedge:
            text = self._text(hedge[0])
            weak = text in self.words["half_denials"]
            if weak or candidate.doubt:
                return Judgement(Status.UNSURE, f"unsure: '{text}'", in_doubt=True)
            return Judgement(Status.PRESENT, f"unsure ('{text}'), taken as present")
        return None

    def _beside(self, cue: Hit, candidate: Candidate) -> bool:
        clauses = self.scene.clauses
        if clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start]:
            return not self._of_the_first(cue, candidate)
        gap = cue.start - candidate.end
        return 0 <= gap <= 3 and clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start] + 1

    def _of_the_first(self, cue: Hit, candidate: Candidate) -> bool:
        """ "It isn't that I'm out of breath from walking, I'm out of breath sitting": the cause is of the first."""
        return "," in self.scene.words[cue.end : candidate.start] and any(
            other.concept == candidate.concept and 0 <= cue.start - other.end <= 1 for other in self.scene.candidates
        )

    @staticmethod
    def _next_to(cue: Hit, candidate: Candidate) -> bool:
        """ "Reduction in wheezing", "the wheeze is much less with it", "my throat is less sore"."""
        if candidate.start < cue.start and cue.end < candidate.end:
            return True
        return 0 <= candidate.start - cue.end <= 2 or 0 <= cue.start - candidate.end <= 1

    def _hedges(self, cue: Hit, candidate: Candidate) -> bool:
        text = self._text(cue)
        if text in ("?",):
            return False
        if cue.end <= candidate.anchor_start:
            gap = candidate.start - cue.end
            limit = 2 if text in self.words["close_hedges"] else 8
            return (
                gap <= limit
                and self.scene.clauses.sentence[cue.start] == self.scene.clauses.sentence[candidate.anchor_start]
            )
        if (
            text in self.words["close_hedges"]
            and self.scene.clauses.clause[cue.start] != self.scene.clauses.clause[candidate.end - 1]
        ):
            # "Dipped in boiling water, skin looks hardly red": the hedge is of what follows.
            return cue.start - candidate.end <= 1 and self._stops(cue.end)
        return cue.start >= candidate.end and cue.start - candidate.end <= 4

    def _stops(self, position: int) -> bool:
        words = self.scene.words
        return position >= len(words) or words[position] in PUNCTUATION
