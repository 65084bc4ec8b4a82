"""The seek-care reply: what to do now, naming what was heard."""

from collections.abc import Iterable

from bot.answers.heard import reported_words
from bot.assessment.conversation import Outcome
from bot.assessment.merge import CHECKLIST_UNSURE
from bot.clinical.signs import Sign, Urgency
from bot.knowledge import Knowledge
from bot.knowledge.care import CareCard
from bot.replies import Reply


def seek_care(outcome: Outcome, knowledge: Knowledge) -> Reply:
    """The card for a message that reports an urgent sign, or that comes while an emergency stands."""
    urgency = outcome.urgency or Urgency(outcome.case.told or Urgency.EMERGENCY.value)
    present = outcome.case.findings.present
    # "Not sure" to one question is about that sign; to the whole checklist it is about none.
    reported = () if CHECKLIST_UNSURE in outcome.turn.notes else outcome.turn.reported
    signs = set(reported) or present
    heard = reported_words(outcome, knowledge)
    card = knowledge.care_card(urgency, signs, heard)
    return card_reply(card if outcome.urgency else card.once_more, knowledge, outcome.reading.language)


def blind_seek_care(urgency: Urgency, signs: Iterable[Sign], knowledge: Knowledge, language: str = "en") -> Reply:
    """The card from the signs alone, for the gateway while Rasa can't answer."""
    return card_reply(knowledge.care_card(urgency, tuple(signs)), knowledge, language)


def card_reply(card: CareCard, knowledge: Knowledge, language: str = "en") -> Reply:
    """A card as a reply. In another language its own emergency sentence goes first."""
    foreign = knowledge.emergency_in(language)
    text = f"{foreign}\n\n{card.text}" if foreign else card.text
    return Reply(
        "care_card",
        text,
        data={
            "urgency": card.urgency.value,
            "card": card.id,
            "headline": card.headline,
            "foreign": foreign,
            "heard": list(card.heard),
            "steps": [*card.steps, *([card.hold_dose] if card.hold_dose else [])],
            "call": {"number": card.call.number, "label": card.call.label},
            "say": card.say,
            "watch": list(card.watch),
            "check_again": card.check_again,
        },
        sources=knowledge.cite_statements(card.rests_on),
    )
