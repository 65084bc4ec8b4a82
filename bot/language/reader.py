"""Reads one message: a blank English spaCy pipeline whose components are ours."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import spacy

from bot.clinical.signs import FLAG_OF_CONCEPT, Sign
from bot.clinical.vital_signs import FAINT_SYSTOLIC, FEVER_CELSIUS, LOW_OXYGEN, RAISED_CELSIUS, SHOCK_SYSTOLIC
from bot.language.anaphora import back_references
from bot.language.answers import AnswerReader
from bot.language.assertion import Asserter
from bot.language.clauses import Clauses, cut
from bot.language.clock import spread_by_the_clock
from bot.language.combinations import combine
from bot.language.compositions import NAMED, Candidate, Composer
from bot.language.cues import Judgement, Scene, covered_words
from bot.language.facts import facts_of
from bot.language.fine import places_said_fine
from bot.language.foreign import foreign_candidates, judge_foreign
from bot.language.headline import headings_settled
from bot.language.lexicon import DEFAULT_FOLDER, load_lexicon
from bot.language.passing import asked_in_passing
from bot.language.quantities import Quantifier, Quantity
from bot.language.reading import Context, Finding, Ground, Reading, Status
from bot.language.safety_net import load_safety_net
from bot.language.scene import Fact, Said
from bot.language.spelling import Speller
from bot.language.terms import Hit, TermFinder
from bot.language.tokens import Draft, Tokeniser
from bot.language.unexplained import ASKED, unexplained_places

_SKIN_SIGNS = frozenset(
    {"blisters", "skin_peeling", "hives", "target_spots", "purpura", "pustules", "skin_pain", "skin_infection"}
)
_CONTENT_KINDS = ("sign", "symptom", "site", "change", "area", "foreign")


class Reader:
    """Holds the pipeline. Reading keeps no state, so one reader serves every conversation."""

    def __init__(self, lexicon_folder: Path = DEFAULT_FOLDER, with_safety_net: bool = True) -> None:
        """Loads the lexicon and the safety net. Raises LexiconError where the lexicon cannot be trusted.

        with_safety_net: False for the rules alone, as measured and trained against.
        """
        self._net = load_safety_net() if with_safety_net else None
        self._lexicon = load_lexicon(lexicon_folder)
        nlp = spacy.blank("en")
        speller = Speller(
            self._lexicon.vocabulary,
            self._lexicon.corrections,
            self._lexicon.slips,
            targets=self._lexicon.targets,
            keep=self._lexicon.keep,
        )
        self._tokenise = Tokeniser(nlp.vocab, speller, self._lexicon.places)
        self._find_terms = TermFinder(self._lexicon)
        self._composer = Composer(self._lexicon)
        self._asserter = Asserter(self._lexicon)
        self._quantifier = Quantifier()
        self._answers = AnswerReader(self._lexicon)
        lists = self.lists = self._lexicon.words
        self._plain_words = frozenset().union(
            *(lists[name] for name in ("transparent", "subject", "preposition", "light", "join", "stop", "filler"))
        )

    def read(self, text: str, context: Context | None = None) -> Reading:
        """All that a message says, given what went before. Never raises, whatever the text."""
        context = context or Context()
        doc = self._find_terms(self._tokenise(text))
        draft: Draft = doc.user_data["draft"]
        if not draft.words:
            return Reading(text)
        reading = _Message(self, draft, doc.user_data["hits"], context).reading()
        return self._net.raised(reading, context, self.lists["tells_nothing"]) if self._net else reading


class _Message:
    """One message on its way through the rules."""

    def __init__(self, reader: Reader, draft: Draft, hits: dict[str, list[Hit]], context: Context) -> None:
        self.reader = reader
        self.draft = draft
        self.words = draft.words
        self.hits = hits
        self.context = context
        self.clauses: Clauses = cut(self.words)
        marks = {h.name: frozenset[int]() for h in hits.get("quantity", [])}
        for hit in hits.get("quantity", []):
            marks[hit.name] = marks[hit.name] | frozenset(range(hit.start, hit.end))
        hits["anaphora"] = [hit for hit in hits.get("anaphora", []) if _complete(hit, self.words, reader.lists)]
        self.quantities = reader._quantifier.find(self.words, marks)

    def reading(self) -> Reading:
        """The findings, the bare answer and notes."""
        fine = places_said_fine(self.hits, self.words, self.clauses, self.reader.lists)
        taken = frozenset(hit.start for hit, _ in fine)
        candidates, language = self._candidates(taken)
        sign_words = covered_words(self.hits, ("sign", "change", "symptom", "foreign"))
        scene = Scene(
            self.words,
            self.clauses,
            self.hits,
            covered_words(self.hits, _CONTENT_KINDS),
            sign_words,
            candidates,
        )
        bench = self.reader._asserter.prepare(scene)
        judged = [
            (c, judge_foreign(c, self.words) if language != "en" and c.language == language else bench.judge(c))
            for c in candidates
        ]
        judged = [pair for pair in judged if not (pair[0].weak and pair[1].status is not Status.ABSENT)]
        judged = headings_settled(_settle_overlaps(judged), self.words, self.clauses)
        findings = [self._finding(candidate, judgement) for candidate, judgement in judged]
        findings += [self._fine_finding(hit, sign) for hit, signs in fine for sign in signs]
        findings += self._measured(judged)
        findings += self._by_the_clock()
        findings = self._claimed_later(findings, judged)
        findings = self._blanching(findings)
        findings += self._place_answers(findings)
        told = any(f.status is Status.PRESENT and not f.in_doubt and f.concept in FLAG_OF_CONCEPT for f in findings)
        correction = any(cue.name == "correction" for cue in self.hits.get("cue", []))
        meant = back_references(
            self.hits.get("anaphora", []), self.context, told, self._closes, correction, self._named_before(candidates)
        )
        findings += map(self._placed, meant)
        findings += combine(findings, self.context)
        findings = _dedupe(findings)
        answer = self.reader._answers.read(self.words)
        said = self._said(judged, findings)
        told = any(f.status is Status.PRESENT and not f.in_doubt and f.concept in FLAG_OF_CONCEPT for f in findings)
        if answer is None and not told:
            explained = frozenset(w for c, _ in judged for w in range(c.start, c.end)) | taken
            findings += map(self._placed, unexplained_places(said, bench, self.reader._plain_words, explained))
        findings += map(self._placed, facts_of(said, bench))
        findings = _dedupe(findings)
        findings.sort(key=lambda f: (f.start, f.end))
        if language == "en":
            findings = asked_in_passing(findings, self.draft, self.clauses, self.hits, self.reader.lists)
        notes = ("correction",) if self._corrects(correction, findings) else ()
        return Reading(self.draft.message, tuple(findings), answer, language, notes)

    def _named_before(self, candidates: list[Candidate]) -> Callable[[Hit], bool]:
        """Whether a sentence names a sign itself before a hit."""

        def named(hit: Hit) -> bool:
            first, _ = self.clauses.bounds(hit.start)
            return any(first <= sign.start and sign.end <= hit.start for sign in candidates)

        return named

    def _closes(self, hit: Hit) -> bool:
        return self._ends_before(hit.end, "after_denial")

    def _ends_before(self, word: int, followers: str) -> bool:
        """Whether a statement ends before a word: at a mark, or at one of a list of words that begin another."""
        following = self.words[word] if word < len(self.words) else "."
        return not following[0].isalnum() or following in self.reader.lists[followers]

    def _said(self, judged: list[tuple[Candidate, Judgement]], findings: list[Finding]) -> Said:
        places = frozenset(w for c, _ in judged for w in range(c.start, c.end))
        skin = any(f.concept in _SKIN_SIGNS for f in findings)
        return Said(self.words, self.clauses, self.hits, self.quantities, self.context, places, skin)

    def _corrects(self, cue: bool, findings: list[Finding]) -> bool:
        """Whether the message takes back something said before."""
        denied = any(
            f.status in (Status.ABSENT, Status.PAST, Status.SOMEONE_ELSE) and f.concept in self.context.known
            for f in findings
        )
        return denied and (cue or any(f.ground is Ground.BACK_REFERENCE for f in findings))

    # -- candidates ---------------------------------------------------------------------------------------------------

    def _candidates(self, taken: frozenset[int]) -> tuple[list[Candidate], str]:
        found: list[Candidate] = []
        for hit in self.hits.get("sign", []):
            concept, _, manner = hit.name.partition(".")
            goes_on = manner == "ends" and not self._ends_before(hit.end, "after_statement")
            found.append(
                Candidate(
                    concept, hit.start, hit.end, hit.start, hit.end,
                    rule=f"{NAMED}, and goes on" if goes_on else NAMED,
                    doubt=goes_on or manner == "soft", weak=manner == "weak",
                )
            )  # fmt: skip
        foreign, language = foreign_candidates(self.hits.get("foreign", []), len(self.words))
        found += foreign
        found += self.reader._composer.compose(self.words, self.hits, self.clauses, taken)
        return _without_softened(found), language

    def _finding(self, candidate: Candidate, judgement: Judgement) -> Finding:
        start, end = self.draft.span(candidate.start, candidate.end)
        return Finding(
            candidate.concept, self.draft.message[start:end], start, end, judgement.status,
            f"{candidate.rule}: {judgement.rule}",
            site=candidate.site, in_doubt=judgement.in_doubt, ground=judgement.ground,
        )  # fmt: skip

    def _placed(self, fact: Fact) -> Finding:
        """A fact as a finding: its place in characters of the message rather than in words."""
        start, end = self.draft.span(fact.start, fact.end)
        return Finding(
            fact.concept, self.draft.message[start:end], start, end, fact.status, fact.rule,
            fact.site, fact.severity, fact.measure, fact.in_doubt, fact.ground,
        )  # fmt: skip

    def _fine_finding(self, hit: Hit, sign: str) -> Finding:
        return self._placed(Fact(sign, hit.start, hit.end, Status.ABSENT, "said to be fine", site=hit.name))

    # -- numbers ------------------------------------------------------------------------------------------------------

    def _measured(self, judged: list[tuple[Candidate, Judgement]]) -> list[Finding]:
        fevers = {c.end: judgement for c, judgement in judged if c.concept == "fever"}
        found = []
        for quantity in self.quantities:
            finding = self._from_quantity(quantity, fevers.get(quantity.start - 1))
            if finding:
                found.append(finding)
        return found

    def _from_quantity(self, quantity: Quantity, named: Judgement | None) -> Finding | None:
        """named: how a word for fever right before the number was judged, with one word between them."""
        value, unit = quantity.measure.value, quantity.measure.unit
        if unit == "celsius":
            if named and named.status is not Status.PRESENT and self.words[quantity.start - 1] in _AT:
                # "Swollen tongue, temperature above 100.4 and so on. None of it has happened".
                rule = f"a threshold: {named.rule}"
                return self._read_off(quantity, "fever", named.status, rule, named.in_doubt)
            return self._temperature(quantity)
        if unit == "oxygen" and value < LOW_OXYGEN:
            # A good reading clears nothing: one may have it and not be able to swallow.
            return self._read_off(quantity, "airway", Status.PRESENT, "oxygen reading")
        if unit == "systolic" and value < FAINT_SYSTOLIC:
            sign = Sign.CONFUSION_OR_COLLAPSE if value < SHOCK_SYSTOLIC else Sign.FAINTNESS
            return self._read_off(quantity, sign.value, Status.PRESENT, "low blood pressure")
        return None

    def _read_off(self, quantity: Quantity, concept: str, status: Status, rule: str, in_doubt: bool = False) -> Finding:
        fact = Fact(concept, quantity.start, quantity.end, status, rule, measure=quantity.measure, in_doubt=in_doubt)
        return self._placed(fact)

    def _temperature(self, quantity: Quantity) -> Finding | None:
        candidate = Candidate("fever", quantity.start, quantity.end, quantity.start, quantity.end, "temperature")
        scene = Scene(
            self.words, self.clauses, self.hits, covered_words(self.hits, _CONTENT_KINDS),
            covered_words(self.hits, ("sign", "change", "symptom")), [candidate],
        )  # fmt: skip
        judgement = self.reader._asserter.prepare(scene).judge(candidate)
        value = quantity.measure.value
        first = quantity.start
        if first > 1 and self.words[first - 1] in _AT and self.words[first - 2] in _CALLING:
            return self._read_off(quantity, "fever", Status.HYPOTHETICAL, "a number to call at")
        if judgement.status in (Status.HYPOTHETICAL, Status.PAST, Status.SOMEONE_ELSE):
            # "Is 38.3 a fever?", "can one drink with 39.4?": nobody names a tenth of a degree that was not measured.
            exact = value >= RAISED_CELSIUS and self._to_a_tenth(first)
            exact = exact and judgement.ground in (Ground.ASKED, Ground.OF_ANYBODY)
            rule = f"temperature: {judgement.rule}"
            return self._read_off(quantity, "fever", judgement.status, rule, in_doubt=exact or judgement.in_doubt)
        if value >= FEVER_CELSIUS - 0.005:
            if judgement.status is Status.ABSENT:
                return self._read_off(quantity, "fever", Status.ABSENT, judgement.rule)
            return self._read_off(quantity, "fever", Status.PRESENT, "temperature of fever")
        if value >= RAISED_CELSIUS:
            return self._read_off(quantity, "fever", Status.UNSURE, "raised temperature", in_doubt=True)
        if "fever" in self.context.known and not self.reader.lists["fever_reducers"].isdisjoint(self.words):
            # "Down to 99 now after Tylenol": a pill hides the fever that was told, and ends nothing.
            return None
        return self._read_off(quantity, "fever", Status.ABSENT, "normal temperature")

    def _to_a_tenth(self, word: int) -> bool:
        """Whether a number is no round one, nor a threshold that leaflets name."""
        typed = self.words[word].replace(",", ".")
        return "." in typed and not typed.endswith((".0", ".5")) and typed != "100.4"

    def _by_the_clock(self) -> list[Finding]:
        spread = spread_by_the_clock(self.words, self.hits, self.reader.lists)
        if spread is None:
            return []
        status = Status.PRESENT if spread.sure else Status.UNSURE
        rule = "elsewhere or larger at each time of day"
        fact = Fact(Sign.RAPID_SPREAD.value, spread.start, spread.end, status, rule, in_doubt=not spread.sure)
        return [self._placed(fact)]

    # -- within the message -------------------------------------------------------------------------------------------

    def _claimed_later(self, findings: list[Finding], judged: list[tuple[Candidate, Judgement]]) -> list[Finding]:
        """ "My neighbour came out in welts and now so have I": the later words make it the writer's own."""
        hits = self.hits.get("anaphora", [])
        denials = [hit for hit in hits if hit.name == "deny"]
        claims = [
            hit for hit in hits
            if hit.name == "claim"
            and not any(d.start <= hit.start and hit.end <= d.end for d in denials)
            and self.reader.lists["unclaimed"].isdisjoint(self.words[max(0, hit.start - 5) : hit.end])
        ]  # fmt: skip
        last = max((hit.start for hit in claims), default=-1)
        owned = max((hit.start for hit in claims if self.words[hit.start] == "ive"), default=-1)
        found = max((hit.start for hit in claims if self.words[hit.start] in _FOUND), default=-1)
        evidence = [hit.start for hit in hits if hit.name == "evidence"]
        changed = []
        for candidate, judgement in judged:
            finding = self._finding(candidate, judgement)
            asked = judgement.ground is Ground.ASKED and self._goes_on(candidate, evidence)
            elsewhere = judgement.status in (Status.HYPOTHETICAL, Status.SOMEONE_ELSE)
            again = judgement.status is Status.PAST and candidate.end <= owned
            if asked or again or (elsewhere and candidate.end <= last):
                finding = self._finding(candidate, _claimed(candidate))
            elif judgement.status is Status.ABSENT and candidate.end <= found and self._apart(candidate, found):
                finding = self._finding(candidate, Judgement(Status.UNSURE, "denied, and found after it", True))
            changed.append(finding)
        return changed + findings[len(judged) :]

    def _apart(self, candidate: Candidate, position: int) -> bool:
        return self.clauses.sentence[position] > self.clauses.sentence[candidate.anchor_start]

    def _goes_on(self, candidate: Candidate, evidence: list[int]) -> bool:
        """ "Can it make your tongue swell? It started an hour ago": the next sentence tells that it is so."""
        sentence = self.clauses.sentence
        return any(
            start >= candidate.end
            and sentence[start] == sentence[candidate.anchor_start] + 1
            and start - self.clauses.first[sentence[start]] <= 1
            for start in evidence
        )

    def _blanching(self, findings: list[Finding]) -> list[Finding]:
        """Spots that fade under a glass are no purpura."""
        changes = self.hits.get("change", [])
        if not any(h.name == "blanch" for h in changes) or any(h.name == "nonblanch" for h in changes):
            return findings
        return [
            replace(f, status=Status.ABSENT, rule="fades when pressed", in_doubt=False) if f.concept == "purpura" else f
            for f in findings
        ]

    def _place_answers(self, findings: list[Finding]) -> list[Finding]:
        """ "I got sores with this rash" - "yes, on the lips": a place alone settles what was asked or named before."""
        if len(self.words) > 8 or any(f.concept in FLAG_OF_CONCEPT for f in findings):
            return []
        if any(cue.name in ("no", "not") for cue in self.hits.get("cue", [])):
            return []
        named = {*self.context.asked, *self.context.mentioned}
        found = []
        for hit in self.hits.get("site", []):
            sign = ASKED.get(hit.name)
            if sign in named and sign in ("mouth_sores", "genital_sores", "eye_inflammation", "facial_swelling"):
                rule = "place of what was named before"
                found.append(self._placed(Fact(sign, hit.start, hit.end, Status.PRESENT, rule, site=hit.name)))
        return found


def _without_softened(candidates: list[Candidate]) -> list[Candidate]:
    """ "Peeling a little" is a soft term: the plain "peeling" inside it doesn't stand beside it."""
    soft = [c for c in candidates if c.soft and c.end - c.start > 1]
    return [
        c
        for c in candidates
        if not any(
            s is not c and s.concept == c.concept and s.start <= c.anchor_start and c.anchor_end <= s.end
            and c.anchor_end - c.anchor_start < s.end - s.start
            for s in soft
        )
    ]  # fmt: skip


#: "Call at 100.4": a threshold, no reading.
_CALLING = frozenset({"call", "ring", "phone", "calling", "them", "us"})
_AT = frozenset({"at", "above", "over", "from"})
#: A claim that opens so tells of a find: "no blisters. There are three now".
_FOUND = frozenset({"there", "theres", "found", "spotted"})


def _claimed(candidate: Candidate) -> Judgement:
    return Judgement(Status.PRESENT, "said to be one's own after it", candidate.doubt, Ground.CLAIMED)


def _complete(hit: Hit, words: list[str], lists: Mapping[str, frozenset[str]]) -> bool:
    """ "Because mine is." claims; "mine is on the shins" tells something else."""
    if hit.name not in ("claim", "deny") or hit.end >= len(words):
        return True
    last, following = words[hit.end - 1], words[hit.end]
    if last in lists["counts"] and hit.name == "claim":
        # "I've got two on my arm" counts what was named before, "I've got two itchy patches" something new.
        return not following[0].isalnum() or following in lists["after_claim"] or following in lists["preposition"]
    if last not in lists["open_claims"]:
        return True
    return not following[0].isalnum() or following in lists["after_claim"] or following[0].isdigit()


def _settle_overlaps(judged: list[tuple[Candidate, Judgement]]) -> list[tuple[Candidate, Judgement]]:
    """One word can carry a plain and a doubtful candidate of one sign; the plain one stands. What is plainly denied by
    its name is not put together again from its parts: "pustule-free, small papules", "blister not there, mouth ...".
    And a part of what is answered with no is denied with it: "peeling skin? no".
    """
    answered = [
        c for c, j in judged
        if c.end - c.start == 2 and not j.in_doubt
        and j.status is Status.ABSENT and j.ground is Ground.DENIED_AFTERWARDS
    ]  # fmt: skip
    judged = [
        (c, j) for c, j in judged
        if not any(c.concept == a.concept and a.start <= c.start and c.end < a.end for a in answered)
    ]  # fmt: skip
    denied = {
        w for c, j in judged if c.named and j.status is Status.ABSENT and not j.in_doubt for w in range(c.start, c.end)
    }
    judged = [
        (c, j) for c, j in judged
        if c.named
        or j.status is not Status.PRESENT
        or not denied.issuperset(range(c.anchor_start, c.anchor_end))
    ]  # fmt: skip
    plain = {
        (c.concept, w)
        for c, j in judged
        if not j.in_doubt and (j.status is Status.ABSENT or (j.status is Status.PRESENT and not c.soft))
        for w in range(c.anchor_start, c.anchor_end)
    }
    return [
        (c, j) for c, j in judged
        if not j.in_doubt or not any((c.concept, w) in plain for w in range(c.anchor_start, c.anchor_end))
    ]  # fmt: skip


def _dedupe(findings: list[Finding]) -> list[Finding]:
    seen: set[tuple[object, ...]] = set()
    kept = []
    for finding in findings:
        key = (finding.concept, finding.status, finding.in_doubt, finding.start)
        if key not in seen:
            seen.add(key)
            kept.append(finding)
    return kept
