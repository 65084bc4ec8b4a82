"""Cuts a message into words, numbers and marks, and makes the spaCy document that the other components read."""

import re
from dataclasses import dataclass, field

from spacy.tokens import Doc
from spacy.vocab import Vocab

from bot.language.contractions import ONE_WORD, WITH_NOT
from bot.language.normalise import Normalised, normalise
from bot.language.spelling import Speller

#: Stands in the document for every word that no rule looks at, so that nothing a patient types stays in spaCy's
#: store of strings, which never forgets.
UNKNOWN = "\u25a1"

#: Alternatives start with different characters and none repeats a repetition, so matching is linear.
_TOKEN = re.compile(
    r"[\w.+]+@[\w-]+\.\w+"
    r"|w/o\b|\bw/(?=\s)|a&e\b|(?:sp)?o2(?!\w)"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|(?:\d\d){1,2}'?s(?!\w)"
    r"|\d+(?:[.,:]\d+)*"
    r"|\n\s*|\.\.+|[^\w\s]|_"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_LONG_DRAWN = re.compile(r"(.)\1{2,}")
#: Without its apostrophe each of these is another word: "I'll share", "we'll see", "she'll ring".
_SPLIT = {pronoun + "'ll": (pronoun, "will") for pronoun in ("i", "we", "he", "she")}
#: "She'd gone to bed": no skin is shed.
_SPLIT["she'd"] = ("she", "had")
_SHORTHAND = {"w/o": "without", "w/": "with", "&": "and", "+": "and", "a&e": "hospital", **ONE_WORD}


@dataclass
class Draft:
    """The message while it is being read. Lists run parallel to the words."""

    message: str
    normalised: Normalised
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from `first` up to, not including, `last` stand in the message."""
        return self.normalised.span(self.starts[first], self.ends[last - 1])


class Tokeniser:
    """spaCy tokeniser: the text becomes a Doc of known words; the Draft travels in `doc.user_data["draft"]`."""

    def __init__(self, vocab: Vocab, speller: Speller, places: frozenset[str]) -> None:
        """places: words that name a part of the body by themselves."""
        self._vocab = vocab
        self._speller = speller
        self._places = places

    def __call__(self, text: str) -> Doc:
        """Cut, correct the spelling, and make the document."""
        normalised = normalise(text)
        draft = Draft(text, normalised)
        readable = normalised.text
        if ":/" in readable or "www." in readable:
            readable = _ADDRESS.sub(lambda found: " " * len(found.group()), readable)
        readable = _HYPHENATED.sub(" ", readable) if "-" in readable else readable
        for match in _TOKEN.finditer(readable):
            self._add(draft, match.group(), match.start(), match.end())
        draft.words = self._speller.correct_slips(draft.words)
        known = self._speller.vocabulary
        words = [word if word in known else UNKNOWN for word in draft.words]
        doc = Doc(self._vocab, words=words or [UNKNOWN])
        doc.user_data["draft"] = draft
        return doc

    def _add(self, draft: Draft, token: str, start: int, end: int) -> None:
        if token == "not" and draft.words and draft.words[-1] in WITH_NOT:
            draft.words[-1] = WITH_NOT[draft.words[-1]]
            draft.ends[-1] = end
            return
        for word in self._norms(token):
            draft.words.append(word)
            draft.starts.append(start)
            draft.ends.append(end)

    def _norms(self, token: str) -> tuple[str, ...]:
        first = token[0]
        if first == "\n":
            return ("\n",)
        if not first.isalpha():
            # Decades are one word: "the 1970's", "in my 30s".
            return (_SHORTHAND.get(token, token.replace("'", "") or token),)
        if token in _SHORTHAND:
            return (_SHORTHAND[token],)
        if token in _SPLIT:
            return _SPLIT[token]
        if "@" in token:
            return (UNKNOWN,)
        known = self._speller.vocabulary
        if token.endswith("'s") and token[:-2] in self._places:
            # "My skin's coming off": the skin is; "skins" are another thing.
            return (token[:-2],)
        word = token.replace("'", "")
        if word in known:
            return (word,)
        if token.endswith("'s") and token[:-2] in known:
            return (token[:-2],)
        if len(word) > 3 and _LONG_DRAWN.search(word):
            for shortened in (_LONG_DRAWN.sub(r"\1", word), _LONG_DRAWN.sub(r"\1\1", word)):
                if shortened in known:
                    return (shortened,)
        return self._speller.correct(word)
