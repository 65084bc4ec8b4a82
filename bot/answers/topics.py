"""Answers to questions about a topic: reviewed statements, with their sources and a way on."""

import re
from collections.abc import Iterable

from bot.answers.small_talk import menu_choice
from bot.assessment.case import Case
from bot.assessment.steps import next_step
from bot.clinical.explanation import assess
from bot.clinical.signs import Urgency
from bot.knowledge import Knowledge
from bot.knowledge.topics import Entry
from bot.replies import Choice, Reply

#: More entries than this at once is a lecture.
_MAX_ENTRIES = 2


def topic(name: str, text: str, knowledge: Knowledge, then: Iterable[str] = ("describe_rash",)) -> tuple[Reply, ...]:
    """The entries that a question within a topic asks for, else its default; `then` are intents to offer."""
    found = knowledge.asked_for(name, text)[:_MAX_ENTRIES] or (knowledge.topics[name].default,)
    return tuple(_with_choices([entry(one, knowledge) for one in found], [menu_choice(intent) for intent in then]))


#: "What should I watch for?", "what are the warning signs?"
_SIGNS_ASKED = re.compile(
    r"\b(?:warning|red flags?|danger\w*|signs?|symptoms?|watch|watching|look(?:ing)? out|eye out|worr(?:y|ied|ying))\b",
    re.I,
)


def seriousness(text: str, knowledge: Knowledge) -> tuple[Reply, ...]:
    """How rashes are graded; or the danger signs, where those or one of them are asked about and no grade is."""
    if not knowledge.asked_for("grades", text):
        found = knowledge.asked_for("danger", text)
        if _SIGNS_ASKED.search(text) or (found and found[0] != knowledge.topics["danger"].default):
            return topic("danger", text, knowledge)
    return topic("grades", text, knowledge)


#: When to call for an ambulance, and when the team (topics/danger.yml).
_HOW_SOON = ("E02", "E03")
#: "Do I go to A&E?", "should I see a doctor?": how soon, and whom to call.
_WHOM_TO_CALL = re.compile(
    r"\b(?:go(?:ing)?|see(?:ing|n)?|call(?:ing)?|ring(?:ing)?|phone|visit|need|take (?:him|her|me)|bother|contact)\b"
    r"[^.?!]{0,25}\b(?:a ?& ?e|e\.?r|emergency|casualty|hospital|urgent care|ambulance|911|999|112|000|doctors?|dr|gp"
    r"|dermatologist|clinic)\b",
    re.I,
)


def entry(one: Entry, knowledge: Knowledge) -> Reply:
    """One entry as a reply. Every statement keeps its id, sources and level in the data."""
    statements = [{"id": s.id, "text": s.text, "sources": list(s.sources), "level": s.level} for s in one.statements]
    data = {"entry": one.id, "title": one.title, "statements": statements}
    return Reply("text", one.text, data=data, sources=knowledge.cite_statements(one.statements))


def other_question(text: str, knowledge: Knowledge) -> tuple[Reply, ...]:
    """A health question outside the rash: what the content has to say to it, else a kind pointer."""
    found = knowledge.search(text)
    pointer = knowledge.small_talk["other_medical"]
    reply = Reply("text", pointer.text, sources=knowledge.cite(pointer.sources))
    replies = [entry(found, knowledge)] if found else [reply]
    return tuple(_with_choices(replies, [menu_choice("describe_rash"), menu_choice("contact_coach")]))


def treatment(text: str, case: Case, knowledge: Knowledge, checked: str | None = None) -> tuple[Reply, ...]:
    """What was asked for by name; else the options for the urgency and grade that are known, as the check would say.

    checked: the urgency that a finished check came to.
    """
    assessment = assess(case.findings)
    # What was told stands until it is taken back.
    levels = [assessment.urgency, *(Urgency(level) for level in (case.told, checked) if level)]
    urgency = max(levels, key=lambda level: level.rank)
    asked = knowledge.asked_for("treatment", text)
    if urgency is not Urgency.ROUTINE:
        # "Many mild rashes fade" would take back the advice to call.
        asked = tuple(one for one in asked if one.id in knowledge.topics["treatment"].by_id)
    unchecked = case.told is None and next_step(case) is not None
    choices = [menu_choice("describe_rash" if unchecked else "ask_stop_medicine")]
    whom = bool(_WHOM_TO_CALL.search(text))
    if not asked and (case.findings.rash_ruled_out or (unchecked and whom)):
        # Nobody without a rash is told how to ease it, and nobody how to before it is clear whom to call.
        asked = tuple(knowledge.entries[id_] for id_ in _HOW_SOON)
    if asked:
        return tuple(_with_choices([entry(one, knowledge) for one in asked[:_MAX_ENTRIES]], choices))
    plan = knowledge.grading.plan(urgency, assessment.grade)
    if whom:
        how_soon = [Reply("text", plan.intro.text, sources=knowledge.cite_statements((plan.intro,)))]
        how_soon.append(entry(knowledge.entries[_HOW_SOON[-1]], knowledge))
        return tuple(_with_choices(how_soon, choices))
    self_care = [knowledge.entries[id_] for id_ in plan.self_care]
    avoid = [knowledge.entries[id_] for id_ in plan.avoid]
    lines = [plan.intro.text, *(f"- {one.title}: {one.statements[0].text}" for one in self_care)]
    lines += [f"- {statement.text}" for statement in plan.team_may]
    lines += [f"- {one.title}: {one.statements[0].text}" for one in avoid]
    sections = [
        {"title": "What you can do", "lines": [f"{e.title}: {e.statements[0].text}" for e in self_care]},
        {"title": "What your team may do", "lines": [statement.text for statement in plan.team_may]},
        {"title": "What to leave out", "lines": [f"{e.title}: {e.statements[0].text}" for e in avoid]},
    ]
    told = (plan.intro, *(e.statements[0] for e in self_care), *plan.team_may, *(e.statements[0] for e in avoid))
    data = {"intro": plan.intro.text, "sections": [section for section in sections if section["lines"]]}
    reply = Reply("text", "\n".join(lines), data=data, sources=knowledge.cite_statements(told))
    return tuple(_with_choices([reply], choices))


def _with_choices(replies: list[Reply], choices: list[Choice]) -> list[Reply]:
    """The choices go under the last reply."""
    *before, last = replies
    kind = "buttons" if last.type == "text" and choices else last.type
    return [*before, Reply(kind, last.text, (*last.choices, *choices), last.data, last.sources)]
