"""The reviewed texts of emergencies and of the assessment in a second language, each beside its English."""

from collections.abc import Mapping
from typing import Any

from bot.knowledge.base import Record, as_list, parse
from bot.knowledge.errors import KnowledgeError
from bot.knowledge.files import fill

#: Language code -> file.
FILES = {"es": "spanish.yml"}


class Phrase(Record):
    """One text in English, letter for letter, and in the other language."""

    en: str
    es: str


def parse_phrases(raw: Any, placeholders: Mapping[str, str], file: str) -> dict[str, str]:
    """English text -> the other language, both filled in for the country.

    The values of the placeholders are looked up among the phrases themselves. Raises KnowledgeError for a text that
    stands twice or a placeholder without a value.
    """
    found: dict[str, str] = {}
    for item in as_list(raw, file):
        name = str(item.get("en"))[:60] if isinstance(item, Mapping) else "phrase"
        phrase = parse(Phrase, item, file, name)
        if phrase.en in found:
            raise KnowledgeError(file, name, "stands twice")
        found[phrase.en] = phrase.es
    values = {name: _translated(value, found) for name, value in placeholders.items()}
    return {fill(en, placeholders, file, en[:60]): fill(es, values, file, en[:60]) for en, es in found.items()}


def _translated(value: str, phrases: Mapping[str, str]) -> str:
    """A placeholder's value; a number in brackets behind it stays as it is."""
    if value in phrases:
        return phrases[value]
    words, bracket, rest = value.partition(" (")
    return phrases.get(words, words) + bracket + rest
