"""The end of an assessment: what to do, how severe it sounds, why, what to watch for, and the summary for the team."""

from dataclasses import replace

from bot.answers.care import card_reply
from bot.answers.diary import worse_lines
from bot.answers.small_talk import say
from bot.answers.summary import summary
from bot.assessment.case import Case
from bot.assessment.conversation import START_OVER
from bot.clinical.explanation import Assessment
from bot.clinical.signs import Urgency
from bot.clinical.trend import Snapshot, snapshot
from bot.knowledge import Knowledge
from bot.knowledge.care import NO_RASH
from bot.replies import Choice, Reply


def result(
    case: Case, assessment: Assessment, knowledge: Knowledge, before: Snapshot | None = None
) -> tuple[Reply, ...]:
    """The advice, the estimated grade (never beside an emergency), and the summary.

    before: the last check of a patient who comes back; what got worse since stands on the card. What a danger sign that
    has just gone calls for comes first.
    """
    now = snapshot(case.findings, assessment)
    # Beside an emergency there is one thing to do and nothing more to read.
    worse = worse_lines(before, now, knowledge) if assessment.urgency is not Urgency.EMERGENCY else ()
    card = knowledge.care_card(assessment.urgency, assessment.signs, no_rash=case.findings.rash_ruled_out)
    advice = card_reply(card, knowledge)
    headline, *rest = advice.text.split("\n")
    advice = Reply(
        advice.type,
        "\n".join((headline, *worse, *rest)),
        data={**advice.data, "worse": list(worse)},
        sources=advice.sources,
    )
    grade = _grade(assessment, knowledge)
    sheet = summary(case, assessment, knowledge, card.id == NO_RASH)
    # Kept with the assessment, so that the next one can be compared with it.
    sheet = replace(sheet, data={**sheet.data, "snapshot": now.as_json()})
    gone = (say("danger_gone", knowledge),) if case.gone else ()
    return (*gone, advice, *((grade,) if grade else ()), sheet)


def _grade(assessment: Assessment, knowledge: Knowledge) -> Reply | None:
    if assessment.grade is None or assessment.urgency is Urgency.EMERGENCY:
        return None
    said = knowledge.grading.grade(assessment.grade)
    choices = (Choice("intent:ask_treatment", "What can help?"), Choice(START_OVER, "Start again"))
    data = {"grade": assessment.grade, "article_band": assessment.article_band}
    return Reply("buttons", said.estimate, choices, data, knowledge.cite(said.sources))
