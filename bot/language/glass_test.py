"""The glass test: spots that fade when pressed are no purpura; those that don't are.

The pressing may have been told of in the message before.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.clinical.signs import Sign
from bot.language.candidate import Candidate
from bot.language.clauses import Clauses
from bot.language.cues import PUNCTUATION, Judgement
from bot.language.reading import Status
from bot.language.scene import Fact
from bot.language.terms import Hit

Judged = list[tuple[Candidate, Judgement]]

#: In words: how far what stays may stand from the pressing, and its verb from the denial.
_AFTER, _BEFORE, _VERB = 14, 7, 2
_WORD = re.compile(r"[a-z]+")
#: In sentences: how far the fading may stand behind the spots that it is told of.
_NEXT = 1


def glass_test(words: Sequence[str], before: str, lists: Mapping[str, frozenset[str]]) -> Fact | None:
    """Purpura, where spots are said not to fade under a glass; None otherwise.

    before: the message before, as it was typed. "Pressed a tumbler on it" - "they don't go away", or both in one;
    "my dots fade when I press them" - "the new ones on my feet don't".
    """
    pressed = next((at for at, word in enumerate(words) if word in lists["pressed_with"]), None)
    told_before = not lists["pressed_with"].isdisjoint(_WORD.findall(before.lower()))
    if pressed is None and not told_before:
        return None
    opening = 0 if pressed is None else _clause_start(words, pressed)
    for at in range(opening, min(len(words), (pressed or 0) + _AFTER)):
        if _stays(words, at, told_before, lists):
            return Fact(Sign.PURPURA.value, max(0, at - 1), at + 1, Status.PRESENT, "does not fade when pressed")
        if pressed is not None and at > pressed and words[at : at + 2] in _THERE and not _goes_on(words, at + 2, lists):
            sure = words[pressed] in lists["glasses"]
            status = Status.PRESENT if sure else Status.UNSURE
            return Fact(Sign.PURPURA.value, at, at + 2, status, "still there when pressed", in_doubt=not sure)
    return None


def unblanched(words: Sequence[str], changes: Sequence[Hit]) -> Fact | None:
    """ "Does not blanch": said of nothing but such spots, whichever word the writer has for them."""
    for hit in changes:
        if hit.name == "nonblanch" and any("blanch" in word for word in words[hit.start : hit.end]):
            return Fact(Sign.PURPURA.value, hit.start, hit.end, Status.UNSURE, "does not blanch", in_doubt=True)
    return None


#: What is said of spots under a glass. It may be said of other things that are pressed, so without a glass it is asked.
_THERE = (
    ["still", "there"], ["still", "red"], ["still", "visible"], ["still", "see"],
    ["no", "change"], ["no", "difference"], ["they", "remain"], ["it", "remains"],
    ["they", "stay"], ["it", "stays"], ["they", "stayed"], ["it", "stayed"],
)  # fmt: skip


def _goes_on(words: Sequence[str], at: int, lists: Mapping[str, frozenset[str]]) -> bool:
    """ "A glass of wine and they stay up late"."""
    return at < len(words) and words[at] in lists["preposition"]


def _clause_start(words: Sequence[str], pressed: int) -> int:
    """ "They don't turn white when I press": where what is said before the pressing begins."""
    first = max(0, pressed - _BEFORE)
    marks = [at + 1 for at in range(first, pressed) if words[at] in PUNCTUATION or words[at] in ("and", "but")]
    return marks[-1] if marks else first


def _stays(words: Sequence[str], at: int, told_before: bool, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether "they don't fade" stands at a word; "they don't" alone is enough after a message that told of it."""
    if words[at] not in lists["stays_denied"] or at == 0 or words[at - 1] not in lists["stays_of"]:
        return False
    closes = at + 1 >= len(words) or not words[at + 1][0].isalpha()
    return not lists["fades"].isdisjoint(words[at + 1 : at + 1 + _VERB]) or (closes and told_before)


def fading_settled(
    judged: Judged, words: Sequence[str], clauses: Clauses, changes: Sequence[Hit], lists: Mapping[str, frozenset[str]]
) -> Judged:
    """The judgements, with purpura denied where the spots are said to fade under a glass, and asked about where that is
    not quite what is said.

    changes: the words for changes in the message. "Red dots, they go white when I press" denies; "the old ones go
    white when I press, the new ones hardly" asks; "purple spots, when will they disappear?" says nothing of pressing.
    """
    if any(hit.name == "nonblanch" for hit in changes):
        return judged
    fading = [hit for hit in changes if hit.name == "blanch" and _is_of_pressing(hit, words, clauses, lists)]
    settled = []
    for candidate, judgement in judged:
        if candidate.concept == Sign.PURPURA.value and judgement.status is Status.PRESENT:
            sentence = clauses.sentence[candidate.end - 1]
            told = [hit for hit in fading if 0 <= clauses.sentence[hit.start] - sentence <= _NEXT]
            if any(_is_plain(hit, words, clauses, lists) for hit in told):
                judgement = replace(judgement, status=Status.ABSENT, rule="fades when pressed", in_doubt=False)
            elif told:
                judgement = replace(judgement, status=Status.UNSURE, rule="may fade when pressed", in_doubt=True)
        settled.append((candidate, judgement))
    return settled


def _is_of_pressing(hit: Hit, words: Sequence[str], clauses: Clauses, lists: Mapping[str, frozenset[str]]) -> bool:
    """ "Blanching" is of pressing by itself, "vanish" and "go white" where their sentence tells of the pressing."""
    first, last = clauses.bounds(hit.start)
    pressing = lists["pressed_with"] | lists["pressed_otherwise"]
    return words[hit.start].startswith("blanch") or not pressing.isdisjoint(words[first:last])


def _is_plain(hit: Hit, words: Sequence[str], clauses: Clauses, lists: Mapping[str, frozenset[str]]) -> bool:
    """Whether the fading is stated of all the spots: no denial, no "if" or "when will" before it, and not asked."""
    first, last = clauses.bounds(hit.start)
    return lists["fade_spoils"].isdisjoint(words[first : hit.end]) and words[last - 1] != "?"
