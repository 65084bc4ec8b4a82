"""What is said to be of a distant time: "years ago", "as a child", "in 2009"."""

from itertools import pairwise

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.dates import Dates, year_cue
from bot.language.ended import Ended
from bot.language.episodes import is_year
from bot.language.reach_of_time import ReachOfTime
from bot.language.reading import Ground, Status
from bot.language.terms import Hit

#: "I started getting", "it began with".
_BEGUN = frozenset({"started", "began", "begun", "start", "starting", "developed", "developing"})
_GETTING = frozenset({"getting", "having", "to", "with", "noticing", "seeing", "feeling"})
#: So many words may stand between a finding's sentence and the distant time that the next one gives it.
_ADDED = 5
_AGO = frozenset(("ago", "back"))
_AFTER_AGO = PUNCTUATION | {"lol", "now", "mind", "and"}


class LongAgo(Ended, ReachOfTime, Dates):
    """Whether a finding is said to be of a distant time."""

    def _said_long_ago(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "I had blisters years ago", "Blisters. That was years ago": a distant time in its sentence or next to it."""
        for cue in self._within("past", first, last + 12):
            if self._not_of_then(cue, candidate, last):
                continue
            if cue.start < last:
                judgement = self._long_ago(cue, candidate)
                if judgement is not None:
                    return judgement
            elif self._added_after(cue, candidate, last):
                return self._of_then(cue)
        for at in self._numbers_within(last, last + _ADDED):
            year = year_cue(at)
            if is_year(self.scene.words[at]) and self._added_after(year, candidate, last):
                return self._of_then(year)
        return None

    def _of_then(self, cue: Hit, in_doubt: bool = False) -> Judgement:
        return Judgement(Status.PAST, f"long ago: '{self._text(cue)}'", in_doubt, Ground.LONG_AGO)

    def _in_a_year(self, candidate: Candidate, first: int, last: int) -> Judgement | None:
        """ "I had it in 2019": past, unless the message goes on that it is back."""
        then = self._year_of(candidate, first, last)
        if then is None or self._again_after(then, len(self.scene.words), candidate, bare=False):
            return None
        return self._long_ago(then, candidate)

    def _long_ago(self, cue: Hit, candidate: Candidate) -> Judgement | None:
        """Past by a distant time in the finding's sentence, unless the time is of something else or when it began."""
        if self._divided(cue, candidate) or self._onset_time(cue, candidate):
            return None
        if any(self._text(again) in ("does now", "do now") for again in self._within("again", cue.end, cue.end + 4)):
            # "It didn't blister at first, does now".
            return None
        reach = self._reach_of_time(cue, candidate)
        if reach == "none":
            return None
        doubt = self._asks(cue) or reach == "doubt" or self._set_in(cue, candidate)
        return self._of_then(cue, doubt)

    def _set_in(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Three months ago I started getting blisters": what set in then may go on."""
        between = self.scene.words[cue.end : candidate.start]
        return any(begun in _BEGUN and getting in _GETTING for begun, getting in pairwise(between))

    def _not_of_then(self, cue: Hit, candidate: Candidate, last: int) -> bool:
        """ "Never used to get blisters", "in the past week": words for a distant time that put the finding in none."""
        return (
            # "Last cycle" is no distant time; it may open an episode of a story.
            cue.name == "recent_past"
            or self._this_month(cue, candidate)
            or self._used_to_do(cue, candidate)
            or self._last_time_today(cue, last)
            or self._never_before(cue)
            or self._up_to_now(cue)
            or self._goes_on_since(cue, last)
            or self._a_reading(cue)
            or self._how_long(cue)
            or self._of_a_test(cue, candidate)
        )

    def _of_a_test(self, cue: Hit, candidate: Candidate) -> bool:
        """ "Sores in my mouth, scan was clear last month": what was looked at then is something else."""
        clause = self.scene.clauses.clause
        told = self.scene.words[candidate.end : cue.start]
        apart = candidate.end <= cue.start and clause[cue.start] != clause[candidate.anchor_start]
        return apart and not self.words["tests"].isdisjoint(told)

    def _used_to_do(self, cue: Hit, candidate: Candidate) -> bool:
        """ "I get out of breath, I used to swim": what follows "used to" is of then, not what stands before it."""
        return self._text(cue) == "used to" and candidate.end <= cue.start

    def _last_time_today(self, cue: Hit, last: int) -> bool:
        """ "The last time I had chest pain was an hour ago": a time of today."""
        following = self.scene.words[cue.end : last]
        return "last time" in self._text(cue) and not self.words["hour_words"].isdisjoint(following)

    def _never_before(self, cue: Hit) -> bool:
        """ "I never used to get blisters", "not once had I blisters until today": so they are of now."""
        words = self.scene.words
        before = words[max(0, cue.start - 1)]
        if words[cue.start] == "used" and cue.start and before in self.words["accustomed"]:
            # "I'm getting used to the blisters".
            return True
        return before in self.words["negators"] and words[cue.start] in ("used", "once")

    def _up_to_now(self, cue: Hit) -> bool:
        """ "In the past week", "in the past few months": a time that reaches to now."""
        return self._text(cue) == "in the past" and not self.words["spans"].isdisjoint(
            self.scene.words[cue.end : cue.end + 2]
        )

    def _goes_on_since(self, cue: Hit, last: int) -> bool:
        """ "Began two years ago, which has worsened daily since": the time is when it began."""
        rest = self.scene.words[cue.end : min(last, cue.end + 8)]
        perfect = not self.words["lasting"].isdisjoint(rest)
        return perfect and not self.words["going_on"].isdisjoint(rest) and self.words["negators"].isdisjoint(rest)

    def _how_long(self, cue: Hit) -> bool:
        """ "How long before the swelling goes down?" tells of no time before."""
        return cue.start > 0 and self.scene.words[cue.start - 1] == "how"

    def _added_after(self, cue: Hit, candidate: Candidate, last: int) -> bool:
        """ "Blisters all over. That was nearly four years ago", "... Twenty six years ago now": only the time of it."""
        words, sentence = self.scene.words, self.scene.clauses.sentence
        between = words[last : cue.start]
        before = self.words["before_a_time"] | self.words["counts"]
        following = words[cue.end] if cue.end < len(words) else "."
        return (
            sentence[cue.start] == sentence[candidate.anchor_start] + 1
            and len(between) <= _ADDED
            and all(word in before or word.isdigit() for word in between)
            and (words[last] in self.words["opens_a_time"] or (words[cue.end - 1] in _AGO and following in _AFTER_AGO))
            and not self._again_after(cue, self.scene.clauses.bounds(cue.start)[1], candidate, bare=False)
        )
