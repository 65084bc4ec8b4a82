"""Red flags in patients' words: what to ask, what to say that was heard, and the checklist of the assessment."""

from pydantic import validator

from bot.clinical.signs import FLAG_OF, RED_FLAGS, URGENCY_OF_SIGN, Sign
from bot.knowledge.base import Record, Sourced


class SignWords(Record):
    """One sign in words. heard fits after "You told me about:"; question is direct and about now."""

    heard: str
    question: str | None = None


class RedFlag(Sourced):
    """One red flag. if_yes goes with the question; why answers "why do you ask?"; checklist is the item's id."""

    title: str
    question: str
    if_yes: str
    heard: str
    why: str
    checklist: str | None
    signs: dict[Sign, SignWords]

    @validator("id")
    def _is_known(cls, value: str) -> str:
        if value not in RED_FLAGS:
            raise ValueError("is not a red flag of bot.clinical.signs")
        return value

    @validator("signs")
    def _belong(cls, value: dict[Sign, SignWords], values: dict[str, str]) -> dict[Sign, SignWords]:
        expected = {sign for sign, flag in FLAG_OF.items() if flag == values.get("id")}
        if set(value) != expected:
            raise ValueError("must be exactly " + ", ".join(sorted(sign.value for sign in expected)))
        return value


class ChecklistItem(Sourced):
    """One line to tick. A tick stands for the signs named, `heard` for all of them in one phrase.

    elsewhere: the title for a patient who has told of such a sign in one place (a band of shingles, one blister).
    """

    title: str
    elsewhere: str | None = None
    hint: str
    heard: str
    signs: tuple[Sign, ...]

    @property
    def gravest(self) -> Sign:
        """The sign that a tick counts as: a line may stand for several."""
        return max(self.signs, key=lambda sign: URGENCY_OF_SIGN[sign].rank)

    @property
    def flags(self) -> tuple[str, ...]:
        """The red flags that the line asks about."""
        return tuple(dict.fromkeys(FLAG_OF[sign] for sign in self.signs))

    @validator("signs")
    def _are_urgent(cls, value: tuple[Sign, ...]) -> tuple[Sign, ...]:
        if not value or any(sign not in FLAG_OF for sign in value):
            raise ValueError("must name signs that belong to a red flag")
        return value
