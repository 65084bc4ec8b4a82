"""Takes what a patient taps into the case: a choice, ticked lines of the checklist, areas of the body map."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.assessment.case import ABSENT, PRESENT, UNSURE, Case
from bot.assessment.merge import CHECKLIST_UNSURE
from bot.assessment.steps import FORGETS
from bot.assessment.turn import Turn, answered_directly
from bot.clinical.body_surface import COVERAGE, areas_of
from bot.clinical.signs import Sign
from bot.knowledge import Knowledge
from bot.knowledge.questions import Question, Sets

NONE, NOT_SURE, YES, NO = "none", "not_sure", "yes", "no"
NO_RASH = "no_rash"
_STATUS_OF_ANSWER = {YES: PRESENT, NO: ABSENT, NOT_SURE: UNSURE}
#: What the body map offers for the coverage of an area.
LEVELS = {"spots": "A few spots", "half": "About half", "all": "Nearly all"}


def tap(case: Case, answer: Mapping[str, Any], step: str | None, knowledge: Knowledge) -> Turn | None:
    """The turn that a tap makes of the case, or None where the tap is not about the case (a menu choice).

    answer: {"choice": id}, {"choices": [ids]} or {"areas": {area: level}}. Raises ValueError for an unknown area
    or level.
    """
    if "areas" in answer:
        return _areas(replace(case, asked=()), answer["areas"])
    ids = list(answer.get("choices") or ([answer["choice"]] if answer.get("choice") else []))
    if case.asked and len(ids) == 1 and ids[0] in _STATUS_OF_ANSWER:
        turn = answered_directly(case, _STATUS_OF_ANSWER[ids[0]])
        return replace(turn, case=replace(turn.case, asked=()))
    case = replace(case, asked=())
    # A line of the checklist counts whenever it is ticked, also on a card further up.
    if set(ids) & set(knowledge.checklist) or (step == "red_flags" and set(ids) <= {NONE, NOT_SURE}):
        return _checklist(case, ids, knowledge)
    if step and step != "red_flags":
        return _question(case, ids, knowledge.questions[step])
    return None


def _checklist(case: Case, ids: Sequence[str], knowledge: Knowledge) -> Turn:
    items = knowledge.checklist
    ticked_items = [items[id_] for id_ in ids if id_ in items]
    ticked = tuple(item.gravest for item in ticked_items)
    rest = tuple(
        sign for item in items.values() for sign in item.signs if sign not in ticked and sign.value not in case.signs
    )
    for item, sign in zip(ticked_items, ticked, strict=True):
        case = case.with_signs(PRESENT, sign, words=item.title)
    if NOT_SURE in ids and not ticked:
        case = case.with_signs(UNSURE, *rest).settle("red_flags")
        return Turn(case, reported=rest, answered=True, informed=True, notes=(CHECKLIST_UNSURE,))
    if ids:
        # Lines left empty beside a ticked one are not a denial of them.
        case = case.with_signs(ABSENT, *rest) if ids == [NONE] else case
        heard = tuple(item.heard for item in ticked_items)
        return Turn(case.settle("red_flags"), reported=ticked, answered=True, informed=True, heard=heard)
    return Turn(case)


def _areas(case: Case, areas: Mapping[str, str]) -> Turn:
    for area, level in areas.items():
        if level not in COVERAGE:
            raise ValueError(f"unknown coverage: {level!r}")
        areas_of(area)
    case = replace(case, areas=dict(areas), rash=True if areas else case.rash)
    return Turn(case.settle("where"), answered=True, informed=True)


def _question(case: Case, ids: Sequence[str], question: Question) -> Turn | None:
    known = {choice.id: choice for choice in question.choices}
    if not ids or any(id_ not in known and id_ not in (NOT_SURE, NO_RASH) for id_ in ids):
        return None
    reported: tuple[Sign, ...] = ()
    for id_ in ids:
        if id_ == NO_RASH:
            # Where it was said to be goes with it, or the summary would tell of both.
            case = replace(case, rash=False, **FORGETS["where"])
        if id_ == NONE and question.id == "medicines":
            case = replace(case, no_new_medicines=True)
        if id_ in known:
            case = _apply(case, known[id_].sets, known[id_].title)
            reported += tuple(sign for sign in known[id_].sets.signs if sign.flag)
    return Turn(case.settle(question.id), reported=reported, answered=True, informed=True)


def _apply(case: Case, sets: Sets, title: str) -> Case:
    changes: dict[str, Any] = {
        name: value
        for name, value in {
            "itch": sets.itch,
            "sleep_lost": sets.sleep_lost,
            "chores_limited": sets.chores_limited,
            "self_care_limited": sets.self_care_limited,
            "spreading": sets.spread,
        }.items()
        if value is not None
    }
    if sets.when == "rash":
        changes |= {"onset_days": None, "onset_chosen": title}
    if sets.when == "lenalidomide":
        changes |= {"lenalidomide_weeks": None, "lenalidomide_chosen": title}
    if sets.medicines:
        changes["medicines"] = tuple(dict.fromkeys((*case.medicines, *sets.medicines)))
    return replace(case, **changes).with_signs(PRESENT, *sets.signs, words=title)
