"""The small language in which lexicon terms are written.

blister~            every form: blister, blisters, blistered, blistering
bump^               singular and plural
(hot|burning) skin  one of several, which may be of several words each
[really] sore       may be there or not
@struggles breathe  a list of alternatives with a name, from macros.yml
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.language.contractions import IN_WORDS
from bot.language.inflection import forms, plural


class PatternError(ValueError):
    """A term that cannot be read, with the reason."""


@dataclass(frozen=True)
class Word:
    """One word, in any of its forms."""

    forms: tuple[str, ...]


@dataclass(frozen=True)
class Sequence:
    """Parts that follow each other."""

    parts: tuple["Pattern", ...]


@dataclass(frozen=True)
class Choice:
    """One of several patterns, or nothing at all where it is optional."""

    options: tuple["Pattern", ...]
    optional: bool = False


Pattern = Word | Sequence | Choice


class Parser:
    """Parses terms. Holds the named lists and the irregular forms."""

    def __init__(
        self,
        lists: Mapping[str, str],
        irregular: Mapping[str, Iterable[str]],
        also: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        """also: words that stand for others too, wherever a term has them."""
        self._irregular = irregular
        self._also = also
        self._lists: dict[str, Choice] = {}
        for name, terms in lists.items():
            self._lists[name] = Choice(tuple(self.parse(term) for term in lines(terms)))

    def parse(self, term: str) -> Pattern:
        """The pattern that a term is. Raises PatternError."""
        parts = _tokens(term)
        found, position = self._options(parts, 0)
        if position != len(parts):
            raise PatternError(f"has an unexpected {parts[position]!r}")
        pattern = found[0] if len(found) == 1 else _choice(found, optional=False)
        if () in sequences(pattern, limit=1, empty_only=True):
            raise PatternError("may stand for nothing")
        return pattern

    def _options(self, parts: list[str], position: int) -> tuple[list[Pattern], int]:
        every: list[Pattern] = []
        while True:
            one, position = self._sequence(parts, position)
            every.append(one)
            if position < len(parts) and parts[position] == "|":
                position += 1
                continue
            return every, position

    def _sequence(self, parts: list[str], position: int) -> tuple[Pattern, int]:
        found: list[Pattern] = []
        while position < len(parts) and parts[position] not in ("|", ")", "]"):
            part = parts[position]
            position += 1
            if part in "([":
                options, position = self._options(parts, position)
                if position >= len(parts) or parts[position] != (")" if part == "(" else "]"):
                    raise PatternError(f"has {part!r} that is not closed")
                position += 1
                found.append(_choice(options, optional=part == "["))
            else:
                found.append(self._word(part))
        return (found[0] if len(found) == 1 else Sequence(tuple(found))), position

    def _word(self, part: str) -> Pattern:
        if part.startswith("@"):
            if part[1:] not in self._lists:
                raise PatternError(f"names no list {part[1:]!r} (lists are defined before they are used)")
            return self._lists[part[1:]]
        if part.endswith("~"):
            return Word(forms(part[:-1], self._irregular))
        if part.endswith("^"):
            return Word((part[:-1], plural(part[:-1])))
        if part in IN_WORDS:
            return Choice((Word((part,)), Sequence(tuple(Word((word,)) for word in IN_WORDS[part]))))
        return Word((part, *self._also.get(part, ())))


def _choice(options: list[Pattern], optional: bool) -> Pattern:
    """Single words of a choice are one word with several forms: that keeps the automaton small."""
    words = tuple(form for option in options if isinstance(option, Word) for form in option.forms)
    others = [option for option in options if not isinstance(option, Word)]
    kept = [option for option in others if not (isinstance(option, Sequence) and not option.parts)]
    optional = optional or len(kept) < len(others)
    merged: list[Pattern] = [Word(tuple(dict.fromkeys(words)))] if words else []
    return Choice((*merged, *kept), optional)


def sequences(pattern: Pattern, limit: int = 5000, empty_only: bool = False) -> set[tuple[str, ...]]:
    """Every sequence of words that a pattern stands for. Raises PatternError beyond `limit`.

    empty_only: returns {()} if the pattern may stand for nothing, else the empty set, without expanding it.
    """
    if empty_only:
        return {()} if _may_be_empty(pattern) else set()
    if isinstance(pattern, Word):
        return {(form,) for form in pattern.forms}
    if isinstance(pattern, Choice):
        found = {words for option in pattern.options for words in sequences(option, limit)}
        return found | {()} if pattern.optional else found
    sofar: set[tuple[str, ...]] = {()}
    for part in pattern.parts:
        sofar = {before + after for before in sofar for after in sequences(part, limit)}
        if len(sofar) > limit:
            raise PatternError(f"stands for more than {limit} sequences")
    return sofar


def _may_be_empty(pattern: Pattern) -> bool:
    if isinstance(pattern, Word):
        return False
    if isinstance(pattern, Choice):
        return pattern.optional or any(_may_be_empty(option) for option in pattern.options)
    return all(_may_be_empty(part) for part in pattern.parts)


def words_of(pattern: Pattern) -> set[str]:
    """Every word in a pattern."""
    if isinstance(pattern, Word):
        return set(pattern.forms)
    parts = pattern.options if isinstance(pattern, Choice) else pattern.parts
    return {word for part in parts for word in words_of(part)}


def lines(block: str) -> Iterator[str]:
    """The terms of a block, one on each line; `#` starts a comment, `;` separates terms on one line."""
    for line in block.splitlines():
        for term in line.partition("#")[0].split(";"):
            if term.strip():
                yield term.strip()


def _tokens(term: str) -> list[str]:
    spaced = term
    for mark in "()[]|":
        spaced = spaced.replace(mark, f" {mark} ")
    return spaced.split()
