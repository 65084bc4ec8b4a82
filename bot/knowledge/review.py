"""Every sentence of the knowledge base that can reach a patient, for reviewers and the tests of reading level.

What stands within another text is left out: a ticked line's own words ("You told me about: ...") have no level.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.loader import Knowledge


@dataclass(frozen=True)
class PatientText:
    """One text. urgent: read in a hurry (care cards, questions about red flags), so plainer words are due."""

    file: str
    id: str
    text: str
    urgent: bool = False


def patient_texts(knowledge: Knowledge) -> Iterator[PatientText]:
    """All texts of all files, in file order. Titles and button texts are included."""
    yield PatientText("status.yml", "notice", knowledge.status.notice)
    yield from _red_flags(knowledge)
    yield from _care(knowledge)
    yield from _questions(knowledge)
    yield from _topics(knowledge)
    yield from _grading(knowledge)
    yield from _study(knowledge)
    for field in ("intro", "not_a_clinician", "shared", "consent", "agree", "decline", "ask_name", "ask_reach"):
        yield PatientText("coach.yml", field, getattr(knowledge.coach, field))
    for field in ("ask_message", "stored", "declined", "not_now", "after_check"):
        yield PatientText("coach.yml", field, getattr(knowledge.coach, field))
    for talk in knowledge.small_talk.values():
        yield PatientText("small_talk.yml", talk.id, talk.text)
    for claim in knowledge.claims.values():
        if claim.patient is not None:
            yield PatientText("claims.yml", claim.id, claim.patient)


def _red_flags(knowledge: Knowledge) -> Iterator[PatientText]:
    file = "red_flags.yml"
    for flag in knowledge.red_flags.values():
        for text in (flag.title, flag.question, flag.if_yes, flag.why):
            yield PatientText(file, flag.id, text, urgent=True)
        for sign, words in flag.signs.items():
            yield from _sign(sign.value, words.heard, words.question)
    for sign, words in knowledge.other_signs.items():
        yield from _sign(sign.value, words.heard, words.question)
    for item in knowledge.checklist.values():
        for text in filter(None, (item.title, item.elsewhere, item.hint)):
            yield PatientText(file, item.id, text, urgent=True)


def _sign(sign: str, heard: str, question: str | None) -> Iterator[PatientText]:
    yield PatientText("red_flags.yml", sign, heard, urgent=True)
    if question:
        yield PatientText("red_flags.yml", sign, question, urgent=True)


def _care(knowledge: Knowledge) -> Iterator[PatientText]:
    file = "care.yml"
    for card in knowledge.care.cards.values():
        for text in (card.headline, card.say, card.hold_dose, card.check_again, card.meanwhile, card.call.label):
            if text is not None:
                yield PatientText(file, card.id, text, urgent=True)
        for statement in (*card.steps, *card.watch):
            yield PatientText(file, statement.id, statement.text, urgent=True)
    for variant in knowledge.care.variants:
        if variant.hold_dose:
            yield PatientText(file, variant.id, variant.hold_dose, urgent=True)
        for statement in variant.steps:
            yield PatientText(file, statement.id, statement.text, urgent=True)


def _questions(knowledge: Knowledge) -> Iterator[PatientText]:
    for question in knowledge.questions.values():
        for text in filter(None, (question.title, question.text, question.again, question.why, question.help)):
            yield PatientText("questions.yml", question.id, text)
        for part in question.parts:
            yield PatientText("questions.yml", part.id, part.title)
        for choice in question.choices:
            yield PatientText("questions.yml", choice.id, choice.title)


def _topics(knowledge: Knowledge) -> Iterator[PatientText]:
    for topic in knowledge.topics.values():
        file = f"topics/{topic.id}.yml"
        for entry in topic.entries:
            yield PatientText(file, entry.id, entry.title)
            for statement in entry.statements:
                yield PatientText(file, statement.id, statement.text)


def _grading(knowledge: Knowledge) -> Iterator[PatientText]:
    file, grading = "grading.yml", knowledge.grading
    yield PatientText(file, grading.only_a_clinician.id, grading.only_a_clinician.text)
    for grade in grading.grades:
        for text in (grade.name, grade.meaning, grade.estimate):
            yield PatientText(file, grade.id, text)
    for band in grading.bands:
        for text in (band.name, band.article, band.checked):
            yield PatientText(file, band.id, text)
    for plan in grading.plans:
        for statement in (plan.intro, *plan.team_may):
            yield PatientText(file, statement.id, statement.text)


def _study(knowledge: Knowledge) -> Iterator[PatientText]:
    yield PatientText("study.yml", "title", knowledge.study.title)
    yield PatientText("study.yml", "intro", knowledge.study.intro)
    for group in knowledge.study.groups:
        yield PatientText("study.yml", group.id, group.label)
    for statement in knowledge.study.statements:
        yield PatientText("study.yml", statement.id, statement.text)
