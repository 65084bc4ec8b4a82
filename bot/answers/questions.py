"""The assessment's questions as replies: checklist, body map, buttons."""

from dataclasses import replace
from typing import Any

from bot.assessment.case import PRESENT, Case
from bot.assessment.steps import position
from bot.assessment.taps import LEVELS, NO_RASH, NONE, NOT_SURE
from bot.clinical.body_surface import MAP_AREAS
from bot.clinical.signs import Sign
from bot.knowledge import Knowledge
from bot.replies import Choice, Reply


def question(case: Case, step: str, knowledge: Knowledge) -> Reply:
    """The question of a step, without what the patient has already told. What a danger sign that has just gone calls
    for stands above it.
    """
    asked = _asked(case, step, knowledge)
    if not case.gone:
        return asked
    gone = knowledge.small_talk["danger_gone"]
    sources = tuple(dict.fromkeys((*knowledge.cite(gone.sources), *asked.sources)))
    return replace(asked, text=f"{gone.text}\n{asked.text}", sources=sources)


def _asked(case: Case, step: str, knowledge: Knowledge) -> Reply:
    asked = knowledge.questions[step]
    number, of = position(case, step)
    data: dict[str, Any] = {"step": step, "title": asked.title, "why": asked.why, "help": asked.help}
    data["progress"] = {"step": number, "of": of}
    sources = knowledge.cite(asked.sources)
    if step == "red_flags":
        again = asked.again if case.tries.get(step) else None
        return _checklist(case, again or asked.text, data, knowledge)
    if step == "where":
        areas = [{"id": a.id, "title": a.title, "view": a.view, "percent": a.percent} for a in MAP_AREAS]
        levels = [{"id": level, "title": title} for level, title in LEVELS.items()]
        ways_out = (Choice(NO_RASH, "I have no rash"), Choice(NOT_SURE, "Not sure"))
        text = f"{asked.text}\n{asked.help}"
        return Reply("body_map", text, ways_out, {**data, "areas": areas, "levels": levels}, sources)
    choices = tuple(Choice(choice.id, choice.title) for choice in asked.choices)
    parts = [
        {
            "id": part.id,
            "title": part.title,
            "several": part.several,
            "choices": [{"id": c.id, "title": c.title, "exclusive": c.exclusive} for c in part.choices],
        }
        for part in asked.parts
    ]
    return Reply("buttons", asked.text, choices, {**data, "parts": parts}, sources)


def _checklist(case: Case, text: str, data: dict[str, Any], knowledge: Knowledge) -> Reply:
    """Lines that the patient has told of, or denied in full, are not asked again."""
    there = case.having(PRESENT)
    open_items = [
        item
        for item in knowledge.checklist.values()
        if not there & set(item.signs) and any(sign.value not in case.signs for sign in item.signs)
    ]
    in_one_place = there & {Sign.SHINGLES, Sign.SINGLE_BLISTER}
    titles = {item.id: (item.elsewhere if in_one_place else None) or item.title for item in open_items}
    items = [{"id": item.id, "title": titles[item.id], "hint": item.hint} for item in open_items]
    choices = (
        *(Choice(item.id, titles[item.id]) for item in open_items),
        Choice(NONE, "None of these"),
        Choice(NOT_SURE, "Not sure"),
    )
    twin = "\n".join([text, *(f"- {title}" for title in titles.values())])
    sources = knowledge.cite(source for item in open_items for source in item.sources)
    return Reply("checklist", twin, choices, {**data, "items": items, "none": NONE, "unsure": NOT_SURE}, sources)
