"""Finds the part of a message that asks for something, because that part tells what the patient wants."""

import re

_OPENERS = (
    r"what|whats|what's|which|who|whom|whose|when|where|why|how|hows|can|could|should|shud|shall|may i|might i|must|"
    r"do i|do you|do we|do they|do people|does|did|is it|is this|is that|is there|is the|are there|are you|are they|"
    r"am i|will|would|wud|any|anything|please|pls|kindly|tell me|give me|help|need|i need|i want|i'd like|"
    r"i would like|id like|wanna"
)
_LEADS = r"(?:(?:so|but|and|then|also|now|please|pls|kindly) ){0,3}"
_OPENS = re.compile(rf"\W*{_LEADS}(?:{_OPENERS})\b", re.IGNORECASE)
_WANTS = re.compile(
    r"\b(?:please|pls|kindly|tell me|want to know|wonder|wondering|my question|question is|advise|advice|tips?|"
    r"recommend|suggest|need|want|looking for|would like|i'd like|grateful|ask)\b",
    re.IGNORECASE,
)
_LONGEST_OPENING = 4  # words
_SENTENCE_END = re.compile(r"(?<=[.!?;…])\s+|\n+")
_PAUSE = re.compile(rf"(?:,|:|\.\.|\s[-–—])\s+(?={_LEADS}(?:{_OPENERS})\b)", re.IGNORECASE)
# In a run-on sentence only openings that hardly occur inside a statement start a clause.
_RUN_ON = re.compile(
    r"\s(?=(?:what (?:can|should|do|is|are)|which (?:cream|tablet|one|pill|medicine)|"
    r"how (?:do|can|long|bad|much|many|soon)|who (?:do|can|should)|when (?:can|do|should|will)|"
    r"can (?:i|we|he|she|you|someone)|should (?:i|we|he|she)|do i (?:stop|need|take|keep|carry|call|have)|"
    r"is (?:this|that|it) (?:a|an|ok|safe|serious|bad|normal|dangerous|grade)|shall (?:i|we)|"
    r"could (?:i|it be|you)|would (?:it|you|a|that))\b)",
    re.IGNORECASE,
)


def clauses(text: str) -> list[str]:
    """The message cut at sentence ends, at pauses before a question and before questions in a run-on sentence."""
    parts = [text]
    for cut in (_SENTENCE_END, _PAUSE):
        parts = [piece for part in parts for piece in cut.split(part)]
    return [clause for part in parts for clause in _run_on(part.strip()) if clause]


def _run_on(part: str) -> list[str]:
    """The clauses of one sentence. "which cream" belongs to the "can i use" behind it."""
    found: list[str] = []
    for piece in _RUN_ON.split(part):
        if found and len(found[-1].split()) <= _LONGEST_OPENING and _OPENS.match(found[-1]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def asking_clause(text: str) -> str:
    """The clause that asks most plainly, the last of equals; the whole message where none asks or there is only one."""
    pieces = clauses(text)
    if len(pieces) < 2:
        return text
    weights = [2 * ("?" in piece) + 2 * bool(_OPENS.match(piece)) + bool(_WANTS.search(piece)) for piece in pieces]
    heaviest = max(weights)
    if heaviest == 0:
        return text
    return next(piece for piece, weight in zip(reversed(pieces), reversed(weights), strict=True) if weight == heaviest)
