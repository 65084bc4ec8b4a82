"""A rash told by the clock: "6am chest, 7am belly, 8am thighs" spreads within hours, though no word says so."""

import re
from collections.abc import Mapping

from bot.language.terms import Hit

#: Times of day, each with another place, that make a spread.
_TIMES = 3
#: Words from a time to the place that it tells of.
_REACH = 6
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d|\d{1,2}")
_HALVES = frozenset({"am", "pm", "oclock", "a.m", "p.m"})


def spread_by_the_clock(words: list[str], hits: Mapping[str, list[Hit]]) -> tuple[int, int] | None:
    """First word and end of a list of times, each with a place of its own; None where there is no such list."""
    places = {word: hit for hit in hits.get("area", []) for word in range(hit.start, hit.end)}
    if len(places) < _TIMES:
        return None
    medicines = {word for hit in hits.get("medicine", []) for word in range(hit.start, hit.end)}
    times = [at for at in range(len(words)) if _is_time(words, at)]
    if len(times) < _TIMES:
        return None
    seen: dict[str, tuple[int, int]] = {}
    for at, following in zip(times, [*times[1:], len(words)], strict=True):
        reach = range(at + 1, min(at + 1 + _REACH, following))
        if not medicines.isdisjoint(reach):
            continue
        place = next((places[word] for word in reach if word in places), None)
        if place is not None:
            seen.setdefault(place.name, (at, place.end))
    spans = sorted(seen.values())
    return (spans[0][0], spans[-1][1]) if len(spans) >= _TIMES else None


def _is_time(words: list[str], at: int) -> bool:
    if not _CLOCK.fullmatch(words[at]):
        return False
    half = words[at + 1] if at + 1 < len(words) else ""
    return half in _HALVES or ":" in words[at]
