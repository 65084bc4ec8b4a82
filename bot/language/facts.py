"""What the assessment asks about: rash, itch, sleep, daily life, areas, how much, since when, which medicines."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from bot.language.assertion import Bench
from bot.language.compositions import Candidate
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.quantities import Quantity
from bot.language.reading import Measure, Status
from bot.language.scene import Said
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
#: Days after which a rash that is no better calls for advice on the same day (rule RF35).
_DAYS_TO_IMPROVE = 3
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


class Facts:
    """Makes the findings that are not red flags."""

    def read(
        self, said: Said, bench: Bench
    ) -> list[tuple[str, int, int, Status, str, str | None, int | None, Measure | None]]:
        """(concept, first word, end, status, rule, site, severity, measure) for every fact of one message."""
        facts = list(self._symptoms(said, bench))
        facts += self._unimproved(said, bench)
        facts += self._degrees(said, bench)
        facts += self._areas(said, bench)
        facts += self._amounts(said)
        facts += self._times(said)
        facts += self._medicines(said, bench)
        return facts

    # -- symptoms -----------------------------------------------------------------------------------------------------

    def _symptoms(
        self, said: Said, bench: Bench
    ) -> Iterable[tuple[str, int, int, Status, str, str | None, int | None, Measure | None]]:
        hits = [hit for hit in said.hits.get("symptom", []) if hit.name in _PLAIN]
        for hit in hits:
            concept, turned = _PLAIN[hit.name]
            if turned and _of_a_burden(
                said.words, hit, [other for other in hits if _PLAIN[other.name] == (concept, False)]
            ):
                continue
            if not turned and said.words[hit.start] == "trouble" and said.words[max(0, hit.start - 1)] in _NO:
                # "No trouble doing chores".
                yield concept, hit.start, hit.end, Status.ABSENT, "said to be well", None, None, None
                continue
            if turned or hit.name in ("sleep_loss", "chores_limited", "self_care_limited"):
                # The words carry their own negation: "can't sleep", "can still dress".
                status = Status.ABSENT if turned else Status.PRESENT
                rule = "said to be well" if turned else "stated"
            else:
                judgement = _judged(bench, concept, hit)
                status, rule = judgement.status, judgement.rule
            yield concept, hit.start, hit.end, status, rule, None, None, None

    def _unimproved(
        self, said: Said, bench: Bench
    ) -> Iterable[tuple[str, int, int, Status, str, str | None, int | None, Measure | None]]:
        """ "No better after six days", "a week of hydrocortisone hasn't helped": for how long has to be told too."""
        days = [
            quantity
            for quantity in said.quantities
            if quantity.measure.unit in ("days", "days_ago", "day_number")
            and quantity.measure.value >= _DAYS_TO_IMPROVE
        ]
        for hit in said.hits.get("symptom", []):
            if hit.name != "no_better":
                continue
            sentence = said.clauses.sentence[hit.start]
            near = any(abs(said.clauses.sentence[quantity.start] - sentence) <= 1 for quantity in days)
            imagined = bench.judge(_candidate("not_improving", hit)).status in (Status.HYPOTHETICAL, Status.PAST)
            if near and not imagined:
                yield "not_improving", hit.start, hit.end, Status.PRESENT, "no better for days", None, None, None

    def _degrees(
        self, said: Said, bench: Bench
    ) -> Iterable[tuple[str, int, int, Status, str, str | None, int | None, Measure | None]]:
        for name in ("itch", "pain"):
            hits = [hit for hit in said.hits.get("symptom", []) if hit.name == name]
            best: tuple[int, Hit, Status, str] | None = None
            for hit in hits:
                judgement = _judged(bench, name, hit)
                severity = 0 if judgement.status is Status.ABSENT else self._severity(said, hit)
                if (
                    best is None
                    or (severity or 0) > best[0]
                    or (best[2] is Status.ABSENT and judgement.status is Status.PRESENT)
                ):
                    best = (severity if severity is not None else -1, hit, judgement.status, judgement.rule)
            if best:
                degree = best[0] if best[0] >= 0 else None
                yield name, best[1].start, best[1].end, best[2], best[3], None, degree, None
            elif said.context.step == "symptoms" and name == "itch":
                score = next((q for q in said.quantities if q.measure.unit == "of_ten"), None)
                if score:
                    yield (
                        name,
                        score.start,
                        score.end,
                        Status.PRESENT,
                        "number out of ten",
                        None,
                        of_ten(score.measure.value),
                        None,
                    )

    def _severity(self, said: Said, hit: Hit) -> int | None:
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

    # -- where and how much -------------------------------------------------------------------------------------------

    def _areas(
        self, said: Said, bench: Bench
    ) -> Iterable[tuple[str, int, int, Status, str, str | None, int | None, Measure | None]]:
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
            coverage = self._coverage(said, hit)
            yield "area", hit.start, hit.end, judgement.status, judgement.rule, hit.name, None, coverage

    def _coverage(self, said: Said, hit: Hit) -> Measure | None:
        best: tuple[float, str] | None = None
        for other in said.hits.get("symptom", []):
            if other.name not in _COVERAGE or (hit.start <= other.start and other.end <= hit.end):
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

    def _amounts(
        self, said: Said
    ) -> Iterable[tuple[str, int, int, Status, str, str | None, int | None, Measure | None]]:
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
            if words[position : position + 2] == ["size", "of"] and _HAND & set(words[position + 2 : position + 4]):
                end = min(position + 4, len(words))
                yield "palms", position, end, Status.PRESENT, "size of a hand", None, None, Measure(1, "palms")
            if words[position] in ("half", "third", "quarter") and _body_after(words, position):
                share = {"half": 0.5, "third": 1 / 3, "quarter": 0.25}[words[position]]
                yield (
                    "extent_share",
                    position,
                    position + 3,
                    Status.PRESENT,
                    "share of the body",
                    None,
                    None,
                    Measure(share, "share"),
                )

    # -- since when ---------------------------------------------------------------------------------------------------

    def _times(self, said: Said) -> Iterable[tuple[str, int, int, Status, str, str | None, int | None, Measure | None]]:
        seen: set[str] = set()
        for quantity in said.quantities:
            if quantity.measure.unit not in ("days", "days_ago", "day_number"):
                continue
            concept = self._what_began(said, quantity)
            if said.context.step == "timing" and (concept is None or concept in seen):
                concept = "rash_onset" if "rash_onset" not in seen else "lenalidomide_start"
            if concept and concept not in seen:
                seen.add(concept)
                yield _told(concept, quantity, Measure(quantity.measure.value, "days"))

    def _what_began(self, said: Said, quantity: Quantity) -> str | None:
        words = said.words
        left = words[max(0, quantity.start - 6) : quantity.start]
        right = list(takewhile(lambda word: word not in PUNCTUATION, words[quantity.end : quantity.end + 5]))
        medicine = {h.start for h in said.hits.get("medicine", []) if h.name == "lenalidomide"}
        # "A rash since three days. I take Revlimid": what stands after a mark is another time's.
        near = any(quantity.start - 5 <= start < quantity.end + min(len(right), 4) for start in medicine)
        if (near or _MEDICINE_WORDS & set(left[-3:] + right[:3])) and _STARTED & set(left[-5:] + right[:3]):
            return "lenalidomide_start"
        if quantity.measure.unit == "day_number" and not (_RASH_WORDS & set(left)):
            return "lenalidomide_start"
        if {"ago", "since", "for", "now", "already", "in", "last", "past", "been", "old"} & set(
            left[-3:] + right[:2]
        ) or quantity.measure.unit == "days_ago":
            return "rash_onset"
        return "rash_onset" if _RASH_WORDS & set(left + right) else None

    # -- medicines ----------------------------------------------------------------------------------------------------

    def _medicines(
        self, said: Said, bench: Bench
    ) -> Iterable[tuple[str, int, int, Status, str, str | None, int | None, Measure | None]]:
        hits = said.hits.get("medicine", [])
        new = [hit for hit in hits if hit.name == "new"]
        named = [hit for hit in _longest(hits) if hit.name == "other"]
        for hit in _longest([hit for hit in hits if hit.name == "lenalidomide"]):
            yield "lenalidomide", hit.start, hit.end, Status.PRESENT, "named", None, None, None
        for hit in named:
            is_new = said.context.step == "medicines" or any(0 <= hit.start - n.start <= 6 for n in new)
            judgement = bench.judge(_candidate("new_medicine", hit))
            yield (
                "new_medicine" if is_new else "medicine",
                hit.start,
                hit.end,
                judgement.status,
                judgement.rule,
                None,
                None,
                None,
            )
        if not named:
            for hit in new:
                if said.words[hit.start] == "new":
                    judgement = bench.judge(_candidate("new_medicine", hit))
                    if judgement.status is Status.ABSENT:
                        yield "new_medicine", hit.start, hit.end, Status.ABSENT, judgement.rule, None, None, None


def _of_a_burden(words: list[str], hit: Hit, burdens: list[Hit]) -> bool:
    """Whether words for "all is well" are part of the opposite: "can't do the housework", "my wife has to do it"."""
    inside = any(burden.start <= hit.start and hit.end <= burden.end for burden in burdens)
    return inside or words[max(0, hit.start - 1)] in _CANNOT or words[max(0, hit.start - 2) : hit.start] in _HAS_TO


def of_ten(value: float) -> int:
    """A number out of ten on the scale of 0 (none) to 4 (very severe)."""
    return 0 if value < 0.5 else 1 if value <= 3 else 2 if value <= 6 else 3 if value <= 8 else 4


def _told(
    concept: str, quantity: Quantity, measure: Measure
) -> tuple[str, int, int, Status, str, str | None, int | None, Measure | None]:
    return concept, quantity.start, quantity.end, Status.PRESENT, "number", None, None, measure


def _judged(bench: Bench, name: str, hit: Hit) -> Judgement:
    """The judgement of a fact. One that may be past counts: "itchy rash on both shins, hx of dvt 2014"."""
    judgement = bench.judge(_candidate(name, hit))
    doubtful = name != "past_severe_reaction" and judgement.status is Status.PAST and judgement.in_doubt
    if not doubtful:
        return judgement
    return replace(judgement, status=Status.PRESENT, rule=f"{judgement.rule}, may be now", in_doubt=False)


def _candidate(concept: str, hit: Hit) -> Candidate:
    return Candidate(concept, hit.start, hit.end, hit.start, hit.end, "named")


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
