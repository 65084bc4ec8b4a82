"""One engine per address, and transactions that wait their turn."""

import sqlite3
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from bot.storage import database
from bot.storage.database import DatabaseError, engine_for, writing


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "not an address"),
        ("postgresql:no", "not an address"),
        ("mysql://user:secret@host/db", "must be sqlite or postgresql"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////proc/none/bot.db", "can't make the folder"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(address: str, said: str) -> None:
    """The message says why and shows no password."""
    with pytest.raises(DatabaseError, match=said) as error:
        engine_for(address)
    assert "secret" not in str(error.value)


def test_a_process_has_one_engine_per_address(tmp_path: Path) -> None:
    """Whoever asks for the same database shares its connections."""
    address = f"sqlite:///{tmp_path}/bot.db"
    assert engine_for(address) is engine_for(address)
    assert engine_for(address) is not engine_for(f"sqlite:///{tmp_path}/other.db")


def test_the_folder_is_made_for_its_owner_only(tmp_path: Path) -> None:
    """Other users of the machine don't read health data."""
    engine_for(f"sqlite:///{tmp_path}/data/bot.db").connect().close()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def test_the_short_form_of_postgresql_is_understood() -> None:
    """Hosting services hand out postgres://."""
    assert engine_for("postgres://u@127.0.0.1:1/none").dialect.name == "postgresql"


def test_readers_go_on_while_somebody_writes(tmp_path: Path) -> None:
    """A coach's page does not wait for a patient's turn."""
    engine = _with_table(tmp_path)
    with writing(engine) as writer:
        writer.execute(sa.text("INSERT INTO t VALUES (1)"))
        with engine.connect() as reader:
            assert reader.execute(sa.text("SELECT count(*) FROM t")).scalar() == 0


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    """Rows and tables of a block that an error leaves are gone."""
    engine = _with_table(tmp_path)
    with pytest.raises(KeyError), writing(engine) as connection:
        connection.execute(sa.text("CREATE TABLE other (a INTEGER)"))
        connection.execute(sa.text("INSERT INTO t VALUES (1)"))
        raise KeyError
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM t")).scalar() == 0
        assert sa.inspect(connection).get_table_names() == ["t"]


def test_an_error_shows_no_words_of_the_patient(tmp_path: Path) -> None:
    """Its message ends in a log."""
    engine = _with_table(tmp_path)
    with pytest.raises(OperationalError) as error, writing(engine) as connection:
        connection.execute(sa.text("INSERT INTO missing VALUES (:said)"), {"said": "my throat is closing"})
    assert "missing" in str(error.value) and "throat" not in str(error.value)


def test_a_writer_waits_for_a_locked_database_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits as long as set, 5 seconds as delivered, and raises."""
    assert database.LOCK_WAIT == 5
    monkeypatch.setattr(database, "LOCK_WAIT", 0.2)
    engine = _with_table(tmp_path)
    holder = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked"), writing(engine):
        pass
    assert 0.15 < time.monotonic() - began < 2
    holder.close()
    with writing(engine) as connection:
        connection.execute(sa.text("INSERT INTO t VALUES (1)"))


def _with_table(folder: Path) -> sa.engine.Engine:
    engine = engine_for(f"sqlite:///{folder}/bot.db")
    with writing(engine) as connection:
        connection.execute(sa.text("CREATE TABLE t (a INTEGER)"))
    return engine
