"""`bot ask`: lines in, lines out, and the tap by number in the terminal."""

import argparse
import asyncio
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.evaluation import ask
from bot.evaluation.ask import BadLine, Question, Talk, answer_lines, converse, read_questions
from bot.replies import Choice, Reply

CHOICES = (Choice("yes", "Yes, now"), Choice("no", "No"))


class Agent:
    """Stands in for Rasa's: repeats what it is told, with two choices."""

    def __init__(self, intent: str = "greet", **reading: Any) -> None:
        self.domain = Domain.empty()
        self.tracker_store = InMemoryTrackerStore(self.domain)
        self.intent, self.reading = intent, reading
        self.messages: list[UserMessage] = []

    async def handle_message(self, message: UserMessage) -> None:
        self.messages.append(message)
        reply = Reply("buttons", f"You said {message.text}", CHOICES).as_json()
        tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
        intent = {"name": self.intent, "confidence": 0.123456}
        parsed: Any = {"intent": intent, "reading": self.reading}
        tracker.update(UserUttered(message.text, intent, parse_data=parsed))  # type: ignore[arg-type]
        tracker.update(BotUttered(data={"custom": reply}))
        await self.tracker_store.save(tracker)
        assert message.output_channel is not None
        await message.output_channel.send_custom_json(message.sender_id, reply)


def answers(lines: list[str], agent: Agent) -> list[dict[str, Any]]:
    output = io.StringIO()
    asyncio.run(answer_lines(lines, output, agent))
    return [json.loads(line) for line in output.getvalue().splitlines()]


# lines


def test_lines_are_conversations_of_one_or_more_turns() -> None:
    """Blank lines are passed over; a missing id is the number of the line."""
    lines = ['{"id": "a", "text": "hi"}', "  ", '{"id": 7, "turns": ["one", "two"]}', '{"text": "x", "more": 1}']
    assert list(read_questions(lines)) == [Question("a", ("hi",)), Question("7", ("one", "two")), Question("4", ("x",))]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "not json",
        "[]",
        '"hi"',
        "3",
        "null",
        "{}",
        '{"id": "a"}',
        '{"id": "a", "text": null}',
        '{"id": "a", "text": 3}',
        '{"id": "a", "text": ["hi"]}',
        '{"id": "a", "turns": []}',
        '{"id": "a", "turns": "hi"}',
        '{"id": "a", "turns": ["hi", 3]}',
        '{"id": "a", "turns": {"one": "hi"}}',
        '{"id": "a", "turns": null}',
    ],
)
def test_a_bad_line_is_named_by_its_number(line: str) -> None:
    """And nothing is guessed from it."""
    questions = read_questions(['{"id": "a", "text": "hi"}', "", line])
    next(questions)
    with pytest.raises(BadLine, match="line 3 "):
        next(questions)


def test_an_empty_text_is_a_message() -> None:
    """What the assistant makes of it is its own affair."""
    assert list(read_questions(['{"id": "a", "text": ""}'])) == [Question("a", ("",))]


def test_the_lines_before_a_bad_one_are_answered() -> None:
    """Each as it comes."""
    output = io.StringIO()
    with pytest.raises(BadLine):
        asyncio.run(answer_lines(['{"id": "a", "text": "hi"}', "{"], output, Agent()))
    assert json.loads(output.getvalue())["id"] == "a"


@pytest.mark.parametrize("error", [BadLine("line 1 is not JSON"), FileNotFoundError("no trained model in x")])
def test_the_command_says_what_is_wrong(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one line, and fails with 2."""

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setenv("BOT_DATABASE", "")
    monkeypatch.setattr("bot.rasa_parts.quiet.quiet", lambda: None)
    monkeypatch.setattr("bot.rasa_parts.agent.load_agent", fail)
    assert ask.run(argparse.Namespace(jsonl=True, model=None)) == 2
    assert capsys.readouterr().err == f"bot ask: {error}\n"


# answers


def test_an_answer_has_the_last_turn_of_the_conversation() -> None:
    """And every line is a conversation of its own."""
    agent = Agent()
    first, second = answers(['{"id": "a", "turns": ["one", "two"]}', '{"id": "b", "text": "three"}'], agent)
    assert (first["id"], first["replies"][0]["text"]) == ("a", "You said two")
    assert (second["id"], second["replies"][0]["text"]) == ("b", "You said three")
    assert [message.sender_id for message in agent.messages].count(agent.messages[0].sender_id) == 2


def test_an_answer_has_every_key() -> None:
    """As the README shows it, also where nothing was found."""
    (answer,) = answers(['{"id": "a", "text": "hi"}'], Agent())
    assert {key: value for key, value in answer.items() if key != "replies"} == {
        "id": "a", "urgency": None, "asks": [], "intent": "greet", "confidence": 0.1235, "grade": None, "findings": [],
    }  # fmt: skip


@pytest.mark.parametrize("intent", ["report_urgent_sign", "doubtful_sign"])
def test_under_a_safety_reply_the_wish_is_still_told(intent: str) -> None:
    """Intent is what the patient wants, whatever the urgency."""
    agent = Agent(intent, wanted="ask_treatment", wanted_confidence=0.7, case={"told": "urgent"}, asks=["fever"])
    (answer,) = answers(['{"id": "a", "text": "hi"}'], agent)
    assert (answer["intent"], answer["confidence"]) == ("ask_treatment", 0.7)
    assert (answer["urgency"], answer["asks"]) == ("urgent", ["fever"])


@pytest.mark.parametrize(
    ("text", "sent"),
    [("/restart", "\N{DIVISION SLASH}restart"), ("  hi  ", "hi"), ("a" * 3000, "a" * 2000), ("a/b", "a/b")],
)
def test_words_are_sent_as_words(text: str, sent: str) -> None:
    """No Rasa command, no more than the gateway takes."""
    agent = Agent()
    asyncio.run(Talk(agent).say(text))
    assert agent.messages[0].text == sent


def test_a_tap_goes_with_its_title() -> None:
    """As the gateway sends it."""
    agent = Agent()
    asyncio.run(Talk(agent).say("No", {"choice": "no"}))
    assert agent.messages[0].metadata == {"answer": {"choice": "no"}}


# the terminal


@pytest.fixture()
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed, then the end of the input."""
    lines: list[str] = []
    waiting: Iterator[str] = iter(lines)

    def read(prompt: str) -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", read)
    return lines


def test_a_number_taps_a_choice(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A number that is none of the offered ones is what it is."""
    typed += ["hi", "", "2", "7"]
    agent = Agent()
    asyncio.run(converse(agent))
    assert [message.text for message in agent.messages] == ["hi", "No", "7"]
    assert "  1. Yes, now\n  2. No\n" in capsys.readouterr().out
    assert isinstance(asyncio.run(agent.tracker_store.retrieve(agent.messages[0].sender_id)), DialogueStateTracker)
