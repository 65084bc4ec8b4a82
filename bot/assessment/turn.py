"""What one message changes: the new case, what it reports as urgent, and what it leaves in doubt."""

from dataclasses import dataclass, field

from bot.assessment.case import Case
from bot.clinical.signs import Sign


@dataclass(frozen=True)
class Turn:
    """One message taken in.

    reported: signs that the message itself says are there now, or that it is unsure of when asked.
    doubts: red flags to ask about directly, in the order in which they were named.
    answered: the message settles the question that was open, or part of it.
    informed: the message adds something to the case.
    heard: phrases for what was ticked, where they say more than the signs do.
    """

    case: Case
    reported: tuple[Sign, ...] = ()
    doubts: tuple[str, ...] = ()
    answered: bool = False
    informed: bool = False
    heard: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
