"""Starts, watches and stops the processes of the guide together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from bot.process_log import ProcessLog

#: How long a process may take to end when asked, in seconds.
PATIENCE = 10.0

_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Command:
    """One process to start. `name` is what people read and the name of its log file."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]


class Ended(Exception):
    """A process ended that should run. The text says which, how, and its last lines."""


def _end_with_parent() -> None:
    """Linux ends the process when the one that started it is killed, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Processes:
    """The running processes, each in a group of its own, so that Ctrl-C reaches only us and we stop them in order."""

    def __init__(self, log_folder: Path, working_folder: Path) -> None:
        self._log_folder = log_folder
        self._working_folder = working_folder
        self._running: dict[str, tuple[subprocess.Popen[str], ProcessLog, threading.Thread]] = {}

    def start(self, commands: Iterable[Command]) -> None:
        """Start processes. Raises Ended where one can't be started at all.

        All of them are started before the threads that follow their output: between fork and exec, a second thread
        could hold a lock for ever.
        """
        started = [(command, self._open(command)) for command in commands]
        for command, process in started:
            log = ProcessLog(self._log_folder / f"{command.name.lower().replace(' ', '-')}.log")
            assert process.stdout is not None
            self._running[command.name] = (process, log, log.follow(process.stdout))

    def _open(self, command: Command) -> "subprocess.Popen[str]":
        try:
            return subprocess.Popen(
                list(command.arguments),
                cwd=self._working_folder,
                env=dict(command.environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 (no threads yet, see `start`)
            )
        except OSError as error:
            raise Ended(f"The {command.name} can't be started: {error}.") from error

    def check(self) -> None:
        """Raises Ended where one of them is not running any more."""
        for name, (process, log, copying) in self._running.items():
            code = process.poll()
            if code is not None:
                copying.join(timeout=1)
                how = f"signal {-code}" if code < 0 else f"exit code {code}"
                raise Ended(f"The {name} ended ({how}). The last lines of {log.path}:\n{log.tail()}")

    def log_file(self, name: str) -> Path:
        """Where a process's output goes."""
        return self._running[name][1].path

    def tail(self, name: str) -> str:
        """The place and last lines of a process's log; nothing for one that runs on another machine."""
        if name not in self._running:
            return ""
        log = self._running[name][1]
        return f"The last lines of {log.path}:\n{log.tail()}"

    def keep_words_out_of_logs(self) -> None:
        """Call before the first patient can write."""
        for _, log, _ in self._running.values():
            log.keep_words_out()

    def stop(self) -> None:
        """End all of them, last started first; those that don't end in time are killed. Safe to call twice."""
        running = list(reversed(self._running.values()))
        for process, _, _ in running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for process, log, copying in running:
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            # Also after a clean end: a child of the process may be left in its group.
            _signal_group(process, signal.SIGKILL)
            process.wait()
            copying.join(timeout=1)
            if process.stdout and not copying.is_alive():
                process.stdout.close()
            log.close()
        self._running.clear()


def _signal_group(process: "subprocess.Popen[str]", number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        pass


class Interrupted(Exception):
    """Ctrl-C, or the request to end."""


@contextmanager
def interruptible() -> Iterator[None]:
    """Turns SIGINT and SIGTERM and SIGHUP into Interrupted, once: while stopping, a second Ctrl-C changes nothing."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise Interrupted

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
