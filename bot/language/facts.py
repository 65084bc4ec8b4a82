"""What the assessment asks about: rash, itch, sleep, daily life, areas, how much, since when, which medicines."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from bot.clinical.vital_signs import DAYS_TO_IMPROVE
from bot.language.assertion import Bench
from bot.language.candidate import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.quantities import Quantity
from bot.language.reading import Measure, Status
from bot.language.scene import Fact, Said
from bot.language.terms import Hit

#: Symptom entry -> (concept, whether its words mean that the concept is absent).
_PLAIN: dict[str, tuple[str, bool]] = {
    "rash": ("rash", False),
    "burning": ("burning", False),
    "sleep_loss": ("sleep_loss", False),
    "sleep_ok": ("sleep_loss", True),
    "chores_limited": ("chores_limited", False),
    "chores_ok": ("chores_limited", True),
    "self_care_limited": ("self_care_limited", False),
    "self_care_ok": ("self_care_limited", True),
    "improving": ("improving", False),
    "worsening": ("worsening", False),
    "spreading": ("spreading", False),
    "not_spreading": ("spreading", True),
    "back_after_restart": ("back_after_restart", False),
    "past_severe_reaction": ("past_severe_reaction", False),
}
_SEVERITY = {"none": 0, "mild": 1, "moderate": 2, "severe": 3, "very_severe": 4}
_COVERAGE = {
    "coverage_all": ("all", 1.0),
    "coverage_half": ("half", 0.5),
    "coverage_quarter": ("quarter", 0.25),
    "coverage_spots": ("spots", 0.1),
}
_HAND = frozenset({"hand", "palm"})
_STARTED = frozenset(
    ["started", "start", "starting", "began", "begun", "since", "on", "into", "after", "taking", "cycle", "been"]
)
_MEDICINE_WORDS = frozenset(
    {"capsule", "capsules", "pill", "pills", "tablet", "tablets", "medicine", "drug", "treatment"}
    | {"cycle", "dose", "chemo", "course"}
)
_RASH_WORDS = frozenset(
    ["rash", "itch", "itchy", "itching", "spots", "bumps", "hives", "it", "broke", "appeared", "noticed", "came"]
)
_NO = frozenset({"no", "without", "any", "never"})
_CANNOT = frozenset({"cant", "couldnt", "not", "never", "hardly", "barely", "wont", "unable"})
_HAS_TO = (["has", "to"], ["have", "to"], ["had", "to"], ["able", "to"])
#: How near a degree stands to its symptom, in words.
_NEAR = 6


def facts_of(said: Said, bench: Bench) -> list[Fact]:
    """The findings of one message that are not red flags."""
    return [
        *_symptoms(said, bench),
        *_unimproved(said, bench),
        *_degrees(said, bench),
        *_areas(said, bench),
        *_amounts(said),
        *_times(said),
        *_medicines(said, bench),
    ]


# -- symptoms ---------------------------------------------------------------------------------------------------------


def _symptoms(said: Said, bench: Bench) -> Iterable[Fact]:
    hits = [hit for hit in said.hits.get("symptom", []) if hit.name in _PLAIN]
    for hit in hits:
        concept, turned = _PLAIN[hit.name]
        if turned and _of_a_burden(
            said.words, hit, [other for other in hits if _PLAIN[other.name] == (concept, False)]
        ):
            continue
        if not turned and said.words[hit.start] == "trouble" and said.words[max(0, hit.start - 1)] in _NO:
            # "No trouble doing chores".
            yield _at(hit, concept, Status.ABSENT, "said to be well")
            continue
        if turned or hit.name in ("sleep_loss", "chores_limited", "self_care_limited"):
            # The words carry their own negation: "can't sleep", "can still dress".
            status = Status.ABSENT if turned else Status.PRESENT
            rule = "said to be well" if turned else "stated"
        else:
            judgement = _judged(bench, concept, hit)
            status, rule = judgement.status, judgement.rule
        yield _at(hit, concept, status, rule)


def _unimproved(said: Said, bench: Bench) -> Iterable[Fact]:
    """ "No better after six days", "a week of hydrocortisone hasn't helped": for how long has to be told too."""
    days = [
        quantity
        for quantity in said.quantities
        if quantity.measure.unit in ("days", "days_ago", "day_number") and quantity.measure.value >= DAYS_TO_IMPROVE
    ]
    for hit in said.hits.get("symptom", []):
        if hit.name != "no_better":
            continue
        sentence = said.clauses.sentence[hit.start]
        near = any(abs(said.clauses.sentence[quantity.start] - sentence) <= 1 for quantity in days)
        imagined = bench.judge(_candidate("not_improving", hit)).status in (Status.HYPOTHETICAL, Status.PAST)
        if near and not imagined:
            yield _at(hit, "not_improving", Status.PRESENT, "no better for days")


def _degrees(said: Said, bench: Bench) -> Iterable[Fact]:
    """Itch and pain, each as bad as the worst that is told of it."""
    for name in ("itch", "pain"):
        worst: Fact | None = None
        for hit in (hit for hit in said.hits.get("symptom", []) if hit.name == name):
            judgement = _judged(bench, name, hit)
            severity = 0 if judgement.status is Status.ABSENT else _severity(said, hit)
            fact = _at(hit, name, judgement.status, judgement.rule, severity=severity)
            if worst is None or _worse(fact, worst):
                worst = fact
        if worst:
            yield worst
        elif said.context.step == "symptoms" and name == "itch":
            score = next((q for q in said.quantities if q.measure.unit == "of_ten"), None)
            if score:
                degree = of_ten(score.measure.value)
                yield Fact(name, score.start, score.end, Status.PRESENT, "number out of ten", severity=degree)


def _worse(fact: Fact, than: Fact) -> bool:
    known = -1 if than.severity is None else than.severity
    return (fact.severity or 0) > known or (than.status is Status.ABSENT and fact.status is Status.PRESENT)


def _severity(said: Said, hit: Hit) -> int | None:
    for quantity in said.quantities:
        if quantity.measure.unit == "of_ten" and abs(quantity.start - hit.start) <= 2 * _NEAR:
            return of_ten(quantity.measure.value)
    near = [
        (said.clauses.distance(min(h.end, hit.end), max(h.start, hit.start)), -_SEVERITY[h.name], h)
        for h in said.hits.get("symptom", [])
        if h.name in _SEVERITY
        and h.name != "none"
        and said.clauses.sentence[h.start] == said.clauses.sentence[hit.start]
    ]
    near = [entry for entry in near if entry[0] <= _NEAR]
    return _SEVERITY[min(near, key=lambda entry: entry[:2])[2].name] if near else None


# -- where and how much ------------------------------------------------------------------------------------------------


def _areas(said: Said, bench: Bench) -> Iterable[Fact]:
    areas = _longest(said.hits.get("area", []))
    if not areas:
        return
    skin = any(h.name in ("rash", "itch", "burning") for h in said.hits.get("symptom", []))
    if not (said.context.step == "where" or skin or said.skin_signs or len(said.words) <= 6 or said.context.known):
        return
    for hit in areas:
        if hit.start in said.sign_places and said.context.step != "where":
            continue
        judgement = _judged(bench, "area", hit)
        coverage = _coverage(said, hit)
        yield _at(hit, "area", judgement.status, judgement.rule, site=hit.name, measure=coverage)


def _coverage(said: Said, hit: Hit) -> Measure | None:
    best: tuple[float, str] | None = None
    for other in said.hits.get("symptom", []):
        if other.name not in _COVERAGE or other.within([hit]):
            continue
        if said.clauses.sentence[other.start] != said.clauses.sentence[hit.start]:
            continue
        gap = said.clauses.distance(min(other.end, hit.end), max(other.start, hit.start))
        # "Nearly all" behind the areas holds for each of them; before an area it holds for the next one only.
        limit = 3 if other.start < hit.start else 4
        if gap <= limit and (best is None or gap < best[0]):
            best = (gap, other.name)
    if best is None:
        return None
    unit, value = _COVERAGE[best[1]]
    return Measure(value, unit)


def _amounts(said: Said) -> Iterable[Fact]:
    words = said.words
    for quantity in said.quantities:
        if quantity.measure.unit == "palms":
            yield _told("palms", quantity, quantity.measure)
        elif quantity.measure.unit == "percent":
            around = words[max(0, quantity.start - 6) : quantity.end + 6]
            body = {"body", "me", "skin", "covered", "rash", "him", "her", "myself", "affected", "covers"}
            if body & set(around) and quantity.measure.value <= 100:
                yield _told("extent_share", quantity, Measure(quantity.measure.value / 100, "share"))
    for position in range(len(words)):
        if (
            words[position] == "size"
            and words[position + 1 : position + 2] in (["of"], ["o"])
            and _HAND & set(words[position + 2 : position + 4])
        ):
            end = min(position + 4, len(words))
            yield Fact("palms", position, end, Status.PRESENT, "size of a hand", measure=Measure(1, "palms"))
        if words[position] in ("half", "third", "quarter") and _body_after(words, position):
            share = {"half": 0.5, "third": 1 / 3, "quarter": 0.25}[words[position]]
            measure = Measure(share, "share")
            yield Fact("extent_share", position, position + 3, Status.PRESENT, "share of the body", measure=measure)


# -- since when --------------------------------------------------------------------------------------------------------


def _times(said: Said) -> Iterable[Fact]:
    seen: set[str] = set()
    for quantity in said.quantities:
        if quantity.measure.unit not in ("days", "days_ago", "day_number"):
            continue
        concept = _what_began(said, quantity)
        if said.context.step == "timing" and (concept is None or concept in seen):
            concept = "rash_onset" if "rash_onset" not in seen else "lenalidomide_start"
        if concept and concept not in seen:
            seen.add(concept)
            yield _told(concept, quantity, Measure(quantity.measure.value, "days"))


def _what_began(said: Said, quantity: Quantity) -> str | None:
    words = said.words
    left = words[max(0, quantity.start - 6) : quantity.start]
    right = list(takewhile(lambda word: word not in PUNCTUATION, words[quantity.end : quantity.end + 5]))
    own = list(takewhile(lambda word: word not in PUNCTUATION, reversed(left)))[::-1]
    if _RASH_WORDS & set(own):
        # "Revlimid since March, rash since Tuesday".
        left = own
    medicine = {h.start for h in said.hits.get("medicine", []) if h.name == "lenalidomide"}
    # "A rash since three days. I take Revlimid": what stands after a mark is another time's.
    reach = min(len(left), 5)
    near = any(quantity.start - reach <= start < quantity.end + min(len(right), 4) for start in medicine)
    if right[:2] in (["on", "it"], ["on", "them"], ["on", "this"]):
        # "Four months on it. Rash a fortnight".
        return "lenalidomide_start"
    if (near or _MEDICINE_WORDS & set(left[-3:] + right[:3])) and _STARTED & set(left[-5:] + right[:3]):
        return "lenalidomide_start"
    if quantity.measure.unit == "day_number" and not (_RASH_WORDS & set(left)):
        return "lenalidomide_start"
    if {"ago", "since", "for", "now", "already", "in", "last", "past", "been", "old"} & set(
        left[-3:] + right[:2]
    ) or quantity.measure.unit == "days_ago":
        return "rash_onset"
    return "rash_onset" if _RASH_WORDS & set(left + right) else None


# -- medicines ---------------------------------------------------------------------------------------------------------


def _medicines(said: Said, bench: Bench) -> Iterable[Fact]:
    hits = said.hits.get("medicine", [])
    new = [hit for hit in hits if hit.name == "new"]
    named = [hit for hit in _longest(hits) if hit.name == "other"]
    for hit in _longest([hit for hit in hits if hit.name == "lenalidomide"]):
        yield _at(hit, "lenalidomide", Status.PRESENT, "named")
    for hit in named:
        is_new = said.context.step == "medicines" or any(0 <= hit.start - n.start <= 6 for n in new)
        judgement = bench.judge(_candidate("new_medicine", hit))
        asked = said.context.step == "medicines" and judgement.status is Status.PAST
        # "They gave me acyclovir last month" answers a question about the last eight weeks.
        status = Status.PRESENT if asked else judgement.status
        yield _at(hit, "new_medicine" if is_new else "medicine", status, judgement.rule)
    if not named:
        for hit in new:
            if said.words[hit.start] == "new":
                judgement = bench.judge(_candidate("new_medicine", hit))
                if judgement.status is Status.ABSENT:
                    yield _at(hit, "new_medicine", Status.ABSENT, judgement.rule)


def _of_a_burden(words: list[str], hit: Hit, burdens: list[Hit]) -> bool:
    """Whether words for "all is well" are part of the opposite: "can't do the housework", "my wife has to do it"."""
    return (
        hit.within(burdens)
        or words[max(0, hit.start - 1)] in _CANNOT
        or words[max(0, hit.start - 2) : hit.start] in _HAS_TO
        or ["no", "way"] in (words[max(0, hit.start - 3) : hit.start - 1], words[max(0, hit.start - 2) : hit.start])
    )


def of_ten(value: float) -> int:
    """A number out of ten on the scale of 0 (none) to 4 (very severe)."""
    return 0 if value < 0.5 else 1 if value <= 3 else 2 if value <= 6 else 3 if value <= 8 else 4


def _told(concept: str, quantity: Quantity, measure: Measure) -> Fact:
    return Fact(concept, quantity.start, quantity.end, Status.PRESENT, "number", measure=measure)


def _at(
    hit: Hit,
    concept: str,
    status: Status,
    rule: str,
    site: str | None = None,
    severity: int | None = None,
    measure: Measure | None = None,
) -> Fact:
    return Fact(concept, hit.start, hit.end, status, rule, site, severity, measure)


def _judged(bench: Bench, name: str, hit: Hit) -> Judgement:
    """The judgement of a fact. One that may be past counts: "itchy rash on both shins, hx of dvt 2014"."""
    judgement = bench.judge(_candidate(name, hit))
    doubtful = name != "past_severe_reaction" and judgement.status is Status.PAST and judgement.in_doubt
    if not doubtful:
        return judgement
    return replace(judgement, status=Status.PRESENT, rule=f"{judgement.rule}, may be now", in_doubt=False)


def _candidate(concept: str, hit: Hit) -> Candidate:
    return Candidate.at(concept, hit.start, hit.end)


def _body_after(words: list[str], position: int) -> bool:
    rest = [word for word in words[position + 1 : position + 4] if word not in ("of", "my", "the", "his", "her", "a")]
    return bool(rest) and rest[0] in ("body", "me", "him", "skin")


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping terms the longest: "left arm" and not also "arm"."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        if not any(hit.start < other.end and other.start < hit.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)
