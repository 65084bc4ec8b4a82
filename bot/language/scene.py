"""One message with everything that was found in it, for the rules that come last."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.language.clauses import Clauses
from bot.language.quantities import Quantity
from bot.language.reading import Context
from bot.language.terms import Hit


@dataclass(frozen=True)
class Said:
    """words: the message, corrected. sign_places: words of places that a sign already explains.

    skin_signs: whether the message tells a sign of the skin, so that a place named in it may be where the rash is.
    """

    words: list[str]
    clauses: Clauses
    hits: Mapping[str, list[Hit]]
    quantities: list[Quantity]
    context: Context
    sign_places: frozenset[int]
    skin_signs: bool
