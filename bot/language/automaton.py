"""Matches all terms of the lexicon at once, whatever their number, in time linear in the text.

The patterns make one automaton over words. Its deterministic form is built as far as texts need it and kept, so that
each word costs one look-up for every term that is still possible there.
"""

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from bot.language.patterns import Choice, Pattern, Word

Label = TypeVar("Label")

#: Look-ups kept at most; a service that meets more starts collecting anew.
_KEPT = 200_000
#: A state of so many patterns whose next word was looked for so often gets one table of all words that go on from it.
_WIDE, _OFTEN = 4, 3


class Automaton(Generic[Label]):
    """Add patterns with their labels, then find them."""

    def __init__(self) -> None:
        self._next: list[dict[str, list[int]]] = [{}]
        self._labels: dict[int, list[Label]] = {}
        self._states: list[frozenset[int]] = [frozenset({0})]
        self._numbers: dict[frozenset[int], int] = {self._states[0]: 0}
        self._steps: dict[tuple[int, str], int] = {}
        self._found: dict[int, tuple[Label, ...]] = {}
        self._sought: dict[int, int] = {}
        self._tables: dict[int, dict[str, list[int]]] = {}

    def add(self, pattern: Pattern, label: Label) -> None:
        """Makes the pattern known."""
        for state in self._extend(pattern, frozenset({0})):
            self._labels.setdefault(state, []).append(label)

    def words(self) -> frozenset[str]:
        """Every word that occurs in a pattern."""
        return frozenset(word for steps in self._next for word in steps)

    def _extend(self, pattern: Pattern, states: frozenset[int]) -> frozenset[int]:
        if isinstance(pattern, Word):
            number = len(self._next)
            self._next.append({})
            for state in states:
                for form in pattern.forms:
                    self._next[state].setdefault(form, []).append(number)
            return frozenset({number})
        if isinstance(pattern, Choice):
            ends = frozenset(end for option in pattern.options for end in self._extend(option, states))
            return ends | states if pattern.optional else ends
        for part in pattern.parts:
            states = self._extend(part, states)
        return states

    def find(self, words: Sequence[str | None]) -> Iterator[tuple[int, int, Label]]:
        """(start, end, label) for every term in the words. None stands for a word that no term has."""
        steps = self._steps
        for start, word in enumerate(words):
            state, position = 0, start
            while word is not None:
                known = steps.get((state, word))
                state = self._step(state, word) if known is None else known
                if state < 0:
                    break
                position += 1
                for label in self._found[state]:
                    yield start, position, label
                if position == len(words):
                    break
                word = words[position]

    def _step(self, state: int, word: str) -> int:
        reached = self._reached(state, word)
        if len(self._steps) >= _KEPT:
            self._steps.clear()
        if not reached:
            self._steps[state, word] = -1
            return -1
        number = self._numbers.get(reached)
        if number is None:
            number = len(self._states)
            self._numbers[reached] = number
            self._states.append(reached)
            labels = [label for end in sorted(reached) for label in self._labels.get(end, ())]
            self._found[number] = tuple(dict.fromkeys(labels))
        self._steps[state, word] = number
        return number

    def _reached(self, state: int, word: str) -> frozenset[int]:
        """The patterns' states after a word."""
        patterns = self._states[state]
        table = self._tables.get(state)
        if table is None and len(patterns) > _WIDE:
            self._sought[state] = self._sought.get(state, 0) + 1
            if self._sought[state] > _OFTEN:
                table = {}
                for number in patterns:
                    for following, ends in self._next[number].items():
                        table.setdefault(following, []).extend(ends)
                # Whole when others see it: threads read side by side.
                self._tables[state] = table
        if table is not None:
            return frozenset(table.get(word, ()))
        return frozenset(end for number in patterns for end in self._next[number].get(word, ()))
