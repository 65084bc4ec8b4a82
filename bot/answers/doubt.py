"""One direct question about a sign that a message left in doubt, with what to do if the answer is yes."""

from bot.assessment.conversation import Outcome
from bot.assessment.taps import NO, NOT_SURE, YES
from bot.knowledge import Knowledge
from bot.replies import Choice, Reply

#: More than this many questions at once would not be one direct question any more.
_MAX_QUESTIONS = 3


def ask_sign(outcome: Outcome, knowledge: Knowledge) -> Reply:
    """The question about each red flag in doubt, at most three, and what a yes means."""
    flags = [knowledge.red_flags[flag] for flag in outcome.turn.doubts[:_MAX_QUESTIONS]]
    lines = [line for flag in flags for line in (flag.question, flag.if_yes)]
    sources = knowledge.cite(source for flag in flags for source in flag.sources)
    choices = (Choice(YES, "Yes, now"), Choice(NO, "No"), Choice(NOT_SURE, "Not sure"))
    data = {"asks": [flag.id for flag in flags], "why": " ".join(flag.why for flag in flags)}
    return Reply("buttons", "\n".join(lines), choices, data, sources)
