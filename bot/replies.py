"""The shape of everything the guide says: one reply, with a plain-text twin for any channel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ReplyType = Literal["text", "buttons", "checklist", "body_map", "care_card", "chart", "summary"]


@dataclass(frozen=True)
class Choice:
    """Something to tap. `id` is stable and goes back as {"choice": id}; `title` is also readable as typed text."""

    id: str
    title: str


@dataclass(frozen=True)
class Source:
    """Where a statement comes from. `level` is the evidence level in words."""

    id: str
    title: str
    level: str


@dataclass(frozen=True)
class Reply:
    """One bubble, card or picture.

    text is complete on its own: a channel that knows nothing else shows it, with the choices' titles.
    data depends on the type and is documented in docs/replies.md.
    """

    type: ReplyType
    text: str
    choices: tuple[Choice, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The reply as the gateway sends it."""
        return {
            "type": self.type,
            "text": self.text,
            "choices": [{"id": choice.id, "title": choice.title} for choice in self.choices],
            "data": dict(self.data),
            "sources": [{"id": s.id, "title": s.title, "level": s.level} for s in self.sources],
        }
