"""Every response of the domain, on every kind of channel, and what the reader is told of the conversation."""

import asyncio
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.assessment.case import STEPS, Case
from bot.assessment.conversation import Before
from bot.clinical.signs import Sign
from bot.rasa_parts.channel import as_message
from bot.rasa_parts.context import context_of, last_reading, reply_of
from bot.rasa_parts.findings_reader import FindingsReader, RedFlagGate, listener
from bot.rasa_parts.responses import RENDERERS, ReviewedResponses
from bot.replies import Choice, Reply

DOMAIN = Domain.load("domain.yml")
RESPONSES = sorted(DOMAIN.responses)
CASE = Case(rash=True, told="urgent").with_signs("present", Sign.FEVER)
READING = {"case": CASE.as_json(), "asks": ["blistering"], "reported": ["fever"], "urgency": "urgent"}


def said(text: str = "some words", intent: str = "describe_rash", channel: str = "rest", **parse: Any) -> UserUttered:
    return UserUttered(text, {"name": intent}, parse_data=parse, input_channel=channel)  # type: ignore[arg-type, typeddict-item]


def tracker(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("a", list(events), DOMAIN.slots, domain=DOMAIN)


def render(name: str, *events: Event) -> dict[str, Any]:
    message = asyncio.run(ReviewedResponses().generate(name, tracker(*events), "any"))
    assert message is not None
    return message


# responses


@pytest.mark.parametrize("name", RESPONSES)
def test_every_response_has_words_on_the_gateway(name: str) -> None:
    """The whole reply travels as data; the text in domain.yml is never shown."""
    message = render(name, said(reading=READING))
    assert set(message) == {"utter_action", "custom"}
    assert len(message["custom"]["text"]) > 10
    assert "data/knowledge" not in message["custom"]["text"]
    assert "{" not in message["custom"]["text"]


@pytest.mark.parametrize("name", RESPONSES)
def test_every_response_has_text_and_buttons_elsewhere(name: str) -> None:
    """What a button sends is its readable title."""
    message = render(name, said(channel="cmdline", reading=READING))
    reply = message["reply"]
    assert message["text"] == reply["text"]
    assert [button["title"] for button in message["buttons"]] == [choice["title"] for choice in reply["choices"]]
    assert all(button["payload"] == button["title"] for button in message["buttons"])


@pytest.mark.parametrize("name", RESPONSES)
def test_every_response_has_words_without_any_reading(name: str) -> None:
    """A conversation of another version, or one that begins."""
    assert render(name, said())["custom"]["text"]
    assert asyncio.run(ReviewedResponses().generate(name, tracker(), "any"))


def test_no_renderer_is_left_over() -> None:
    """Each renders a response of the domain."""
    assert set(RENDERERS) <= set(RESPONSES)


def test_a_response_without_words_is_an_error() -> None:
    """Nothing is made up."""
    with pytest.raises(KeyError):
        render("utter_of_tomorrow", said())


def test_the_second_misunderstanding_in_a_row_is_answered_otherwise() -> None:
    """First guesses from the ranking, then the whole menu."""
    ranking = [{"name": "ask_study"}, {"name": "greet"}]
    first = said(intent="nlu_fallback", intent_ranking=ranking)
    guessed = render("utter_did_you_mean", first)["custom"]
    again = render("utter_did_you_mean", first, said(intent="nlu_fallback", intent_ranking=ranking))["custom"]
    assert guessed["choices"][0]["id"] == "intent:ask_study"
    assert len(again["choices"]) > len(guessed["choices"])


def test_another_language_gets_its_own_sentence_of_whom_to_call() -> None:
    """With the words that only English is read; an emergency is not claimed where no sign was read."""
    text = render("utter_did_you_mean", said(reading={"language": "es"}))["custom"]["text"]
    words = listener().knowledge.languages["es"]
    assert text.startswith(words.only_english)
    assert words.if_very_ill in text
    assert words.pages is None or words.pages in text
    assert words.emergency not in text


@pytest.mark.parametrize("step", STEPS)
def test_why_speaks_of_the_open_question(step: str) -> None:
    """Each question has its own reason."""
    text = render("utter_why", said(), SlotSet("requested_slot", step))["custom"]["text"]
    assert text == listener().knowledge.questions[step].why


def test_a_reply_is_the_same_on_both_kinds_of_channel() -> None:
    """As data or as words, nothing is lost."""
    reply = Reply("buttons", "Yes?", (Choice("yes", "Yes, now"),))
    assert as_message(reply, "rest") == {"custom": reply.as_json()}
    for channel in ("cmdline", None):
        assert as_message(reply, channel)["reply"] == reply.as_json()


# context


def test_without_a_tracker_nothing_is_known() -> None:
    """Training messages have none."""
    assert context_of(None) == {}
    assert Before.from_json(context_of(None)) == Before()


def test_the_context_has_case_question_and_offers() -> None:
    """What the last message left, the open question, and what may be tapped."""
    reply = Reply("buttons", "?", (Choice("itch_mild", "Mild, I hardly feel it"),)).as_json()
    context = context_of(
        tracker(
            said(reading=READING),
            ActiveLoop("assessment_form"),
            SlotSet("requested_slot", "symptoms"),
            BotUttered(data={"custom": reply}),
        )
    )
    before = Before.from_json(context)
    assert (before.case, before.step, before.busy) == (CASE, "symptoms", False)
    assert before.offered == {"mild, i hardly feel it": "itch_mild"}


@pytest.mark.parametrize(
    ("loop", "step", "busy"),
    [("assessment_form", "where", False), ("contact_form", None, True), (None, None, False)],
)
def test_only_the_assessment_has_an_open_question(loop: str | None, step: str | None, busy: bool) -> None:
    """Another form takes words as they are."""
    context = context_of(tracker(said(), ActiveLoop(loop), SlotSet("requested_slot", "where")))
    assert (context["step"], context["busy"]) == (step, busy)


def test_offers_of_earlier_turns_are_no_offers() -> None:
    """Only what the last turn showed counts as typed by its title."""
    offer = BotUttered(data={"custom": Reply("buttons", "?", (Choice("yes", "Yes"),)).as_json()})
    assert context_of(tracker(said(), offer, said()))["offered"] == {}


def test_a_reply_is_found_on_any_channel() -> None:
    """In the data of the gateway's messages, in the metadata of the others'."""
    reply = Reply("text", "Hi").as_json()
    assert reply_of(BotUttered(data={"custom": reply})) == reply
    assert reply_of(BotUttered("Hi", metadata={"reply": reply})) == reply
    assert reply_of(BotUttered("Hi")) is None


def test_messages_without_words_are_passed_over() -> None:
    """A session that starts anew has not forgotten the case."""
    events = [said(reading=READING), ActionExecuted("action_session_start"), UserUttered("")]
    assert last_reading(tracker(*events)) == READING
    assert last_reading(tracker()) == {}


# reader and gate


def parse(text: str, classified: str | None, **metadata: Any) -> Message:
    message = Message({"text": text, "metadata": metadata or None})
    reader = FindingsReader.create({}, None, None, ExecutionContext(GraphSchema({})))  # type: ignore[arg-type]
    reader.process([message])
    if classified:
        message.set("intent", {"name": classified, "confidence": 0.42})
    return RedFlagGate().process([message])[0]


def test_the_gate_overrules_the_classifier_for_a_red_flag() -> None:
    """What the classifier wanted is kept beside it."""
    message = parse("my lips are swollen and I can't breathe", "greet")
    assert message.get("intent") == {"name": "report_urgent_sign", "confidence": 1.0}
    reading = message.get("reading")
    assert (reading["urgency"], reading["wanted"], reading["wanted_confidence"]) == ("emergency", "greet", 0.42)


def test_the_gate_leaves_the_rest_to_the_classifier() -> None:
    """Its confidence too."""
    assert parse("what did the study find?", "ask_study").get("intent") == {"name": "ask_study", "confidence": 0.42}


def test_the_gate_works_without_any_classifier() -> None:
    """No intent found is no obstacle to safety."""
    assert parse("I have blisters all over", None).get("intent")["name"] == "report_urgent_sign"


def test_a_tap_and_its_context_come_with_the_metadata() -> None:
    """The title is not read as words."""
    message = parse(
        "Bad, it keeps me awake", None, answer={"choices": ["itch_severe_awake"]}, context={"step": "symptoms"}
    )
    assert message.get("reading")["case"]["itch"] == 3
    assert message.get("reading")["findings"] == []


def test_training_messages_are_read_too() -> None:
    """Their findings are features of the classifier."""
    data = TrainingData([Message({"text": "an itchy rash", "intent": "describe_rash"})])
    FindingsReader().process_training_data(data)
    concepts = {finding["concept"] for finding in data.intent_examples[0].get("reading")["findings"]}
    assert {"itch", "rash"} <= concepts


@pytest.mark.parametrize(
    "text", ["", " ", "a" * 2000, "😀😀", "<script>alert(1)</script>", "/restart", "{}", "\u202e\x00"]
)
def test_odd_messages_are_read_without_harm(text: str) -> None:
    """Nothing urgent is found in them, and nothing fails."""
    assert parse(text, "nlu_fallback").get("reading")["urgency"] is None


@pytest.mark.parametrize("name", ["utter_thank", "utter_goodbye", "utter_menu"])
@pytest.mark.parametrize("told", [None, "routine", "same_day", "urgent", "emergency"])
def test_manners_do_not_sound_as_if_all_were_well(name: str, told: str | None) -> None:
    """While the advice to get care stands, thanks, goodbye and a bare "ok" repeat it, and offer nothing else."""
    reply = render(name, said(reading={"case": Case(told=told).as_json()}))["custom"]
    in_danger = told in ("urgent", "emergency")
    assert ("please get care now" in reply["text"]) is in_danger
    assert not (in_danger and reply["choices"])
