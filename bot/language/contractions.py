"""Ways to write one thing that are read alike: "can not wake", "cannot wake", "can't wake"; "I am done", "im done"."""

import re

_REGULAR = (
    *("do", "does", "did", "could", "would", "should", "must", "need"),
    *("is", "are", "was", "were", "has", "have", "had"),
)
#: Verb -> what it becomes with "not" after it, as the words of a message are: without an apostrophe.
WITH_NOT = {verb: f"{verb}nt" for verb in _REGULAR} | {"can": "cant", "will": "wont"}
#: Every word that says no of its verb, in one place: a list that misses one reads "hadn't" otherwise than "hasn't".
NEGATED = frozenset({"not", "aint", *WITH_NOT.values()})
#: The one of them that is also written as one word.
ONE_WORD = {"cannot": "cant"}

#: A sign that shows in what somebody can't do is told of in the past with these: "he didn't respond", "couldn't speak".
IN_THE_PAST = {
    "cant": ("couldnt",), "dont": ("didnt",), "doesnt": ("didnt",), "wont": ("wouldnt",),
    "isnt": ("wasnt",), "arent": ("werent",), "hasnt": ("hadnt",), "havent": ("hadnt",),
}  # fmt: skip

#: A term that has one of these stands for its words too. They stay two words of a message, as rules look at the verb.
IN_WORDS = {
    "im": ("i", "am"), "ive": ("i", "have"), "hes": ("he", "is"), "shes": ("she", "is"), "its": ("it", "is"),
    "theyre": ("they", "are"), "theyve": ("they", "have"), "weve": ("we", "have"),
    "thats": ("that", "is"), "theres": ("there", "is"), "whats": ("what", "is"),
}  # fmt: skip

_SHORT = {f"{verb} not": short for verb, short in WITH_NOT.items()} | ONE_WORD
_SPELT = re.compile(rf"\b(?:{'|'.join(_SHORT)})\b")


#: "2nd", "3am" are two words of a message each; "40s" and "o2" are one.
_NUMBERED = re.compile(r"\b(\d+)(?!s\b)([a-z]+)\b")


def contracted(terms: str) -> str:
    """Terms of the lexicon as the words of a message are, whichever way they were written down."""
    return _NUMBERED.sub(r"\1 \2", _SPELT.sub(lambda spelt: _SHORT[spelt[0]], terms))
