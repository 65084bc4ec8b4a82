"""Whether a time of long ago is that of the finding in its sentence, of something else, or of when it began."""

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, CueBoard
from bot.language.terms import Hit


class ReachOfTime(CueBoard):
    """How far a distant time reaches in the sentence that it stands in."""

    def _reach_of_time(self, cue: Hit, candidate: Candidate) -> str:
        """Whether a time of long ago in one sentence with a finding is that of the finding: "full", "doubt" or "none".

        "My lips are swollen, I had measles as a child": a statement of now is not of then. "I had eczema years ago,
        sores in my mouth": told without a verb, so it is asked. "As a child, blisters": the time is of nothing else.
        """
        words, clauses = self.scene.words, self.scene.clauses
        first, last = clauses.bounds(candidate.anchor_start)
        own = clauses.clause[candidate.anchor_start]
        opening, ending = first, last
        joined = [
            at for at in range(min(cue.end, candidate.end), max(cue.start, candidate.start)) if words[at] == "and"
        ]
        if joined and candidate.end <= cue.start:
            ending = joined[0]
        elif joined:
            opening = joined[-1] + 1
        elif clauses.clause[cue.start] == own:
            backward = cue.start >= candidate.end and self._text(cue) in self.words["then_follows"]
            return "none" if backward or self._run_on(cue, candidate) else "full"
        if not {":", "("}.isdisjoint(words[cue.end : candidate.start]) or words[candidate.end : cue.start] == ["("]:
            # "As a young man: hospital, blisters", "a heart attack (2003)".
            return "full"
        told = [words[at] for at in range(opening, ending) if clauses.clause[at] == own]
        if not (self.words["present_tense"] | self.words["times_of_now"] | self.words["now_verbs"]).isdisjoint(told):
            return "none"
        if not (self.words["past_tense"] | self.words["past_signs"]).isdisjoint(told):
            return "full"
        return "full" if self._of_nothing_else(cue, candidate, first, last) else "doubt"

    def _of_nothing_else(self, cue: Hit, candidate: Candidate, first: int, last: int) -> bool:
        """ "As a child, blisters": beside the time, its clause holds nothing that it could be of."""
        words, clauses = self.scene.words, self.scene.clauses
        of_cue = set(clauses.clause[cue.start : cue.end])
        beside = [
            words[at]
            for at in range(first, last)
            if clauses.clause[at] in of_cue
            and not cue.start <= at < cue.end
            and not candidate.start <= at < candidate.end
        ]
        return all(word in PUNCTUATION or word in self.words["light"] for word in beside)

    def _run_on(self, cue: Hit, candidate: Candidate) -> bool:
        """ "I get out of puff just sitting had pneumonia 2 years ago": two statements with no mark between them."""
        words, lists = self.scene.words, self.words
        if cue.end <= candidate.start:
            subject, verb = [*words[cue.end : cue.end + 2], "", ""][:2]
            return subject in ("im", "ive") or (subject == "i" and verb in ("have", "am", "get"))
        first, _ = self.scene.clauses.bounds(candidate.anchor_start)
        now = lists["present_tense"] | lists["now_verbs"] | {"get", "gets", "have"}
        if now.isdisjoint(words[first : candidate.end]):
            return False
        return any(
            words[at] in ("had", "was") and words[at - 1] not in lists["subjects_of_had"]
            for at in range(candidate.end, cue.start)
        )

    def _divided(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Shingles years ago, now my lips are swollen": a "now", "but", person or new statement parts the two."""
        return (
            self._of_a_person_between(cue, candidate)
            or self._turns_between(cue, candidate)
            or self._now_before(candidate)
            or self._now_after(candidate)
            or self._now_no_better(cue)
        )

    def _of_a_person_between(self, cue: Hit, candidate: Candidate) -> bool:
        """ "My lips are swollen, my sister had the same years ago": the time is of what she had."""
        return any(
            person.name in ("other", "relative", "patient")
            and candidate.end <= person.start < cue.start
            and self.scene.words[person.start - 1] != "like"
            for person in self._people
        )

    def _turns_between(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Measles as a child but sores now", "shingles last year and I have blisters": the story turns in between."""
        words = self.scene.words
        if cue.end <= candidate.start:
            between = range(cue.end, candidate.anchor_start)
        else:
            # Empty where the two overlap.
            between = range(candidate.end, cue.start)
        for position in between:
            if words[position] in self.words["dividers"]:
                return True
            if (
                words[position] in ("i", "ive", "my", "im")
                and words[position - 1] in (",", "and", "then", "-")
                and cue.end <= candidate.start
                and words[position + 1 : position + 2]
                and words[position + 1] in ("have", "am", "now")
            ):
                return True
        return False

    def _now_before(self, candidate: Candidate) -> bool:
        """ "Two years ago it went, now blisters": a word of now stands before the finding, in its clause."""
        words, clause = self.scene.words, self.scene.clauses.clause
        near = range(max(0, candidate.start - 4), candidate.start)
        return any(words[at] in ("now", "again", "still") and clause[at] == clause[candidate.start] for at in near)

    def _now_after(self, candidate: Candidate) -> bool:
        """ "I had blisters last year, and blisters again": a word of now stands right after the finding.

        "Had shingles 2014. Now itchy knees": the next sentence tells of something else.
        """
        words, sentence = self.scene.words, self.scene.clauses.sentence
        own = sentence[candidate.anchor_start]
        after = (at for at in range(candidate.end, min(candidate.end + 3, len(words))) if sentence[at] == own)
        return any(words[at] in ("again", "now", "still") and not self._now_well(at) for at in after)

    def _now_no_better(self, cue: Hit) -> bool:
        """ "Got blisters last year, now no better"."""
        words = self.scene.words
        return words[cue.end : cue.end + 2] == [",", "now"] and (
            words[cue.end + 2 : cue.end + 4] == ["no", "better"]
            or not self.words["now_on"].isdisjoint(words[cue.end + 2 : cue.end + 3])
        )

    def _now_well(self, at: int) -> bool:
        """ "Two years ago I had blisters, now all fine", "..., now just dry skin": `at` stands a "now" of contrast."""
        words, lists = self.scene.words, self.words
        told = words[at + 1 : min(at + 5, self.scene.clauses.bounds(at)[1])]
        if words[at] != "now" or words[at - 1] not in lists["contrast"] or not told:
            return False
        if told[0] in lists["now_only"]:
            return told[1:2] == [] or told[1] not in lists["no_recovery"]
        negated = not lists["negators"].isdisjoint(told)
        return not negated and not lists["now_well"].isdisjoint(told)

    def _onset_time(self, cue: Hit, candidate: Candidate) -> bool:
        """Whether the time tells when something began, so that it goes on: "started two months ago"."""
        words = self.scene.words
        begun = words[cue.end : candidate.start] if words[cue.end - 1] == "started" else []
        if len(begun) in (1, 2) and begun[0].endswith("ing") and begun[0] not in self.words["own_treatment"]:
            # "On it for a month before I started getting blisters".
            return True
        near = words[max(0, cue.start - 7) : cue.start]
        if candidate.end <= cue.start:
            near = words[candidate.end : cue.start]
        return any(w in self.words["onset"] for w in near)
