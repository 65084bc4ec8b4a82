"""`bot serve` with stand-ins for the three servers: it waits for an answer, watches, and stops all of them."""

import os
import signal
import socket
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STAND_IN = Path(__file__).with_name("stand_in.py")

#: Runs `bot serve` with stand-ins; behaviours come as part=behaviour.
CODE = """
import os, sys
from bot import readiness, serve
from bot.__main__ import main
from bot.processes import Command

readiness.MESSAGE_TIMEOUT = 1.0
readiness.TIMEOUT = 4.0
behaviours = dict(pair.split("=") for pair in sys.argv[3:])

def stand_ins(settings, model):
    ports = {"actions": settings.actions_port, "rasa": settings.rasa_port, "gateway": settings.port}
    for part, name in (("actions", serve.ACTIONS), ("rasa", serve.RASA), ("gateway", serve.GATEWAY)):
        yield Command(name, [sys.executable, sys.argv[1], part, str(ports[part]), behaviours.get(part, "")], os.environ)

serve.commands = stand_ins
sys.exit(main(["serve", "--model", sys.argv[2]]))
"""


class Serving:
    """A running `bot serve`."""

    def __init__(self, folder: Path, *behaviours: str) -> None:
        probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
        self.ports = [probe.getsockname()[1] for probe in probes]
        for probe in probes:
            probe.close()
        model = folder / "guide.tar.gz"
        with tarfile.open(model, "w:gz"):
            pass  # only Rasa looks inside
        self.process = subprocess.Popen(
            [sys.executable, "-c", CODE, STAND_IN, model, *behaviours],
            cwd=ROOT,
            env={
                **os.environ,
                "BOT_PORT": str(self.ports[0]),
                "BOT_RASA_URL": f"http://127.0.0.1:{self.ports[1]}",
                "BOT_ACTIONS_URL": f"http://127.0.0.1:{self.ports[2]}",
                "BOT_DATA_FOLDER": str(folder / "var"),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def until_ready(self) -> str:
        """Its output up to the last line of the announcement."""
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        return said

    def end(self) -> tuple[int, str]:
        """Exit code and the rest of the output."""
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said

    def ports_are_free(self) -> bool:
        """Whether nothing listens any more."""
        for port in self.ports:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return False
        return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ready_and_stopped(tmp_path: Path, number: signal.Signals) -> None:
    """It says where the pages are once a message was answered, and stops everything when asked."""
    serving = Serving(tmp_path)
    said = serving.until_ready()
    assert "A message was answered." in said
    assert f"http://127.0.0.1:{serving.ports[0]}/chat" in said
    assert "/coach" not in said
    serving.process.send_signal(number)
    code, rest = serving.end()
    assert code == 0
    assert rest.rstrip().endswith("Stopped.")
    assert serving.ports_are_free()
    # The message of the start leaves no conversation behind.
    assert "POST /api/forget" in (tmp_path / "var" / "log" / "gateway.log").read_text()


def test_one_that_dies_stops_all(tmp_path: Path) -> None:
    """Where one ends, it is named with its last lines, the others are stopped, and the exit code tells."""
    serving = Serving(tmp_path, "rasa=dies")
    code, said = serving.end()
    assert code == 1
    assert "The Rasa server ended" in said
    assert "out of memory" in said
    assert serving.ports_are_free()


def test_killed_later(tmp_path: Path) -> None:
    """The same after the start."""
    serving = Serving(tmp_path)
    serving.until_ready()
    children = Path(f"/proc/{serving.process.pid}/task/{serving.process.pid}/children")
    if not children.exists():
        serving.process.terminate()
        serving.end()
        pytest.skip("this system doesn't list the children of a process")
    for child in children.read_text().split():
        if b"rasa" in Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0"):
            os.kill(int(child), signal.SIGKILL)
    code, said = serving.end()
    assert code == 1
    assert "The Rasa server ended (signal 9)" in said
    assert serving.ports_are_free()


def test_answers_of_the_gateway_alone_don_t_count(tmp_path: Path) -> None:
    """A gateway that has to answer without Rasa is not a guide that is ready."""
    code, said = Serving(tmp_path, "gateway=silent").end()
    assert code == 1
    assert "The Rasa server is not ready: a message is not answered within 1 s" in said


def test_one_that_never_listens(tmp_path: Path) -> None:
    """A part that doesn't come up in time is named with its last lines."""
    began = time.monotonic()
    code, said = Serving(tmp_path, "actions=never").end()
    assert code == 1
    assert "The action server is not ready" in said
    assert "still thinking" in said
    assert time.monotonic() - began < 25


def test_phrase_that_tells_who_answered() -> None:
    """The gateway logs the words that readiness looks for."""
    from bot.readiness import ANSWERED_ALONE

    assert ANSWERED_ALONE in (ROOT / "bot" / "web" / "turns.py").read_text()
