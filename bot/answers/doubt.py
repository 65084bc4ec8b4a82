"""One direct question about a sign that a message left in doubt, with what to do if the answer is yes."""

from collections.abc import Sequence

from bot.answers.questions import question
from bot.assessment.conversation import ASKED_WHY, Outcome
from bot.assessment.merge import MAX_DOUBTS
from bot.assessment.taps import NO, NOT_SURE, YES
from bot.knowledge import Knowledge
from bot.knowledge.red_flags import RedFlag
from bot.replies import Choice, Reply, Source

#: Beside a question that was passed over.
ONCE_MORE = "I ask once more, because it matters."


def ask_sign(outcome: Outcome, knowledge: Knowledge) -> Reply:
    """The question about each red flag in doubt, at most three, and what a yes means.

    Where it is not known which was in doubt, as in a conversation of another version, all of them are asked about.
    """
    if not outcome.turn.doubts:
        return question(outcome.case, "red_flags", knowledge)
    flags, lines, sources = asked_about(outcome.turn.doubts, knowledge)
    if outcome.case.asked_again:
        asked_why = ASKED_WHY in outcome.turn.notes
        # Beneath the first question, which the page sets in bold.
        lines[1:1] = [flag.why for flag in flags] if asked_why else [ONCE_MORE]
    choices = (Choice(YES, "Yes, now"), Choice(NO, "No"), Choice(NOT_SURE, "Not sure"))
    data = {"asks": [flag.id for flag in flags], "why": " ".join(flag.why for flag in flags)}
    return Reply("buttons", "\n".join(lines), choices, data, sources)


def asked_about(doubts: Sequence[str], knowledge: Knowledge) -> tuple[list[RedFlag], list[str], tuple[Source, ...]]:
    """The red flags in doubt, at most three, with the lines that ask about them and their sources."""
    flags = [knowledge.red_flags[flag] for flag in doubts[:MAX_DOUBTS]]
    lines = [line for flag in flags for line in (flag.question, flag.if_yes)]
    return flags, lines, knowledge.cite(source for flag in flags for source in flag.sources)
