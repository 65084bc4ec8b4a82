"""The whole assistant in this process, with its trained model, as a system to be measured."""

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.clinical.signs import FLAG_OF_CONCEPT, Urgency
from bot.evaluation.ask import Talk
from bot.evaluation.figures import Prediction
from bot.evaluation.labels import Message

_ESCALATED = frozenset({Urgency.URGENT.value, Urgency.EMERGENCY.value})


@contextmanager
def whole_assistant(model: Path | None = None) -> Iterator[Callable[[Message], Prediction]]:
    """Loads the newest model in `models`, or in the file or folder given. Raises FileNotFoundError without one.

    Each message is a conversation of its own; nothing of it is kept.
    """
    from bot.rasa_parts.quiet import quiet

    quiet()
    from rasa.core.tracker_store import InMemoryTrackerStore

    from bot.rasa_parts.agent import MODELS, load_agent
    from bot.storage.database import engine_for
    from bot.storage.schema import upgrade

    loop = asyncio.new_event_loop()
    with tempfile.TemporaryDirectory() as folder:
        # What a conversation stores on request goes where it is forgotten with the command.
        os.environ["BOT_DATABASE"] = f"sqlite:///{folder}/score.db"
        upgrade(engine_for(os.environ["BOT_DATABASE"]))
        agent = load_agent(model or MODELS)

        def predict(message: Message) -> Prediction:
            agent.tracker_store.store = InMemoryTrackerStore(agent.domain).store
            return loop.run_until_complete(_hold(agent, message))

        try:
            yield predict
        finally:
            loop.close()


async def _hold(agent: Any, message: Message) -> Prediction:
    """The state after the last turn, with the reasons of all turns."""
    talk = Talk(agent)
    reasons: list[str] = []
    for turn in message.turns:
        await talk.say(turn)
        reasons += [
            _reason(finding) for finding in talk.reading.get("findings", ()) if finding["sign"] in FLAG_OF_CONCEPT
        ]
    result = talk.result(message.id)
    # Who is asked whether what they told is still there gets a question in this turn, and not the seek-care reply.
    questioned = bool(result["asks"]) and talk.reading.get("urgency") is None
    return Prediction(
        escalated=result["urgency"] in _ESCALATED and not questioned,
        asked=bool(result["asks"]),
        intent=result["intent"],
        reasons=(*reasons, f"urgency {result['urgency']}, asks {', '.join(result['asks']) or 'nothing'}"),
    )


def _reason(finding: Mapping[str, Any]) -> str:
    doubt = ", asked" if finding["in_doubt"] else ""
    return f"{finding['sign']} {finding['text']!r}: {finding['status']} ({finding['rule']}){doubt}"
