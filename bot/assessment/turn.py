"""What one message changes: the new case, what it reports as urgent, and what it leaves in doubt."""

from dataclasses import dataclass, field

from bot.assessment.case import ABSENT, Case
from bot.clinical.signs import MAIN_SIGN, Sign, signs_of


@dataclass(frozen=True)
class Turn:
    """One message taken in.

    reported: signs that the message itself says are there now, or that it is unsure of when asked.
    doubts: red flags to ask about directly, in the order in which they were named.
    answered: the message settles the question that was open, or part of it.
    informed: the message adds something to the case.
    heard: what was told, in words, where these say more than the signs do: what was ticked, or what the net heard.
    notes: of this turn, such as CHECKLIST_UNSURE in merge.py.
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
        return Turn(case.with_signs(ABSENT, *signs_of(case.asked)), answered=True, informed=True)
    signs = tuple(MAIN_SIGN[flag] for flag in case.asked)
    return Turn(case.with_signs(status, *signs), reported=signs, answered=True, informed=True)
