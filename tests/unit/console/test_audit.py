"""The audit log finds every later change."""

import argparse
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.console import audit_command, coaches
from bot.console.audit import ACTIONS, audit, verify
from bot.console.context import Console
from bot.console.keys import Keys
from bot.console.roles import Role
from bot.console.tables import audit_head, audit_log
from bot.storage.database import writing


@pytest.fixture
def filled(console: Console) -> Engine:
    """A log of six rows."""
    with writing(console.engine) as connection:
        coaches.add(connection, "Ann", Role.COACH, 1.0)
        for number in range(6):
            audit(connection, console.keys, "Ann", "search", f"subject {number}", {"results": number})
    return console.engine


def found(engine: Engine, keys: Keys) -> list[str]:
    """What verifying says."""
    with engine.connect() as connection:
        return [place.text for place in verify(connection, keys)[1]]


def test_a_log_as_it_was_written_is_whole(filled: Engine, console: Console) -> None:
    """However many rows are read at once."""
    with filled.connect() as connection:
        assert verify(connection, console.keys) == (6, [])


def _change(connection: Connection, **values: Any) -> None:
    connection.execute(sa.update(audit_log).where(audit_log.c.id == 3).values(**values))


def _remove(connection: Connection, *ids: int) -> None:
    connection.execute(sa.delete(audit_log).where(audit_log.c.id.in_(ids)))


def _insert(connection: Connection, number: int) -> None:
    row = dict(connection.execute(sa.select(audit_log).where(audit_log.c.id == 2)).mappings().one())
    connection.execute(sa.insert(audit_log).values({**row, "id": number}))


def _insert_between(connection: Connection) -> None:
    for number in (6, 5, 4, 3):
        connection.execute(sa.update(audit_log).where(audit_log.c.id == number).values(id=number + 1))
    _insert(connection, 3)


def _close_the_gap(connection: Connection) -> None:
    _remove(connection, 3)
    for number in (4, 5, 6):
        connection.execute(sa.update(audit_log).where(audit_log.c.id == number).values(id=number - 1))


def _cut_and_set_head(connection: Connection) -> None:
    _remove(connection, 5, 6)
    last = connection.execute(sa.select(audit_log.c.hash).where(audit_log.c.id == 4)).scalar()
    connection.execute(sa.update(audit_head).values(count=4, hash=last))


def _empty(connection: Connection) -> None:
    connection.execute(sa.delete(audit_log))
    connection.execute(sa.update(audit_head).values(count=0, hash="", seal=""))


def _swap(connection: Connection) -> None:
    for before, after in ((3, 99), (4, 3), (99, 4)):
        connection.execute(sa.update(audit_log).where(audit_log.c.id == before).values(id=after))


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        # changed
        (lambda c: _change(c, coach="Bob"), "Row 3 was changed or put in afterwards."),
        (lambda c: _change(c, at_ms=1), "Row 3 was changed or put in afterwards."),
        (lambda c: _change(c, action="export"), "Row 3 was changed or put in afterwards."),
        (lambda c: _change(c, subject=""), "Row 3 was changed or put in afterwards."),
        (lambda c: _change(c, details="{}"), "Row 3 was changed or put in afterwards."),
        (lambda c: _change(c, hash="0" * 64), "Row 3 was changed or put in afterwards."),
        (_swap, "Row 3 was changed or put in afterwards."),
        # removed: at the beginning, in the middle, at the end, and with traces covered up
        (lambda c: _remove(c, 1), "Row 1 is missing."),
        (lambda c: _remove(c, 3), "Row 3 is missing."),
        (lambda c: _remove(c, 3, 4), "Rows 3 to 4 are missing."),
        (lambda c: _remove(c, 6), "Row 6 is missing."),
        (_close_the_gap, "Row 3 was changed or put in afterwards."),
        (_cut_and_set_head, "The seal that says where the log ends was changed."),
        (lambda c: c.execute(sa.delete(audit_head)), "The seal that says where the log ends was changed."),
        (_empty, "Row 1 is missing, and so is every other row."),
        # put in
        (lambda c: _insert(c, 7), "Row 7 was changed or put in afterwards."),
        (_insert_between, "Row 3 was changed or put in afterwards."),
    ],
)
def test_every_change_is_found(
    filled: Engine, console: Console, harm: Callable[[Connection], Any], message: str
) -> None:
    """And named by its row."""
    with writing(filled) as connection:
        harm(connection)
    assert message in found(filled, console.keys)


def test_without_the_key_no_row_can_be_made_up(filled: Engine, console: Console) -> None:
    """Somebody with the database alone, who knows this code, is found out."""
    with writing(filled) as connection:
        audit(connection, Keys("x" * 40), "Ann", "search")
    assert found(filled, console.keys)


def test_an_action_that_is_not_in_the_list_is_refused(console: Console) -> None:
    """So that the documented list is whole."""
    with pytest.raises(ValueError, match="gardening"), writing(console.engine) as connection:
        audit(connection, console.keys, "Ann", "gardening")


def test_nothing_is_logged_of_what_was_not_done(console: Console) -> None:
    """The row belongs to the transaction of the deed."""
    with pytest.raises(RuntimeError), writing(console.engine) as connection:
        audit(connection, console.keys, "Ann", "search")
        raise RuntimeError
    with console.engine.connect() as connection:
        assert verify(connection, console.keys) == (0, [])


def test_rows_that_are_written_together_make_one_chain(console: Console) -> None:
    """Processes take turns."""

    def write(number: int) -> None:
        with writing(console.engine) as connection:
            audit(connection, console.keys, "Ann", "search", str(number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(20)))
    with console.engine.connect() as connection:
        assert verify(connection, console.keys) == (20, [])


def test_every_action_is_documented() -> None:
    """docs/console.md has a line for each."""
    text = (Path(__file__).parents[3] / "docs" / "console.md").read_text()
    assert [action for action in ACTIONS if f"`{action}`" not in text] == []


def test_the_command_says_what_it_found(
    tmp_path: Path, filled: Engine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 0 for a whole log, 1 for a changed one with a line for each place."""
    monkeypatch.setenv("BOT_DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("BOT_DATABASE", filled.url.render_as_string(hide_password=False))
    arguments = argparse.Namespace(what="verify")
    assert audit_command.run(arguments) == 0
    assert "whole: 6 rows" in capsys.readouterr().out
    with writing(filled) as connection:
        _remove(connection, 3)
    assert audit_command.run(arguments) == 1
    assert "Row 3 is missing." in capsys.readouterr().out


def test_leads_read_and_verify_it_in_the_browser(lead: Any, filled: Engine) -> None:
    """Filtered by what is asked for; reading it is logged, too."""
    page = lead.get("/audit?coach=Ann&subject=subject+2").text
    assert "subject 2" in page and "subject 3" not in page
    assert "All 7 rows are as they were written" in lead.post("/audit/verify").text
    assert lead.get("/audit?action=search").status_code == 200
    assert lead.get("/audit?action=gardening").status_code == 400
    with writing(filled) as connection:
        _change(connection, details="not JSON <b>")
    assert "(unreadable)" in lead.get("/audit").text
    assert "Row 3 was changed" in lead.post("/audit/verify").text
