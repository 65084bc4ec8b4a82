"""Later words that make what was told the writer's own: "my neighbour came out in welts and now so have I"."""

from collections.abc import Mapping, Sequence

from bot.language.candidate import Candidate
from bot.language.clauses import Clauses
from bot.language.cues import Judgement
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
    denials = [hit for hit in hits if hit.name == "deny"]
    no_claim = _SUPPOSED | lists["shown"]
    claims = [
        hit
        for hit in hits
        if hit.name == "claim"
        and not hit.within(denials)
        and lists["unclaimed"].isdisjoint(words[max(0, hit.start - _BEFORE) : hit.end])
        and no_claim.isdisjoint(words[max(0, hit.start - 1) : hit.start])
    ]
    last = max((hit.start for hit in claims), default=-1)
    owned = max((hit.start for hit in claims if words[hit.start] == "ive"), default=-1)
    found = max((hit.start for hit in claims if words[hit.start] in _FOUND), default=-1)
    evidence = [hit.start for hit in hits if hit.name == "evidence"]
    having = [start for start in evidence if words[start] in _HAD]
    confirms = [hit for hit in hits if hit.name == "confirm" and not hit.within(denials)]
    changed = []
    for candidate, judgement in judged:
        of_others = judgement.status is Status.SOMEONE_ELSE and clauses.asked[clauses.sentence[candidate.start]]
        asked = (judgement.ground is Ground.ASKED or of_others) and _goes_on(candidate, evidence, clauses)
        elsewhere = judgement.status in (Status.HYPOTHETICAL, Status.SOMEONE_ELSE)
        again = judgement.status is Status.PAST and candidate.end <= owned
        if asked or again or (elsewhere and candidate.end <= last):
            rule = "said to be one's own after it"
            judgement = Judgement(Status.PRESENT, rule, candidate.doubt, Ground.CLAIMED)
        elif judgement.status in _NOT_SO and (
            _confirmed(candidate, judged, confirms, clauses) or _answered_yes(candidate, words, clauses, lists)
        ):
            judgement = Judgement(Status.PRESENT, "said to be so after it", candidate.doubt, Ground.CONFIRMED)
        elif judgement.status is Status.SOMEONE_ELSE and (
            _confirmed(candidate, judged, confirms, clauses)
            or (of_others and _goes_on(candidate, having, clauses, _FAR_INTO))
        ):
            # "Has anyone had blisters? I'm on cycle three and have it right now".
            judgement = Judgement(Status.UNSURE, f"{judgement.rule}, and may be claimed after it", in_doubt=True)
        elif judgement.status is Status.ABSENT and _claimed_now(candidate, claims, words):
            judgement = Judgement(Status.UNSURE, "denied, and claimed after it", in_doubt=True)
        elif judgement.status is Status.ABSENT and candidate.end <= found and _apart(candidate, found, clauses):
            judgement = Judgement(Status.UNSURE, "denied, and found after it", in_doubt=True)
        changed.append((candidate, judgement))
    return changed


def _confirmed(candidate: Candidate, judged: Sequence[Judged], confirms: Sequence[Hit], clauses: Clauses) -> bool:
    """ "Told to ring if it blisters. It has", "the leaflet said no fever, well there is": of what was named last."""
    sentence = clauses.sentence
    for hit in confirms:
        if not 0 <= hit.start - candidate.end <= _CONFIRMED_WITHIN:
            continue
        named = max((sentence[c.start] for c, _ in judged if c.end <= hit.start), default=-1)
        if sentence[candidate.start] == named and sentence[hit.end - 1] - named <= 2:
            return True
    return False


def _claimed_now(candidate: Candidate, claims: Sequence[Hit], words: Sequence[str]) -> bool:
    """ "They said most people never get blisters, I must be special cos I have it now"."""
    return any(
        0 <= hit.start - candidate.end <= _CONFIRMED_WITHIN
        and words[hit.start] in _WHO
        and not _NOW.isdisjoint(words[hit.end - 1 : hit.end + 1])
        for hit in claims
    )


def _answered_yes(
    candidate: Candidate, words: Sequence[str], clauses: Clauses, lists: Mapping[str, frozenset[str]]
) -> bool:
    """ "Any trouble breathing? Yes", "q4 (blisters) yes": an item of a checklist and its answer."""
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
