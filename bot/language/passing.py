"""What a longer message tells in passing: a sign without a word of now beside it may be of then or somebody else's.

A short message is about now, and a fragment ("hives. tight chest.") is as good as a statement. A longer one that tells
of the past or of others has room for earlier reactions, lists of side effects and strangers, which often end in words
that no rule knows. There a sign is asked about if its clause has no word of now and is of the past, or stands in a
sentence without one, unless another sign of the message is told as now. The safety net takes it as there when the
message sounds only a little alarming.

A thought of harming oneself is never told in passing, and what spreads within hours is told with its hours.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.clinical.signs import FLAG_OF_CONCEPT, Sign
from bot.language.clauses import Clauses
from bot.language.combinations import PARTS
from bot.language.reading import Finding, Ground
from bot.language.terms import Hit
from bot.language.tokens import Draft

#: A message of so many words and marks has room for more than what is now.
ROOM = 18

_ALWAYS_NOW = frozenset({Sign.SELF_HARM.value, Sign.RAPID_SPREAD.value})
_OF_NOW = ("present_tense", "present_times", "times_of_now", "now_verbs", "tied_to_now")
_OF_THEN = ("past_tense", "past_signs")
_OTHERS = frozenset({"other", "relative", "story"})


def asked_in_passing(
    findings: Sequence[Finding],
    draft: Draft,
    clauses: Clauses,
    hits: Mapping[str, Sequence[Hit]],
    lists: Mapping[str, frozenset[str]],
) -> list[Finding]:
    """The findings, with those told in passing put in doubt where no red flag is told as now."""
    told = [f for f in findings if f.concept in FLAG_OF_CONCEPT and f.stands]
    if not told or len(draft.words) < ROOM or not _tells_of_more(draft.words, hits, lists):
        return list(findings)
    begins = [draft.span(word, word + 1)[0] for word in range(len(draft.words))]
    if any(f.concept in _ALWAYS_NOW or f.ground in (Ground.CLAIMED, Ground.CONFIRMED) for f in told):
        return list(findings)
    # "One big hive, and before that she threw up": put together from parts, any of which may be told as now.
    parts = PARTS if any(f.concept == Sign.ANAPHYLAXIS.value for f in told) else frozenset[str]()
    starts = {f.start for f in told} | {f.start for f in findings if f.concept in parts and f.stands}
    if any(_of_now(bisect_right(begins, start) - 1, draft.words, clauses, lists) for start in starts):
        return list(findings)
    return [
        replace(f, in_doubt=True, rule=f"{f.rule}, told in passing", ground=Ground.IN_PASSING) if f in told else f
        for f in findings
    ]


def _of_now(word: int, words: Sequence[str], clauses: Clauses, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether the clause of a word is tied to now: by itself, or, where it is not of the past, by its sentence."""
    first, last = clauses.bounds(word)
    sentence = words[first:last]
    if last < len(words) and "still" in words[last : clauses.bounds(last)[1]]:
        # "Blisters inside my nose, could not eat. Still in hospital".
        return True
    clause = [words[at] for at in range(first, last) if clauses.clause[at] == clauses.clause[word]]
    if _any_of(_OF_THEN, clause, lists):
        return _any_of(_OF_NOW, clause, lists)
    return _any_of(_OF_NOW, sentence, lists)


def _tells_of_more(
    words: Sequence[str], hits: Mapping[str, Sequence[Hit]], lists: Mapping[str, frozenset[str]]
) -> bool:
    """Whether a message tells of the past, or of somebody who is not the patient."""
    return _any_of(_OF_THEN, words, lists) or any(hit.name in _OTHERS for hit in hits.get("person", ()))


def _any_of(names: Sequence[str], words: Sequence[str], lists: Mapping[str, frozenset[str]]) -> bool:
    return any(not lists[name].isdisjoint(words) for name in names)
