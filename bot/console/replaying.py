"""Runs a conversation against the current model and says what would differ."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from typing import Any

from bot.console.errors import ConsoleError
from bot.console.transcript import Turn
from bot.settings import ROOT
from bot.storage.redaction import FILL

#: Loading the model takes about ten seconds, a turn a fraction of one.
_PATIENCE = 120

_COMMAND = (sys.executable, "-m", "bot.evaluation.replay")

#: One at a time: each takes about 700 MB.
_turn = threading.Lock()


@dataclass(frozen=True)
class Compared:
    """One message: (what, then, now) for each thing that differs.

    masked: words were taken out before it was stored, so that the model can't read what it read then.
    """

    event_id: int
    text: str
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    masked: bool = False


def replay(turns: list[Turn], command: tuple[str, ...] = _COMMAND) -> list[Compared]:
    """Compare every message of a conversation. Raises ConsoleError where the model can't be run."""
    said = [turn for turn in turns if turn.message and turn.message.event_id > 0]
    if not said:
        raise ConsoleError(409, "Nothing to replay", "No message of this conversation is stored.")
    if not _turn.acquire(timeout=_PATIENCE):
        raise ConsoleError(503, "Busy", "Another conversation is being replayed. Try again in a minute.", 60)
    try:
        lines = _run(said, command)
    finally:
        _turn.release()
    return [_compare(turn, line) for turn, line in zip(said, lines, strict=True)]


def _run(said: list[Turn], command: tuple[str, ...]) -> list[dict[str, Any]]:
    turns = []
    for turn in said:
        assert turn.message is not None
        answer = dict(turn.message.tapped) if turn.message.tapped else None
        turns.append({"text": turn.message.text, "answer": answer})
    # No coach's request may change a stored conversation, so the copy is kept nowhere.
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    try:
        done = subprocess.run(
            command,
            input=json.dumps({"turns": turns}),
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            cwd=ROOT,
            env={**environment, "RASA_TELEMETRY_ENABLED": "false"},
        )
    except (OSError, subprocess.TimeoutExpired):
        raise ConsoleError(503, "No answer", "The model did not answer in time. Try again later.", 60) from None
    if done.returncode == 2:
        raise ConsoleError(409, "No model", "There is no trained model on this server yet: scripts/train makes one.")
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or len(lines) != len(said):
        raise ConsoleError(503, "Replay failed", "The model ended with an error. The log of the server says more.")
    return lines


def _compare(turn: Turn, line: dict[str, Any]) -> Compared:
    message = turn.message
    assert message is not None
    if FILL in message.text:
        return Compared(message.event_id, message.text, masked=True)
    then = {
        "intent": message.intent,
        "urgency": message.reading.get("urgency"),
        "asked about": ", ".join(map(str, message.reading.get("asks") or ())),
        "grade": (message.reading.get("assessment") or {}).get("grade"),
        "findings": _findings([(f.get("sign"), f.get("status")) for f in message.findings]),
        "actions": ", ".join(decision.action for decision in turn.decisions),
        "answer": "\n".join(reply.text for reply in turn.replies if not reply.own),
    }
    now = {
        "intent": line["intent"],
        "urgency": line["urgency"],
        "asked about": ", ".join(line["asks"]),
        "grade": line["grade"],
        "findings": _findings([tuple(pair) for pair in line["findings"]]),
        "actions": ", ".join(line["actions"]),
        "answer": "\n".join(line["replies"]),
    }
    differences = [
        (name, str(then[name] or "none"), str(now[name] or "none"))
        for name in then
        if (then[name] or "") != (now[name] or "")
    ]
    return Compared(message.event_id, message.text, differences)


def _findings(pairs: list[Any]) -> str:
    return ", ".join(sorted(f"{sign} {status}".replace("_", " ") for sign, status in pairs))
