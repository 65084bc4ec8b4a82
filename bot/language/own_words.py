"""Whether a finding is put as the writer's own, and as so at present: "my", "I have these", "since Tuesday"."""

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, CueBoard
from bot.language.terms import Hit


class OwnWords(CueBoard):
    """What speaks for a report rather than a thought."""

    def _held(self, candidate: Candidate, start: int) -> bool:
        """Whether the finding is put as the writer's own: "my", "on my", "I have these", "ive got"."""
        placed = self._possessives(candidate, start) or self._placed_after(candidate)
        return bool(placed) or self._owned(candidate, start)

    def _only_placed(self, candidate: Candidate, start: int) -> bool:
        """ "Sores in my mouth": the place is the writer's, which says nothing of the sores; "my sores" would."""
        words = self.scene.words
        mine = [*self._possessives(candidate, start), *self._placed_after(candidate)]
        return (
            bool(mine)
            and all(words[at - 1] in self.words["preposition"] and self._place_follows(at) for at in mine)
            and not self._owned(candidate, start)
        )

    def _placed_after(self, candidate: Candidate) -> list[int]:
        """ "Blisters on my arms": where the "my" stands."""
        words = self.scene.words
        at = candidate.end + 1
        mine = words[at : at + 1] and words[at] in ("my", "his", "her") and words[at - 1] in self.words["preposition"]
        return [at] if mine and self._place_follows(at) else []

    def _possessives(self, candidate: Candidate, start: int) -> list[int]:
        words, sentence = self.scene.words, self.scene.clauses.sentence
        left = range(max(start, candidate.start - 4), max(candidate.anchor_start, candidate.end))
        own = sentence[candidate.anchor_start]
        mine = [at for at in left if words[at] in self.words["possessive"] and sentence[at] == own]
        # "Scared me silly: skin like burns" owns nothing; "me legs" does, and "is it the pills giving me these".
        given = self.words["giving"]
        return [at for at in mine if words[at] != "me" or at + 1 >= candidate.start or words[at - 1] in given]

    def _owned(self, candidate: Candidate, start: int) -> bool:
        words = self.scene.words
        if any(words[p] in ("these", "those") for p in range(max(start, candidate.start - 2), candidate.start)):
            return True
        for p in range(max(start, candidate.start - 5), candidate.anchor_end):
            if words[p] in ("ive", "im", "hes", "shes", "weve") or (
                words[p] in ("i", "he", "she", "we")
                and words[p + 1 : p + 2]
                and words[p + 1] in ("have", "has", "am", "is", "got", "had", "cant", "now", "keep")
            ):
                return True
        following = words[candidate.end : candidate.end + 5]
        for index, word in enumerate(following):
            named = self.words["them"].intersection(words[candidate.end + index :][:6])
            if word in PUNCTUATION or (word == "but" and not named):
                # "The leaflet says confusion but I am fine", not "... but I have them".
                break
            mine = word in ("my", "his", "her", "me") and index and following[index - 1] in self.words["preposition"]
            if mine and candidate.end + index not in self._placed_after(candidate):
                return True
            if (
                word in ("i", "hes", "shes", "ive")
                and following[index + 1 : index + 2]
                and (following[index + 1] in ("have", "got", "am", "noticed") or word == "ive")
            ):
                return True
        return False

    def _state(self, candidate: Candidate) -> bool:
        """Whether it is told as a state: "is raw", "has sloughed", "swollen"."""
        words = self.scene.words
        if self._bare_verb(candidate):
            return False
        near = words[max(0, candidate.anchor_start - 3) : candidate.anchor_start]
        return any(w in self.words["be"] for w in near) or words[candidate.anchor_start] in (
            "swollen",
            "blistered",
            "sloughed",
            "raw",
        )

    def _now(self, candidate: Candidate) -> bool:
        """Whether the sentence says that it is so at present."""
        first, last = self.scene.clauses.bounds(candidate.anchor_start)
        return any(not self._asks_of_return(cue, first) for cue in self._within("again", first, last))

    def _asks_of_return(self, cue: Hit, first: int) -> bool:
        """ "What is it, and does it come again?": not that it has."""
        lead = self.scene.words[max(first, cue.start - 4) : cue.start]
        return self._text(cue) == "again" and not self.words["may_return"].isdisjoint(lead)

    def _lasts(self, candidate: Candidate) -> bool:
        """ "... raw patches since starting it": a time since when makes it a report."""
        words = self.scene.words
        _, last = self.scene.clauses.bounds(candidate.anchor_start)
        return any(words[p] == "since" for p in range(candidate.end, min(last, candidate.end + 6)))
