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


def claimed_later(
    judged: Sequence[Judged],
    words: Sequence[str],
    clauses: Clauses,
    hits: Sequence[Hit],
    lists: Mapping[str, frozenset[str]],
) -> list[Judged]:
    """The candidates with their judgements, where a claim after them changed them. hits: anaphora terms."""
    denials = [hit for hit in hits if hit.name == "deny"]
    claims = [
        hit
        for hit in hits
        if hit.name == "claim"
        and not hit.within(denials)
        and lists["unclaimed"].isdisjoint(words[max(0, hit.start - _BEFORE) : hit.end])
        and _SUPPOSED.isdisjoint(words[max(0, hit.start - 1) : hit.start])
    ]
    last = max((hit.start for hit in claims), default=-1)
    owned = max((hit.start for hit in claims if words[hit.start] == "ive"), default=-1)
    found = max((hit.start for hit in claims if words[hit.start] in _FOUND), default=-1)
    evidence = [hit.start for hit in hits if hit.name == "evidence"]
    changed = []
    for candidate, judgement in judged:
        asked = judgement.ground is Ground.ASKED and _goes_on(candidate, evidence, clauses)
        elsewhere = judgement.status in (Status.HYPOTHETICAL, Status.SOMEONE_ELSE)
        again = judgement.status is Status.PAST and candidate.end <= owned
        if asked or again or (elsewhere and candidate.end <= last):
            rule = "said to be one's own after it"
            judgement = Judgement(Status.PRESENT, rule, candidate.doubt, Ground.CLAIMED)
        elif judgement.status is Status.ABSENT and candidate.end <= found and _apart(candidate, found, clauses):
            judgement = Judgement(Status.UNSURE, "denied, and found after it", in_doubt=True)
        changed.append((candidate, judgement))
    return changed


def _apart(candidate: Candidate, word: int, clauses: Clauses) -> bool:
    return clauses.sentence[word] > clauses.sentence[candidate.anchor_start]


def _goes_on(candidate: Candidate, evidence: Sequence[int], clauses: Clauses) -> bool:
    """ "Can it make your tongue swell? It started an hour ago": the next sentence tells that it is so."""
    sentence = clauses.sentence
    return any(
        start >= candidate.end
        and sentence[start] == sentence[candidate.anchor_start] + 1
        and start - clauses.first[sentence[start]] <= 1
        for start in evidence
    )
