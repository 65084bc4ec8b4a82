"""Processes are started, watched and stopped together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.processes import Command, Ended, Processes

SLEEP = "import time; print('awake', flush=True); time.sleep(60)"


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    """None running, and none left afterwards."""
    made = Processes(tmp_path / "log", tmp_path)
    yield made
    made.stop()


def _command(name: str, code: str) -> Command:
    return Command(name, [sys.executable, "-c", code], os.environ)


def _wait_for(path: Path, text: str) -> None:
    for _ in range(200):
        if path.exists() and text in path.read_text():
            return
        time.sleep(0.05)
    raise AssertionError(f"{text!r} did not appear in {path}")


def test_the_one_that_ends_is_named_with_its_last_lines(processes: Processes) -> None:
    """Where one ends, the error says which, how, where its log is and what it said last."""
    processes.start([_command("gateway", SLEEP), _command("Rasa", "print('no model here'); raise SystemExit(3)")])
    with pytest.raises(Ended) as ended:
        for _ in range(200):
            processes.check()
            time.sleep(0.05)
    assert "The Rasa ended (exit code 3)" in str(ended.value)
    assert "rasa.log" in str(ended.value)
    assert "no model here" in str(ended.value)


def test_a_program_that_is_not_there(processes: Processes) -> None:
    """What can't be started at all is named."""
    with pytest.raises(Ended, match="gateway can't be started"):
        processes.start([Command("gateway", ["/nonexistent/program"], os.environ)])


def test_stop_ends_those_that_don_t_listen_and_their_children(
    processes: Processes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that ignores the request is killed after a while, with the children that it started."""
    monkeypatch.setattr("bot.processes.PATIENCE", 0.5)
    stubborn = (
        "import os, signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "print('ids', os.getpid(), child.pid, flush=True); time.sleep(60)"
    )
    processes.start([_command("Rasa", stubborn)])
    log = tmp_path / "log" / "rasa.log"
    _wait_for(log, "ids")
    ids = [int(word) for word in log.read_text().split()[1:3]]
    processes.stop()
    for _ in range(100):
        if not any(_runs(pid) for pid in ids):
            return
        time.sleep(0.05)
    raise AssertionError("a process is left")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_nothing_is_left_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    """Also after `kill -9` no process keeps a port."""
    code = (
        "import os, sys, time; from pathlib import Path; from bot.processes import Command, Processes;"
        f"p = Processes(Path({str(tmp_path)!r}), Path('.'));"
        "p.start([Command('gateway', [sys.executable, '-c',"
        '\'import os, time; print("id", os.getpid(), "end", flush=True); time.sleep(60)\'], os.environ)]);'
        "time.sleep(60)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    log = tmp_path / "gateway.log"
    _wait_for(log, "end")
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    pid = int(log.read_text().split()[1])
    for _ in range(100):
        if not _runs(pid):
            return
        time.sleep(0.05)
    raise AssertionError("the process is left")


def _runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        return not Path("/proc").is_dir()
    return state != "Z"
