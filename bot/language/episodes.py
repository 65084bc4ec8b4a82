"""A long story has several episodes: what one of then told of, that healed and that the one of now lacks, is over."""

from datetime import date, timedelta
from functools import cached_property

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.ended import Ended
from bot.language.reading import Status
from bot.language.terms import Hit

#: A message of so many words tells a story.
LONG = 60
#: How many sentences a distant time, and a recovery, may stand from what they belong to.
_TIME, _HEALING = 4, 6
#: Beside a time, they tell that something goes on since.
_BEGAN = frozenset({"started", "starting", "start", "began", "begun", "since"})


class Episodes(Ended):
    """Whether a finding belongs to an episode that a long story has left behind."""

    def _left_behind(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "In my first cycle blisters, admitted, all healed. Restarted. Since yesterday a pink patch".

        Needs all of it: told in the past, a time or a stage of then, a recovery after it, and a now after that. Where
        the time is missing, though the tense and the recovery are sure, or the story may say that it is back, the
        patient is asked.
        """
        number = self.scene.clauses.sentence[candidate.anchor_start]
        if len(self.scene.words) < LONG or not self._told_of_then(candidate, first, last):
            return None
        healed = self._healed_after(candidate, number)
        if healed is None or self._last_now <= number:
            return None
        then = self._time_of_then(candidate, number)
        if then is None and not (self._in_past_tense(first, last) and self.scene.words[healed] in self.words["healed"]):
            return None
        # A thought of harming oneself is asked about, whatever became of it.
        doubt = then is None or candidate.concept == "self_harm" or self._relapse(healed)
        said = f"'{then}', then '{self.scene.words[healed]}'" if then else f"then '{self.scene.words[healed]}'"
        return Judgement(Status.PAST, f"an episode left behind: {said}", in_doubt=doubt)

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """The first word of each sentence and the one after its last."""
        clauses = self.scene.clauses
        return [pair for pair in zip(clauses.first, clauses.last, strict=True) if pair[0] < pair[1]]

    def _told_of_then(self, candidate: Candidate, first: int, last: int) -> bool:
        """Nothing of now stands in its clause or those beside it: past tense, or a list without any verb."""
        words, clause = self.scene.words, self.scene.clauses.clause
        own = clause[candidate.anchor_start]
        return self._of_now.isdisjoint(words[at] for at in range(first, last) if abs(clause[at] - own) <= 1)

    def _in_past_tense(self, first: int, last: int) -> bool:
        return not self.words["past_tense"].isdisjoint(self.scene.words[first:last])

    @cached_property
    def _of_now(self) -> frozenset[str]:
        return self.words["present_tense"] | self.words["present_times"] | self.words["times_of_now"]

    @cached_property
    def _last_now(self) -> int:
        """The last sentence that is about now, -1 for none."""
        return max((number for number in range(len(self._spans)) if self._tells_now(number)), default=-1)

    def _tells_now(self, number: int) -> bool:
        """Whether a sentence is about now: it has a word of now, and is no question."""
        first, last = self._spans[number]
        return not self.scene.clauses.asked[number] and not self._of_now.isdisjoint(self.scene.words[first:last])

    def _time_of_then(self, candidate: Candidate, number: int) -> str | None:
        """The words of the distant time or stage that a sentence, or those shortly before it, stand in."""
        words, spans = self.scene.words, self._spans
        for back in range(number, max(-1, number - _TIME), -1):
            first, last = spans[back]
            end = last if back == number else min(last, candidate.start)
            for effect in ("past", "then"):
                for cue in self._within(effect, first, end):
                    return self._text(cue)
            for at in range(first, end):
                if self._stage(at) or is_year(words[at]):
                    return words[at]
            if back < number and self._tells_now(back):
                return None
        return None

    def _long_past(self, candidate: Candidate, number: int) -> bool:
        """Whether a year or a time of long ago is told in a finding's sentence, shortly before or right after it."""
        first = self._spans[max(0, number - _TIME)][0]
        last = self._spans[min(len(self._spans) - 1, number + 1)][1]
        if any(is_year(word) for word in self.scene.words[first:last]):
            return True
        return any(
            cue.name in ("remote", "month") and not self._begun_then(cue) for cue in self._within("past", first, last)
        )

    def _begun_then(self, cue: Hit) -> bool:
        """ "Three months ago I started getting ...": a time of long ago that something goes on since."""
        first, last = self.scene.clauses.bounds(cue.start)
        return not _BEGAN.isdisjoint(self.scene.words[first:last])

    def _stage(self, at: int) -> bool:
        """Whether "cycle 2", "week three", "the second week" stands at a word."""
        words = self.scene.words
        if words[at] not in self.words["stages"]:
            return False
        beside = (words[at + 1] if at + 1 < len(words) else "", words[at - 1] if at else "")
        return any(word.isdigit() or word in self.words["stage_numbers"] for word in beside)

    def _healed_after(self, candidate: Candidate, number: int) -> int | None:
        """Where the story says that all was well again."""
        end = self._spans[min(len(self._spans) - 1, number + _HEALING)][1]
        return next((at for at in self._healings if candidate.end <= at < end), None)

    @cached_property
    def _healings(self) -> list[int]:
        """Every word of a recovery that is not denied, asked about, or said of something else."""
        words, clauses = self.scene.words, self.scene.clauses
        cued = {cue.end - 1: cue.start for effect in ("ended", "closing") for cue in self.cues[effect]}
        found = []
        for at, word in enumerate(words):
            sure = word in self.words["healed"] or (word in self.words["recovered"] and self._closed_by(at))
            if not sure and at not in cued:
                continue
            start = cued.get(at, at)
            if words[start] in self.words["broken_off"]:
                # "They stopped the drug" tells of no recovery.
                continue
            lead = words[max(clauses.bounds(at)[0], start - 5) : start]
            if clauses.asked[clauses.sentence[at]] or not self.words["negators"].isdisjoint(lead[-3:]):
                continue
            if self.words["other_endings"].isdisjoint(lead):
                found.append(at)
        return found

    def _closed_by(self, at: int) -> bool:
        """Whether a loose word for recovery says so of somebody: "it is clear now", not "a fine red rash"."""
        words = self.scene.words
        before = words[at - 1] if at else ""
        following = words[at + 1] if at + 1 < len(words) else "."
        return before in self.words["be"] | {"all", "been", "was", "were"} and (
            following in PUNCTUATION or following in self.words["after_ending"]
        )

    def _relapse(self, position: int) -> bool:
        """Whether later words may say that it has come back."""
        words = self.scene.words
        for again in self._within("again", position, len(words)):
            denied = not self.words["negators"].isdisjoint(words[max(position, again.start - 3) : again.start])
            # "The swab came back negative".
            result = not self.words["results"].isdisjoint(words[again.end : again.end + 2])
            if self._text(again) in self.words["it_is_back"] | self.words["relapse"] and not denied and not result:
                return True
        return False


def is_year(word: str) -> bool:
    """A year that a patient may remember, and over for a season: in January, last year is no distant time."""
    if len(word) != 4 or not word.isdigit():
        return False
    return 1930 <= int(word) < (date.today() - timedelta(days=90)).year
