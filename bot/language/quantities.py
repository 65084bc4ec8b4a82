"""Numbers: temperatures, blood pressure, oxygen, how long, how much, which dose."""

import re
from dataclasses import dataclass
from datetime import date

from bot.language.reading import Measure
from bot.language.temperatures import DECADE, NUMBER, temperature_at

_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90, "couple": 2, "few": 3, "several": 4, "a": 1, "an": 1, "half": 0.5,
    "dozen": 12, "oh": 0, "hundred": 100,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip
_DAYS_IN = {
    "day": 1.0, "days": 1.0, "d": 1.0, "night": 1.0, "nights": 1.0, "week": 7.0, "weeks": 7.0, "wk": 7.0, "wks": 7.0,
    "fortnight": 14.0, "month": 30.0, "months": 30.0, "mth": 30.0, "mths": 30.0, "year": 365.0, "years": 365.0,
    "yr": 365.0, "yrs": 365.0, "hour": 1 / 24, "hours": 1 / 24, "hr": 1 / 24, "hrs": 1 / 24,
}  # fmt: skip
_YEARS = frozenset({"year", "years", "yr", "yrs"})
#: Monday first, as `date.weekday()` counts.
_WEEK = (
    "monday mon", "tuesday tue tues", "wednesday wed weds", "thursday thu thur thurs", "friday fri", "saturday sat",
    "sunday sun",
)  # fmt: skip
WEEKDAYS = {name: day for day, names in enumerate(_WEEK) for name in names.split()}
_YEAR = (
    "january jan", "february feb", "march", "april apr", "may", "june", "july", "august aug", "september sept sep",
    "october oct", "november nov", "december dec christmas xmas",
)  # fmt: skip
#: January is 1.
MONTHS = {name: month for month, names in enumerate(_YEAR, start=1) for name in names.split()}
_OXYGEN = frozenset({"sats", "spo2", "oximeter", "o2", "oxygen", "saturation", "saturations", "sp", "ox", "sp02"})
#: What is on a finger and shows a number, and the highest number that is surely one of oxygen, in percent.
_ON_A_FINGER, _LOW_ON_A_FINGER = (
    frozenset({"clip", "peg", "probe", "gadget", "thing", "monitor", "meter", "reader"}),
    93,
)
_OTHER_MEASURES = frozenset({"pulse", "hr", "bp", "pressure", "temp", "temperature", "rate", "heart"})
#: Words for blood pressure, and the least upper reading that is taken for one without them.
_PRESSURE, _LEAST_SYSTOLIC = frozenset({"bp", "pressure", "pressures", "reading", "cuff", "systolic"}), 60


@dataclass(frozen=True)
class Quantity:
    """A number with its meaning: "celsius", "days", "of_ten", "palms", "percent", "oxygen", "systolic" ..."""

    start: int
    end: int
    measure: Measure


def number_at(words: list[str], position: int) -> tuple[float, int] | None:
    """The number that begins at a word, and the position after it: "38,5", "one oh two", "thirty eight point five"."""
    word = words[position]
    if word[0].isdigit():
        if DECADE.fullmatch(word):
            # "Sats in the 80s".
            return float(word[:2]), position + 1
        if not NUMBER.fullmatch(word):
            return None
        value, end = float(word.replace(",", ".")), position + 1
        if end + 1 < len(words) and words[end] == "point":
            tail = number_at(words, end + 1)
            if tail and tail[0] < 10 and tail[0] == int(tail[0]):
                return value + tail[0] / 10, tail[1]
            if words[end + 1] in ("something", "summat"):
                return value + 0.5, end + 2
        if (
            end < len(words)
            and words[end] in ("\u00b0",)
            and end + 1 < len(words)
            and re.fullmatch(r"\d", words[end + 1])
        ):
            return value + int(words[end + 1]) / 10, end + 2
        return value, end
    if word not in _WORDS or word in ("a", "an", "couple", "few", "several", "half", "dozen", "oh"):
        return None
    return _spoken(words, position)


def _spoken(words: list[str], position: int) -> tuple[float, int]:
    """Numbers in words, as people say temperatures and days."""
    values: list[int] = []
    end = position
    while end < len(words) and len(values) < 4:
        word = words[end]
        if word in ("and", "n") and values and values[-1] == 100 and end + 1 < len(words) and words[end + 1] in _WORDS:
            end += 1
            continue
        if word not in _WORDS or word in ("a", "an", "couple", "few", "several", "half", "dozen"):
            break
        values.append(int(_WORDS[word]))
        end += 1
    if len(values) >= 2 and values[0] == 100:
        total = float(sum(values))
    elif len(values) >= 2 and values[0] == 1 and values[1] == 100:
        total = float(100 + sum(values[2:]))
    elif len(values) == 3 and values[0] == 1 and values[1] == 0:
        total = float(100 + values[2])
    elif len(values) == 2 and values[0] >= 20 and values[0] < 100 and values[1] < 10:
        total = float(values[0] + values[1])
    elif len(values) == 3 and values[0] >= 20 and values[1] < 10 and values[2] < 10:
        total = values[0] + values[1] + values[2] / 10
    else:
        total, end = float(values[0]), position + 1
    if end + 1 < len(words) and words[end] == "point" and words[end + 1] in _WORDS and _WORDS[words[end + 1]] < 10:
        return total + _WORDS[words[end + 1]] / 10, end + 2
    return total, end


def days_since(weekday: int, today: date | None = None) -> int:
    """Days since a weekday was last (Monday is 0), 1 to 7. Today's own name is a week ago: today would be "today".

    today is that of the server: around midnight it may be a day off, which "about 4 days" bears.
    """
    return ((today or date.today()).weekday() - weekday) % 7 or 7


def days_since_month(month: int, day: int | None = None, today: date | None = None) -> int:
    """Days since a day of a month, the last that there was (January is 1); without a day since the middle of it."""
    today = today or date.today()
    if day is None and month == today.month:
        return today.day // 2
    return days_since_date(month, day or 15, today)


def days_since_date(month: int, day: int, today: date) -> int:
    """Days since the last such date; a day that the month does not have is its 28th."""
    try:
        then = date(today.year, month, day)
    except ValueError:
        then = date(today.year, month, 28)
    return (today - (then if then <= today else then.replace(year=then.year - 1, day=min(then.day, 28)))).days


class Quantifier:
    """Finds quantities. The word lists come from quantities.yml by way of the term hits."""

    def find(self, words: list[str], marks: dict[str, frozenset[int]]) -> list[Quantity]:
        """marks: name of a list in quantities.yml -> the words that it covers."""
        found: list[Quantity] = []
        position, last = 0, len(words)
        while position < last:
            number = number_at(words, position)
            if number is None:
                quantity = self._wordy(words, position)
                if quantity:
                    found.append(quantity)
                    position = quantity.end
                else:
                    position += 1
                continue
            value, end = number
            quantity = (
                self._pressure(words, position)
                or self._oxygen(words, position, value, end)
                or self._with_unit(words, position, value, end)
                or _temperature(words, position, value, end, marks)
                or Quantity(position, end, Measure(value, "number"))
            )
            found.append(quantity)
            position = max(quantity.end, position + 1)
        return found

    @staticmethod
    def _pressure(words: list[str], position: int) -> Quantity | None:
        """78/40, or "78 over 40". Below 60 only beside a word for it: inhalers and tablets come as 50/25."""
        if position + 2 < len(words) and words[position + 1] in ("/", "over", "by") and words[position].isdigit():
            low = words[position + 2]
            near = words[max(0, position - 5) : position + 6]
            least = 40 if not _PRESSURE.isdisjoint(near) else _LEAST_SYSTOLIC
            plausible = low.isdigit() and least <= int(words[position]) <= 250 and 20 <= int(low) <= 150
            if plausible and int(words[position]) > int(low) + 5:
                return Quantity(position, position + 3, Measure(float(words[position]), "systolic"))
        return None

    @staticmethod
    def _with_unit(words: list[str], position: int, value: float, end: int) -> Quantity | None:
        unit = words[end] if end < len(words) else ""
        after = words[end + 1] if end + 1 < len(words) else ""
        after2 = words[end + 2] if end + 2 < len(words) else ""
        if unit in ("out",) and after == "of" and after2 in ("10", "ten"):
            return Quantity(position, end + 3, Measure(value, "of_ten"))
        if unit in ("/", "of") and after in ("10", "ten") and value <= 10:
            return Quantity(position, end + 2, Measure(value, "of_ten"))
        if unit in ("palm", "palms", "handprints", "handprint") or (
            unit in ("hand", "hands") and after in ("size", "sized", "sizes", "prints", "worth")
        ):
            return Quantity(position, end + 1, Measure(value, "palms"))
        if unit in ("%", "percent") or (unit == "per" and after == "cent"):
            return Quantity(position, end + 1, Measure(value, "percent"))
        if unit in ("mg", "mgs", "milligrams", "milligram"):
            return Quantity(position, end + 1, Measure(value, "mg"))
        if unit in _YEARS and _is_age(words, position, end, value):
            return Quantity(position, end + 1, Measure(value, "years_of_age"))
        if unit in _DAYS_IN and not (unit == "d" and value > 60):
            return Quantity(position, end + 1, Measure(value * _DAYS_IN[unit], "days"))
        if unit in ("th", "rd", "nd", "st") and after in ("day", "week"):
            return Quantity(position, end + 2, Measure(value * _DAYS_IN[after], "days"))
        if position and words[position - 1] in ("day", "week") and value < 400 and value == int(value):
            return Quantity(position - 1, end, Measure(value * _DAYS_IN[words[position - 1]], "day_number"))
        return None

    @staticmethod
    def _oxygen(words: list[str], position: int, value: float, end: int) -> Quantity | None:
        """ "Sats 97 pulse 72", "89 on the oximeter": the number nearest to the word for it."""
        before, after = words[max(0, position - 5) : position], words[end : end + 4]
        if not 50 <= value <= 100:
            return None
        named = [at for at, word in enumerate(before) if word in _OXYGEN]
        if named and any(NUMBER.fullmatch(word) or word in _OTHER_MEASURES for word in before[named[-1] :]):
            named = []
        # "The clip on my finger says 85".
        if (
            value <= _LOW_ON_A_FINGER
            and "finger" in (*before, *after)
            and not _ON_A_FINGER.isdisjoint((*before, *after))
        ):
            return Quantity(position, end, Measure(value, "oxygen"))
        # "Sat on hold for 51 minutes" is no saturation.
        sat = before[-1:] == ["sat"] or (before[-2:-1] == ["sat"] and before[-1] in ("is", "at", "of"))
        follows = next((at for at, word in enumerate(after, end) if word in _OXYGEN), None)
        own = [word for word in words[(follows or end) + 1 :][:2] if word not in ("is", "at", "of", ":")][:1]
        if own and NUMBER.fullmatch(own[0]):
            # "Heart 72, oxygen 98": the word has a number of its own.
            follows = None
        if named or sat or follows is not None:
            return Quantity(position, end, Measure(value, "oxygen"))
        return None

    @staticmethod
    def _wordy(words: list[str], position: int) -> Quantity | None:
        """Amounts without a figure: "a couple of days", "third day", "since tuesday", "half my back"."""
        word = words[position]
        following = words[position + 1 : position + 4]
        if word in ORDINALS and following and following[0] in ("day", "week"):
            return Quantity(position, position + 2, Measure(ORDINALS[word] * _DAYS_IN[following[0]], "day_number"))
        if word in ("couple", "few", "several", "a", "an", "half") and following:
            offset = 2 if following[0] in ("of", "a") and len(following) > 1 else 1
            unit = words[position + offset] if position + offset < len(words) else ""
            if unit in _DAYS_IN:
                return Quantity(position, position + offset + 1, Measure(_WORDS[word] * _DAYS_IN[unit], "days"))
        if word == "yesterday":
            return Quantity(position, position + 1, Measure(1, "days_ago"))
        if word in ("since", "from", "on", "last") and following and following[0] in WEEKDAYS:
            return Quantity(position, position + 2, Measure(days_since(WEEKDAYS[following[0]]), "days_ago"))
        return None


def _temperature(
    words: list[str], position: int, value: float, end: int, marks: dict[str, frozenset[int]]
) -> Quantity | None:
    found = temperature_at(words, position, value, end, marks)
    return Quantity(position, found[1], Measure(found[0], "celsius")) if found else None


def _is_age(words: list[str], position: int, end: int, value: float) -> bool:
    """ "I am 74 years old", "70 yrs, rash 2 weeks": how old somebody is, not how long something has lasted."""
    following = words[end + 1 : end + 3]
    if not {"rash", "itch", "spots", "it"}.isdisjoint(words[max(0, position - 3) : position]):
        # "The rash is two years old".
        return False
    if following[:1] == ["old"] or following == ["of", "age"]:
        return True
    said_of_somebody = bool(position) and words[position - 1] in ("im", "am", "hes", "shes", "aged", "age")
    return value >= 18 and said_of_somebody and following[:1] not in (["since"], ["ago"], ["now"], ["on"], ["into"])
