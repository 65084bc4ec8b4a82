"""Runs a baseline in a Python environment of its own, which is made when it is first needed."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.settings import ROOT

CACHE = ROOT / ".cache" / "baselines"
#: Where the scripts put a uv of their own.
_OWN_UV = ROOT / ".uv" / "bin"
#: Seconds for one installation, and for one run over a file of messages.
_INSTALL, _RUN = 600, 1800


class BaselineError(RuntimeError):
    """A baseline that can't be installed or run, and why in one line."""


def python_with(name: str, requirements: Sequence[str]) -> Path:
    """The interpreter of an environment that holds the packages. Raises BaselineError."""
    folder = CACHE / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    installed = folder / "requirements.txt"
    wanted = "\n".join(requirements)
    if installed.is_file() and python.exists() and installed.read_text(encoding="utf-8") == wanted:
        return python
    uv = shutil.which("uv") or shutil.which("uv", path=str(_OWN_UV))
    if uv is None:
        raise BaselineError("uv, which makes the environment, is not there: scripts/train installs it into .uv")
    sys.stderr.write(f"{name}: installing {' '.join(requirements)} into .cache/baselines/{name}\n")
    _call([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)], _INSTALL)
    _call([uv, "pip", "install", "--quiet", "--python", str(python), *requirements], _INSTALL)
    installed.write_text(wanted, encoding="utf-8")
    return python


def run_script(command: Sequence[str | Path], data: Any, shown: bool = False) -> Any:
    """What a script makes of the data; it is called with a file to read and one to write, both JSON.

    shown: lets its progress through to standard error. Raises BaselineError.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, result = Path(folder, "in.json"), Path(folder, "out.json")
        source.write_text(json.dumps(data), encoding="utf-8")
        _call([*map(str, command), str(source), str(result)], _RUN, shown)
        return json.loads(result.read_text(encoding="utf-8"))


def _call(command: Sequence[str], seconds: int, shown: bool = False) -> None:
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            timeout=seconds,
            stdout=subprocess.DEVNULL,
            stderr=None if shown else subprocess.PIPE,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        raise BaselineError(f"{Path(command[0]).name} took more than {seconds} seconds") from None
    except OSError as error:
        raise BaselineError(f"{command[0]}: {error.strerror}") from error
    if done.returncode:
        lines = (done.stderr or "").strip().splitlines()
        raise BaselineError(lines[-1] if lines else f"{Path(command[0]).name} ended with code {done.returncode}")
