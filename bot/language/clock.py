"""A rash told by the clock: "coin size at noon, now the whole torso" spreads within hours, though no word says so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.language.terms import Hit

#: A place may be so far from the time that it belongs to, in words; marks between them cost more.
_REACH = 14.0
_COMMA = 4.0
_FULL_STOP = 9.0
#: Steps of the clock, each with its own place, that make a spread whatever their size.
_STEPS = 3
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")
_HOUR = re.compile(r"\d{1,2}")
_HALVES = frozenset({"am", "pm", "oclock", "a.m", "p.m"})


@dataclass(frozen=True)
class Spread:
    """Words from `start` up to, not including, `end`; `sure`: it grew, or went on from place to place."""

    start: int
    end: int
    sure: bool


@dataclass(frozen=True)
class _Step:
    """A time of day, "now" among them, with what is told beside it."""

    start: int
    end: int
    now: bool
    places: frozenset[str]
    size: int


def spread_by_the_clock(
    words: list[str], hits: Mapping[str, list[Hit]], lists: Mapping[str, frozenset[str]]
) -> Spread | None:
    """A rash that is elsewhere, or larger, at a later time of the same day; None where no such thing is told."""
    if not lists["eased"].isdisjoint(words):
        return None
    steps = list(_steps(words, hits, lists))
    clocked = [step for step in steps if not step.now]
    if not clocked or len({(step.places, step.size) for step in steps}) < 2:
        return None
    first, last = steps[0], steps[-1]
    new = last.places - first.places
    grown = last.size > first.size or len(new) > 1
    sure = (grown and last.now) or len({step.places or step.size for step in steps}) >= _STEPS
    if not sure and not grown and not (last.now and new):
        return None
    return Spread(first.start, last.end, sure)


def _steps(words: list[str], hits: Mapping[str, list[Hit]], lists: Mapping[str, frozenset[str]]) -> Iterator[_Step]:
    """The times of day that have a place or a size beside them, before or after."""
    times = list(_times(words, lists))
    if len(times) < 2:
        return
    idle = {word for hit in hits.get("medicine", []) for word in range(hit.start, hit.end)}
    idle |= {at for at, word in enumerate(words) if word in lists["daily_doings"]}
    told: list[list[tuple[int, int, str]]] = [[] for _ in times]
    for hit in hits.get("area", []):
        _assign(hit.start, hit.end, hit.name, words, times, told)
    for at, word in enumerate(words):
        if _size(word, lists):
            _assign(at, at + 1, "", words, times, told)
    for (at, end, now), what in zip(times, told, strict=True):
        start, end = min([at, *(w[0] for w in what)]), max([end, *(w[1] for w in what)])
        if what and idle.isdisjoint(range(max(0, start - 3), end)):
            named = frozenset(name for _, _, name in what if name)
            yield _Step(start, end, now, named, max(_size(words[w[0]], lists) for w in what))


def _assign(
    start: int, end: int, name: str, words: list[str], times: list[tuple[int, int, bool]],
    told: list[list[tuple[int, int, str]]],
) -> None:  # fmt: skip
    """Gives a place to the time nearest to it."""
    costs = [_cost(words, end, at) if end <= at else _cost(words, after, start) for at, after, _ in times]
    nearest = min(range(len(times)), key=lambda number: (costs[number], number))
    if costs[nearest] <= _REACH:
        told[nearest].append((start, end, name))


def _cost(words: list[str], start: int, end: int) -> float:
    between = words[start:end]
    stops = sum(word in (".", "!", "?", "\n") for word in between)
    return len(between) + _COMMA * sum(word in (",", ";") for word in between) + _FULL_STOP * stops


def _size(word: str, lists: Mapping[str, frozenset[str]]) -> int:
    """1 for the size of a coin, 2 for that of a plate, 3 for all over; 0 for none told."""
    sizes = ("small_sizes", "middle_sizes", "large_sizes")
    return next((step for step, name in enumerate(sizes, start=1) if word in lists[name]), 0)


def _times(words: list[str], lists: Mapping[str, frozenset[str]]) -> Iterator[tuple[int, int, bool]]:
    """First word and end of each time of day, and whether it is now."""
    at = 0
    while at < len(words):
        end = _time_end(words, at, lists) if not at or words[at - 1] != "from" else 0
        if end:
            # "It's 4 pm and it has got to my ears": that time is now.
            yield at, end, at > 0 and words[at - 1] in ("its", "now")
            at = end
            continue
        if words[at] == "now":
            # "It's now ten past two": one time.
            end = max(at + 1, _time_end(words, at + 1, lists))
            yield at, end, True
            at = end
            continue
        at += 1


def _time_end(words: list[str], at: int, lists: Mapping[str, frozenset[str]]) -> int:
    """The word after a time of day that begins here; 0 where none does."""
    following = [*words[at : at + 4], "", "", "", ""]
    hours = lists["hours"]
    if _CLOCK.fullmatch(following[0]):
        return at + 2 if following[1] in _HALVES else at + 1
    if (_HOUR.fullmatch(following[0]) or following[0] in hours) and following[1] in _HALVES:
        return at + 2
    if following[1] == "now" and at and words[at - 1] == "its" and (following[0] in hours or _hour(following[0])):
        # "Ankle at 9, knees by 11. It's 1 now and I'm red to the chin".
        return at + 1
    if following[0] in lists["meals"]:
        return at + 1
    if following[0] in ("half", "quarter", "ten", "twenty", "five", "10", "20", "5") and following[1] in ("past", "to"):
        return at + 3 if following[2] in hours or _HOUR.fullmatch(following[2]) else 0
    if following[0] in ("at", "by") and (following[1] in hours or _hour(following[1])):
        return at + 2 if following[2] not in lists["not_an_hour"] and following[2] not in _HALVES else 0
    if following[0] in ("an", "two", "three", "2", "3", "1", "4", "four", "half") and "ago" in following[1:4]:
        return at + following.index("ago") + 1 if not lists["hour_words"].isdisjoint(following[1:3]) else 0
    return 0


def _hour(word: str) -> bool:
    return bool(_HOUR.fullmatch(word)) and 1 <= int(word) <= 24
