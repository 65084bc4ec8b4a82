"""What a few words tell in the light of the question that is open: "mild", "about a 6", "he manages", "last week".

Outside their question the same words tell nothing, or something else, so no other rule looks at them. They only add
facts that the message does not tell in full words; no sign is cleared by them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.language.answered_times import times_told
from bot.language.automaton import Automaton
from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.facts import of_ten
from bot.language.quantities import Quantity
from bot.language.reading import Measure, Status
from bot.language.scene import Fact

Judged = tuple[Candidate, Judgement]
#: In words: a longer message is told in sentences, which the other rules read. When both began, and what was taken,
#: takes more of them.
_LONGEST = 14
_LONGER = {"timing": 30, "medicines": 24}
#: In words: with more around it, a bare number is some other number.
_LONGEST_NUMBER = 9
_AFTER_A_DEGREE = frozenset(
    {*PUNCTUATION, "and", "or", "to", "but", "maybe", "i", "at", "out", "today", "now", "tonight"}
)
_NEGATIONS = frozenset({"not", "isnt", "never", "no", "hardly", "without", "cant", "dont", "doesnt"})
#: "Oh it's gone now": with more beside it "gone" is of something else, such as the hour or the capsules.
_WORDS_BESIDE_GONE = 1
_NO = frozenset({"no", "nope", "nah", "none", "nothing"})
#: How bad an itch is that keeps somebody awake, where no more is told: "bad", 0 to 4.
_KEEPS_AWAKE = 3
_YES = frozenset({"yes", "yeah", "yep", "yup", "aye"})
_OF_OLD = frozenset({"old", "year", "years", "always", "long", "usual", "same", "already"})
_BEGUN = frozenset({"started", "start", "began", "added", "gave", "prescribed", "put", "switched", "changed"})
_HANDS = frozenset({"hand", "hands", "palm", "palms"})
_ABOUT = frozenset({"about", "around", "roughly", "approximately", "maybe", "say", "nearly", "almost", "over"})
_RULE = "answer to the open question"

#: Daily life: what the words tell of housework and of looking after oneself.
_LIMITS = {
    "limits_none": {"chores_limited": Status.ABSENT, "self_care_limited": Status.ABSENT},
    "limits_chores": {"chores_limited": Status.PRESENT},
    "limits_self_care": {"self_care_limited": Status.PRESENT},
}
_SLEEP = {"sleep_lost": {"sleep_loss": Status.PRESENT}, "sleep_kept": {"sleep_loss": Status.ABSENT}}

#: "I can't put on a shirt" tells of sore skin out of the blue; to the question about daily life it is an answer, and
#: whether the skin hurts is asked.
_ASKED_BESIDE = {"limits_self_care": "skin_pain"}


@dataclass(frozen=True)
class ShortAnswer:
    """A term of the open question: its name in short_answers.yml and the words that it covers."""

    name: str
    start: int
    end: int


class ShortAnswers:
    """The terms of every question. Holds no state of a message."""

    def __init__(self, terms: Mapping[str, Automaton[str]]) -> None:
        """terms: step of the assessment -> what its answers are found by."""
        self._terms = terms

    def find(self, words: Sequence[str], step: str | None) -> tuple[ShortAnswer, ...]:
        """The answers in a message, the longest first where terms begin together, none inside another."""
        terms = self._terms.get(step or "")
        if terms is None or len(words) > _LONGER.get(step or "", _LONGEST):
            return ()
        found = sorted(terms.find(list(words)), key=lambda hit: (hit[0], -hit[1]))
        kept: list[ShortAnswer] = []
        for start, end, name in found:
            overlaps = bool(kept) and start < kept[-1].end
            negated = start > 0 and words[start - 1] in _NEGATIONS
            if not overlaps and not negated:
                kept.append(ShortAnswer(name, start, end))
        return tuple(kept)


def with_short_answers(
    facts: Sequence[Fact],
    answers: Sequence[ShortAnswer],
    step: str | None,
    words: Sequence[str],
    quantities: Sequence[Quantity],
) -> list[Fact]:
    """The facts of a message, with those that its few words add to answer the open question."""
    told = {fact.concept for fact in facts}
    if step == "where":
        gone = [
            Fact("rash_gone", a.start, a.end, Status.PRESENT, _RULE)
            for a in answers[:1]
            if a.name == "no_rash" or a.end - a.start >= len(words) - _WORDS_BESIDE_GONE
        ]
        return [*_counted_in_hands(facts, words, quantities), *gone]
    if step == "symptoms":
        slept = [*facts, *_added(_told(answers, _SLEEP), told)]
        return _with_degree(slept, answers, words, quantities)
    if step == "daily_life":
        return [*facts, *_added(_worst([*_told(answers, _LIMITS), *_plain_no(words)]), told)]
    if step == "timing" and len(words) <= _LONGER[step]:
        named = [(answer.start, answer.end, float(answer.name.removeprefix("days_"))) for answer in answers]
        return times_told(facts, named, words, quantities)
    if step == "medicines":
        return _medicines(facts, answers, words)
    return list(facts)


def _told(answers: Iterable[ShortAnswer], meaning: Mapping[str, Mapping[str, Status]]) -> Iterator[Fact]:
    for answer in answers:
        for concept, status in meaning.get(answer.name, {}).items():
            yield Fact(concept, answer.start, answer.end, status, _RULE)


def _added(facts: Iterable[Fact], told: set[str]) -> list[Fact]:
    """The first fact of each concept that was not told in full words."""
    kept: dict[str, Fact] = {}
    for fact in facts:
        if fact.concept not in told:
            kept.setdefault(fact.concept, fact)
    return list(kept.values())


def _plain_no(words: Sequence[str]) -> Iterator[Fact]:
    """ "No, still walk the dog every day": what follows may be anything."""
    if words[0] in _NO and (len(words) == 1 or words[1] in (*PUNCTUATION, "still")):
        for concept, status in _LIMITS["limits_none"].items():
            yield Fact(concept, 0, 1, status, _RULE)


def _worst(facts: Iterable[Fact]) -> list[Fact]:
    """What is hard first: "I'm fine, but my wife does the cooking"."""
    return sorted(facts, key=lambda fact: fact.status is not Status.PRESENT)


def asked_beside(judged: Sequence[Judged], answers: Sequence[ShortAnswer]) -> list[Judged]:
    """The signs with those put in doubt that rest on the very words of an answer."""
    return [
        (candidate, replace(judgement, in_doubt=True, rule=f"{judgement.rule}, in the words of an answer"))
        if any(_ASKED_BESIDE.get(a.name) == candidate.concept and _covers(a, candidate) for a in answers)
        else (candidate, judgement)
        for candidate, judgement in judged
    ]


def _covers(answer: ShortAnswer, part: Candidate | Fact) -> bool:
    return answer.start <= part.start and part.end <= answer.end


# -- how much ---------------------------------------------------------------------------------------------------------


def _counted_in_hands(facts: Sequence[Fact], words: Sequence[str], quantities: Sequence[Quantity]) -> list[Fact]:
    """ "About 5 hands", "ten of my hands": the measure that the question offers. "2 hands" are where the rash is."""
    counted = [fact for fact in facts if fact.concept == "palms"]
    for quantity in quantities:
        hand = next((at for at in range(quantity.end, min(quantity.end + 3, len(words))) if words[at] in _HANDS), None)
        about = quantity.start > 0 and words[quantity.start - 1] in _ABOUT
        if quantity.measure.unit == "number" and hand is not None and (about or quantity.measure.value > 2):
            measure = Measure(quantity.measure.value, "palms")
            counted.append(Fact("palms", quantity.start, hand + 1, Status.PRESENT, "counted in hands", measure=measure))
    covered = {at for fact in counted for at in range(fact.start, fact.end)}
    others = [f for f in facts if f.concept != "palms" and not (f.concept == "area" and f.start in covered)]
    return [*others, *counted[:1]]


# -- how bad ----------------------------------------------------------------------------------------------------------


def _with_degree(
    facts: Sequence[Fact], answers: Sequence[ShortAnswer], words: Sequence[str], quantities: Sequence[Quantity]
) -> list[Fact]:
    """The worst degree that is told, for the itch unless the message tells it of pain or has a degree already."""
    degrees = [
        Fact("itch", a.start, a.end, Status.PRESENT, _RULE, severity=int(a.name.removeprefix("itch_")))
        for a in answers
        if a.name.startswith("itch_")
    ] + _numbers(words, quantities)
    named = [fact for fact in facts if fact.concept in ("itch", "pain")]
    if any(fact.status is Status.PAST for fact in named):
        # "The itch has stopped completely".
        return [replace(f, status=Status.ABSENT, severity=0) if f in named else f for f in facts]
    lost = next((f for f in facts if f.concept == "sleep_loss" and f.status is Status.PRESENT), None)
    if lost and not degrees:
        # "Up half the night scratching": as the choice "bad, it keeps me awake".
        degrees = [Fact("itch", lost.start, lost.end, Status.PRESENT, _RULE, severity=_KEEPS_AWAKE)]
    if not degrees or any(fact.severity is not None for fact in named):
        return list(facts)
    worst = max(degrees, key=lambda fact: fact.severity or 0)
    if named:
        return [replace(fact, severity=worst.severity) if fact in named else fact for fact in facts]
    status = Status.PRESENT if worst.severity else Status.ABSENT
    return [*facts, replace(worst, status=status)]


def _numbers(words: Sequence[str], quantities: Sequence[Quantity]) -> list[Fact]:
    """ "5", "about a 6", "7 or 8": out of ten, as the question offers. "Woke 3 times" counts something else."""
    if len(words) > _LONGEST_NUMBER or any(q.measure.unit not in ("number", "of_ten") for q in quantities):
        return []
    return [
        Fact("itch", q.start, q.end, Status.PRESENT, "number out of ten", severity=of_ten(q.measure.value))
        for q in quantities
        if 0 <= q.measure.value <= 10 and (q.end >= len(words) or words[q.end] in _AFTER_A_DEGREE)
    ]


# -- medicines --------------------------------------------------------------------------------------------------------


def _medicines(facts: Sequence[Fact], answers: Sequence[ShortAnswer], words: Sequence[str]) -> list[Fact]:
    """ "Just the lenalidomide and dex": what is named there is not new. "A water pill": what is not in the lists is."""
    none = [answer for answer in answers if answer.name == "nothing_new"]
    new = [answer for answer in answers if answer.name == "something_new"]
    if none and new and none[-1].end <= new[0].start:
        # "No new drug. My wife changed the bathing soap".
        none, answers = [], new
    named = any(fact.concept == "new_medicine" for fact in facts)
    old = not _OF_OLD.isdisjoint(words) and _BEGUN.isdisjoint(words)
    if (none or words[0] in _NO) and old:
        # "None, only a multivitamin which I always took", "no, my statin is from years ago".
        none = [ShortAnswer("nothing_new", 0, len(words))]
    elif words[0] in _NO and words[1:2] and words[1] in PUNCTUATION and not named:
        # "No, thanks be to God"; "no, only Bactrim" names one.
        none = [ShortAnswer("nothing_new", 0, 1)]
    elif words[0] in _YES and not answers and len(words) > 1:
        # "Yes, doctor added febuxostat": in the patient's own words, whatever it is.
        answers = [ShortAnswer("something_new", 1, len(words))]
    if none:
        kept = [
            replace(fact, concept="medicine")
            if fact.concept == "new_medicine" and any(_covers(answer, fact) for answer in none)
            else fact
            for fact in facts
        ]
        told = any(fact.concept == "new_medicine" for fact in kept)
        denied = [Fact("new_medicine", a.start, a.end, Status.ABSENT, _RULE) for a in none[:1]]
        return kept if told else [*kept, *denied]
    told_of = [fact for fact in facts if fact.concept == "new_medicine"]
    if told_of and not (new and all(fact.status is Status.ABSENT for fact in told_of)):
        return list(facts)
    return [
        *(fact for fact in facts if fact not in told_of),
        *(Fact("new_medicine", a.start, a.end, Status.PRESENT, _RULE) for a in answers),
    ]
