"""The whole assistant in one process: the trained model with its actions, without any server."""

import json
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import TrackerStore
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot.rasa_parts import mends

MODELS = Path(__file__).resolve().parents[2] / "models"
RESPONSES = EndpointConfig(type="bot.rasa_parts.responses.ReviewedResponses")


class InProcessActions(EndpointConfig):
    """Runs the project's actions where Rasa would call the action server."""

    def __init__(self) -> None:
        super().__init__(url="in-process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, method: str = "post", subpath: str | None = None, **kwargs: Any) -> Any:
        """One action call, through JSON as over the wire, so that both ways behave alike."""
        call = json.loads(json.dumps(kwargs["json"], default=str))
        result = await self._executor.run(call)
        return json.loads(json.dumps(result.dict() if hasattr(result, "dict") else result, default=str))


def load_agent(model: Path = MODELS, tracker_store: TrackerStore | None = None) -> Agent:
    """The newest model below `model` (or the model file itself). Raises FileNotFoundError with what to do."""
    found = model if model.is_file() else max(model.glob("*.tar.gz"), key=lambda p: p.stat().st_mtime, default=None)
    if found is None:
        raise FileNotFoundError(f"no trained model in {model}: run scripts/train (or rasa train) first")
    mends.apply()
    return Agent.load(found, generator=RESPONSES, tracker_store=tracker_store, action_endpoint=InProcessActions())
