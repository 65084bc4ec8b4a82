"""Forms of a word by the simple rules of English spelling, for lexicon terms marked with `~` or `^`."""

from collections.abc import Iterable, Mapping

_VOWELS = "aeiou"


def plural(word: str) -> str:
    """The plural or third person: bump -> bumps, rash -> rashes, body -> bodies."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _stem_for_suffix(word: str) -> str:
    """Doubles the last consonant of a short word: slip -> slipp-, peel -> peel-."""
    if (
        len(word) >= 3
        and word[-1] not in _VOWELS + "wxy"
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
        and sum(letter in _VOWELS for letter in word) == 1
    ):
        return word + word[-1]
    return word


def forms(word: str, irregular: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The word with its plural or third person, past and -ing forms; irregular ones as listed."""
    if word in irregular:
        return tuple(dict.fromkeys((word, *irregular[word])))
    if word.endswith("e"):
        past, ing = word + "d", (word if word.endswith("ee") else word[:-1]) + "ing"
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        past, ing = word[:-1] + "ied", word + "ing"
    else:
        stem = _stem_for_suffix(word)
        past, ing = stem + "ed", stem + "ing"
    return tuple(dict.fromkeys((word, plural(word), past, ing)))
