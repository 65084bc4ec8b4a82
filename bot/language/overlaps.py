"""Candidates that share words: which of them stand."""

from collections.abc import Mapping, Sequence

from bot.clinical.signs import Sign
from bot.language.candidate import Candidate
from bot.language.cues import Judgement
from bot.language.reading import Ground, Status

Judged = tuple[Candidate, Judgement]

_GLANDS = Sign.SWOLLEN_GLANDS.value
#: What is said of a sign with its place holds for its name too.
_SETTLED = (Status.ABSENT, Status.PAST, Status.HYPOTHETICAL)


def without_softened(candidates: list[Candidate]) -> list[Candidate]:
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


def _with_its_place(judged: list[Judged], words: Sequence[str], lists: Mapping[str, frozenset[str]]) -> list[Judged]:
    """ "As for blisters on my arms, no": the name of a sign goes with the name and its place, which are denied."""
    joining = lists["preposition"] | lists["possessive"] | {"the", "both", "all"}
    wholes = [(c, j) for c, j in judged if not c.named and j.status in _SETTLED and not j.in_doubt]
    kept = []
    for candidate, judgement in judged:
        whole = next(
            (
                (c, j) for c, j in wholes
                if c.concept == candidate.concept and c.start == candidate.start and candidate.end < c.end
            ),
            None,
        )  # fmt: skip
        stated = candidate.named and judgement.status is Status.PRESENT and judgement.ground is None
        if whole and stated and candidate.concept == _GLANDS and words[candidate.end] in lists["negators"]:
            # "Lymph nodes not enlarged": their name alone is a sign.
            judgement = whole[1]
        elif whole and stated and words[candidate.end] in joining:
            rest = words[candidate.end : whole[0].end - 1]
            # "I have blisters on my legs, no" may go on, or be said in wonder.
            loosely = whole[1].ground is Ground.DENIED_AFTERWARDS and words[whole[0].end : whole[0].end + 1] == [","]
            if all(word in joining for word in rest) and not loosely:
                judgement = whole[1]
        kept.append((candidate, judgement))
    return kept


def settle_overlaps(judged: list[Judged], words: Sequence[str], lists: Mapping[str, frozenset[str]]) -> list[Judged]:
    """One word can carry a plain and a doubtful candidate of one sign; the plain one stands. What is plainly denied by
    its name is not put together again from its parts: "pustule-free, small papules", "blister not there, mouth ...".
    And a part of what is answered with no is denied with it: "peeling skin? no".
    """
    judged = _with_its_place(judged, words, lists)
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
