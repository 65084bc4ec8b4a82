"""What is uncertain, slight, or put down to something harmless."""

from bot.language.compositions import Candidate
from bot.language.cues import PUNCTUATION, CueBoard, Judgement
from bot.language.reading import Status
from bot.language.terms import Hit

#: Ailments of words.yml. Each has its words, what shows that it is one (`_beside`) and what may be more (`_or_more`).
COMMON_AILMENTS = ("cold", "heartburn", "moon_face", "itchy_eyes", "scabs", "spotting", "piles")


class Doubts(CueBoard):
    """Whether a finding that is told as present is to be asked about."""

    def _doubtful(self, candidate: Candidate) -> Judgement | None:
        if candidate.doubt and self._common_ailment(candidate):
            return Judgement(Status.HYPOTHETICAL, "the sign is only in the name of a common ailment")
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        rejected = any(cue.name == "benign_rejected" for cue in self._within("pseudo", first, last))
        benign = [
            cue
            for cue in self._within("benign", first, last + 4)
            if self._beside(cue, candidate)
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
        if relief:
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

    def _common_ailment(self, candidate: Candidate) -> bool:
        """ "Sore throat, cough and a runny nose", "heartburn after curry, gaviscon sorted it": nothing more is told."""
        words, lists = self.scene.words, self.words
        named, beside = words[candidate.start : candidate.end], words[: candidate.start] + words[candidate.end :]
        return any(
            not lists[ailment].isdisjoint(named)
            and not lists[f"{ailment}_beside"].isdisjoint(beside)
            and lists[f"{ailment}_or_more"].isdisjoint(beside)
            for ailment in COMMON_AILMENTS
        )

    def _beside(self, cue: Hit, candidate: Candidate) -> bool:
        clauses = self.scene.clauses
        if clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start]:
            return True
        gap = cue.start - candidate.end
        return 0 <= gap <= 3 and clauses.sentence[cue.start] == clauses.sentence[candidate.anchor_start] + 1

    @staticmethod
    def _next_to(cue: Hit, candidate: Candidate) -> bool:
        """ "Reduction in wheezing", "the wheeze is much less with it"."""
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
