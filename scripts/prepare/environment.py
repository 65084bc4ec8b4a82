"""The Python environment in .venv: uv, Python 3.10, the locked packages and the project itself."""

import glob
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Dict, Iterator, List, Optional

from scripts.prepare import ROOT
from scripts.prepare.console import CommandFailed, Problem, need_space, run, say, step
from scripts.prepare.packages import install_system_packages
from scripts.prepare.registry import explain, uv_environment

#: What the private uv is, and what is taken where a registry doesn't have that one.
UV_PIN = "uv==0.13.9"
UV_ANY = "uv>=0.5"
#: Older ones don't know `managed = false` or `--require-hashes` in the way that is needed here.
OLDEST_UV = (0, 5)

#: What the packages take on the disk, with what uv keeps of them in its cache, in MB.
SPACE_MB = 4000

#: Exits with 0 for a Python 3.10 with the standard modules that Rasa can't do without.
_IS_310 = "import sys, ssl, sqlite3, zlib, ctypes; sys.exit(sys.version_info[:2] != (3, 10))"

_VENV = ROOT / ".venv"
_VENV_PYTHON = _VENV / "bin" / "python"
_STAMP = _VENV / ".installed"

#: `bot` finds the interpreter beside itself, so that no path of this machine is in it.
_BOT_SCRIPT = """#!/bin/sh
'''exec' "$(dirname -- "$(realpath -- "$0")")/python" "$0" "$@"
' '''
import sys

from bot.__main__ import main

sys.exit(main())
"""


def prepare_environment() -> None:
    """Makes .venv complete. Quick where nothing changed since the last time."""
    usable = _runs_310(str(_VENV_PYTHON)) and not _was_moved()
    if usable and _STAMP.is_file() and _STAMP.read_text() == _wanted_stamp():
        return
    need_space(ROOT, SPACE_MB, "install the packages")
    if not usable:
        _make()
    uv = find_uv()
    environment = uv_environment(_asker_of_pip())
    with step("Installing the locked packages (about 2 GB, a few minutes the first time)"):
        try:
            run(
                [uv, "pip", "sync", "--require-hashes", "--python", str(_VENV_PYTHON), "requirements.lock"],
                cwd=ROOT,
                env=environment,
            )
        except CommandFailed as error:
            raise explain(error, "install the packages") from error
    _link_project()
    _STAMP.write_text(_wanted_stamp())
    say("Packages are installed.")


def find_uv() -> str:
    """uv: the one on the path if it is new enough, else a private one in .uv, which is installed where missing."""
    private = (ROOT / ".uv" / "bin" / "uv", ROOT / ".uv" / "lib" / "bin" / "uv")
    for candidate in (shutil.which("uv"), *map(str, private)):
        if candidate and _uv_version(candidate) >= OLDEST_UV:
            return candidate
    with step("Installing uv into .uv"):
        _install_uv()
    for path in private:
        if _uv_version(str(path)) >= OLDEST_UV:
            return str(path)
    raise Problem("uv was installed into .uv but doesn't run there. Remove the folder .uv and run this again.")


def _uv_version(uv: str) -> "tuple[int, ...]":
    try:
        numbers = re.search(r"(\d+)\.(\d+)", run([uv, "--version"]))
    except CommandFailed:
        return ()
    return tuple(map(int, numbers.groups())) if numbers else ()


def _install_uv() -> None:
    """With a virtual environment's pip, else with the pip that is there, else after installing venv."""
    folder = ROOT / ".uv"
    if not _make_private_venv(folder) and not _has_pip():
        install_system_packages(
            {"apt-get": ["python3-venv"], "dnf": ["python3-pip"]},
            "This Python ({}) has neither venv nor pip, one of which is needed to install uv".format(sys.executable),
        )
        _make_private_venv(folder)
    pip: List[str] = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    if not (folder / "bin" / "pip").exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder / "lib"), "--upgrade"]
    try:
        run([*pip, UV_PIN])
    except CommandFailed as first:
        if "no matching distribution" not in first.output.lower():
            raise explain(first, "install uv") from first
        try:
            run([*pip, UV_ANY])
        except CommandFailed as error:
            raise explain(error, "install uv") from error


def _make_private_venv(folder: Path) -> bool:
    try:
        run([sys.executable, "-m", "venv", "--clear", str(folder)])
    except CommandFailed:
        # Debian's Python without python3-venv leaves half of one behind.
        shutil.rmtree(str(folder), ignore_errors=True)
        return False
    return True


def _has_pip() -> bool:
    try:
        run([sys.executable, "-m", "pip", "--version"])
    except CommandFailed:
        return False
    return True


def _asker_of_pip() -> str:
    private = ROOT / ".uv" / "bin" / "python"
    return str(private) if private.exists() else sys.executable


def find_python310(uv: str, environment: Dict[str, str]) -> str:
    """An installed Python 3.10 (on the path, pyenv's, one that uv knows), else one that uv downloads."""
    for candidate in _installed_pythons():
        if _runs_310(candidate):
            return candidate
    for prepare in ([], [uv, "python", "install", "3.10"]):
        try:
            if prepare:
                with step("Downloading Python 3.10"):
                    run(prepare, env=environment)
            found = run([uv, "python", "find", "--no-project", "3.10"], env=environment).strip().splitlines()[-1]
        except (CommandFailed, IndexError) as error:
            reason = error.tail(4) if isinstance(error, CommandFailed) else ""
        else:
            if _runs_310(found):
                return found
            reason = "    {} lacks ssl or sqlite3".format(found)
    raise Problem(
        "Python 3.10 is needed (Rasa runs on no newer one), none is installed and none could be downloaded:\n"
        "{}\nInstall one with your package manager (python3.10) or with pyenv (pyenv install 3.10), "
        "and run this again.".format(reason)
    )


def _installed_pythons() -> Iterator[str]:
    for name in ("python3.10", "python3", "python"):
        found = shutil.which(name)
        if found:
            yield found
    roots = {os.environ.get("PYENV_ROOT") or os.path.expanduser("~/.pyenv"), os.path.expanduser("~/.pyenv")}
    for root in sorted(roots):
        yield from sorted(glob.glob(os.path.join(root, "versions", "3.10*", "bin", "python")), reverse=True)


def _runs_310(python: str) -> bool:
    try:
        run([python, "-c", _IS_310])
    except CommandFailed:
        return False
    return True


def _make() -> None:
    uv = find_uv()
    environment = uv_environment(_asker_of_pip())
    python = find_python310(uv, environment)
    # Only ever an environment that doesn't run, or one of another place.
    shutil.rmtree(str(_VENV), ignore_errors=True)
    with step("Making the environment .venv with " + python):
        try:
            run([uv, "venv", "--quiet", "--python", python, str(_VENV)], cwd=ROOT, env=environment)
        except CommandFailed as error:
            raise explain(error, "make .venv") from error


def _was_moved() -> bool:
    """The commands in an environment hold its place: in a moved copy they would run the old one's."""
    return _STAMP.is_file() and _STAMP.read_text().partition("\n")[0] != str(ROOT)


def _wanted_stamp() -> str:
    lock = hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest()
    script = hashlib.sha256(_BOT_SCRIPT.encode()).hexdigest()
    return "{}\n{}\n{}\n".format(ROOT, lock, script)


def _link_project(venv: Optional[Path] = None) -> None:
    """Makes `import bot` and the command `bot` work without a build, which would need a further download."""
    venv = venv or _VENV
    (venv / "lib" / "python3.10" / "site-packages" / "lenalidomide_rash_guide.pth").write_text(str(ROOT) + "\n")
    command = venv / "bin" / "bot"
    command.write_text(_BOT_SCRIPT)
    command.chmod(0o755)
