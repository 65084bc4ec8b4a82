"""`bot ask`: the whole assistant in one process, from a terminal or from JSON lines. Nothing is stored."""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from bot.assessment.conversation import DOUBT, REPORT
from bot.leading_slash import for_rasa

MAX_CHARACTERS = 2000


@dataclass(frozen=True)
class Question:
    """One line of input: a fresh conversation of one or more turns."""

    id: str
    turns: tuple[str, ...]


class BadLine(ValueError):
    """A line of input that can't be used. The message says which and why."""


def read_questions(lines: Iterable[str]) -> Iterator[Question]:
    """Lines {"id", "text"} or {"id", "turns": [...]}; blank lines are passed over. Raises BadLine."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadLine(f"line {number} is not JSON: {error.msg}") from None
        turns = data.get("turns", [data.get("text")]) if isinstance(data, Mapping) else None
        if not turns or not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
            raise BadLine(f'line {number} must be {{"id": ..., "text": "..."}} or {{"id": ..., "turns": ["...", ...]}}')
        yield Question(str(data.get("id", number)), tuple(turns))


@dataclass
class Talk:
    """One conversation. `replies` and `reading` are those of the latest turn."""

    agent: Any
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    replies: list[dict[str, Any]] = field(default_factory=list)
    reading: dict[str, Any] = field(default_factory=dict)
    intent: dict[str, Any] = field(default_factory=dict)

    async def say(self, text: str, answer: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The replies to a message in words, or to a tap (`answer`) with its title as text."""
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
        from rasa.shared.core.events import UserUttered

        output = CollectingOutputChannel()
        metadata = {"answer": dict(answer)} if answer else None
        words = for_rasa(text)[:MAX_CHARACTERS]
        await self.agent.handle_message(UserMessage(words, output, self.id, input_channel="rest", metadata=metadata))
        self.replies = [message["custom"] for message in output.messages if message.get("custom")]
        tracker = await self.agent.tracker_store.retrieve(self.id)
        said = next((event for event in reversed(tracker.events) if isinstance(event, UserUttered)), None)
        # Nothing was said in a conversation that has just been erased.
        self.reading = ((said.parse_data or {}).get("reading") or {}) if said else {}
        self.intent = said.intent if said else {}
        return self.replies

    def result(self, question_id: str) -> dict[str, Any]:
        """The line of output after the last turn."""
        told = self.reading.get("case", {}).get("told")
        shown = [reply["data"].get("urgency") for reply in self.replies if reply["data"].get("urgency")]
        overruled = self.intent.get("name") in (REPORT, DOUBT)
        wanted = (self.reading.get("wanted"), self.reading.get("wanted_confidence", 0.0))
        intent, confidence = wanted if overruled else (self.intent.get("name"), self.intent.get("confidence", 0.0))
        return {
            "id": question_id,
            "urgency": told or (shown[-1] if shown else None),
            "asks": self.reading.get("asks", []),
            "intent": intent,
            "confidence": round(confidence, 4),
            "grade": self.reading.get("assessment", {}).get("grade"),
            "findings": [
                {key: finding[key] for key in ("concept", "status", "text", "rule", "site")}
                for finding in self.reading.get("findings", [])
            ],
            "replies": self.replies,
        }


async def answer_lines(lines: Iterable[str], output: TextIO, agent: Any) -> None:
    """Answers each line as it comes."""
    from rasa.core.tracker_store import InMemoryTrackerStore

    for question in read_questions(lines):
        # Conversations are independent; dropping the old ones keeps memory flat over long files.
        agent.tracker_store.store = InMemoryTrackerStore(agent.domain).store
        talk = Talk(agent)
        for turn in question.turns:
            await talk.say(turn)
        output.write(json.dumps(talk.result(question.id), ensure_ascii=False) + "\n")
        output.flush()


async def converse(agent: Any) -> None:
    """Talks in the terminal until the input ends."""
    talk = Talk(agent)
    print("Write as a patient would. Type a number to tap a choice; Ctrl-D ends.\n")
    offered: list[str] = []
    while True:
        try:
            text = await asyncio.to_thread(input, "you> ")
        except EOFError:
            print()
            return
        if not text.strip():
            continue
        if text.strip().isdigit() and 0 < int(text) <= len(offered):
            text = offered[int(text) - 1]
        replies = await talk.say(text)
        offered = [choice["title"] for reply in replies for choice in reply["choices"]]
        for reply in replies:
            print(f"\n{reply['text']}")
        for number, title in enumerate(offered, start=1):
            print(f"  {number}. {title}")
        print()


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `bot ask`."""
    parser.add_argument("--jsonl", action="store_true", help='read {"id","text"} or {"id","turns":[...]} lines')
    parser.add_argument("--model", type=Path, default=None, help="model file or folder (models/)")


def run(args: argparse.Namespace) -> int:
    """Runs the command; 2 for input that can't be used."""
    from bot.rasa_parts.quiet import quiet

    quiet()
    from bot.rasa_parts.agent import MODELS, load_agent
    from bot.storage.database import engine_for
    from bot.storage.schema import upgrade

    try:
        with tempfile.TemporaryDirectory() as folder:
            # What a conversation stores on request goes where it is forgotten with the command.
            os.environ["BOT_DATABASE"] = f"sqlite:///{folder}/ask.db"
            upgrade(engine_for(os.environ["BOT_DATABASE"]))
            agent = load_agent(args.model or MODELS)
            asyncio.run(answer_lines(sys.stdin, sys.stdout, agent) if args.jsonl else converse(agent))
    except (BadLine, FileNotFoundError) as error:
        print(f"bot ask: {error}", file=sys.stderr)
        return 2
    return 0
