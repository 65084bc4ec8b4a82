"""When the rash and the medicine began, as the question about both is answered: "rash since Tuesday, capsules 5 wks".

Each time goes to what its part of the message names: the rash, or lenalidomide and its capsules. One that stands alone
is the rash's; of two, the other one's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.language.cues import PUNCTUATION
from bot.language.quantities import MONTHS, ORDINALS, WEEKDAYS, Quantity, days_since, days_since_date, days_since_month
from bot.language.reading import Measure, Status
from bot.language.scene import Fact

RASH, MEDICINE = "rash_onset", "lenalidomide_start"
_UNITS = frozenset({"days", "days_ago", "day_number"})
_PARTS_OF_A_MONTH = {"start": 3, "beginning": 3, "early": 5, "middle": 15, "mid": 15, "late": 25, "end": 27}
#: Month and day; those that move from year to year by where they mostly fall.
_HOLIDAYS = {
    "halloween": (10, 31), "thanksgiving": (11, 26), "valentines": (2, 14), "easter": (4, 8), "diwali": (11, 5),
    "ramadan": (3, 1), "passover": (4, 10), "hogmanay": (12, 31), "bonfire": (11, 5), "paddys": (3, 17),
    "labor": (9, 7), "eid": (3, 20), "summer": (7, 15), "spring": (4, 15), "autumn": (10, 15), "winter": (1, 15),
    "election": (11, 3), "dussehra": (10, 20), "holi": (3, 4), "clocks": (10, 25), "lent": (2, 18),
    "yule": (12, 21), "xmas": (12, 25),
}  # fmt: skip
_AFTER_A_HOLIDAY = (["after"], ["before"], ["following"])
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
_DAYS_OF_A_CYCLE = 28
#: Lenalidomide has not been there for longer.
_YEARS = 25
#: Between two of these a part of the message speaks of one thing.
_PART_ENDS = frozenset({*PUNCTUATION, "and", "but", "then"})
_RASH_WORDS = frozenset(
    {"rash", "itch", "itching", "itchy", "spots", "bumps", "it", "broke", "came", "appeared", "noticed", "skin", "red"}
)
_MEDICINE_WORDS = frozenset(
    {"capsule", "capsules", "pill", "pills", "tablet", "tablets", "chemo", "treatment", "drug", "medicine", "meds"}
    | {"dose", "cycle"}
)
_THAT_ONE = frozenset({"it", "them", "this", "that"})
#: "5 days after the first tablet" is no time from today.
_RELATIVE = frozenset({"after", "later", "before", "into", "earlier", "post"})


@dataclass(frozen=True)
class _Time:
    """Words and the days that have passed since."""

    start: int
    end: int
    days: float
    of_medicine: bool = False


def times_told(
    facts: Sequence[Fact], named: Sequence[tuple[int, int, float]], words: Sequence[str], quantities: Sequence[Quantity]
) -> list[Fact]:
    """The facts with the times of both beginnings. named: (start, end, days) of phrases such as "last week"."""
    times = _in_order([*(_Time(*phrase) for phrase in named), *_counted(words, quantities), *_by_name(words)])
    medicine = {fact.start for fact in facts if fact.concept == "lenalidomide"}
    medicine |= {at for at, word in enumerate(words) if word in _MEDICINE_WORDS}
    medicine |= {at for at in range(1, len(words)) if words[at - 1] == "on" and words[at] in _THAT_ONE}
    rash = {at for at, word in enumerate(words) if word in _RASH_WORDS} - medicine
    found: dict[str, _Time] = {}
    alone: list[_Time] = []
    for time in times:
        concept = MEDICINE if time.of_medicine else _whose(time, times, words, medicine, rash)
        if concept is None:
            alone.append(time)
        else:
            found.setdefault(concept, time)
    if "both" in words and times:
        found = {RASH: times[0], MEDICINE: times[0]}
        alone = []
    for time in alone:
        free = [concept for concept in (RASH, MEDICINE) if concept not in found]
        if free:
            found[free[0]] = time
    others = [fact for fact in facts if fact.concept not in (RASH, MEDICINE)]
    return [*others, *(_fact(concept, time) for concept, time in found.items())]


def _fact(concept: str, time: _Time) -> Fact:
    measure = Measure(time.days, "days")
    return Fact(concept, time.start, time.end, Status.PRESENT, "answer to the open question", measure=measure)


def _in_order(times: Sequence[_Time]) -> list[_Time]:
    """Each place once, the longest words first."""
    kept: list[_Time] = []
    for time in sorted(times, key=lambda time: (time.start, -time.end)):
        if not kept or time.start >= kept[-1].end:
            kept.append(time)
    return kept


def _whose(time: _Time, times: Sequence[_Time], words: Sequence[str], medicine: set[int], rash: set[int]) -> str | None:
    """What the part of the message names that the time stands in. Where it names both, the one before the time, or else
    the nearer one.
    """
    first = time.start
    while first > 0 and words[first - 1] not in _PART_ENDS:
        first -= 1
    last = time.end
    while last < len(words) and words[last] not in _PART_ENDS:
        last += 1
    beside = [
        (at, concept)
        for concept, places in ((RASH, rash), (MEDICINE, medicine))
        for at in places
        if first <= at < last and not time.start <= at < time.end
    ]
    before = [(at, concept) for at, concept in beside if at < time.start]
    if before and not any(first <= other.start < min(before)[0] for other in times):
        # "The rash about twelve days the tablets about seven weeks": who names the thing first goes on so.
        return max(before)[1]
    nearest = [(min(abs(at - time.start), abs(at - time.end + 1)), concept) for at, concept in beside]
    return min(nearest)[1] if nearest else None


def _counted(words: Sequence[str], quantities: Sequence[Quantity]) -> Iterator[_Time]:
    """ "10 days", "day 12 of the cycle"."""
    for quantity in quantities:
        measure = quantity.measure
        dated = _with_a_date(quantity.end - 1, words)
        if measure.unit in _UNITS and not dated and not _RELATIVE.intersection(words[quantity.end : quantity.end + 1]):
            yield _Time(quantity.start, quantity.end, measure.value, measure.unit == "day_number")


def _with_a_date(at: int, words: Sequence[str]) -> bool:
    """ "Saturday 14 November", "the Tuesday after Labor Day": a weekday beside words that are surer."""
    after = words[at + 1 : at + 2]
    return words[at] in WEEKDAYS and (after in _AFTER_A_HOLIDAY or any(map(_day, after)))


def _by_name(words: Sequence[str]) -> Iterator[_Time]:
    """ "Tuesday", "since march", "nov 22nd", "the 16th", "14/10", "2023", "cycle 2"."""
    today = date.today()
    for at, word in enumerate(words):
        before, after = words[max(0, at - 2) : at], words[at + 1 : at + 3]
        if _with_a_date(at, words):
            continue
        if word in WEEKDAYS:
            yield _Time(at, at + 1, days_since(WEEKDAYS[word], today))
        elif word in MONTHS and (word != "may" or before[-1:] in (["in"], ["since"], ["from"], ["last"], ["of"])):
            first, last, day = _day_beside(at, before, after)
            yield _Time(first, last, days_since_month(MONTHS[word], day, today))
        elif word in _HOLIDAYS:
            yield _Time(at, at + 1, days_since_month(*_HOLIDAYS[word], today))
        elif word == "cycle" and (number := _number(after[:1], before[-1:])):
            # To the middle of it.
            yield _Time(at, at + 1, _DAYS_OF_A_CYCLE * (number - 0.5), of_medicine=True)
        elif (day := _day(word)) and after and after[0] in _ORDINAL_ENDS:
            if not {*words[at + 2 : at + 4], *before} & MONTHS.keys() and words[at + 2 : at + 3] != ["day"]:
                yield _Time(at, at + 2, _days_since_day(day, today))
        elif word.isdigit() and after[:1] == ["/"] and before[-1:] != ["/"]:
            yield from _slashes(at, words, today)
        elif (
            word.isdigit()
            and today.year - _YEARS <= int(word) <= today.year
            and before[-1:] in (["since"], ["in"], ["from"])
        ):
            yield _Time(at, at + 1, max((today - date(int(word), 7, 1)).days, 0))


def _number(after: Sequence[str], before: Sequence[str]) -> int | None:
    """ "Cycle 2", "third cycle"."""
    if after and after[0].isdigit():
        return int(after[0])
    return ORDINALS.get(before[0]) if before else None


def _day_beside(at: int, before: Sequence[str], after: Sequence[str]) -> tuple[int, int, int | None]:
    """First word, end and day of a month: "22nd nov", "nov 22", "start of october", "late march"."""
    if after and (day := _day(after[0])):
        return at, at + 2, day
    for back, word in enumerate(reversed(before), start=1):
        if day := _PARTS_OF_A_MONTH.get(word) or _day(word):
            return at - back, at + 1, day
    return at, at + 1, None


def _day(word: str) -> int | None:
    return int(word) if word.isdigit() and 1 <= int(word) <= 31 else None


def _days_since_day(day: int, today: date) -> int:
    """Days since a day of the month, of this one or of the last."""
    month = today.month if day <= today.day else (today.month - 2) % 12 + 1
    return days_since_date(month, day, today)


def _slashes(at: int, words: Sequence[str], today: date) -> Iterator[_Time]:
    """ "14/10", "10/14": which is the month is told by what can't be one, else by which day is nearer."""
    second = words[at + 2] if at + 2 < len(words) else ""
    if second.isdigit():
        pairs = ((int(words[at]), int(second)), (int(second), int(words[at])))
        days = [days_since_month(month, day, today) for month, day in pairs if 1 <= month <= 12 and 1 <= day <= 31]
        if days:
            yield _Time(at, at + 3, min(days))
