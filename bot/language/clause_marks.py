"""Marks each word with the kind of clause that it stands in, for the safety net: denied, supposed, past."""

import re

_WORD = re.compile(r"[a-z0-9']+")
_CLAUSE = re.compile(r"[.!?;,\n:()]|\b(?:but|though|although|however|except|now)\b")
_YEAR = re.compile(r"(?:19|20)\d\d$")

_DENIES = frozenset({
    "no", "not", "never", "none", "without", "nor", "neither", "nothing", "nowhere", "dont", "don't", "doesnt",
    "doesn't", "didnt", "didn't", "isnt", "isn't", "arent", "aren't", "wasnt", "wasn't", "havent", "haven't", "hasnt",
    "hasn't", "aint", "ain't", "denies", "nil", "zero", "free", "nae",
})  # fmt: skip
_SUPPOSES = frozenset({
    "if", "suppose", "supposing", "should", "can", "could", "does", "would", "when", "might", "may", "will", "incase",
    "case", "worried", "scared", "afraid", "risk", "chance", "leaflet", "list", "lists", "insert", "warning",
    "brochure", "booklet", "read",
})  # fmt: skip
_PAST = frozenset({
    "ago", "years", "year", "used", "was", "were", "had", "last", "back", "once", "previously", "before", "healed",
    "gone", "cleared", "resolved", "settled",
})  # fmt: skip


def marked_words(text: str) -> list[str]:
    """Each word with marks for its clause: "no blisters" gives "no", "n_blisters".

    n_: after a word that denies; h_: from a word that supposes on; p_: anywhere in a clause with a word of the past.
    """
    marked = []
    for clause in _CLAUSE.split(text.lower()):
        words = _WORD.findall(clause)
        past = "p_" if any(word in _PAST or _YEAR.match(word) for word in words) else ""
        denied = supposed = ""
        for word in words:
            supposed = "h_" if word in _SUPPOSES else supposed
            marked.append(f"{denied}{supposed}{past}{word}")
            denied = "n_" if word in _DENIES else denied
    return marked
