"""The coach: who he is, and the request to be called back. Never the answer to an urgent sign."""

from bot.assessment.taps import NO, YES
from bot.knowledge import Knowledge
from bot.replies import Choice, Reply

#: The slots of the contact form, in the order in which they are asked.
CONTACT_SLOTS = ("contact_consent", "contact_name", "contact_reach", "contact_message")


def introduction(knowledge: Knowledge, told_urgent: bool, during_check: bool = False) -> Reply:
    """Name, role and address as set in coach.yml, always with "a coach is not a clinician".

    told_urgent: the patient has been told to seek care, which goes first. during_check: questions about the rash are
    open, which go on after this.
    """
    coach = knowledge.coach
    human = knowledge.small_talk["human"].text
    first = coach.not_now if told_urgent else human
    lines = (first, coach.intro, coach.not_a_clinician, *((coach.after_check,) if during_check else ()))
    text = "\n".join(lines)
    data = {"name": coach.name, "role": coach.role, "email": coach.email}
    return Reply("text", text, data=data, sources=knowledge.cite(coach.sources))


def ask(slot: str, knowledge: Knowledge) -> Reply:
    """The question of the contact form for one slot."""
    coach = knowledge.coach
    if slot == "contact_consent":
        choices = (Choice(YES, coach.agree), Choice(NO, coach.decline))
        return Reply("buttons", f"{coach.shared}\n{coach.consent}", choices)
    words = {"contact_name": coach.ask_name, "contact_reach": coach.ask_reach}
    return Reply("text", words.get(slot, coach.ask_message))
