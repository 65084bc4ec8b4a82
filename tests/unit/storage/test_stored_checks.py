"""The finished assessments of a conversation, for its diary."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.storage.database import engine_for, writing
from bot.storage.diary import CORRECTED_WITHIN, checks, last_check
from bot.storage.schema import upgrade
from bot.storage.tables import assessments

HOUR = 3600


@pytest.fixture()
def engine(tmp_path: Path) -> Engine:
    """An empty database."""
    engine = engine_for(f"sqlite:///{tmp_path}/bot.db")
    upgrade(engine)
    return engine


def keep(engine: Engine, sender_id: str, *moments: float) -> None:
    rows = [{"sender_id": sender_id, "made_at": at, "urgency": "routine", "itch": 1, "summary": {}} for at in moments]
    with writing(engine) as connection:
        connection.execute(sa.insert(assessments), rows)


def test_checks_come_in_order_and_are_ones_own(engine: Engine) -> None:
    """The oldest first, of this conversation alone."""
    keep(engine, "a", 9 * HOUR, 3 * HOUR, 6 * HOUR)
    keep(engine, "b", HOUR)
    assert [check.made_at for check in checks(engine, "a")] == [3 * HOUR, 6 * HOUR, 9 * HOUR]
    assert checks(engine, "c") == ()


def test_a_correction_replaces_what_it_corrects(engine: Engine) -> None:
    """Two results within minutes are one check: the later one."""
    keep(engine, "a", HOUR, HOUR + CORRECTED_WITHIN, 5 * HOUR)
    assert [check.made_at for check in checks(engine, "a")] == [HOUR + CORRECTED_WITHIN, 5 * HOUR]


def test_only_the_newest_are_told(engine: Engine) -> None:
    """A limit leaves out the oldest."""
    keep(engine, "a", *(day * 24 * HOUR for day in range(10)))
    assert [check.made_at for check in checks(engine, "a", limit=3)] == [day * 24 * HOUR for day in (7, 8, 9)]


@pytest.mark.parametrize(("before", "found"), [(HOUR, None), (HOUR + 1, HOUR), (99 * HOUR, 5 * HOUR)])
def test_the_last_check_before_a_moment(engine: Engine, before: float, found: float | None) -> None:
    """Strictly before it; none where there is none."""
    keep(engine, "a", HOUR, 5 * HOUR)
    last = last_check(engine, "a", before)
    assert (last.made_at if last else None) == found
