"""Finds the word that a misspelt one was meant to be, with care: only words that are rare in English are touched."""

from collections.abc import Mapping
from functools import lru_cache
from math import log10

from rapidfuzz import process
from rapidfuzz.distance import OSA
from wordfreq import get_frequency_dict

#: Occurrences per billion words, as a power of ten, from which a word is taken to be meant as it stands.
_MEANT_FROM = 2.6
#: Below this a word is as good as unknown, and may be further from the one that was meant.
_UNKNOWN_BELOW = 1.2
_LONGEST = 24


class Speller:
    """Matches unknown words to the lexicon's vocabulary by edit distance, and knows some slips by heart."""

    def __init__(
        self,
        vocabulary: frozenset[str],
        known: Mapping[str, str],
        slips: Mapping[str, tuple[str, frozenset[str]]],
        targets: frozenset[str],
        keep: frozenset[str] = frozenset(),
    ) -> None:
        """known: misspelling -> word. slips: real word -> (word meant, words near it that give it away).

        targets: the words to which an unknown word may be corrected. keep: words that are never corrected.
        """
        self.vocabulary = vocabulary
        self._known = known
        self._slips = slips
        self._keep = keep
        self._frequencies = get_frequency_dict("en", wordlist="large")
        by_first: dict[str, list[str]] = {}
        for word in sorted(targets):
            if len(word) >= 4:
                by_first.setdefault(word[0], []).append(word)
        self._by_first = by_first
        self.correct = lru_cache(maxsize=8192)(self._correct)

    def _zipf(self, word: str) -> float:
        frequency = self._frequencies.get(word, 0.0)
        return log10(frequency) + 9 if frequency else 0.0

    def _correct(self, word: str) -> tuple[str, ...]:
        """The word or words meant; the word itself where nothing fits."""
        if word in self._known:
            return tuple(self._known[word].split())
        if len(word) < 4 or len(word) > _LONGEST or word in self._keep or not word.isascii():
            return (word,)
        zipf = self._zipf(word)
        if self._lost_its_g(word, zipf):
            return (word + "g",)
        if zipf >= _MEANT_FROM:
            return (word,)
        if zipf < _UNKNOWN_BELOW:
            parts = self._two_words(word)
            if parts:
                return parts
        distance = self._allowed_distance(len(word), zipf)
        near = process.extract(
            word, self._by_first.get(word[0], ()), scorer=OSA.distance, score_cutoff=distance, limit=6
        )
        best = [found for found in near if found[1] == near[0][1]] if near else []
        if not best:
            return (word,)
        # Letters swapped are likelier than letters lost; then the commoner word.
        return (max(best, key=lambda found: (len(found[0]) == len(word), self._zipf(found[0])))[0],)

    def _lost_its_g(self, word: str, zipf: float) -> bool:
        """As in "shakin" and "pourin": songs have made these common enough to be taken as they stand."""
        whole = word + "g"
        return (
            word.endswith("in")
            and word not in self.vocabulary
            and whole in self.vocabulary
            and self._zipf(whole) > zipf
        )

    @staticmethod
    def _allowed_distance(length: int, zipf: float) -> int:
        if length <= 4:
            return 1 if zipf == 0 else 0
        return 2 if length >= 6 and zipf < _UNKNOWN_BELOW else 1

    def _two_words(self, word: str) -> tuple[str, ...]:
        """Two words run together: mylips, mouthsores."""
        if len(word) < 6:
            return ()
        for cut in range(2, len(word) - 2):
            first, second = word[:cut], word[cut:]
            known = first in self.vocabulary and second in self.vocabulary and max(cut, len(word) - cut) >= 4
            if known and self._zipf(first) >= 4 and self._zipf(second) >= 3:
                return (first, second)
        return ()

    def correct_slips(self, words: list[str]) -> list[str]:
        """Real words wrongly used, where the words around give them away: "wheels all over my arms"."""
        slips = self._slips
        if not any(word in slips for word in words):
            return words
        fixed = list(words)
        for position, word in enumerate(words):
            if word in slips:
                meant, company = slips[word]
                near = words[max(0, position - 4) : position] + words[position + 1 : position + 5]
                if company.intersection(near):
                    fixed[position] = meant
        return fixed
