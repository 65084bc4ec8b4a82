"""What a measured number tells: a fever, too little oxygen, a low blood pressure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.clinical.signs import Sign
from bot.clinical.vital_signs import FAINT_SYSTOLIC, FEVER_CELSIUS, LOW_OXYGEN, RAISED_CELSIUS, SHOCK_SYSTOLIC
from bot.language.candidate import Candidate, Origin
from bot.language.cues import Judgement
from bot.language.quantities import Quantity
from bot.language.reading import Context, Ground, Status
from bot.language.scene import Fact

#: "Call at 100.4": a threshold, no reading.
_CALLING = frozenset({"call", "ring", "phone", "calling", "them", "us"})
_AT = frozenset({"at", "above", "over", "from"})
#: A temperature that is turned from Fahrenheit is rounded to so much, in degrees Celsius.
_ROUNDING = 0.005
#: In words: how far before two numbers the question may begin that is about them.
_ASKED_OF = 9
_WHICH, _TEMPERATURE = frozenset({"what", "which"}), frozenset({"temperature", "temp", "number", "reading", "fever"})
#: Leaflets name this one.
_OF_LEAFLETS = "100.4"


def measured(
    words: Sequence[str],
    quantities: Sequence[Quantity],
    context: Context,
    fevers: Mapping[int, Judgement],
    judge: Callable[[Candidate], Judgement],
    fever_reducers: frozenset[str],
) -> list[Fact]:
    """The facts that the numbers of one message tell.

    fevers: how each word for fever was judged, by the word after it. judge: how a number by itself is put, as a
    candidate. fever_reducers: medicines that hide a fever.
    """
    gone = [end for end, put in fevers.items() if put.status is Status.ABSENT and words[end : end + 1] == ["now"]]
    numbers = _Numbers(words, context, judge, fever_reducers, max(gone, default=0))
    facts = (numbers.fact(quantity, fevers.get(quantity.start - 1)) for quantity in quantities)
    return [fact for fact in facts if fact]


@dataclass(frozen=True)
class _Numbers:
    words: Sequence[str]
    context: Context
    judge: Callable[[Candidate], Judgement]
    fever_reducers: frozenset[str]
    #: The word after the last "no fever now", 0 for none.
    no_fever_now: int = 0

    def fact(self, quantity: Quantity, named: Judgement | None) -> Fact | None:
        """named: how a word for fever right before the number was judged, with one word between them."""
        value, unit = quantity.measure.value, quantity.measure.unit
        if unit == "celsius":
            if named and named.status is not Status.PRESENT and self.words[quantity.start - 1] in _AT:
                # "Swollen tongue, temperature above 100.4 and so on. None of it has happened".
                rule = f"a threshold: {named.rule}"
                return _read_off(quantity, "fever", named.status, rule, named.in_doubt)
            return self._temperature(quantity)
        if unit == "oxygen" and value < LOW_OXYGEN:
            # A good reading clears nothing: one may have it and not be able to swallow.
            return _read_off(quantity, "airway", Status.PRESENT, "oxygen reading")
        if unit == "systolic" and value < FAINT_SYSTOLIC:
            sign = Sign.CONFUSION_OR_COLLAPSE if value < SHOCK_SYSTOLIC else Sign.FAINTNESS
            return _read_off(quantity, sign.value, Status.PRESENT, "low blood pressure")
        return None

    def _temperature(self, quantity: Quantity) -> Fact | None:
        candidate = Candidate.at("fever", quantity.start, quantity.end, Origin.NUMBER, rule="temperature")
        judgement = self.judge(candidate)
        value = quantity.measure.value
        first = quantity.start
        if first > 1 and self.words[first - 1] in _AT and self.words[first - 2] in _CALLING:
            return _read_off(quantity, "fever", Status.HYPOTHETICAL, "a number to call at")
        if judgement.status in (Status.HYPOTHETICAL, Status.PAST, Status.SOMEONE_ELSE):
            # "Is 38.3 a fever?", "can one drink with 39.4?": nobody names a tenth of a degree that was not measured.
            exact = value >= RAISED_CELSIUS and self._to_a_tenth(first, quantity.end)
            exact = exact and judgement.ground in (Ground.ASKED, Ground.OF_ANYBODY)
            rule = f"temperature: {judgement.rule}"
            return _read_off(quantity, "fever", judgement.status, rule, in_doubt=exact or judgement.in_doubt)
        if self._one_of_two(first, quantity.end):
            return _read_off(quantity, "fever", Status.HYPOTHETICAL, "one of two numbers asked about")
        if value >= RAISED_CELSIUS and first < self.no_fever_now:
            # "101 last week with the flu, no fever now".
            return _read_off(quantity, "fever", Status.UNSURE, "a temperature, and no fever now", in_doubt=True)
        if value >= FEVER_CELSIUS - _ROUNDING:
            if judgement.status is Status.ABSENT:
                return _read_off(quantity, "fever", Status.ABSENT, judgement.rule)
            return _read_off(quantity, "fever", Status.PRESENT, "temperature of fever")
        if value >= RAISED_CELSIUS:
            return _read_off(quantity, "fever", Status.UNSURE, "raised temperature", in_doubt=True)
        if "fever" in self.context.known and not self.fever_reducers.isdisjoint(self.words):
            # "Down to 99 now after Tylenol": a pill hides the fever that was told, and ends nothing.
            return None
        return _read_off(quantity, "fever", Status.ABSENT, "normal temperature")

    def _one_of_two(self, first: int, end: int) -> bool:
        """ "What temperature should I call about, 38 or 38.5?": no reading."""
        lead = self.words[max(0, first - _ASKED_OF) : first]
        which = any(a in _WHICH and b in _TEMPERATURE for a, b in pairwise(lead))
        return which and (self.words[end : end + 1] == ["or"] or self.words[first - 1] == "or")

    def _to_a_tenth(self, first: int, end: int) -> bool:
        """Whether a number is no round one, nor a threshold that leaflets name; "a hundred point nine" is none."""
        if "point" in self.words[first:end]:
            return True
        typed = self.words[first].replace(",", ".")
        return "." in typed and not typed.endswith((".0", ".5")) and typed != _OF_LEAFLETS


def _read_off(quantity: Quantity, concept: str, status: Status, rule: str, in_doubt: bool = False) -> Fact:
    return Fact(concept, quantity.start, quantity.end, status, rule, measure=quantity.measure, in_doubt=in_doubt)
