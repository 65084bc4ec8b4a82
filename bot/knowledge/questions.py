"""The questions of the assessment, one screen each."""

from typing import Literal

from bot.clinical.signs import Sign
from bot.knowledge.base import Record, Sourced

Step = Literal["red_flags", "where", "symptoms", "daily_life", "timing", "medicines"]


class Sets(Record):
    """What a choice says about the patient. None and empty mean: nothing.

    itch runs from 0 to 4; when names what began at the time that the words of the choice tell, which are no number of
    days; spread is True where the rash is growing; medicines are plain names; signs are present when chosen.
    """

    itch: int | None = None
    sleep_lost: bool | None = None
    chores_limited: bool | None = None
    self_care_limited: bool | None = None
    when: Literal["rash", "lenalidomide"] | None = None
    spread: bool | None = None
    medicines: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()


class QuestionChoice(Record):
    """Something to tap. An exclusive choice ("none", "not sure") takes back the others of its part."""

    id: str
    title: str
    exclusive: bool = False
    sets: Sets = Sets()


class Part(Record):
    """Choices that belong together under a title. `several` allows more than one."""

    id: str
    title: str
    several: bool = False
    choices: tuple[QuestionChoice, ...]


class Question(Sourced):
    """One step. help says how to answer in one's own words; parts is empty for the checklist and the body map.

    again: the text after a message that told something else, so that nobody thinks it went unheard.
    """

    id: Step
    title: str
    text: str
    again: str | None = None
    why: str
    help: str
    parts: tuple[Part, ...] = ()

    @property
    def choices(self) -> tuple[QuestionChoice, ...]:
        """Every choice of every part. Ids are unique within the question."""
        return tuple(choice for part in self.parts for choice in part.choices)
