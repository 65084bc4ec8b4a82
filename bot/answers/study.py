"""The study findings: figures, a picture of the medians, and their limits always beside them."""

from bot.answers.small_talk import menu_choice
from bot.answers.topics import entry, topic
from bot.knowledge import Knowledge
from bot.replies import Reply


def study(text: str, knowledge: Knowledge) -> tuple[Reply, ...]:
    """The chart with its limits; before it the entry that a narrower question asks for.

    Who asks about the rash itself, and not what was found, gets no figures of how long people lived.
    """
    found = knowledge.asked_for("study", text)
    if found and not any(one.id in knowledge.topics["study"].by_id for one in found):
        return topic("study", text, knowledge)
    told = knowledge.study
    groups = [
        {"label": g.label, "p": g.p, "bars": [{"label": bar.label, "value": bar.value} for bar in g.bars]}
        for g in told.groups
    ]
    limits = [statement.text for statement in (*told.limits, *told.disagree, told.identity)]
    lines = [told.intro, *(s.text for s in told.findings), *(f"- {limit}" for limit in limits)]
    chart = Reply(
        "chart",
        "\n".join(lines),
        (menu_choice("describe_rash"),),
        {
            "title": told.title,
            "unit": told.unit,
            "intro": told.intro,
            "findings": [s.text for s in told.findings],
            "groups": groups,
            "limits": limits,
        },
        knowledge.cite_statements(told.statements),
    )
    return (*(entry(one, knowledge) for one in found[:1]), chart)
