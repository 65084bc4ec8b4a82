"""How to name to the patient what was heard."""

from bot.assessment.conversation import Outcome
from bot.assessment.merge import CHECKLIST_UNSURE
from bot.knowledge import Knowledge


def reported_words(outcome: Outcome, knowledge: Knowledge) -> tuple[str, ...]:
    """Phrases for "You told me about:", from this message, else from everything that stands."""
    if CHECKLIST_UNSURE in outcome.turn.notes:
        told = knowledge.heard(sign for sign in outcome.case.findings.present if sign.flag)
        return (*told, "danger signs that you are not sure about")
    if outcome.turn.heard:
        return outcome.turn.heard
    signs = outcome.turn.reported or tuple(outcome.case.findings.present)
    return knowledge.heard(sign for sign in signs if sign.flag)
