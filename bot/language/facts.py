"""What the assessment asks about: rash, itch, sleep, daily life, areas, how much, since when, which medicines."""

from typing import Any

from bot.language.lexicon import Lexicon
from bot.language.reading import Finding


class Facts:
    """Makes findings that are not signs."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def read(self, message: Any, bench: Any) -> list[Finding]:
        """All facts of one message."""
        return []
