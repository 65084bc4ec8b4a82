"""`bot demo` with the trained model: conversations for trying the console, and stories that `rasa test` passes."""

import os
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
import yaml

from bot.console.review_tables import items
from bot.console.story import as_yaml, stories
from bot.settings import ROOT
from bot.storage.database import engine_for
from bot.storage.tables import conversations, events

#: Conversations of this seed touch the assessment, red flags, questions and what is not understood.
COUNT = 14


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command of the project's environment, without telemetry."""
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *arguments],
        cwd=ROOT,
        env={**os.environ, **quiet, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_demo_conversations_and_their_stories(tmp_path: Path) -> None:
    """Held by the assistant itself, in the queue, reviewed in part; every story made of them passes unchanged."""
    address = f"sqlite:///{tmp_path / 'demo.db'}"
    done = run("bot", "demo", "--conversations", str(COUNT), "--database", address, "--seed", "3")
    assert done.returncode == 0, done.stderr[-2000:]
    engine = engine_for(address)
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(items)).scalar() == COUNT
        assert connection.execute(sa.select(items.c.state).where(items.c.state == "reviewed")).first()
        made = []
        for sender_id in connection.execute(sa.select(conversations.c.sender_id)).scalars().all():
            query = sa.select(events.c.data).where(events.c.sender_id == sender_id).order_by(events.c.id)
            made += stories(sender_id, connection.execute(query).scalars())
    assert len(made) >= COUNT
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "test_demo.yml").write_text(as_yaml(made), encoding="utf-8")
    assert yaml.safe_load((folder / "test_demo.yml").read_text(encoding="utf-8"))["stories"]
    results = str(tmp_path / "results")
    tested = run("rasa", "test", "core", "--stories", str(folder), "--fail-on-prediction-errors", "--out", results)
    assert tested.returncode == 0, tested.stderr[-3000:]


def test_a_database_of_patients_is_not_touched(tmp_path: Path) -> None:
    """The demonstration refuses it before the model is loaded."""
    from bot.storage.schema import upgrade
    from tests.unit.console.review_events import tell_emergency

    address = f"sqlite:///{tmp_path / 'bot.db'}"
    engine = engine_for(address)
    upgrade(engine)
    tell_emergency(engine, "a patient", 1)
    done = run("bot", "demo", "--conversations", "1", "--database", address)
    assert done.returncode == 2 and "holds conversations of patients" in done.stderr
