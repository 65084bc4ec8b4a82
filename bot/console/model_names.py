"""The intents that the model knows, from `domain.yml`. Read as data: Rasa itself is not needed here."""

from functools import cache

import yaml

from bot.settings import ROOT

#: Set by rules, so that nobody can train them.
BY_RULES = ("report_urgent_sign", "doubtful_sign")

FALLBACK = "nlu_fallback"


@cache
def intents() -> tuple[str, ...]:
    """Every intent that a message can have, by name."""
    found = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8")).get("intents") or []
    names = {next(iter(entry)) if isinstance(entry, dict) else str(entry) for entry in found}
    return tuple(sorted({*names, FALLBACK}))


@cache
def trainable_intents() -> tuple[str, ...]:
    """The intents that examples can be added for."""
    return tuple(intent for intent in intents() if intent not in (*BY_RULES, FALLBACK))
