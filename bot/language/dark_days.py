"""Thoughts of self-harm that a story tells as of then, with a recovery after them: asked about, never cleared."""

from bot.language.candidate import Candidate
from bot.language.cues import CueBoard, Judgement
from bot.language.reading import Status


class DarkDays(CueBoard):
    """Whether a thought of harming oneself is of a time that the writer has come out of."""

    def _come_through(self, candidate: Candidate) -> Judgement | None:
        """ "I was suicidal. It has kept me stable for a year": the question that is asked names whom to call at once.

        Needs a past tense in the sentence of the thought, no word of now in it, and a recovery told after it, or a
        rescue told anywhere.
        """
        words, lists = self.scene.words, self.words
        thought = not lists["named_thoughts"].isdisjoint(words[candidate.start : candidate.end])
        if candidate.concept != "self_harm" or not thought:
            return None
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        told = words[first:last]
        of_then = told[0] in lists["time_of_then_opens"] or not lists["past_tense"].isdisjoint(told)
        of_then = of_then or any(word.endswith("ed") for word in words[first : candidate.start + 1])
        if not of_then or not lists["mind_now"].isdisjoint(words[first : candidate.end]):
            return None
        if not (lists["present_times"] | lists["times_of_day"]).isdisjoint(told):
            return None
        for at, word in enumerate(words):
            mended = word in lists["mind_mended"] and at >= candidate.end
            if (mended or word in lists["mind_saved"]) and self._affirmed(at):
                return Judgement(Status.PAST, f"of then, and a recovery after it: '{words[at]}'", in_doubt=True)
        return None

    def _affirmed(self, at: int) -> bool:
        """Whether a word of recovery is neither denied, nor wished for, nor of the skin, nor "better off"."""
        words, lists = self.scene.words, self.words
        lead = words[max(0, at - 4) : at]
        denied = not (lists["negators"] | lists["mind_wished"] | lists["not_of_mind"]).isdisjoint(lead)
        return not denied and words[at + 1 : at + 2] not in (["off"], ["if"], ["without"])
