"""Whatever is said, wherever the conversation stands, there is an answer, and the conversation goes on after it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.ask import Talk
from bot.settings import settings
from bot.storage.database import engine_for
from bot.storage.schema import upgrade

#: What was said before, to come to each place of the conversation.
PLACES: dict[str, tuple[str, ...]] = {
    "nothing said yet": (),
    "the danger signs": ("I have an itchy rash",),
    "where it is": ("I have an itchy rash", "None of these"),
    "consent for the coach": ("I want to talk to the coach",),
    "the name for the coach": ("I want to talk to the coach", "I agree, pass it on"),
    "a doubt": ("my lips may be a bit swollen",),
    "after an emergency": ("I have blisters in my mouth",),
    "delete everything?": ("forget me",),
}
SAID = (
    "coach please", "who is the coach", "maybe", "go back", "undo", "how long does it take until he calls", "thanks",
    "what do you mean?", "actually no, it is only on my legs", "start again", "I don't know", "yes", "no", "stop",
    "what can help the rash?", "asdf qwer", "bye", "tengo una pregunta", "What is the weather like?",
)  # fmt: skip


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One of the test's own: the actions read the settings once a process, and other tests have read theirs."""
    address = f"sqlite:///{tmp_path}/answers.db"
    monkeypatch.setenv("BOT_DATABASE", address)
    upgrade(engine_for(address))
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize("place", PLACES)
def test_every_message_is_answered(agent: Any, place: str) -> None:
    """With words to read, and so is the next message."""

    async def unanswered() -> list[str]:
        lost = []
        for said in SAID:
            talk = Talk(agent)
            for turn in (*PLACES[place], said):
                await talk.say(turn)
            answered = any(reply["text"].strip() for reply in talk.replies)
            after = await talk.say("I have a rash on my arm")
            if not answered or not any(reply["text"].strip() for reply in after):
                lost.append(said)
        return lost

    assert asyncio.run(unanswered()) == []


def test_a_typed_yes_deletes(agent: Any) -> None:
    """As the button does; a typed no keeps everything."""

    async def told(answer: str) -> list[dict[str, Any]]:
        talk = Talk(agent)
        await talk.say("forget me")
        return await talk.say(answer)

    assert [reply["data"].get("forgotten") for reply in asyncio.run(told("yes"))] == [True]
    assert not any(reply["data"].get("forgotten") for reply in asyncio.run(told("no")))
