"""The earlier checks that a returning patient sees, and the tap that begins a new one."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.storage.database import engine_for, writing
from bot.storage.tables import assessments
from bot.web.store import conversations

DAY = 86_400.0


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """The gateway's database."""
    return engine_for(settings.database)


def keep(engine: Engine, at: float, **known: Any) -> None:
    """Store an assessment for the one conversation there is."""
    with writing(engine) as connection:
        sender_id = connection.execute(sa.select(conversations.c.sender_id)).scalar_one()
        row = {"sender_id": sender_id, "made_at": at, "urgency": "routine", "summary": {}, **known}
        connection.execute(sa.insert(assessments), [row])


def test_checks_come_oldest_first(client: TestClient, engine: Engine) -> None:
    """With the estimate that was told, else the middle of the range, else nothing."""
    keep(engine, 3 * DAY, urgency="same_day", itch=3, summary={"snapshot": {"extent_percent": 12.34}})
    keep(engine, DAY)
    keep(engine, 2 * DAY, itch=1, extent_low=2.0, extent_high=5.0)
    assert client.get("/api/diary").json() == {
        "checks": [
            {"at": DAY, "urgency": "routine", "percent": None, "itch": None},
            {"at": 2 * DAY, "urgency": "routine", "percent": 3.5, "itch": 1},
            {"at": 3 * DAY, "urgency": "same_day", "percent": 12.3, "itch": 3},
        ]
    }


def test_a_new_patient_has_none(client: TestClient) -> None:
    """An empty list, not an error."""
    assert client.get("/api/diary").json() == {"checks": []}


def test_the_diary_is_ones_own_and_is_erased_with_the_rest(client: TestClient, engine: Engine) -> None:
    """Without a session it stays closed; "forget me" takes it along."""
    keep(engine, DAY)
    client.post("/api/forget").raise_for_status()
    assert client.get("/api/diary").status_code == 401
    with engine.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(assessments)).scalar() == 0


def test_a_new_check_can_be_begun_at_any_time(say: Callable[..., Any], rasa: Any) -> None:
    """Also where no answer on the screen offers it, as after an emergency or the next day."""
    assert say(choice="start_over").status_code == 200
    assert rasa.seen[-1]["message"] == "Check my rash again"
    assert rasa.seen[-1]["metadata"]["answer"] == {"choice": "start_over"}
