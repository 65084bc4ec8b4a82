"""A heading names what a message is about; whether it is there, only the message says.

"Shingles. Need to know about the work place and someone having shingles." The next sentence has to speak of it:
"Blisters. On both palms. Can it cause blisters?" is a report.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.language.candidate import Candidate
from bot.language.clauses import Clauses
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.reading import Status

#: Words that a heading beside the sign may have.
_BESIDE = 1
#: What the text may say of the sign for the heading to follow it.
_NOT_THERE = (Status.HYPOTHETICAL, Status.SOMEONE_ELSE)

Judged = list[tuple[Candidate, Judgement]]


def headings_settled(judged: Judged, words: Sequence[str], clauses: Clauses) -> Judged:
    """The judgements, with a sign that is the whole first sentence judged as the text after it judges that sign."""
    settled = []
    for candidate, judgement in judged:
        if judgement.status is Status.PRESENT and _is_heading(candidate, words, clauses):
            judgement = _as_the_text(candidate, judged, words, clauses) or judgement
        settled.append((candidate, judgement))
    return settled


def _is_heading(candidate: Candidate, words: Sequence[str], clauses: Clauses) -> bool:
    if clauses.sentence[candidate.start]:
        return False
    first, last = clauses.bounds(candidate.start)
    told = [word for word in words[first:last] if word not in PUNCTUATION]
    return len(told) <= candidate.end - candidate.start + _BESIDE


def _as_the_text(heading: Candidate, judged: Judged, words: Sequence[str], clauses: Clauses) -> Judgement | None:
    """How the next sentence judges the sign of a heading, where nothing in the message tells it as there."""
    later = [pair for pair in judged if pair[0].concept == heading.concept and pair[0].start >= heading.end]
    if not later or any(judgement.status not in _NOT_THERE for _, judgement in later):
        return None
    candidate, follows = later[0]
    if clauses.sentence[candidate.start] != _next_sentence(heading.end, words, clauses):
        return None
    return replace(follows, rule=f"a heading: {follows.rule}")


def _next_sentence(end: int, words: Sequence[str], clauses: Clauses) -> int | None:
    """The number of the sentence after the heading that ends at a word."""
    numbers = (clauses.sentence[at] for at in range(end, len(words)) if words[at] not in PUNCTUATION)
    return next((number for number in numbers if number), None)
