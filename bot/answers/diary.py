"""What a returning patient is told about the time between two checks."""

from bot.assessment.diary import worse_in
from bot.clinical.trend import Snapshot
from bot.knowledge import Knowledge


def worse_lines(before: Snapshot | None, now: Snapshot, knowledge: Knowledge) -> tuple[str, ...]:
    """What got worse since the last check, and what that means; nothing where nothing did.

    Never that it got better: a check by a program is no reason to feel safe.
    """
    worse = worse_in(before, now) if before else ()
    # A higher grade follows from more skin or more itch; it is named where nothing else is.
    named = [name for name in worse if name != "grade"] or list(worse)
    talk = knowledge.small_talk
    return tuple(talk[f"worse_{name}"].text for name in [*named, "advice"]) if worse else ()
