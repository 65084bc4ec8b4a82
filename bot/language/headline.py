"""A heading names what a message is about; whether it is there, only the message says.

"Shingles. Need to know about the work place and someone having shingles." The next sentence has to speak of it:
"Blisters. On both palms. Can it cause blisters?" is a report.
"""

from collections.abc import Sequence

from bot.language.clauses import Clauses
from bot.language.compositions import Candidate
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
        later = [pair for pair in judged if pair[0].concept == candidate.concept and pair[0].start >= candidate.end]
        if (
            judgement.status is Status.PRESENT
            and _is_heading(candidate, words, clauses)
            and later
            and clauses.sentence[later[0][0].start] == _next_sentence(candidate.end, words, clauses)
            and all(other.status in _NOT_THERE for _, other in later)
        ):
            follows = later[0][1]
            judgement = Judgement(follows.status, f"a heading: {follows.rule}", follows.in_doubt)
        settled.append((candidate, judgement))
    return settled


def _is_heading(candidate: Candidate, words: Sequence[str], clauses: Clauses) -> bool:
    if clauses.sentence[candidate.start]:
        return False
    first = [word for at, word in enumerate(words) if clauses.sentence[at] == 0 and word not in PUNCTUATION]
    return len(first) <= candidate.end - candidate.start + _BESIDE


def _next_sentence(end: int, words: Sequence[str], clauses: Clauses) -> int | None:
    """The number of the sentence after the heading that ends at a word."""
    numbers = (clauses.sentence[at] for at in range(end, len(words)) if words[at] not in PUNCTUATION)
    return next((number for number in numbers if number), None)
