"""Whether a number is a body temperature: "38,5", "running a 101 something", "97.9 so that's fine", and not "39 spots".

A unit or a word for fever near it makes it one. Without these it has to look like one and stand where a reading stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.clinical.vital_signs import FEVER_CELSIUS

NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
#: "Sats in the 80s".
DECADE = re.compile(r"\d\ds")
_TWO_DECIMALS = re.compile(r"[.,]\d\d")
_CELSIUS = frozenset({"c", "celsius", "centigrade"})
_FAHRENHEIT = frozenset({"f", "fahrenheit"})
_DEGREE = frozenset({"\u00b0", "degrees", "degree", "deg", "degs"})
_ABOUT = frozenset({"something", "ish", "odd", "plus", "point"})
_CURRENCY = frozenset({"$", "\u00a3", "\u20ac", "#"})
#: Between a number and the word that it belongs to: "my age is about 39".
_LINKS = frozenset(
    ["about", "around", "is", "was", "of", ":", "-", "=", "a", "it", "the", "just", "only", "like", "nearly", "roughly"]
)
#: Before "to" and a number: a dose that was changed.
_DOSED = frozenset(
    {"dex", "dexamethasone", "pred", "prednisone", "prednisolone", "dose", "dosage", "steroid", "steroids", "mg"}
    | {"increase", "increased", "decreased", "upped", "tapered", "titrated", "weaned", "doubled", "raised", "lowered"}
)
#: Up to five words before a number, these say that it is no temperature.
_NO_TEMPERATURE = frozenset(
    {"temper", "temperament", "bp", "pulse", "weight", "sats", "platelets", "creatinine"}
    | {"ldl", "hdl", "cholesterol", "trig", "triglycerides"}
)
#: Degrees of these are of no body.
_THINGS = frozenset({"room", "water", "oven", "outside", "ambient", "wash"})
#: Right before a number, these read it off.
_READ_OFF = frozenset(
    {"at", "hit", "reads", "says", "shows", "running", "runnin", "spiked", "hits", "topped", "hitting", "reached"}
    | {"touching", "to"}
)
#: Whose reading it is, after one was named.
_WHOSE = frozenset({"mine", "his", "hers"})
#: Before "at" and a number: a reading, where another word would make it an age.
_STANDING_AT = frozenset(
    {"is", "its", "im", "hes", "shes", "was", "sitting", "stuck", "running", "up", "still", "steady"}
)
#: So many words around a number a word for fever or for weather counts; a tenth of a degree is hardly the weather's.
_NEAR, _NEAR_A_TENTH = 9, 3
#: So many words before a number tell what it is of; a laboratory value claims it from farther away.
_BEFORE, _MEASURED = 5, 7

#: What can be a body temperature at all, in Celsius and in Fahrenheit.
_CELSIUS_RANGE, _FAHRENHEIT_RANGE = (34, 42.5), (93, 110)
#: What is one when a tenth is told, when it is read off, and when it stands alone.
_WITH_A_TENTH = ((36, 42), (96, 107))
_WHEN_READ_OFF = ((38, 41), (100, 107))
_ALONE = ((100, 106),)

_NOTHING: frozenset[int] = frozenset()


def temperature_at(
    words: Sequence[str], position: int, value: float, end: int, marks: Mapping[str, frozenset[int]]
) -> tuple[float, int] | None:
    """Degrees Celsius, to a hundredth, and the word after the temperature; None where the number is none.

    value, end: the number at `position` and the word after it. marks: name of a list in quantities.yml -> the words of
    the message that it covers.
    """
    number = _Number.of(words, position, value, end, marks)
    if number is None or not number.is_temperature():
        return None
    return round(number.celsius, 2), number.after


def to_celsius(value: float, unit: str | None) -> float | None:
    """A body temperature in Celsius, or None where the number cannot be one."""
    if unit == "f" or (unit is None and value >= _FAHRENHEIT_RANGE[0]):
        return round((value - 32) * 5 / 9, 2) if _within(value, (_FAHRENHEIT_RANGE,)) else None
    return value if _within(value, (_CELSIUS_RANGE,)) else None


@dataclass(frozen=True)
class _Number:
    """A number that can be a body temperature, with its unit. after: the word after both."""

    words: Sequence[str]
    position: int
    end: int
    after: int
    value: float
    celsius: float
    unit: str | None
    degrees: bool
    marks: Mapping[str, frozenset[int]]

    @classmethod
    def of(
        cls, words: Sequence[str], position: int, value: float, end: int, marks: Mapping[str, frozenset[int]]
    ) -> "_Number | None":
        after, unit, degrees = end, None, False
        if after < len(words) and words[after] in _ABOUT:
            after += 2 if list(words[after : after + 2]) == ["point", "something"] else 1
        if after < len(words) and words[after] in _DEGREE:
            degrees, after = True, after + 1
        if after < len(words) and words[after] in _CELSIUS | _FAHRENHEIT:
            unit, after = ("c" if words[after] in _CELSIUS else "f"), after + 1
        celsius = to_celsius(value, unit)
        if celsius is None:
            return None
        return cls(words, position, end, after, value, celsius, unit, degrees, marks)

    def is_temperature(self) -> bool:
        """The first thing that tells decides."""
        if self._dose() or self._place() or self._fell_to() or self._counted() or self._price():
            return False
        if self._weather and not self._fever_named:
            return False
        if self.unit is not None or self.degrees:
            return not self._of_a_thing()
        if not _NO_TEMPERATURE.isdisjoint(self._lead(_BEFORE)):
            return False
        if not self._weather and (self._alone() or (self._claimed_after and self._tenths and self._next == "here")):
            # "38.7 here": the weather is not told to a tenth.
            return True
        named = self._fever_named and not self._weather
        if self._claimed_after or (self._claimed_before and not (named and self._tenths)):
            return False
        if named:
            return True
        return not _TWO_DECIMALS.search(self._word) and (self._to_a_tenth() or self._read_off() or self._of_whom())

    # -- what stands near ---------------------------------------------------------------------------------------------

    @property
    def _word(self) -> str:
        return self.words[self.position]

    @property
    def _next(self) -> str:
        return self.words[self.after] if self.after < len(self.words) else ""

    @property
    def _tenths(self) -> bool:
        return self.value != int(self.value)

    @property
    def _spoken(self) -> bool:
        return not self._word[0].isdigit()

    def _lead(self, length: int) -> list[str]:
        return list(self.words[max(0, self.position - length) : self.position])

    def _around(self, length: int) -> range:
        return range(max(0, self.position - length), min(len(self.words), self.after + length))

    def _marked(self, name: str) -> frozenset[int]:
        return self.marks.get(name, _NOTHING)

    @cached_property
    def _fever_named(self) -> bool:
        around = self._around(_NEAR)
        if self.position > 1 and self.words[self.position - 1] == ":" and self.words[self.position - 2].isdigit():
            # "Week 2: 19. Week 3: 39. Temperature never above 36.8": what is counted there is told before it.
            around = range(around.start, self.position)
        return any(word in self._marked("temp") for word in around)

    @cached_property
    def _weather(self) -> bool:
        # "A holiday in Crete, then back home, then 39.1".
        tenth_of_a_fever = self._tenths and self.value >= FEVER_CELSIUS
        around = self._around(_NEAR_A_TENTH if tenth_of_a_fever else _NEAR)
        return any(word in self._marked("weather") and not self._blamed(word) for word in around)

    def _blamed(self, word: int) -> bool:
        """Whether the weather is thought of as a cause: "temperature of 39, could it be the heat?"."""
        causes = ("be", "it", "from", "to", "just")
        return word > 1 and self.words[word - 1] == "the" and self.words[word - 2] in causes

    # -- what else it may be ------------------------------------------------------------------------------------------

    def _dose(self) -> bool:
        """ "Since the dex went to 40", "weaned down to 37.5"."""
        lead = self._lead(_BEFORE)
        plain = not self._fever_named and self.unit is None
        return plain and lead[-1:] == ["to"] and not _DOSED.isdisjoint(lead)

    def _place(self) -> bool:
        """ "A cricket match in 38 degrees"."""
        return self.degrees and self._lead(1) == ["in"]

    def _fell_to(self) -> bool:
        """ "From 800 to 40": a laboratory value."""
        if self.position < 2 or self.words[self.position - 1] != "to":
            return False
        before = self.words[self.position - 2]
        return bool(NUMBER.fullmatch(before)) and to_celsius(float(before.replace(",", ".")), None) is None

    def _counted(self) -> bool:
        """ "My sugar level is down to 103", "110/205", "in my mid 40s"."""
        if self._fever_named or self.unit is not None or self.degrees:
            return False
        measured = range(max(0, self.position - _MEASURED), self.position)
        laboratory = not self._tenths and not self._marked("laboratory").isdisjoint(measured)
        return laboratory or self._one_of_two() or bool(DECADE.fullmatch(self._word))

    def _one_of_two(self) -> bool:
        """Whether a whole number stands beside another and a stroke."""
        before = self.words[self.position - 2] if self.position > 1 and self._lead(1) == ["/"] else ""
        behind = self.words[self.after + 1] if self._next == "/" and self.after + 1 < len(self.words) else ""
        return self._word.isdigit() and (before.isdigit() or behind.isdigit())

    def _price(self) -> bool:
        return not _CURRENCY.isdisjoint(self._lead(1))

    def _of_a_thing(self) -> bool:
        """Degrees of the weather or of a thing: "wash it at 40 C"."""
        right_before = range(max(0, self.position - 3), self.position)
        weather = self._weather and not any(word in self._marked("temp") for word in right_before)
        return weather or not _THINGS.isdisjoint(self._lead(3))

    @cached_property
    def _claimed_before(self) -> bool:
        """By "aged", "cycle", "ferritin" and the like, with "is about" between."""
        before = self.position - 1
        while before >= 0 and self.words[before] in _LINKS:
            before -= 1
        if before < 0 or before not in self._marked("not_temp_before") | self._marked("laboratory"):
            return False
        # "I am a hundred and one point four": no age.
        return not (self.words[before] in ("am", "im") and self._tenths)

    @cached_property
    def _claimed_after(self) -> bool:
        """By "kg", "days", "spots" and the like, or "39.1 is my ferritin"."""
        if self.after < len(self.words) and self.after in self._marked("not_temp_after"):
            return True
        named = self._next in ("is", "was") and not self._fever_named
        return named and not self._marked("laboratory").isdisjoint(range(self.after + 1, self.after + 4))

    # -- what makes it one --------------------------------------------------------------------------------------------

    def _alone(self) -> bool:
        """ "101.": a message or a sentence of its own."""
        begins = self.position == 0 or self.words[self.position - 1] in (".", "!", ",", "\n", "?")
        ends = self.after >= len(self.words) or self._next in (".", "!", "\n", "?", "f", "c")
        return begins and ends and not self._spoken and _within(self.value, _ALONE)

    def _to_a_tenth(self) -> bool:
        spelled = not self._spoken or "point" in self.words[self.position : self.end]
        return self._tenths and spelled and _within(self.value, _WITH_A_TENTH)

    def _read_off(self) -> bool:
        """ "It says 102", and not "hysterectomy at 38"."""
        if self.position == 0 or (self.position - 1) not in self._marked("reading_verb") or self._spoken:
            return False
        verb = self.words[self.position - 1]
        aged = verb == "at" and not self._tenths and self.words[self.position - 2] not in _STANDING_AT
        return verb in _READ_OFF and not aged and _within(self.value, _WHEN_READ_OFF)

    def _of_whom(self) -> bool:
        """ "His is 98.2, mine is 102"."""
        lead = self._lead(2)
        whose = len(lead) > 1 and lead[0] in _WHOSE and lead[1] in ("is", "was")
        return whose and not self._spoken and _within(self.value, _ALONE)


def _within(value: float, ranges: Sequence[tuple[float, float]]) -> bool:
    return any(low <= value <= high for low, high in ranges)
