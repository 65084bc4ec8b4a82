"""What has been offered to tap in a conversation, so that only that can come back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.assessment.conversation import START_OVER
from bot.web.errors import GatewayError
from bot.web.messages import Message, unknown_choice

#: Can be tapped at any time: the page offers it beside the earlier checks.
ALWAYS = {START_OVER: "Check my rash again"}

#: Taps are remembered this far back; a page that is reloaded may show older ones.
REMEMBERED = 400


@dataclass(frozen=True)
class Said:
    """A message as Rasa gets it: readable words, and the tap behind them as {"choice"|"choices"|"areas": ...}."""

    text: str
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Offered:
    """Titles by id: of choices, of body areas and of their levels. `alone` are choices that stand by themselves."""

    choices: Mapping[str, str]
    areas: Mapping[str, str]
    levels: Mapping[str, str]
    alone: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Offered":
        """As stored by `as_json`."""
        return cls(
            value.get("choices", {}), value.get("areas", {}), value.get("levels", {}), frozenset(value.get("alone", ()))
        )

    def as_json(self) -> dict[str, Any]:
        """For storing."""
        return {
            "choices": dict(self.choices),
            "areas": dict(self.areas),
            "levels": dict(self.levels),
            "alone": sorted(self.alone),
        }

    def and_those_of(self, replies: Iterable[Mapping[str, Any]]) -> "Offered":
        """With what new replies offer; a later title of the same id wins."""
        choices, areas, levels, alone = dict(self.choices), dict(self.areas), dict(self.levels), set(self.alone)
        for reply in replies:
            for choice in reply["choices"]:
                choices.pop(choice["id"], None)
                choices[choice["id"]] = choice["title"]
            data = reply["data"]
            alone.update(data[key] for key in ("none", "unsure") if isinstance(data.get(key), str))
            areas.update(_titles(data.get("areas")))
            levels.update(_titles(data.get("levels")))
        return Offered(dict(list(choices.items())[-REMEMBERED:]), areas, levels, frozenset(alone))

    def said(self, message: Message) -> Said:
        """The message in words. Raises GatewayError 422 for a tap that was not offered or contradicts itself."""
        if message.text is not None:
            return Said(message.text)
        if message.choice is not None:
            return Said(self._title(message.choice), {"choice": message.choice})
        if message.choices is not None:
            if len(message.choices) > 1 and self.alone.intersection(message.choices):
                raise GatewayError(
                    422, "contradiction", "Please tap either the signs that you have, or the last answer alone."
                )
            titles = [self._title(choice) for choice in message.choices]
            return Said("; ".join(titles), {"choices": list(message.choices)})
        assert message.areas is not None
        parts = []
        for area, level in message.areas.items():
            if area not in self.areas or level not in self.levels:
                raise unknown_choice()
            parts.append(f"{self.areas[area]}: {self.levels[level].lower()}")
        return Said("; ".join(parts), {"areas": dict(message.areas)})

    def _title(self, choice: str) -> str:
        title = self.choices.get(choice) or ALWAYS.get(choice)
        if title is None:
            raise unknown_choice()
        return title


def _titles(items: Any) -> dict[str, str]:
    """Id and title of the well-formed items of a body map."""
    if not isinstance(items, list):
        return {}
    return {
        item["id"]: item["title"]
        for item in items
        if isinstance(item, Mapping) and isinstance(item.get("id"), str) and isinstance(item.get("title"), str)
    }


NOTHING_OFFERED = Offered({}, {}, {})
