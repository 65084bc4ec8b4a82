"""The action that ends an assessment, for a patient who was here before."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import assess as module
from bot.assessment.case import Case
from bot.clinical.extent_band import ExtentBand
from bot.clinical.signs import Urgency
from bot.clinical.trend import Snapshot
from bot.settings import Settings
from bot.storage.database import engine_for, writing
from bot.storage.schema import upgrade
from bot.storage.tables import assessments

DAY = 86_400
CALM = Snapshot(Urgency.ROUTINE, extent_percent=1, extent_band=ExtentBand.UNDER_10, itch=0, grade=1)
ITCHY = Case(rash=True, areas={"chest": "spots"}, itch=2, sleep_lost=False)


@pytest.fixture()
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A database that the action uses, without its tables."""
    chosen = Settings(data_folder=tmp_path, database=f"sqlite:///{tmp_path}/bot.db")
    monkeypatch.setattr(module, "settings", lambda: chosen)
    return chosen


def keep(settings: Settings, age: float, summary: dict[str, Any]) -> None:
    engine = engine_for(settings.database)
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(
            sa.insert(assessments).values(sender_id="a", made_at=time.time() - age, itch=1, summary=summary)
        )


def card(case: Case) -> dict[str, Any]:
    """The data of the care card that the action utters."""
    message = {"text": "x", "intent": {"name": "describe_rash"}, "reading": {"case": case.as_json()}}
    tracker = Tracker("a", {}, message, [], False, None, {}, "action_listen")
    tracker.get_latest_input_channel = lambda: "rest"  # type: ignore[method-assign]
    dispatcher = CollectingDispatcher()
    # In a thread of its own: where browser tests ran before, this one has a loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, module.ActionAssess().act(dispatcher, tracker)).result()
    data: dict[str, Any] = dispatcher.messages[0]["custom"]["data"]
    return data


@pytest.mark.parametrize(
    ("age", "summary", "urgency", "worse"),
    [
        (DAY, {"snapshot": CALM.as_json()}, "same_day", True),
        # the same check goes on: a correction
        (60, {"snapshot": CALM.as_json()}, "routine", False),
        # of an older version
        (DAY, {}, "routine", False),
    ],
)
def test_worse_than_yesterday_raises_the_advice(
    database: Settings, age: float, summary: dict[str, Any], urgency: str, worse: bool
) -> None:
    """Against the check of the day before, not against an answer just corrected."""
    keep(database, age, summary)
    data = card(ITCHY)
    assert (data["urgency"], bool(data["worse"])) == (urgency, worse)


def test_a_missing_database_does_not_stop_the_advice(database: Settings) -> None:
    """Without the earlier checks the advice stands on what is known now."""
    assert card(ITCHY)["urgency"] == "routine"
