"""Writes what a process says to a log file, without the words of patients."""

import json
import re
import threading
from collections import deque
from logging import LogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO, Any

#: Rasa and structlog write JSON where there is no terminal; only these of its fields say nothing about anyone.
SAFE_FIELDS = ("event", "level", "timestamp", "logger", "name", "action_name", "policy_name", "error_type")

#: What an event's text may look like to be kept from a structured line: a dotted key, not a sentence.
_EVENT_KEY = re.compile(r"[a-z0-9_.\-]+", re.IGNORECASE)

#: What follows in one line may quote stored text: SQLAlchemy's parameters, and the object that a schema refused.
_QUOTES = re.compile(r"(\[parameters: |\[SQL: |On instance|Failed validating).*", re.DOTALL)

#: The last line of a traceback: the class stays, the message may quote the patient.
_EXCEPTION = re.compile(r"^((?:[A-Za-z_][\w]*\.)*[A-Za-z_]\w*(?:Error|Exception|Rejection|Warning|Failure)): .*")


def without_words(line: str) -> str:
    """The line with everything cut that can hold what a patient wrote."""
    if line.startswith("{"):
        try:
            record = json.loads(line)
        except ValueError:
            return "(a line that could not be read was left out)"
        return json.dumps(_safe(record)) if isinstance(record, dict) else "(left out)"
    line = _EXCEPTION.sub(r"\1: (message left out)", line)
    return _QUOTES.sub(r"\1(left out)", line)


def _safe(record: dict[str, Any]) -> dict[str, Any]:
    kept = {name: record[name] for name in SAFE_FIELDS if isinstance(record.get(name), str)}
    if not _EVENT_KEY.fullmatch(kept.get("event", "")):
        kept["event"] = without_words(kept.get("event", "").partition("\n")[0])
    errors = record.get("exception")
    if isinstance(errors, list):
        # structlog adds the local variables of each frame: only the places stay.
        kept["exception"] = [
            {
                "type": str(error.get("exc_type")),
                "at": [f"{frame.get('filename')}:{frame.get('lineno')}" for frame in error.get("frames", ())],
            }
            for error in errors
            if isinstance(error, dict)
        ]
    return kept


class ProcessLog:
    """One process's log file, rotated at 5 MB, and its last lines in memory.

    Until `keep_words_out` is called, lines are written as they are: while starting, nobody has written anything,
    and the reason why a process can't start must be readable.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path = path
        self._handler = RotatingFileHandler(path, maxBytes=5_000_000, backupCount=3, encoding="utf-8")
        # A full disk must not end the serving, and a traceback for each line would bury the terminal.
        self._handler.handleError = lambda record: None  # type: ignore[method-assign]
        self._last: deque[str] = deque(maxlen=200)
        self._private = False
        self._lock = threading.Lock()

    def keep_words_out(self) -> None:
        """From now on, cut what may hold patients' words."""
        self._private = True

    def write(self, line: str) -> None:
        """One line, without its line break."""
        text = without_words(line) if self._private else line
        with self._lock:
            self._last.append(text)
            self._handler.emit(LogRecord("process", 0, "", 0, text, None, None))

    def follow(self, stream: IO[str]) -> threading.Thread:
        """Writes the lines of a process's output until it closes; the thread that does so."""

        def copy() -> None:
            for line in stream:
                self.write(line.rstrip("\n"))

        thread = threading.Thread(target=copy, daemon=True)
        thread.start()
        return thread

    def tail(self, lines: int = 12) -> str:
        """The last lines, indented."""
        with self._lock:
            return "\n".join("    " + line[:400] for line in list(self._last)[-lines:])

    def close(self) -> None:
        """Close the file."""
        self._handler.close()
