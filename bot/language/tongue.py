"""Whether a message is in another language than English, or in none, by how common its words are."""

import re

from wordfreq import zipf_frequency

#: Those that the emergency message exists in and that word lists are at hand for.
LANGUAGES = ("es", "de", "fr", "it", "pt", "nl", "pl")

_WORD = re.compile(r"[^\W\d_]{2,}")
#: A word that English speakers use about once in a million words or less is not English enough to count.
_RARE = 3.0
#: Words that no English text has; medicines' names are rare too, so lexicon findings are looked at first.
_UNKNOWN = 1.7
_LEAST_WORDS = 3
#: How much more common the words must be elsewhere, in powers of ten.
_MARGIN = 1.0


def is_gibberish(text: str) -> bool:
    """Whether no word of a message is known: letters at random, or no letters at all."""
    return all(zipf_frequency(word, "en") < _UNKNOWN for word in _WORD.findall(text.lower())[:60])


def foreign_language(text: str) -> str | None:
    """The code of the language, None for English or for too few words to tell.

    The other languages' lists are only loaded once most words of a message are strange to English.
    """
    words = _WORD.findall(text.lower())[:60]
    if len(words) < _LEAST_WORDS:
        return None
    english = [zipf_frequency(word, "en") for word in words]
    if sum(score < _RARE for score in english) * 3 < len(words):
        return None
    own = sum(english) / len(words)
    scores = {code: sum(zipf_frequency(word, code) for word in words) / len(words) for code in LANGUAGES}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= own + _MARGIN else None
