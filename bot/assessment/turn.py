"""What one message changes: the new case, what it reports as urgent, and what it leaves in doubt."""

from dataclasses import dataclass, field

from bot.assessment.case import ABSENT, Case
from bot.clinical.signs import MAIN_SIGN, Sign


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


def answered_directly(case: Case, status: str) -> Turn:
    """The answer to "do you have ... now?", typed or tapped. status: "present" for a yes, "absent", "unsure".

    A no is one to every sign of the red flag, a yes to the sign that it is named by.
    """
    if status == ABSENT:
        gone = tuple(sign for sign in Sign if sign.flag in case.asked)
        return Turn(case.with_signs(ABSENT, *gone), answered=True, informed=True)
    signs = tuple(MAIN_SIGN[flag] for flag in case.asked)
    return Turn(case.with_signs(status, *signs), reported=signs, answered=True, informed=True)
