"""A story with stages: an episode of it that is of long ago, or that later sentences end, and the recovery after it."""

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.dates import Dates, year_cue
from bot.language.episodes import LONG, Episodes
from bot.language.reading import Ground, Status
from bot.language.terms import Hit

#: Sentences that a story may have between a finding and the words that end it.
_STORY = 5
#: Words that may stand between what happened in a stage of the treatment and the recovery from it.
_RECOVERY = 30
#: Beside a word for being well, they leave out what was told before it.
_APART_FROM = frozenset({"otherwise", "apart", "besides"})


class Stories(Episodes, Dates):
    """Whether the sentences around a finding tell a story that has left it behind."""

    def _over_by(self, cue: Hit, how: str, in_doubt: bool = False) -> Judgement:
        """ "The blisters had gone" counts as gone, what "healed" as ended."""
        said = self._text(cue)
        return Judgement(Status.PAST, f"{how}: '{said}'", in_doubt, Ground.GONE if "gone" in said else Ground.ENDED)

    def _closed(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """A story in the past, with its end some sentences later: "blisters, burn unit. That was 1977, I healed"."""
        closings = self.cues["closing"]
        if not closings or self._present_beside(candidate, first, last):
            return None
        cue = next((cue for cue in closings if self._ends_story(cue, candidate, first, last)), None)
        return self._over_by(cue, "over, the story ends") if cue is not None else None

    def _ends_story(self, cue: Hit, candidate: Candidate, first: int, last: int) -> bool:
        """ "Blisters, burn unit. That was 1977, I healed": whether the words that close a story close it for a finding.

        Not so where they are of something else, where it is told as present before them, or where it came back.
        """
        clauses = self.scene.clauses
        apart = clauses.sentence[cue.start] - clauses.sentence[candidate.anchor_start]
        after = cue.start >= candidate.end
        near = apart <= _STORY if after else cue.start < first and apart >= -1
        if not near or not self._closes_a_past(cue, candidate, last, apart):
            return False
        if cue.start < first and not self.words["present_times"].isdisjoint(self.scene.words[first:last]):
            # "Hives in May, gone in two days. Last Friday it began, and this morning there are blisters".
            return False
        begun = max(clauses.bounds(cue.start)[0], candidate.end) if apart else candidate.end
        if after and (self._another_subject(begun, cue.start) or self._told_now(candidate.end, cue.start)):
            return False
        return not self._again_after(cue, clauses.bounds(cue.start)[1], candidate) and not self._nothing_since(cue)

    def _closes_a_past(self, cue: Hit, candidate: Candidate, last: int, apart: int) -> bool:
        """ "I had blisters. ... All healed": the story is told in the past tense up to the words that close it."""
        clauses = self.scene.clauses
        opening = clauses.first[max(0, clauses.sentence[candidate.anchor_start] - 2)]
        # In one sentence the cue's own past ("..., bloods were normal") tells nothing of when the finding was.
        end = max(last, cue.start) if apart else cue.start
        return self._in_past_tense(opening, end) or self._text(cue).startswith("that was")

    def _nothing_since(self, cue: Hit) -> bool:
        """ "Nothing since I woke" tells when it began."""
        words = self.scene.words
        return words[cue.end - 1] == "since" and cue.end < len(words) and words[cue.end] not in PUNCTUATION

    def _present_beside(self, candidate: Candidate, first: int, last: int) -> bool:
        """Whether the words right beside a finding tell of now."""
        near = self.scene.words[max(first, candidate.start - 6) : min(last, candidate.end + 4)]
        return not self.words["present_tense"].isdisjoint(near)

    def _another_subject(self, start: int, end: int) -> bool:
        """ "The itch has gone since": the ending is of something else."""
        return not self.words["other_endings"].isdisjoint(self.scene.words[start:end])

    def _told_now(self, start: int, end: int) -> bool:
        """Whether a sign is told as present between a finding and the ending of the story."""
        words, clauses = self.scene.words, self.scene.clauses
        for anchor, after in self._anchors:
            if start <= anchor and after <= end:
                first, _ = clauses.bounds(anchor)
                if not self.words["present_tense"].isdisjoint(words[max(first, anchor - 5) : after + 2]):
                    return True
        return False

    def _long_ago_story(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "In 2009 they tried thalidomide. My face blew up": a distant time holds for the sentences after it.

        The patient is asked, since the story may have come back to the present unsaid.
        """
        words, clauses = self.scene.words, self.scene.clauses
        number = clauses.sentence[candidate.anchor_start]
        told = words[first:last]
        bare = self.words["past_tense"].isdisjoint(told)
        tells_now = not self.words["present_tense"].isdisjoint(told) or not {"i", "im", "ive"}.isdisjoint(told)
        if not number or (bare and tells_now):
            return None
        begun = clauses.first[max(0, number - 3)]
        times = [cue for cue in self._within("past", begun, first) if cue.name == "remote" and not bare]
        year = self._year(begun, first)
        if year is not None:
            times.append(year_cue(year))
        for cue in times:
            rest = words[cue.end : last]
            opening, ending = clauses.bounds(cue.start)
            if not self.words["present_tense"].isdisjoint(rest) or not self.words["dividers"].isdisjoint(rest):
                continue
            if not self.words["onset"].isdisjoint(words[opening:ending]):
                continue
            said = self._text(cue)
            return Judgement(Status.PAST, f"in a story of long ago: '{said}'", in_doubt=True)
        return None

    def _recovered(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "Week 2: lips swelled, ER. Week 3: gone": a stage of the treatment, and a word of recovery after it.

        Looser than an ending that is said of the finding itself, so the patient is asked.
        """
        words, clauses = self.scene.words, self.scene.clauses
        number = clauses.sentence[candidate.anchor_start]
        if self._present_beside(candidate, first, last):
            return None
        opening = clauses.first[max(0, number - 1)]
        staged = any(self._stage(at) for at in range(opening, min(candidate.end + 3, len(words))))
        if not staged and not self._tale(first, last):
            return None
        for at in range(candidate.end, min(candidate.end + _RECOVERY, len(words))):
            if clauses.sentence[at] - number > 2 or words[at] in self.words["negators"]:
                return None
            if not self._recovery(at):
                continue
            if self._again_after(Hit("cue", "recovered", at, at + 1), len(words), candidate):
                return None
            if not clauses.asked[clauses.sentence[at]] and not self._told_now(candidate.end, len(words)):
                return Judgement(Status.PAST, f"a stage, and recovery after it: '{words[at]}'", in_doubt=True)
        return None

    def _recovery(self, at: int) -> bool:
        """ "Week 3: gone", not "... but otherwise fine", which is well but for the finding."""
        words = self.scene.words
        if words[at] not in self.words["recovered"] or not _APART_FROM.isdisjoint(words[max(0, at - 3) : at + 2]):
            return False
        return words[at] not in self.words["recovery_or_place"] or self._no_place(at)

    def _no_place(self, at: int) -> bool:
        """Not so in "all over my face", "flat on my back"; "all over by June" is one again."""
        following = self.scene.words[at + 1 : at + 2]
        if self.scene.words[at - 1] == "all":
            return not self.words["over_by"].isdisjoint(following)
        return self.words["no_recovery_before"].isdisjoint(following)

    def _tale(self, first: int, last: int) -> bool:
        """Whether a finding is told in the past tense of a long story, which has its now elsewhere."""
        told = self.scene.words[first:last]
        past = self._in_past_tense(first, last)
        return len(self.scene.words) >= LONG and past and self.words["present_times"].isdisjoint(told)
