"""Short fixed answers, and the menu of what can be asked."""

from bot.assessment.conversation import INTENT_CHOICE, MENU
from bot.knowledge import Knowledge
from bot.replies import Choice, Reply

#: Answers after which the menu is shown.
_WITH_MENU = {"greet", "out_of_scope", "menu", "all_right"}


def menu_choice(intent: str) -> Choice:
    """One line of the menu."""
    return Choice(f"{INTENT_CHOICE}{intent}", MENU[intent])


def say(name: str, knowledge: Knowledge) -> Reply:
    """The small talk of that name, with the menu where the patient may not know how to go on. Raises KeyError."""
    talk = knowledge.small_talk[name]
    choices = tuple(menu_choice(intent) for intent in MENU) if name in _WITH_MENU else ()
    return Reply("buttons" if choices else "text", talk.text, choices, sources=knowledge.cite(talk.sources))


def did_you_mean(intents: tuple[str, ...], again: bool, knowledge: Knowledge) -> Reply:
    """What a message that was not understood may have meant; the second time in a row, a way to a person."""
    likely = [intent for intent in intents if intent in MENU][:3]
    talk = knowledge.small_talk["fallback_again" if again else "fallback"]
    offered = dict.fromkeys([*likely, "describe_rash", "contact_coach"]) if not again else dict.fromkeys(MENU)
    choices = tuple(menu_choice(intent) for intent in offered)
    return Reply("buttons", talk.text, choices, sources=knowledge.cite(talk.sources))


def only_english(language: str, knowledge: Knowledge) -> Reply:
    """A message in another language, nothing urgent recognised: in both languages that the guide reads English."""
    talk = knowledge.small_talk["only_english"]
    foreign = knowledge.only_english_in(language)
    text = f"{foreign}\n\n{talk.text}" if foreign else talk.text
    return Reply("text", text, data={"foreign": foreign}, sources=knowledge.cite(talk.sources))


def why(step: str | None, knowledge: Knowledge) -> Reply:
    """Why the open question is asked."""
    question = knowledge.questions.get(step or "")
    if question is None:
        return say("menu", knowledge)
    return Reply("text", question.why, sources=knowledge.cite(question.sources))
