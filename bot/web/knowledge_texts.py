"""The pages' facts and the gateway's own answers, taken from the reviewed content."""

import re
from collections.abc import Iterable, Sequence

from bot.answers.care import blind_seek_care, seek_care
from bot.answers.doubt import asked_about
from bot.assessment.case import Case
from bot.assessment.conversation import Outcome
from bot.assessment.taps import NOT_SURE, tap
from bot.clinical.body_surface import COVERAGE
from bot.clinical.explanation import assess
from bot.clinical.signs import Sign, Urgency
from bot.knowledge import Knowledge
from bot.knowledge.topics import Entry
from bot.language.reading import Reading
from bot.replies import Reply
from bot.web.facts import Flag, Look, PageFacts, Phone

#: Entries of the content on how a rash looks on white, brown and black skin.
LOOKS = ("E17", "E74")


class KnowledgeTexts:
    """The texts that must be at hand without Rasa."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def signs_of(self, choice: str) -> Iterable[Sign]:
        """The signs behind a line of the checklist, the gravest alone, or behind an answer to a question."""
        item = self._knowledge.checklist.get(choice)
        if item:
            return (item.gravest,)
        return (
            sign
            for question in self._knowledge.questions.values()
            for known in question.choices
            if known.id == choice
            for sign in known.sets.signs
        )

    def seek_care(self, signs: Iterable[Sign], urgency: Urgency, language: str) -> Reply:
        """The care card for these signs."""
        return blind_seek_care(urgency, signs, self._knowledge, language)

    def seek_care_in_doubt(self, flags: Sequence[str], language: str) -> Reply:
        """The card that the whole assistant gives for "not sure" about these red flags, or about the checklist."""
        turn = tap(Case(asked=tuple(flags)), {"choice": NOT_SURE}, "red_flags", self._knowledge)
        assert turn is not None
        assessment = assess(turn.case.findings)
        outcome = Outcome(Reading("", language=language), turn, assessment, assessment.urgency)
        return seek_care(outcome, self._knowledge)

    def cannot_answer(self, flags: Sequence[str]) -> Reply:
        """The service can't answer now; what to do if a red flag that is in doubt is there."""
        asked, lines, sources = asked_about(flags, self._knowledge)
        text = "\n".join([*lines, self._knowledge.small_talk["cannot_answer"].text])
        data = {"asks": [flag.id for flag in asked]} if asked else {}
        return Reply("text", text, data=data, sources=sources)


def page_facts(knowledge: Knowledge, keep_days: int) -> PageFacts:
    """What the pages show without asking Rasa."""
    country, status = knowledge.country, knowledge.status
    return PageFacts(
        country=country.code,
        emergency=_phone(country.emergency_number, country.name),
        crisis=_phone(country.crisis.number, country.crisis.name),
        flags=tuple(Flag(flag.id, flag.title) for flag in knowledge.red_flags.values()),
        notice="" if status.reviewed else status.notice,
        keep_days=keep_days,
        coverage={level: (low + high) / 2 for level, (low, high) in COVERAGE.items()},
        looks=tuple(_look(knowledge.entries[entry]) for entry in LOOKS),
        phrases=knowledge.phrases,
    )


def _look(entry: Entry) -> Look:
    return Look(entry.title, tuple(statement.text for statement in entry.statements))


def _phone(number: str, label: str) -> Phone:
    return Phone(number, re.sub(r"[^\d+*#]", "", number), label)
