"""Logs keep what a maintainer needs and lose what a patient wrote."""

import io
import json
from pathlib import Path

import pytest

from bot.process_log import ProcessLog, without_words

WORDS = "blisters on my lips"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        # Rasa's structured lines
        (json.dumps({"event": "rest.message.received.failure", "text": WORDS}), "rest.message.received.failure"),
        (json.dumps({"event": "processor.message", "level": "error", "user_message": {"text": WORDS}}), "error"),
        (json.dumps({"event": f"ValueError: {WORDS}"}), "ValueError"),
        # tracebacks
        (f"ValueError: cannot read '{WORDS}'", "ValueError"),
        (f"sqlalchemy.exc.OperationalError: {WORDS}", "sqlalchemy.exc.OperationalError"),
        # what SQLAlchemy and jsonschema quote
        (f"[parameters: ('{WORDS}',)]", "[parameters: "),
        (f"On instance['events'][0]: {WORDS}", "On instance"),
        # what only looks like JSON
        ('{"text": "' + WORDS, "left out"),
    ],
)
def test_words_are_cut(line: str, kept: str) -> None:
    """What a line may quote goes; what says where and why stays."""
    assert WORDS not in without_words(line)
    assert kept in without_words(line)


def test_frames_lose_their_variables() -> None:
    """A structured traceback keeps type and places, not the local variables that structlog adds."""
    frame = {"filename": "bot/x.py", "lineno": 7, "name": "read", "locals": {"text": WORDS}}
    errors = [{"exc_type": "KeyError", "exc_value": WORDS, "frames": [frame]}]
    line = without_words(json.dumps({"event": "a.failure", "level": "error", "exception": errors}))
    assert json.loads(line)["exception"] == [{"type": "KeyError", "at": ["bot/x.py:7"]}]
    assert WORDS not in line


def test_ordinary_lines_stay() -> None:
    """A line without anyone's words is written as it is."""
    line = "INFO bot.web.access POST /api/messages 200 31 ms"
    assert without_words(line) == line


def test_start_is_written_in_full_and_the_rest_without_words(tmp_path: Path) -> None:
    """Before patients can write, the reason of a failure is readable; afterwards words are cut."""
    log = ProcessLog(tmp_path / "log" / "rasa.log")
    log.follow(io.StringIO("ValueError: port is missing\n")).join()
    log.keep_words_out()
    log.follow(io.StringIO(f"ValueError: {WORDS}\n")).join()
    log.close()
    written = log.path.read_text()
    assert "port is missing" in written
    assert WORDS not in written
    assert "port is missing" in log.tail()
