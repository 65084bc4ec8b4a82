"""Shared by all tests: the trained model is loaded once a session, and only by the tests that ask for it."""

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs the trained model, so that the rest can run while it is trained."""
    for item in items:
        if "agent" in getattr(item, "fixturenames", ()):
            item.add_marker("model")


@pytest.fixture(scope="session")
def agent() -> Iterator[object]:
    """The whole assistant in this process, with the newest model."""
    from bot.rasa_parts.agent import load_agent

    yield load_agent()
