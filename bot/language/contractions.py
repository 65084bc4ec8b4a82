"""Ways to write one thing that are read alike: "can not wake", "cannot wake", "can't wake"; "I am done", "im done"."""

import re

#: Verb -> what it becomes with "not" after it, as the words of a message are: without an apostrophe.
WITH_NOT = {
    verb: f"{verb}nt"
    for verb in (
        *("do", "does", "did", "could", "would", "should", "is", "are", "was", "were", "has", "have", "had"),
        *("must", "need"),
    )
} | {"can": "cant", "will": "wont"}
#: The one of them that is also written as one word.
ONE_WORD = {"cannot": "cant"}

#: A term that has one of these stands for its words too. They stay two words of a message, as rules look at the verb.
IN_WORDS = {
    "im": ("i", "am"), "ive": ("i", "have"), "hes": ("he", "is"), "shes": ("she", "is"), "its": ("it", "is"),
    "theyre": ("they", "are"), "theyve": ("they", "have"), "weve": ("we", "have"),
    "thats": ("that", "is"), "theres": ("there", "is"), "whats": ("what", "is"),
}  # fmt: skip

_SPELT = re.compile(rf"\b(?:({'|'.join(WITH_NOT)}) not|({'|'.join(ONE_WORD)}))\b")


def contracted(terms: str) -> str:
    """Terms of the lexicon as the words of a message are, whichever way they were written down."""
    return _SPELT.sub(lambda found: WITH_NOT[found[1]] if found[1] else ONE_WORD[found[2]], terms)
