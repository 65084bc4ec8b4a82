"""What the person at the terminal sees: steps with the time they take, and problems in plain words."""

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Dict, Iterator, List, Optional

#: A step that takes longer than this says so again, in seconds.
HEARTBEAT = 15.0

_started = time.monotonic()


class Problem(Exception):
    """Something the person at the terminal can mend. The text says what is wrong and what to do."""


class CommandFailed(Exception):
    """A command ended with a failure; `output` is all that it wrote."""

    def __init__(self, command: List[str], output: str) -> None:
        super().__init__(" ".join(command))
        self.command = command
        self.output = output

    def tail(self, lines: int = 15) -> str:
        """The last lines of the output, indented."""
        return "\n".join("    " + line for line in self.output.strip().splitlines()[-lines:])


def say(text: str) -> None:
    """One line with the time since the start."""
    sys.stdout.write("[{:4.0f} s] {}\n".format(time.monotonic() - _started, text))
    sys.stdout.flush()


@contextmanager
def step(text: str) -> Iterator[None]:
    """Says what is being done, and again every 15 seconds while it lasts."""
    say(text + " ...")
    began = time.monotonic()
    over = threading.Event()

    def remind() -> None:
        while not over.wait(HEARTBEAT):
            say("    still at it, {:.0f} s so far".format(time.monotonic() - began))

    threading.Thread(target=remind, daemon=True).start()
    try:
        yield
    finally:
        over.set()


def run(command: List[str], cwd: Optional[Path] = None, env: Optional[Dict[str, str]] = None) -> str:
    """The output of a command that never reads the terminal.

    Raises CommandFailed with the output where it ends with a failure or is not there.
    """
    try:
        done = subprocess.run(
            command,
            cwd=None if cwd is None else str(cwd),
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise CommandFailed(command, str(error)) from error
    if done.returncode != 0:
        raise CommandFailed(command, done.stdout)
    return done.stdout


def need_space(folder: Path, megabytes: int, purpose: str) -> None:
    """Raises a Problem where the disk under `folder` has less than `megabytes` MB free.

    GUIDE_SPACE_MB replaces the number, for file systems that count free space in their own way.
    """
    wanted = os.environ.get("GUIDE_SPACE_MB", "")
    if wanted and not wanted.isdigit():
        raise Problem("GUIDE_SPACE_MB is a number of megabytes, not {!r}.".format(wanted))
    needed = int(wanted) if wanted else megabytes
    free = shutil.disk_usage(str(folder)).free // 1_000_000
    if free < needed:
        raise Problem(
            "Too little disk space to {}: {} MB needed, {} MB free in {}. Free some space and run this again.".format(
                purpose, needed, free, folder
            )
        )
