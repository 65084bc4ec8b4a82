"""The years, decades and months that a message names, as times of then."""

from collections.abc import Iterator
from functools import cached_property

from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, CueBoard
from bot.language.episodes import is_year
from bot.language.terms import Hit

#: Words that liken what there is now to a year.
_AS_IN = (["as", "in"], ["like", "in"], ["like", "back"], ["as", "back"])
_AS_THEN = (["like", "it"], ["it", "did"], ["they", "did"], ["as", "it"], ["same", "as"], ["just", "like"])


class Dates(CueBoard):
    """Whether a number or a month dates a finding."""

    def _year_of(self, candidate: Candidate, first: int, last: int) -> Hit | None:
        """ "Shingles 1976", "I had it in 2019": the year in a finding's sentence, as a cue."""
        told = (self._year_beside(candidate.end), self._year_told(candidate, first), self._year(first, last))
        return next((year_cue(at) for at in told if at is not None), None)

    def _year_beside(self, end: int) -> int | None:
        """ "Penicillin (throat swelled, 1974)": a year in brackets, as in lists of old reactions."""
        comma, year, bracket = [*self.scene.words[end : end + 3], "", "", ""][:3]
        return end + 1 if comma == "," and bracket == ")" and is_year(year) else None

    def _year_told(self, candidate: Candidate, first: int) -> int | None:
        """ "Shingles 1976, gone in three weeks", "1991 I took an overdose": right after it, or first of all."""
        words = self.scene.words
        return next((at for at in (candidate.end, first) if at < len(words) and is_year(words[at])), None)

    def _year(self, first: int, last: int) -> int | None:
        """ "I had it in 2019": the first number in a stretch of words that is written as a year of then."""
        numbers = self._numbers_within(first, last)
        return next((at for at in numbers if not self._year_of_another(at) and self._written_as_year(at)), None)

    @cached_property
    def _numbers(self) -> list[int]:
        """Where words of two or four digits stand."""
        return [at for at, word in enumerate(self.scene.words) if len(word) in (2, 4) and word.isdigit()]

    def _numbers_within(self, first: int, last: int) -> Iterator[int]:
        """ "In 2019", "in 88": where those in a stretch of words stand."""
        return (at for at in self._numbers if first <= at < last)

    def _year_of_another(self, position: int) -> bool:
        """ "Thinks I'm her sister, who died in 1988": another thing's year, or one that now is likened to."""
        words = self.scene.words
        if not {"died", "passed"}.isdisjoint(words[max(0, position - 3) : position]):
            return True
        if words[max(0, position - 4) : max(0, position - 2)] in _AS_THEN:
            # "The skin is coming off me like it did in 2020": now as then.
            return True
        # "Same as in 2019: swollen lips": now as then.
        return words[max(0, position - 2) : position] in _AS_IN

    def _written_as_year(self, position: int) -> bool:
        """ "In 2019", "2016: Bactrim", "..., 1978." and "in '94"."""
        words = self.scene.words
        word, before = words[position], words[max(0, position - 2) : position]
        following = words[position + 1] if position + 1 < len(words) else "."
        if is_year(word) and before and before[-1] in self.words["before_year"]:
            return True
        if is_year(word) and following == ":" and (not before or before[-1] in PUNCTUATION):
            # "2016: Bactrim. Mouth raw, nine days in the burns ward."
            return True
        if is_year(word) and before[-1:] == [","] and following in PUNCTUATION:
            # "Codeine shut my throat when I'd my second, 1978."
            return True
        return self._is_short_year(word, before, following)

    def _is_short_year(self, word: str, before: list[str], following: str) -> bool:
        """ "Nana had shingles in 88", "in '94": two digits that count nothing. before: at most two words."""
        marked = len(before) == 2 and before[1] == "'" and before[0] in self.words["before_year"]
        named = before[-1:] == ["in"] or marked
        uncounted = following in PUNCTUATION or following in self.words["after_short_year"]
        return named and uncounted and len(word) == 2 and word.isdigit() and int(word) >= 50

    def _this_month(self, cue: Hit, candidate: Candidate) -> bool:
        """ "I'm shivering under two duvets in June": the month is this one."""
        if cue.name != "month":
            return False
        near = self.scene.words[max(0, candidate.start - 4) : candidate.end]
        now = not {"im", "am", "hes", "shes", "is", "are", "theyre", "here"}.isdisjoint(near)
        return now and self.words["past_tense"].isdisjoint(near)

    def _a_reading(self, cue: Hit) -> bool:
        """ "Sats in the 80s", "her pressure is in the 80s": no decade."""
        decade = self.scene.words[cue.end - 1][:1].isdigit()
        return decade and not self.words["read_off"].isdisjoint(self.scene.words[max(0, cue.start - 4) : cue.start])


def year_cue(at: int) -> Hit:
    """The year at a word, as a cue of a distant time."""
    return Hit("cue", "year", at, at + 1)
