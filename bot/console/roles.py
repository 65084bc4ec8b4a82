"""Who may see and do what. Every route names one of these audiences; there is no default."""

from enum import Enum


class Role(str, Enum):
    """What a coach is, as stored."""

    COACH = "coach"
    LEAD = "lead"
    TESTER = "tester"

    @property
    def meaning(self) -> str:
        """In a few words, for lists and help."""
        return _MEANINGS[self]


_MEANINGS = {
    Role.COACH: "reads and reviews conversations",
    Role.LEAD: "also exports, erases and manages coaches",
    Role.TESTER: "sees only test conversations",
}

Audience = frozenset[Role]

#: Also somebody who is not signed in.
ANYONE: None = None

#: Whoever is signed in. Pages for these show testers test conversations only, see `bot.console.conversations`.
ALL: Audience = frozenset(Role)

#: Who may see contact data.
COACHES: Audience = frozenset({Role.COACH, Role.LEAD})

LEADS: Audience = frozenset({Role.LEAD})
