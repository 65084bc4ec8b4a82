"""Which question comes next, and how to go back."""

from dataclasses import replace
from typing import Any

from bot.assessment.case import STEPS, Case

#: Rasa's form that asks the questions.
FORM = "assessment_form"
#: What a question finds out, so that taking it back forgets it.
FORGETS: dict[str, dict[str, Any]] = {
    "red_flags": {"signs": {}, "words": {}},
    "where": {"areas": {}, "palms": None, "share": None},
    "symptoms": {"itch": None, "pain": None, "sleep_lost": None},
    "daily_life": {"chores_limited": None, "self_care_limited": None},
    "timing": {
        "onset_days": None,
        "onset_chosen": None,
        "lenalidomide_weeks": None,
        "lenalidomide_chosen": None,
        "spreading": None,
    },
    "medicines": {"medicines": (), "no_new_medicines": False},
}

#: After so many tries a question that nobody manages to answer counts as asked. The checklist never does.
_MAX_TRIES = 2


def next_step(case: Case) -> str | None:
    """The question to ask, or None when the assessment is complete. Without a rash only the checklist is asked."""
    return next((step for step in _asked(case) if step not in case.steps), None)


def wants_check(case: Case) -> bool:
    """Whether a patient who asked something else should now be asked about danger signs: there is a rash, unchecked."""
    return bool(case.rash) and not case.paused and case.told is None and "red_flags" not in case.steps


def position(case: Case, step: str) -> tuple[int, int]:
    """Where a question stands among those that this patient is asked: (3, 6), or (1, 1) without a rash."""
    asked = _asked(case)
    # A card on the way out, such as a body map of someone who has just said that there is no rash.
    asked = asked if step in asked else STEPS
    return asked.index(step) + 1, len(asked)


def _asked(case: Case) -> tuple[str, ...]:
    return STEPS[:1] if case.rash is False else STEPS


def missed(case: Case, step: str) -> Case:
    """The case after a message that did not answer the open question."""
    tries = {**case.tries, step: case.tries.get(step, 0) + 1}
    case = replace(case, tries=tries)
    return case.settle(step) if step != "red_flags" and tries[step] >= _MAX_TRIES else case


def go_back(case: Case) -> Case:
    """The case with the last question open again and its answer forgotten. Nothing to take back changes nothing.

    Signs that are there stay, told in words or ticked: of the checklist only denials and doubts go. Who said at the
    body map that there is no rash is asked again.
    """
    if not case.steps:
        return case
    last = case.steps[-1]
    forgotten = dict(FORGETS[last])
    if last == "red_flags":
        forgotten = {"signs": {sign: status for sign, status in case.signs.items() if status == "present"}}
    if last == "where" and case.rash is False:
        forgotten["rash"] = None
    return replace(case, **forgotten, steps=case.steps[:-1])
