"""Later words that make what was told the writer's own: "my neighbour came out in welts and now so have I"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.clinical.signs import Sign
from bot.language.candidate import Candidate
from bot.language.clauses import Clauses
from bot.language.cues import Judgement
from bot.language.episodes import is_year
from bot.language.overlaps import Judged
from bot.language.reading import Ground, Status
from bot.language.terms import Hit

#: A claim that opens so tells of a find: "no blisters. There are three now".
_FOUND = frozenset({"there", "theres", "found", "spotted"})
#: "If I got it", "have I got that right?": no claim.
_SUPPOSED = frozenset({"if", "unless", "have"})
#: So many words before a claim may take it back.
_BEFORE = 5
#: In words between what was denied or supposed and the word that it is so after all.
_CONFIRMED_WITHIN = 18
#: What is had of what somebody else was asked about.
_HAD = frozenset({"have", "had", "got", "mine"})
#: In words of the next sentence.
_FAR_INTO = 10
_WHO = frozenset({"i", "ive", "he", "she", "we", "hes", "shes"})
_NOW = frozenset({"now", "too", "today"})
#: What was thought or done stays so, whatever is denied of now: "not planning a pregnancy now".
_WHATEVER_NOW = frozenset({Sign.SELF_HARM.value, Sign.PREGNANCY_EXPOSURE.value})
#: What a confirmation may turn.
_NOT_SO = (Status.ABSENT, Status.HYPOTHETICAL)
_MARKS = frozenset({"?", ":", "-", ")", '"', ","})


def claimed_later(
    judged: Sequence[Judged],
    words: Sequence[str],
    clauses: Clauses,
    hits: Sequence[Hit],
    lists: Mapping[str, frozenset[str]],
) -> list[Judged]:
    """The candidates with their judgements, where a claim after them changed them. hits: anaphora terms."""
    told = _Told(judged, words, clauses, hits, lists)
    return [(candidate, _judged_anew(candidate, judgement, told)) for candidate, judgement in judged]


@dataclass(frozen=True)
class _Told:
    """A whole message, with what in it may claim a sign that was told before."""

    judged: Sequence[Judged]
    words: Sequence[str]
    clauses: Clauses
    hits: Sequence[Hit]
    lists: Mapping[str, frozenset[str]]

    @cached_property
    def denials(self) -> list[Hit]:
        """ "Not me", "nothing like that": a claim or a confirmation inside these is none."""
        return [hit for hit in self.hits if hit.name == "deny"]

    @cached_property
    def claims(self) -> list[Hit]:
        """ "So have I", "mine is", but not "none of it has happened to me" or "if I got it"."""
        words, lists = self.words, self.lists
        no_claim = _SUPPOSED | lists["shown"]
        return [
            hit
            for hit in self.hits
            if hit.name == "claim"
            and not hit.within(self.denials)
            and lists["unclaimed"].isdisjoint(words[max(0, hit.start - _BEFORE) : hit.end])
            and no_claim.isdisjoint(words[max(0, hit.start - 1) : hit.start])
        ]

    @cached_property
    def last_claim(self) -> int:
        """Where the last claim starts, -1 for none."""
        return max((hit.start for hit in self.claims), default=-1)

    @cached_property
    def last_owned(self) -> int:
        """Where the last "I've got them now" starts, -1 for none."""
        return max((hit.start for hit in self.claims if self.words[hit.start] == "ive"), default=-1)

    @cached_property
    def last_found(self) -> int:
        """Where the last "there are three" starts, -1 for none."""
        return max((hit.start for hit in self.claims if self.words[hit.start] in _FOUND), default=-1)

    @cached_property
    def evidence(self) -> list[int]:
        """Where "it started an hour ago", "I have it" start."""
        return [hit.start for hit in self.hits if hit.name == "evidence"]

    @cached_property
    def having(self) -> list[int]:
        """Of the evidence, "have it right now"."""
        return [start for start in self.evidence if self.words[start] in _HAD]

    @cached_property
    def confirms(self) -> list[Hit]:
        """ "It has", "well there is": that it is so after all."""
        return [hit for hit in self.hits if hit.name == "confirm" and not hit.within(self.denials)]


def _judged_anew(candidate: Candidate, judgement: Judgement, told: _Told) -> Judgement:
    """The judgement of the first rule that applies, or the one there was."""
    for rule in (
        _own_evidence, _claimed, _said_to_be_so, _perhaps_claimed, _denied_then_claimed, _denied_then_found, _not_now,
    ):  # fmt: skip
        changed = rule(candidate, judgement, told)
        if changed is not None:
            return changed
    return judgement


def _own_evidence(candidate: Candidate, judgement: Judgement, told: _Told) -> Judgement | None:
    """ "Can it make your tongue swell? It started an hour ago": what was asked about is so."""
    asked = judgement.ground is Ground.ASKED or _asked_of_others(candidate, judgement, told)
    return _ones_own(candidate) if asked and _goes_on(candidate, told.evidence, told.clauses) else None


def _claimed(candidate: Candidate, judgement: Judgement, told: _Told) -> Judgement | None:
    """ "My friend got blisters, and now so have I", "I used to get hives. I've got them now": taken as one's own."""
    elsewhere = judgement.status in (Status.HYPOTHETICAL, Status.SOMEONE_ELSE)
    again = judgement.status is Status.PAST and candidate.end <= told.last_owned
    if not again and not (elsewhere and candidate.end <= told.last_claim):
        return None
    if not again and _claimed_of_then(told):
        rule = "said to be one's own after it, of then"
        return Judgement(Status.PAST, rule, in_doubt=True)
    if not again and _after_a_denial(candidate, told):
        return Judgement(Status.UNSURE, f"{judgement.rule}, and may be claimed after it", in_doubt=True)
    return _ones_own(candidate)


def _claimed_of_then(told: _Told) -> bool:
    """ "... if the first rash had blisters? Mine did, in 2021, healed fully": a year and an ending with the claim."""
    first, last = told.clauses.bounds(told.last_claim)
    said = told.words[first:last]
    dated = any(is_year(word) for word in said) or not {"ago"}.isdisjoint(said)
    return dated and not told.lists["healed"].isdisjoint(said) and told.lists["present_times"].isdisjoint(said)


def _after_a_denial(candidate: Candidate, told: _Told) -> bool:
    """ "Somebody's skin fell off. None of us at clinic had more than an itch. I'm the same": which of the two?"""
    clauses, words = told.clauses, told.words
    between = range(clauses.sentence[candidate.anchor_start] + 1, clauses.sentence[told.last_claim])
    return any(
        not told.lists["negators"].isdisjoint(words[clauses.first[number] : clauses.last[number]]) for number in between
    )


def _said_to_be_so(candidate: Candidate, judgement: Judgement, told: _Told) -> Judgement | None:
    """ "Told to ring if it blisters. It has", "any trouble breathing? Yes": what was supposed or denied is so."""
    if judgement.status in _NOT_SO and (_confirmed(candidate, told) or _answered_yes(candidate, told)):
        return Judgement(Status.PRESENT, "said to be so after it", candidate.doubt, Ground.CONFIRMED)
    return None


def _perhaps_claimed(candidate: Candidate, judgement: Judgement, told: _Told) -> Judgement | None:
    """ "Has anyone had blisters? I'm on cycle three and have it right now": "it" may be something else."""
    if judgement.status is not Status.SOMEONE_ELSE:
        return None
    had = _asked_of_others(candidate, judgement, told) and _goes_on(candidate, told.having, told.clauses, _FAR_INTO)
    if had or _confirmed(candidate, told):
        return Judgement(Status.UNSURE, f"{judgement.rule}, and may be claimed after it", in_doubt=True)
    return None


def _denied_then_claimed(candidate: Candidate, judgement: Judgement, told: _Told) -> Judgement | None:
    """ "Most people never get blisters, I must be special cos I have it now": the two are put against each other."""
    if judgement.status is Status.ABSENT and _claimed_now(candidate, told):
        return Judgement(Status.UNSURE, "denied, and claimed after it", in_doubt=True)
    return None


def _denied_then_found(candidate: Candidate, judgement: Judgement, told: _Told) -> Judgement | None:
    """ "No blisters this morning. Now there are several": a later sentence tells of a find."""
    absent = judgement.status is Status.ABSENT
    if absent and candidate.end <= told.last_found and _apart(candidate, told.last_found, told.clauses):
        return Judgement(Status.UNSURE, "denied, and found after it", in_doubt=True)
    return None


def _not_now(candidate: Candidate, judgement: Judgement, told: _Told) -> Judgement | None:
    """ "Fever 101 last week with the flu, no fever now": the same sign is denied of now after it."""
    if judgement.status is not Status.PRESENT or judgement.in_doubt or candidate.concept in _WHATEVER_NOW:
        return None
    for other, later in told.judged:
        denied = later.status is Status.ABSENT and not later.in_doubt and other.concept == candidate.concept
        if denied and other.start >= candidate.end and told.words[other.end : other.end + 1] == ["now"]:
            return Judgement(Status.UNSURE, f"{judgement.rule}, and denied of now after it", in_doubt=True)
    return None


def _ones_own(candidate: Candidate) -> Judgement:
    return Judgement(Status.PRESENT, "said to be one's own after it", candidate.doubt, Ground.CLAIMED)


def _asked_of_others(candidate: Candidate, judgement: Judgement, told: _Told) -> bool:
    """ "Has anyone had blisters?": somebody else's, in a question."""
    clauses = told.clauses
    return judgement.status is Status.SOMEONE_ELSE and clauses.asked[clauses.sentence[candidate.start]]


def _confirmed(candidate: Candidate, told: _Told) -> bool:
    """ "Told to ring if it blisters. It has", "the leaflet said no fever, well there is": of what was named last."""
    sentence = told.clauses.sentence
    for hit in told.confirms:
        if not 0 <= hit.start - candidate.end <= _CONFIRMED_WITHIN:
            continue
        named = max((sentence[c.start] for c, _ in told.judged if c.end <= hit.start), default=-1)
        if sentence[candidate.start] == named and sentence[hit.end - 1] - named <= 2:
            return True
    return False


def _claimed_now(candidate: Candidate, told: _Told) -> bool:
    """ "They said most people never get blisters, I must be special cos I have it now"."""
    return any(
        0 <= hit.start - candidate.end <= _CONFIRMED_WITHIN
        and told.words[hit.start] in _WHO
        and not _NOW.isdisjoint(told.words[hit.end - 1 : hit.end + 1])
        for hit in told.claims
    )


def _answered_yes(candidate: Candidate, told: _Told) -> bool:
    """ "Any trouble breathing? Yes", "q4 (blisters) yes": an item of a checklist and its answer."""
    words, clauses, lists = told.words, told.clauses, told.lists
    at = candidate.end
    while at < len(words) and (words[at] in _MARKS or words[at] in lists["where_and_when"]):
        at += 1
    if at in (candidate.end, len(words)) or words[at] not in lists["yes_said"] or words[at - 1] not in _MARKS:
        return False
    if clauses.sentence[candidate.start] != clauses.sentence[candidate.end - 1]:
        return False
    first, _ = clauses.bounds(candidate.start)
    asked = [word for word in words[first : candidate.start] if not word[0].isdigit()]
    following = words[at + 1] if at + 1 < len(words) else "."
    return not following[0].isalnum() and (asked[-1:] == ["("] or lists["checklist"].issuperset(asked))


def _apart(candidate: Candidate, word: int, clauses: Clauses) -> bool:
    return clauses.sentence[word] > clauses.sentence[candidate.anchor_start]


def _goes_on(candidate: Candidate, evidence: Sequence[int], clauses: Clauses, into: int = 1) -> bool:
    """ "Can it make your tongue swell? It started an hour ago": the next sentence tells that it is so.

    into: how far into that sentence, in words.
    """
    sentence = clauses.sentence
    return any(
        start >= candidate.end
        and sentence[start] == sentence[candidate.anchor_start] + 1
        and start - clauses.first[sentence[start]] <= into
        for start in evidence
    )
