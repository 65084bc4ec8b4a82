"""Grades and the article's bands in words, and what can be done by urgency and grade."""

from typing import Literal

from bot.clinical.signs import Urgency
from bot.knowledge.base import Record, Sourced, Statement

Band = Literal["1-2", "2-3", "4"]


class GradeWords(Sourced):
    """One grade of CTCAE v5, rash maculo-papular. `estimate` is the sentence that tells a patient."""

    grade: int
    name: str
    meaning: str
    estimate: str


class BandWords(Sourced):
    """One band of the article: what it says, and what could be checked."""

    band: Band
    name: str
    article: str
    checked: str


class Plan(Sourced):
    """Options for an urgency and a grade. grades empty: also without a grade. Items are entry ids of the topics."""

    urgency: tuple[Urgency, ...]
    grades: tuple[int, ...]
    intro: Statement
    self_care: tuple[str, ...]
    team_may: tuple[Statement, ...]
    avoid: tuple[str, ...]


class Grading(Record):
    """All grades, bands and plans."""

    only_a_clinician: Statement
    grades: tuple[GradeWords, ...]
    bands: tuple[BandWords, ...]
    plans: tuple[Plan, ...]

    def grade(self, number: int) -> GradeWords:
        """The words of grade 1, 2 or 3."""
        return next(words for words in self.grades if words.grade == number)

    def plan(self, urgency: Urgency, grade: int | None = None) -> Plan:
        """The plan that names both urgency and grade, else the one of the urgency without a grade."""
        fitting = [plan for plan in self.plans if urgency in plan.urgency]
        exact = [plan for plan in fitting if grade in plan.grades]
        return (exact or [plan for plan in fitting if not plan.grades])[0]
