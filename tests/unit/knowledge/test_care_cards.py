"""The right card for the signs reported, and nothing unsafe on it."""

import pytest

from bot.clinical.signs import FLAG_OF, Sign, Urgency
from bot.knowledge import load_knowledge
from bot.knowledge.care import MAX_EXTRA_STEPS

KNOWLEDGE = load_knowledge()
HOLD = "Do not take your next lenalidomide dose until a clinician tells you to."


@pytest.mark.parametrize(
    ("urgency", "signs", "card"),
    [
        (Urgency.EMERGENCY, [Sign.BLISTERS], "emergency"),
        (Urgency.URGENT, [Sign.FEVER], "urgent"),
        (Urgency.SAME_DAY, [], "same_day"),
        (Urgency.ROUTINE, [Sign.HIVES], "routine"),
        # self-harm and pregnancy have cards of their own
        (Urgency.EMERGENCY, [Sign.SELF_HARM], "crisis"),
        (Urgency.EMERGENCY, [Sign.SELF_HARM, Sign.LOW_MOOD], "crisis"),
        (Urgency.URGENT, [Sign.PREGNANCY_EXPOSURE], "pregnancy_exposure"),
        # beside other urgent signs they add to the card of the urgency
        (Urgency.EMERGENCY, [Sign.SELF_HARM, Sign.AIRWAY], "emergency"),
        (Urgency.EMERGENCY, [Sign.PREGNANCY_EXPOSURE, Sign.AIRWAY], "emergency"),
    ],
)
def test_which_card(urgency: Urgency, signs: list[Sign], card: str) -> None:
    """The urgency picks the card, except for self-harm or pregnancy alone."""
    assert KNOWLEDGE.care_card(urgency, signs).id == card


@pytest.mark.parametrize("urgency", [Urgency.EMERGENCY, Urgency.URGENT])
@pytest.mark.parametrize("sign", list(FLAG_OF))
def test_urgent_cards_hold_the_dose(urgency: Urgency, sign: Sign) -> None:
    """Every seek-care card names what was heard, who to call, what to say, and holds the next dose."""
    card = KNOWLEDGE.care_card(urgency, [sign])
    assert card.hold_dose == HOLD
    assert card.heard == (KNOWLEDGE.words_of(sign).heard,)
    assert card.call.number and card.call.label and card.say
    assert HOLD in card.text and card.heard[0] in card.text


@pytest.mark.parametrize("sign", [Sign.AIRWAY, Sign.SELF_HARM])
def test_an_emergency_shown_once_more_says_that_the_message_was_read(sign: Sign) -> None:
    """The steps stay; only the last line is another."""
    card = KNOWLEDGE.care_card(Urgency.EMERGENCY, [sign])
    again = card.once_more
    assert again.steps == card.steps and again.call == card.call
    assert "I have read your message" in again.text and "I have read your message" not in card.text


@pytest.mark.parametrize("urgency", [Urgency.SAME_DAY, Urgency.ROUTINE])
def test_other_cards_leave_the_dose_to_the_team(urgency: Urgency) -> None:
    """They say not to stop, skip or restart alone, what to watch for and when to check again."""
    card = KNOWLEDGE.care_card(urgency)
    assert card.hold_dose is None
    assert "Do not stop, skip or restart" in card.text
    assert len(card.watch) >= 4 and card.check_again


@pytest.mark.parametrize("urgency", [Urgency.SAME_DAY, Urgency.ROUTINE])
def test_past_severe_reaction_holds_the_dose(urgency: Urgency) -> None:
    """A bad reaction before holds the next dose, and nothing on the card says the opposite."""
    card = KNOWLEDGE.care_card(urgency, [Sign.PAST_SEVERE_REACTION])
    assert card.id == urgency.value and card.hold_dose == HOLD
    assert "Do not stop, skip" not in card.text


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        (Sign.ANAPHYLAXIS, "put your legs up"),
        (Sign.MINOR_BLEEDING, "lean forward, and pinch"),
        (Sign.BLEEDING, "Do not stop it on your own"),
        (Sign.LEG_CLOT, "Do not rub"),
        (Sign.SHINGLES, "Keep away from pregnant people"),
        (Sign.FEVER, "Do not take a fever pill first"),
        (Sign.EYE_INFLAMMATION, "eye doctor"),
        (Sign.BLISTERS, "Do not pop"),
        (Sign.CONFUSION_OR_COLLAPSE, "roll them on their side"),
        (Sign.STROKE, "Note the time"),
        (Sign.LOW_MOOD, "988"),
    ],
)
def test_signs_add_their_steps(sign: Sign, words: str) -> None:
    """The steps that fit the sign are on the card."""
    assert any(words in step for step in KNOWLEDGE.care_card(Urgency.EMERGENCY, [sign]).steps)


def test_self_harm_beside_another_emergency_keeps_the_crisis_line() -> None:
    """Whom to call comes first, and the crisis line right after it."""
    card = KNOWLEDGE.care_card(Urgency.EMERGENCY, [Sign.SELF_HARM, Sign.CHEST_PAIN])
    assert card.steps[0].startswith("Call 911 now.")
    assert card.steps[1].startswith("You matter.") and "988" in card.steps[1]


def test_crisis_card_offers_a_person() -> None:
    """The button calls the crisis line, and the text says that the person matters."""
    card = KNOWLEDGE.care_card(Urgency.EMERGENCY, [Sign.SELF_HARM])
    assert card.call.number == "988" and "You matter" in card.headline


def test_a_card_stays_short() -> None:
    """However many signs there are, only a few steps are added."""
    own = len(KNOWLEDGE.care_card(Urgency.EMERGENCY).steps)
    assert len(KNOWLEDGE.care_card(Urgency.EMERGENCY, list(Sign)).steps) <= own + MAX_EXTRA_STEPS


def test_emergency_reaches_people_without_a_voice() -> None:
    """Those who can't speak or hear on the phone are told how to call."""
    assert "text 911" in KNOWLEDGE.care_card(Urgency.EMERGENCY).text


def test_heard_can_be_given() -> None:
    """A caller can name what was heard in other words."""
    assert KNOWLEDGE.care_card(Urgency.URGENT, [Sign.FEVER], ["a high fever"]).heard == ("a high fever",)


def test_statements_carry_their_evidence() -> None:
    """Each step and each thing to watch for can be traced by id, source and level."""
    card = KNOWLEDGE.care_card(Urgency.URGENT, [Sign.LEG_CLOT])
    assert tuple(statement.text for statement in card.statements) == (*card.steps, *card.watch)
    assert set(card.statements) < set(card.rests_on)
    levels = {statement.id: statement.level for statement in card.statements}
    assert levels["CARE-V15"] == "unverified" and levels["CARE-U5"] == "label"
