"""The coach: who he is, and the request to be called back. Never the answer to an urgent sign."""

from bot.assessment.taps import NO, YES
from bot.knowledge import Knowledge
from bot.replies import Choice, Reply


def introduction(knowledge: Knowledge) -> Reply:
    """Name, role and address as set in coach.yml, always with "a coach is not a clinician"."""
    coach = knowledge.coach
    text = f"{coach.intro}\n{coach.not_a_clinician}"
    data = {"name": coach.name, "role": coach.role, "email": coach.email}
    return Reply("text", text, data=data, sources=knowledge.cite(coach.sources))


def ask(slot: str, knowledge: Knowledge) -> Reply:
    """The question of the contact form for one slot."""
    coach = knowledge.coach
    if slot == "contact_consent":
        choices = (Choice(YES, coach.agree), Choice(NO, coach.decline))
        return Reply("buttons", f"{coach.shared}\n{coach.consent}", choices)
    return Reply("text", {"contact_name": coach.ask_name, "contact_reach": coach.ask_reach}.get(slot, coach.ask_message))
