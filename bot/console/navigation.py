"""The entries of the navigation, in order."""

from typing import NamedTuple

from bot.console.roles import ALL, COACHES, LEADS, Audience, Role


class Entry(NamedTuple):
    """A page in the navigation: its route, what it is called, and for whom it is."""

    route: str
    title: str
    audience: Audience


ENTRIES = (
    Entry("queue", "Conversations", ALL),
    Entry("learn", "Corrections", COACHES),
    Entry("numbers", "Numbers", COACHES),
    Entry("contacts", "Contact requests", COACHES),
    Entry("patients", "Privacy", LEADS),
    Entry("coaches", "Coaches", LEADS),
    Entry("audit_log", "Audit log", LEADS),
    Entry("account", "My account", ALL),
)


def entries_for(role: Role) -> tuple[Entry, ...]:
    """What a coach of this role may open."""
    return tuple(entry for entry in ENTRIES if role in entry.audience)
