"""Emergency, crisis and other numbers of one country."""

from collections.abc import Mapping
from typing import Any

from bot.knowledge.base import Record, parse
from bot.knowledge.errors import KnowledgeError

FILE = "countries.yml"


class Line(Record):
    """A telephone line or address with its name."""

    name: str
    number: str


class Country(Record):
    """What the texts need to know about a country. Every text here is a whole phrase that fits into a sentence."""

    code: str
    name: str
    emergency_number: str
    emergency_department: str
    no_voice: str
    crisis: Line
    crisis_line: str
    poison: Line | None
    advice: Line | None
    pregnancy_line: str
    report_line: str
    support: tuple[Line, ...]

    @property
    def placeholders(self) -> dict[str, str]:
        """Values for {emergency_number} and the like in the content files."""
        return {
            "country": self.name,
            "emergency_number": self.emergency_number,
            "emergency_department": self.emergency_department,
            "no_voice": self.no_voice,
            "crisis_line": self.crisis_line,
            "crisis_name": self.crisis.name,
            "crisis_number": self.crisis.number,
            "poison_line": f"a poison line ({self.poison.number})" if self.poison else "a poison line",
            "pregnancy_line": self.pregnancy_line,
            "report_line": self.report_line,
            "support_lines": ", ".join(f"{line.name} ({line.number})" for line in self.support),
        }


def parse_countries(raw: Mapping[str, Any]) -> dict[str, Country]:
    """All countries by two-letter code. Raises KnowledgeError when one is incomplete."""
    for code, entry in raw.items():
        if not isinstance(entry, Mapping):
            raise KnowledgeError(FILE, code, "must be a mapping")
    return {code: parse(Country, {"code": code, **entry}, FILE, code) for code, entry in raw.items()}


def choose(countries: Mapping[str, Country], code: str) -> Country:
    """The country with this two-letter code, in either case. Raises KnowledgeError that names the known ones."""
    try:
        return countries[code.strip().upper()]
    except KeyError:
        known = ", ".join(sorted(countries))
        raise KnowledgeError(FILE, code or "(empty)", f"unknown country; known are {known}") from None
