"""Makes typed text comparable while remembering where every character came from."""

import re
import unicodedata
from dataclasses import dataclass

#: Longer messages are read up to here; the web gateway refuses them before.
MAX_LENGTH = 20_000

_PLAIN = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u0060": "'", "\u00b4": "'", "\u2032": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-",
        "\u00b7": ".", "\u066b": ".", "\u00ba": "\u00b0", "\u02da": "\u00b0",
    }
)  # fmt: skip

#: Phones make these of "--". They stand between statements; a hyphen joins words.
_DASHES = frozenset("\u2013\u2014\u2015")

#: A tag is at most this long, so that a lone "<" costs nothing.
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,300}>|&(?:nbsp|amp|lt|gt|quot|#\d{1,6});")


@dataclass(frozen=True)
class Normalised:
    """Lower-case text for matching. `origin[i]` is the position in the message of its character i."""

    text: str
    origin: range | tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original message that a slice of the normalised text stands for."""
        if start >= end:
            return (0, 0)
        first = self.origin[start]
        last = self.origin[end - 1] + 1
        return first, min(last, self.length)


def normalise(message: str) -> Normalised:
    """NFKC, straight quotes, no invisible characters or accents, no tags, lower case. Never raises."""
    message = message[:MAX_LENGTH]
    if "<" in message or "&" in message:
        message = _TAG.sub(lambda tag: " " * len(tag.group()), message)
    if message.isascii():
        return Normalised(message.lower(), range(len(message)), len(message))
    characters: list[str] = []
    origin: list[int] = []
    for position, character in enumerate(message.translate(_PLAIN)):
        for part in _plain_characters(character):
            characters.append(part)
            origin.append(position)
    return Normalised("".join(characters), tuple(origin), len(message))


def _plain_characters(character: str) -> str:
    """What one character becomes: nothing for marks and invisible ones, one or more plain ones otherwise."""
    if character.isascii():
        return character.lower()
    if character == "\u00b0":
        return character
    if character in _DASHES:
        return " - "
    category = unicodedata.category(character)
    if category in ("Cf", "Mn", "Cs", "Co", "Cn"):
        # Zero-width and direction marks, accents standing alone, lone surrogates, unassigned.
        return ""
    decomposed = unicodedata.normalize("NFKD", character)
    return "".join(part for part in decomposed if unicodedata.category(part) != "Mn").translate(_PLAIN).lower()
