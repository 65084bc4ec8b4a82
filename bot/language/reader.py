"""Reads one message: a blank English spaCy pipeline whose components are ours."""

from collections.abc import Callable, Mapping
from pathlib import Path

import spacy

from bot.clinical.signs import FLAG_OF_CONCEPT, RASH_SIGNS, Sign
from bot.language.anaphora import back_references
from bot.language.answers import AnswerReader
from bot.language.assertion import Asserter, Bench
from bot.language.candidate import Candidate, Origin
from bot.language.claims import claimed_later
from bot.language.clauses import Clauses, cut
from bot.language.clock import spread_by_the_clock
from bot.language.combinations import combine
from bot.language.compositions import Composer
from bot.language.contractions import NEGATED
from bot.language.cues import PUNCTUATION, Judgement, covered_words
from bot.language.facts import facts_of
from bot.language.fine import places_said_fine
from bot.language.foreign import foreign_candidates, judge_foreign, without_false_friends
from bot.language.glass_test import fading_settled, glass_test, unblanched
from bot.language.headline import headings_settled
from bot.language.lexicon import DEFAULT_FOLDER, load_lexicon
from bot.language.measured import measured
from bot.language.overlaps import settle_overlaps, without_softened
from bot.language.passing import asked_in_passing
from bot.language.quantities import Quantifier
from bot.language.reading import CORRECTION, RETOLD, Context, Finding, Ground, Reading, Status
from bot.language.safety_net import load_safety_net
from bot.language.scene import Fact, Said, Scene
from bot.language.second_thoughts import may_be_taken_back, with_second_thoughts
from bot.language.short_answers import ShortAnswers, asked_beside, with_short_answers
from bot.language.spelling import Speller
from bot.language.terms import Hit, TermFinder
from bot.language.tokens import Draft, Tokeniser
from bot.language.unexplained import SIGN_OF_PLACE, unexplained_places

#: A place named beside one of them may be where the rash is.
_SKIN_SIGNS = frozenset(sign.value for sign in (*RASH_SIGNS, Sign.SKIN_PAIN, Sign.SKIN_INFECTION))
#: Kinds of terms that tell a sign, and those that tell anything of a body.
_SIGN_KINDS = ("sign", "change", "symptom", "foreign")
_CONTENT_KINDS = ("sign", "symptom", "site", "change", "area", "foreign")
#: "It's her, not me": what denies of the writer, and who is ill instead.
_NOT_OF_THE_WRITER = (["not", "me"], ["not", "mine"], ["not", "on"])
_SOMEBODY = frozenset({"her", "hers", "him", "his", "them", "she", "he"})


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
        self._short_answers = ShortAnswers(self._lexicon.short_answers)
        lists = self.lists = self._lexicon.words
        self._framing = lists["tells_nothing"] | lists["frames"]
        self._plain_words = frozenset().union(
            *(lists[name] for name in ("transparent", "subject", "preposition", "light", "join", "stop", "filler"))
        )

    def read(self, text: str, context: Context | None = None) -> Reading:
        """All that a message says, given what went before. Never raises, whatever the text."""
        context = context or Context()
        reading, told = self._by_rules(text, context)
        if may_be_taken_back(reading, context):
            alarm = self._net.heard if self._net else None
            reading = with_second_thoughts(reading, context, lambda said: self._by_rules(said, Context())[0], alarm)
        if self._net is None or told is None:
            return reading
        return self._net.raised(reading, context, self.lists["tells_nothing"], self._framing | told)

    def _by_rules(self, text: str, context: Context) -> tuple[Reading, frozenset[str] | None]:
        """What the rules read, and the words that they have used; None where there are no words at all."""
        doc = self._find_terms(self._tokenise(text))
        draft: Draft = doc.user_data["draft"]
        if not draft.words:
            return Reading(text), None
        hits: dict[str, list[Hit]] = doc.user_data["hits"]
        reading = _Message(self, draft, hits, context).reading()
        read = (hit for kind in ("cue", "area", "person", "medicine") for hit in hits.get(kind, []))
        return reading, frozenset(word for hit in read for word in draft.words[hit.start : hit.end])


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
        hits["anaphora"] = [
            hit
            for hit in hits.get("anaphora", [])
            if _complete(hit, self.words, reader.lists) and not _of_the_writer_alone(hit, self.words, hits)
        ]
        self.quantities = reader._quantifier.find(self.words, marks)
        self.short_answers = reader._short_answers.find(self.words, context.step)
        self.content_words, self.sign_words = covered_words(hits, _CONTENT_KINDS), covered_words(hits, _SIGN_KINDS)

    def reading(self) -> Reading:
        """The findings, the bare answer and notes."""
        fine = places_said_fine(self.hits, self.words, self.clauses, self.reader.lists)
        taken = frozenset(hit.start for hit, _, _ in fine)
        candidates, language = self._candidates(taken)
        bench = self._bench(candidates)
        judged = [
            (c, judge_foreign(c, self.words) if language != "en" and c.language == language else bench.judge(c))
            for c in candidates
        ]
        judged = [pair for pair in judged if not (pair[0].weak and pair[1].status is not Status.ABSENT)]
        judged = asked_beside(judged, self.short_answers)
        judged = headings_settled(settle_overlaps(judged, self.words, self.reader.lists), self.words, self.clauses)
        changes = self.hits.get("change", [])
        judged = fading_settled(judged, self.words, self.clauses, changes, self.reader.lists)
        owned = claimed_later(judged, self.words, self.clauses, self.hits.get("anaphora", []), self.reader.lists)
        findings = [self._finding(candidate, judgement) for candidate, judgement in owned]
        findings += [self._fine_finding(hit, sign, denied) for hit, signs, denied in fine for sign in signs]
        findings += map(self._placed, self._measured(judged))
        findings += self._by_the_clock()
        findings += self._place_answers(findings)
        findings += self._under_a_glass(findings)
        told = any(f.stands and f.concept in FLAG_OF_CONCEPT for f in findings)
        correction = any(cue.name == "correction" for cue in self.hits.get("cue", []))
        denied = frozenset(f.concept for f in findings if f.status is Status.ABSENT and not f.in_doubt)
        meant = back_references(
            self.hits.get("anaphora", []), self.context, told, denied, self._closes, correction,
            self._named_before(candidates),
        )  # fmt: skip
        findings += map(self._placed, meant)
        findings += combine(findings, self.context)
        findings = _dedupe(findings)
        answer = self.reader._answers.read(self.words)
        said = self._said(judged, findings)
        told = any(f.stands and f.concept in FLAG_OF_CONCEPT for f in findings)
        if answer is None and not told:
            explained = frozenset(w for c, _ in judged for w in range(c.start, c.end)) | taken
            findings += map(self._placed, unexplained_places(said, bench, self.reader._plain_words, explained))
        findings += map(self._placed, self._facts(said, bench))
        findings = _dedupe(findings)
        findings.sort(key=lambda f: (f.start, f.end))
        if language == "en":
            findings = asked_in_passing(findings, self.draft, self.clauses, self.hits, self.reader.lists)
        retold = any(hit.name == "retold" for hit in self.hits.get("anaphora", []))
        noted = {CORRECTION: self._corrects(correction, findings), RETOLD: retold}
        notes = tuple(note for note, holds in noted.items() if holds)
        return Reading(self.draft.message, tuple(findings), answer, language, notes)

    def _bench(self, candidates: list[Candidate]) -> Bench:
        """Where candidates are judged, each in the sight of the others."""
        scene = Scene(self.words, self.clauses, self.hits, self.content_words, self.sign_words, candidates)
        return self.reader._asserter.prepare(scene)

    def _measured(self, judged: list[tuple[Candidate, Judgement]]) -> list[Fact]:
        """What the numbers tell. A word for fever is judged before what later words make one's own."""
        fevers = {c.end: judgement for c, judgement in judged if c.concept == "fever"}
        return measured(
            self.words, self.quantities, self.context, fevers,
            lambda candidate: self._bench([candidate]).judge(candidate), self.reader.lists["fever_reducers"],
        )  # fmt: skip

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

    def _facts(self, said: Said, bench: Bench) -> list[Fact]:
        """What is no red flag, in full words or in the few that answer the open question."""
        return with_short_answers(
            facts_of(said, bench), self.short_answers, self.context.step, self.words, self.quantities
        )

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
                Candidate.at(
                    concept, hit.start, hit.end, Origin.GOING_ON if goes_on else Origin.NAMED,
                    doubt=goes_on or manner == "soft", weak=manner == "weak", hint=manner == "hint",
                )
            )  # fmt: skip
        found = without_false_friends(found, self.draft.message)
        foreign, language = foreign_candidates(self.hits.get("foreign", []), len(self.words))
        found += foreign
        found += self.reader._composer.compose(self.words, self.hits, self.clauses, taken)
        return without_softened(found), language

    def _finding(self, candidate: Candidate, judgement: Judgement) -> Finding:
        hunch = candidate.hint and judgement.in_doubt and judgement.ground is None
        fact = Fact(
            candidate.concept, candidate.start, candidate.end, judgement.status, f"{candidate.rule}: {judgement.rule}",
            site=candidate.site, in_doubt=judgement.in_doubt, ground=Ground.HUNCH if hunch else judgement.ground,
        )  # fmt: skip
        return self._placed(fact)

    def _placed(self, fact: Fact) -> Finding:
        """A fact as a finding: its place in characters of the message rather than in words."""
        start, end = self.draft.span(fact.start, fact.end)
        return Finding(
            fact.concept, self.draft.message[start:end], start, end, fact.status, fact.rule,
            fact.site, fact.severity, fact.measure, fact.in_doubt, fact.ground,
        )  # fmt: skip

    def _fine_finding(self, hit: Hit, sign: str, denied: bool) -> Finding:
        status, rule = (
            (Status.ABSENT, "said to be fine") if denied else (Status.UNSURE, "fine before, and not any more")
        )
        fact = Fact(sign, hit.start, hit.end, status, rule, site=hit.name, in_doubt=not denied, ground=Ground.FINE)
        return self._placed(fact)

    def _by_the_clock(self) -> list[Finding]:
        spread = spread_by_the_clock(self.words, self.hits, self.reader.lists)
        if spread is None:
            return []
        status = Status.PRESENT if spread.sure else Status.UNSURE
        rule = "elsewhere or larger at each time of day"
        fact = Fact(Sign.RAPID_SPREAD.value, spread.start, spread.end, status, rule, in_doubt=not spread.sure)
        return [self._placed(fact)]

    # -- within the message -------------------------------------------------------------------------------------------

    def _under_a_glass(self, findings: list[Finding]) -> list[Finding]:
        """What the glass test shows, where no word for such spots has told it."""
        found = [f for f in findings if f.concept == Sign.PURPURA.value]
        fact = glass_test(self.words, self.context.before, self.reader.lists)
        if fact is None and not found:
            fact = unblanched(self.words, self.hits.get("change", []))
        return [] if fact is None or any(f.stands for f in found) else [self._placed(fact)]

    def _place_answers(self, findings: list[Finding]) -> list[Finding]:
        """ "I got sores with this rash" - "yes, on the lips": a place alone settles what was asked or named before."""
        if len(self.words) > 8 or any(f.concept in FLAG_OF_CONCEPT for f in findings):
            return []
        if any(cue.name in ("no", "not") for cue in self.hits.get("cue", [])):
            return []
        named = {*self.context.asked, *self.context.mentioned}
        found = []
        for hit in self.hits.get("site", []):
            sign = SIGN_OF_PLACE.get(hit.name)
            if sign in named and sign in ("mouth_sores", "genital_sores", "eye_inflammation", "facial_swelling"):
                rule = "place of what was named before"
                found.append(self._placed(Fact(sign, hit.start, hit.end, Status.PRESENT, rule, site=hit.name)))
        return found


#: In words: how far before words that take back a negative takes them back.
_NEGATED_WITHIN = 3
#: After "down": where it went.
_TOWARDS = (["to"], ["my"], ["his"], ["her"], ["both"], ["the"], ["into"], ["onto"], ["past"], ["as"])


def _complete(hit: Hit, words: list[str], lists: Mapping[str, frozenset[str]]) -> bool:
    """ "Because mine is." claims; "mine is on the shins" tells something else."""
    before = words[max(0, hit.start - _NEGATED_WITHIN) : hit.start]
    if hit.name in ("loosely", "past") and (
        (not (NEGATED | {"still"}).isdisjoint(before) and "to" not in before)
        or (hit.name == "loosely" and before[-1:] == ["no"])
    ):
        # "It still isn't back to normal", "hasn't gone now", "no joke", but "not to worry, they've gone".
        return False
    if hit.end >= len(words):
        return True
    last, following = words[hit.end - 1], words[hit.end]
    down = hit.end - 1 if last == "down" else hit.end if following == "down" else None
    if hit.name == "past" and down is not None and words[down + 1 : down + 2] in _TOWARDS:
        # "It went down to my knees": it has spread.
        return False
    if last == "gone":
        # "It's gone 9 and nobody has rung", "it's gone red", "my tablets have gone": nothing is over.
        of_a_thing = words[hit.start] in ("have", "has", "are", "is") and not _opens(hit, words, lists)
        return not of_a_thing and (following in PUNCTUATION or following in lists["after_gone"])
    if hit.name not in ("claim", "deny", "confirm"):
        return True
    if hit.name == "claim" and last in ("is", "was") and following[0].isdigit():
        # "What counts as a fever?" - "mine is 36.8": the number says it.
        return False
    if hit.name == "confirm" and last in lists["open_claims"]:
        # "... and there is", not "... and there is a rash", "yes I have: rash".
        at = hit.end + (following in ("now", "today", "tonight", "too"))
        return at >= len(words) or (words[at] in PUNCTUATION and words[at] not in (":", '"', "'", "("))
    if last in lists["counts"] and hit.name == "claim":
        # "I've got two on my arm" counts what was named before, "I've got two itchy patches" something new.
        return not following[0].isalnum() or following in lists["after_claim"] or following in lists["preposition"]
    if last not in lists["open_claims"]:
        return True
    return not following[0].isalnum() or following in lists["after_claim"] or following[0].isdigit()


def _opens(hit: Hit, words: list[str], lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether nothing, or only a pronoun, stands before a hit that begins with a verb."""
    before = words[hit.start - 1] if hit.start else "."
    return before in PUNCTUATION or before in lists["pointing"]


def _dedupe(findings: list[Finding]) -> list[Finding]:
    seen: set[tuple[object, ...]] = set()
    kept = []
    for finding in findings:
        key = (finding.concept, finding.status, finding.in_doubt, finding.start)
        if key not in seen:
            seen.add(key)
            kept.append(finding)
    return kept


def _of_the_writer_alone(hit: Hit, words: list[str], hits: Mapping[str, list[Hit]]) -> bool:
    """ "It's her, not me", "my wife not me": says who the patient is, and takes nothing back."""
    if hit.name != "deny" or words[hit.start : hit.start + 2] not in _NOT_OF_THE_WRITER:
        return False
    at = hit.start - 1
    while at >= 0 and words[at] in (",", "-", "and"):
        at -= 1
    patients = (person for person in hits.get("person", ()) if person.name in ("patient", "relative"))
    return at >= 0 and (words[at] in _SOMEBODY or any(person.end == at + 1 for person in patients))
