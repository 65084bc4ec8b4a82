"""What the guide has asked about danger signs and not heard yet, so that a bare yes or "not sure" says something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.clinical.signs import RED_FLAGS


@dataclass(frozen=True)
class Asked:
    """flags: red flags of a direct question; checklist: whether the list of all of them is open."""

    flags: tuple[str, ...] = ()
    checklist: bool = False

    @classmethod
    def from_json(cls, value: Mapping[str, Any] | None) -> "Asked":
        """As stored by `as_json`; None from a conversation of an earlier version."""
        value = value or {}
        return cls(tuple(value.get("flags", ())), bool(value.get("checklist")))

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return {"flags": list(self.flags), "checklist": self.checklist}

    def or_those_of(self, replies: Iterable[Mapping[str, Any]]) -> "Asked":
        """After replies of the gateway's own: only a new question takes the place of one that nobody could settle."""
        return replace(self, flags=asked_by(replies).flags or self.flags)


def asked_by(replies: Iterable[Mapping[str, Any]]) -> Asked:
    """What these replies ask. Red flags that this version doesn't know are left out."""
    flags: list[str] = []
    checklist = False
    for reply in replies:
        asks = reply["data"].get("asks")
        flags += [flag for flag in asks if flag in RED_FLAGS] if isinstance(asks, list) else []
        checklist = checklist or reply["type"] == "checklist"
    return Asked(tuple(dict.fromkeys(flags)), checklist)


NOTHING_ASKED = Asked()
