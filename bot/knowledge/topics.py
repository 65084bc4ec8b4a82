"""Answers by topic: entries made of statements, and the choice of the one that a question asks for."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pydantic import validator

from bot.knowledge.base import Sourced, Statement

#: The topics, one file each in data/knowledge/topics.
TOPICS = (
    "about",
    "adjuncts",
    "danger",
    "desensitization",
    "grades",
    "practical",
    "rash",
    "stop_medicine",
    "study",
    "treatment",
)


class Entry(Sourced):
    """One answer. keywords: words and phrases that ask for it.

    A trailing * stands for any ending, "..." between words for up to four others.

    source_says holds doses and figures for coach and clinician; it never goes to patients.
    """

    title: str
    keywords: tuple[str, ...] = ()
    statements: tuple[Statement, ...]
    source_says: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All statements as one text."""
        return " ".join(statement.text for statement in self.statements)

    @validator("statements")
    def _says_something(cls, value: tuple[Statement, ...]) -> tuple[Statement, ...]:
        if not value:
            raise ValueError("must hold at least one statement")
        return value

    @validator("keywords", each_item=True)
    def _is_a_phrase(cls, value: str) -> str:
        if not normalise(value.removesuffix("*")):
            raise ValueError(f"keyword {value!r} has no letters")
        return value

    def score(self, text: str) -> int:
        """How well the keywords fit a question: letters of those found, one inside another counted once."""
        words = normalise(text)
        found = [keyword for keyword in self.keywords if _pattern(keyword).search(words)]
        plain = [normalise(keyword) for keyword in found]
        return sum(len(one) for one in set(plain) if not any(one != other and one in other for other in plain))


@dataclass(frozen=True)
class Topic:
    """The entries of one file. `default` answers where no keyword fits."""

    id: str
    default: Entry
    entries: tuple[Entry, ...]

    def find(self, text: str) -> Entry:
        """The entry that fits best, the first of equals, else the default."""
        return next((entry for _, entry in best(self.entries, text)), self.default)

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The entries by their ids."""
        return {entry.id: entry for entry in self.entries}


def best(entries: tuple[Entry, ...], text: str) -> list[tuple[int, Entry]]:
    """Entries with their scores above 0, best first; equals keep their order."""
    scored = [(entry.score(text), entry) for entry in entries]
    return sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])


def normalise(text: str) -> str:
    """Lower case, without accents, apostrophes and marks, single spaces: "D'you  take Ω-3?" -> "dyou take ω 3"."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("'", "").replace("\u2019", ""))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.findall(r"\w+", letters))


@lru_cache(maxsize=4096)
def _pattern(keyword: str) -> re.Pattern[str]:
    parts = [
        re.escape(normalise(part)) + (r"\w*" if part.endswith("*") else r"(?:s|es)?") for part in keyword.split(" ... ")
    ]
    return re.compile(r"\b" + r" (?:\w+ ){0,4}".join(parts) + r"\b")
