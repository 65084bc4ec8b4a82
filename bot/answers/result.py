"""The end of an assessment: what to do, how severe it sounds, why, what to watch for, and the summary for the team."""

from bot.answers.care import card_reply
from bot.answers.summary import summary
from bot.assessment.case import Case
from bot.assessment.conversation import START_OVER
from bot.clinical.explanation import Assessment
from bot.clinical.signs import Urgency
from bot.knowledge import Knowledge
from bot.replies import Choice, Reply


def result(case: Case, assessment: Assessment, knowledge: Knowledge) -> tuple[Reply, ...]:
    """The advice, the estimated grade (never beside an emergency), and the summary."""
    card = knowledge.care_card(assessment.urgency, assessment.signs)
    advice = card_reply(card, knowledge)
    explanation = assessment.explanation
    advice = Reply(
        advice.type,
        advice.text,
        data={**advice.data, "why_for": list(explanation.for_), "why_against": list(explanation.against)},
        sources=advice.sources,
    )
    grade = _grade(assessment, knowledge)
    return (advice, *((grade,) if grade else ()), summary(case, assessment, knowledge))


def _grade(assessment: Assessment, knowledge: Knowledge) -> Reply | None:
    if assessment.grade is None or assessment.urgency is Urgency.EMERGENCY:
        return None
    said = knowledge.grading.grade(assessment.grade)
    choices = (Choice("intent:ask_treatment", "What can help?"), Choice(START_OVER, "Start again"))
    data = {"grade": assessment.grade, "article_band": assessment.article_band}
    return Reply("buttons", said.estimate, choices, data, knowledge.cite(said.sources))
