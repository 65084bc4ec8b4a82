"""`bot demo`: fills a database with conversations that the assistant itself has with scripted patients.

Most are the patients of `tests/patients/vignettes.yml`, who tap or type, write in their own manner, and may leave half
way; others only ask something, want to be called, or are not understood. All of it is made up, and the same seed
makes the same conversations. They are spread over the last weeks, and a made-up coach has reviewed some.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
import yaml
from sqlalchemy.engine import Connection, Engine

from bot.evaluation.patient import Message, ScriptedPatient
from bot.settings import ROOT, settings

PATIENTS = ROOT / "tests" / "patients" / "vignettes.yml"

#: Ids begin so: a database that holds others is not touched.
PREFIX = "demo-"

#: Days over which the conversations are spread.
DAYS = 45

_MOST_TURNS = 14

#: Dangers are over-represented among the scripted patients: they are there to test with.
_WEIGHTS = {"emergency": 0.12, "urgent": 0.3}

#: Of so many conversations, one falls into a moment in which Rasa is down.
_OUTAGE = 60

_QUESTIONS = (
    ("what did the study find about rash and remission?", "thanks, that helps"),
    ("is it true that a rash means it works better",),
    ("what can I put on the itch", "is hydrocortisone ok", "thank you"),
    ("Can I take turmeric with it?",),
    ("what does grade 2 mean",),
    ("should I stop taking revlimid because of the rash",),
    ("can they desensitize me", "who does that"),
    ("who are you", "are you a real doctor?"),
    ("hello", "what can you do"),
    ("is omega 3 safe with my aspirin", "and quercetin?"),
    ("my ankles swell in the evening, is that from the pills",),
    ("how do I refill my prescription",),
    ("what is the weather tomorrow", "ok bye"),
    ("asdf jkl", "the thing with the stuff you know"),
    ("cn u hlp me w it plz its doing the thing agn",),
    ("Where do I send the parking receipt from the clinic?",),
    ("my insurance denied the new pills", "so what now"),
)

_AGREED = {"text": "I agree, pass it on", "answer": {"choice": "yes"}}

_CALL_ME = (
    ({"text": "I would like to talk to the coach"}, _AGREED, {"text": "Mary"}, {"text": "212 555 0199"},
     {"text": "I am not sure about the cream"}),
    ({"text": "can someone call me please"}, _AGREED, {"text": "Joe, in the afternoon"},
     {"text": "joe@example.org"}, {"text": "rash came back after the break"}),
    ({"text": "please put me in touch with the coach"}, {"text": "No, do not pass it on", "answer": {"choice": "no"}}),
)  # fmt: skip

_NEWS = (
    "now there are blisters on my lips",
    "my face is swelling up",
    "I have a fever of 39 now",
    "my mouth is full of sores",
    "the skin on my back is coming off",
    "I feel a bit faint",
)

_TAGS = ("mouth", "timing", "wording", "itch at night", "good example", "caregiver")

_COMMENTS = (
    "Reads well. The checklist came at the right moment.",
    "The patient meant the old rash. See the finding.",
    "Would have asked about the new antibiotic earlier.",
    "Called back, all clear.",
)


#: What a coach takes messages for that were not understood, by a word in them.
_MEANT = (
    ("Velcade", "describe_rash"), ("thing", "describe_rash"), ("refill", "other_medical"),
    ("insurance", "other_medical"),
)  # fmt: skip

_NOTES = ("Called, all clear.", "Left a message, will try again.", "Sent on to the nurse.", "Answered by e-mail.")


@dataclass
class _Clock:
    """Time as the conversation has it."""

    real: Any = field(default=time.time)
    offset: float = 0.0

    def __call__(self) -> float:
        return float(self.real()) + self.offset


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `bot demo`."""
    parser.add_argument("--conversations", type=int, default=1000, metavar="N", help="how many (1000)")
    parser.add_argument("--database", help="its address; by default the one that is set")
    parser.add_argument("--model", type=Path, help="model file or folder (models/)")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other conversations (1)")


def run(args: argparse.Namespace) -> int:
    """Fills the database; 2 for one that holds conversations of patients, or without a model."""
    if args.database:
        os.environ["BOT_DATABASE"] = args.database
        settings.cache_clear()
    from bot.rasa_parts.quiet import quiet

    quiet()
    from bot.storage.database import DatabaseError, engine_for
    from bot.storage.schema import upgrade

    try:
        engine = engine_for(settings().database)
        upgrade(engine)
        if _holds_others(engine):
            print(
                "bot demo: this database holds conversations of patients. Name another with --database.",
                file=sys.stderr,
            )
            return 2
        from bot.rasa_parts.agent import MODELS, load_agent
        from bot.rasa_parts.tracker_store import GuideTrackerStore

        agent = load_agent(args.model or MODELS)
        agent.tracker_store = GuideTrackerStore(agent.domain, address=settings().database)
        agent.processor.tracker_store = agent.tracker_store
    except (DatabaseError, FileNotFoundError) as error:
        print(f"bot demo: {error}", file=sys.stderr)
        return 2
    began = time.monotonic()
    asyncio.run(fill(agent, engine, args.conversations, args.seed))
    _review(engine, random.Random(args.seed))
    print(f"{args.conversations} conversations in {time.monotonic() - began:.0f} s. See them at /coach.")
    return 0


async def fill(agent: Any, engine: Engine, count: int, seed: int = 1) -> None:
    """Hold the conversations, one after the other."""
    draw = random.Random(seed)
    patients = yaml.safe_load(PATIENTS.read_text(encoding="utf-8"))
    with _shifted() as clock:
        began = clock.real()
        for number in range(count):
            sender_id = f"{PREFIX}{seed}-{number:05}-{draw.getrandbits(32):08x}"
            clock.offset = -draw.random() * DAYS * 86_400 if number % 40 else -draw.random() * 3600
            # Some come back, with another conversation.
            patient = f"{PREFIX}patient-{seed}-{draw.randrange(max(1, int(count * 0.7)))}"
            known = {"patient": patient, "is_test": draw.random() < 0.03}
            await _converse(agent, sender_id, known, _patient(draw, patients), draw, clock)
            if number % _OUTAGE == _OUTAGE - 1:
                _outage(engine, sender_id, draw, clock())
            if draw.random() < 0.06:
                _rate(engine, sender_id, down=draw.random() < 0.6)
            if number % 50 == 49:
                left = (clock.real() - began) / (number + 1) * (count - number - 1)
                print(f"{number + 1} of {count}, about {left:.0f} s left", file=sys.stderr, flush=True)


@contextmanager
def _shifted() -> Iterator[_Clock]:
    clock = _Clock()
    with patch("time.time", clock):
        yield clock


class _Script:
    """Says its lines one after the other, whatever is answered."""

    def __init__(self, lines: Sequence[Message]) -> None:
        self.opening = lines[0]
        self._rest = list(lines[1:])

    def next(self, replies: Sequence[Mapping[str, Any]]) -> Message | None:
        """The next line; None at the end."""
        return self._rest.pop(0) if self._rest else None


class _Assessed:
    """A scripted patient who may leave, and to whom something may happen on the way."""

    def __init__(self, patient: ScriptedPatient, opening: str, draw: random.Random) -> None:
        self.opening: Message = {"text": opening}
        self._patient = patient
        self._leaves_after = draw.randrange(1, 5) if draw.random() < 0.18 else _MOST_TURNS
        self._news_after = draw.randrange(1, 5) if draw.random() < 0.08 else None
        self._news = draw.choice(_NEWS)
        self._turns = 0

    def next(self, replies: Sequence[Mapping[str, Any]]) -> Message | None:
        """The answer to what was asked; None where the patient leaves or nothing was asked."""
        self._turns += 1
        if self._turns > self._leaves_after:
            return None
        if self._turns == self._news_after:
            return {"text": self._news}
        return self._patient.answer(replies)


def _patient(draw: random.Random, patients: list[dict[str, Any]]) -> _Script | _Assessed:
    kind = draw.random()
    if kind < 0.2:
        return _Script([{"text": _written(text, draw)} for text in draw.choice(_QUESTIONS)])
    if kind < 0.25:
        return _Script(draw.choice(_CALL_ME))
    weights = [_WEIGHTS.get(entry["gold"]["urgency"], 1) for entry in patients]
    entry = draw.choices(patients, weights)[0]
    patient = ScriptedPatient.from_yaml(entry, types=draw.random() < 0.35)
    return _Assessed(patient, _written(entry["opening"], draw), draw)


def _written(text: str, draw: random.Random) -> str:
    """The words in somebody's manner: a greeting, no capitals, no stops, a slip of the finger."""
    text = " ".join(text.split())
    if draw.random() < 0.2:
        text = draw.choice(("Hi, ", "Hello. ", "Good morning. ", "Sorry to bother you. ")) + text
    if draw.random() < 0.25:
        text = text.lower()
    if draw.random() < 0.15:
        text = text.replace(".", "").replace(",", "")
    if draw.random() < 0.2 and len(text) > 12:
        at = draw.randrange(4, len(text) - 2)
        text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if draw.random() < 0.15:
        text += draw.choice((" Thank you.", " Please help.", " My wife is writing this.", " I am 71."))
    return text


async def _converse(
    agent: Any, sender_id: str, known: Mapping[str, Any], patient: Any, draw: random.Random, clock: _Clock
) -> None:
    message: Message | None = patient.opening
    for _ in range(_MOST_TURNS):
        if message is None:
            return
        replies = await _say(agent, sender_id, message, {**known, "client_id": f"{draw.getrandbits(96):024x}"})
        message = patient.next(replies)
        clock.offset += draw.uniform(5, 90)


async def _say(agent: Any, sender_id: str, message: Message, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    output = CollectingOutputChannel()
    metadata = {**known, **({"answer": message["answer"]} if "answer" in message else {})}
    said = UserMessage(message["text"], output, sender_id, input_channel="rest", metadata=metadata)
    await agent.handle_message(said)
    return [shown["custom"] for shown in output.messages if shown.get("custom")]


def _holds_others(engine: Engine) -> bool:
    from bot.storage.tables import conversations

    others = sa.select(conversations.c.sender_id).where(sa.not_(conversations.c.sender_id.startswith(PREFIX)))
    with engine.connect() as connection:
        return connection.execute(others.limit(1)).first() is not None


def _rate(engine: Engine, sender_id: str, down: bool) -> None:
    """Thumbs on the answer to the newest message."""
    from bot.storage.database import writing
    from bot.storage.ratings import rate
    from bot.storage.tables import events

    said = (events.c.sender_id == sender_id) & (events.c.type_name == "user")
    query = sa.select(events.c.data, events.c.timestamp).where(said).order_by(events.c.id.desc()).limit(1)
    with writing(engine) as connection:
        newest = connection.execute(query).first()
        if newest is not None:
            client_id = json.loads(newest.data)["metadata"]["client_id"]
            rate(connection, sender_id, client_id, "down" if down else "up", newest.timestamp + 20)


def _outage(engine: Engine, sender_id: str, draw: random.Random, at: float) -> None:
    """One more message, which the gateway answers alone."""
    from bot.storage.database import writing
    from bot.storage.own_turns import message_event
    from bot.storage.turns import store_own_turn
    from bot.web.choices import Said

    text = draw.choice((*_NEWS, *(text for texts in _QUESTIONS for text in texts)))
    replies, reading = _gateway().answer(Said(text))
    message = message_event(f"{draw.getrandbits(96):024x}", at, text, None, reading, replies[0]["type"] == "care_card")
    with writing(engine) as connection:
        store_own_turn(connection, sender_id, message, replies)


@lru_cache(maxsize=1)
def _gateway() -> Any:
    from bot.knowledge import load_knowledge
    from bot.language import Reader
    from bot.web.fallback import Fallback
    from bot.web.knowledge_texts import KnowledgeTexts

    return Fallback(Reader(), KnowledgeTexts(load_knowledge(country=settings().country)))


def _review(engine: Engine, draw: random.Random) -> None:
    """A made-up coach has looked at most of what is older than a day."""
    from bot.console.queries.index import read_everything
    from bot.console.review_tables import items
    from bot.storage.database import writing

    read_everything(engine)
    yesterday = time.time() - 86_400
    query = sa.select(items).where(items.c.last_at < yesterday, items.c.version == 0).order_by(items.c.id)
    with writing(engine) as connection:
        for item in connection.execute(query).all():
            # Nobody leaves the urgent ones for long.
            urgent = item.urgent_at is not None
            if draw.random() < (0.97 if urgent else 0.55) or (urgent and item.last_at < yesterday - 2 * 86_400):
                _review_one(connection, item, draw)
        _answer_requests(connection, draw, yesterday)
        _correct(connection, draw, yesterday)


def _review_one(connection: Connection, item: Any, draw: random.Random) -> None:
    from bot.console.queries import reviewing
    from bot.console.roles import Role
    from bot.console.sessions import Coach

    coach = Coach(0, "Demo coach", Role.COACH)
    at = min(item.last_at + draw.uniform(300, 20 * 3600), time.time())
    reviewing.see(connection, item, coach, at)
    actions = [{"action": "reviewed"}]
    if item.urgent_at is not None or draw.random() < 0.2:
        verdict = draw.choices(["right", "too_high", "too_low"], [85, 12, 3])[0]
        actions.append({"action": "verdict", "verdict": verdict})
    if draw.random() < 0.05:
        actions.append({"action": "flag"})
    if draw.random() < 0.05:
        actions.append({"action": "second"})
    for action in actions:
        now = reviewing.item_of(connection, item.sender_id)
        reviewing.apply(connection, now, coach, at, now.version, action)
    if draw.random() < 0.15:
        reviewing.add_tag(connection, item.sender_id, coach, at, draw.choice(_TAGS), 0)
    if draw.random() < 0.1:
        reviewing.comment(connection, item.sender_id, coach, at, draw.choice(_COMMENTS), None)


def _answer_requests(connection: Connection, draw: random.Random, yesterday: float) -> None:
    """Most older requests are answered, many of them closed."""
    from bot.console import contacts
    from bot.storage.tables import contact_requests

    old = sa.select(contact_requests).where(contact_requests.c.created_at < yesterday)
    for request in connection.execute(old.order_by(contact_requests.c.id)).all():
        at, seen = request.created_at, "new"
        for status, note in (("answered", draw.choice(_NOTES)), ("closed", "")):
            if draw.random() < 0.15:
                break
            at = min(at + draw.uniform(1, 20) * 3600, time.time())
            contacts.change(connection, request.id, seen=seen, status=status, note=note, coach="Demo coach", now=at)
            seen = status


def _correct(connection: Connection, draw: random.Random, yesterday: float) -> None:
    """Some messages that were not understood are corrected, for the inbox of corrections."""
    from bot.console.queries import correcting
    from bot.console.roles import Role
    from bot.console.sessions import Coach
    from bot.storage.tables import events

    coach = Coach(0, "Demo coach", Role.COACH)
    unclear = events.c.intent_name.in_(("nlu_fallback", "out_of_scope")) & (events.c.timestamp < yesterday)
    query = sa.select(events.c.id, events.c.sender_id, events.c.data).where(unclear).order_by(events.c.id)
    for message in connection.execute(query).all():
        text = json.loads(message.data)["text"]
        wanted = next((intent for word, intent in _MEANT if word in text), None)
        if wanted is None or draw.random() < 0.5:
            continue
        correcting.correct(
            connection, message.sender_id, message.id, coach, time.time(),
            kind="intent", target="", value=wanted, known=0,
        )  # fmt: skip
