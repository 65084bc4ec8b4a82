"""The scripts as a person runs them, above all where something is missing or wrong."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: A port on which nothing listens, so that a registry there refuses at once.
CLOSED = "http://127.0.0.1:9/simple"


def _run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Runs a command to its end; an empty value takes a variable away."""
    changed = {**os.environ, **environment}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={name: value for name, value in changed.items() if value},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A clone without an environment, as far as the scripts look at it."""
    place = tmp_path / "clone"
    shutil.copytree(ROOT / "scripts", place / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / ".ci", place / ".ci")
    for name in ("requirements.lock", "pyproject.toml", ".python-version"):
        shutil.copy(ROOT / name, place / name)
    return place


def _path_with_uv_and_python310(folder: Path) -> str:
    """A PATH on which uv and Python 3.10 are, so that only the registry is missing."""
    folder.mkdir()
    uv = shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")
    (folder / "uv").symlink_to(uv)
    (folder / "python3.10").symlink_to(Path(sys.base_prefix) / "bin" / "python3.10")
    return f"{folder}:/usr/bin:/bin"


@pytest.mark.parametrize("script", ["run", "test", "train"])
def test_unknown_option_is_refused(script: str) -> None:
    """An option that doesn't exist is named, and nothing is started."""
    ended = _run(ROOT / "scripts" / script, "--frobnicate")
    assert ended.returncode == 2
    assert "frobnicate" in ended.stderr or "usage" in ended.stderr


def test_help_needs_nothing(fresh: Path) -> None:
    """Help is there before anything is installed, without any Python."""
    ended = _run(fresh / "scripts" / "run", "--help", PATH="/usr/bin:/bin", PYTHON="/nonexistent")
    assert ended.returncode == 0
    assert "BOT_PORT" in ended.stdout
    assert not (fresh / ".venv").exists()


def test_no_python_at_all(fresh: Path, tmp_path: Path) -> None:
    """Without a Python from 3.8 on, the one thing to install is said."""
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("sh", "dirname"):
        (tools / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    ended = _run(fresh / "scripts" / "run", PATH=str(tools), HOME=str(tmp_path), PYENV_ROOT="", PYTHON="")
    assert ended.returncode == 1
    assert "No Python 3.8 or newer was found" in ended.stderr


def test_registry_that_can_t_be_reached(fresh: Path, tmp_path: Path) -> None:
    """An unreachable registry is named, with what to do; running again goes on from there."""
    settings = {
        "PATH": _path_with_uv_and_python310(tmp_path / "bin"),
        "UV_DEFAULT_INDEX": CLOSED,
        "UV_CACHE_DIR": str(tmp_path / "cache"),
        "UV_HTTP_RETRIES": "0",
        "PYTHON": sys.executable,
    }
    for _ in range(2):
        ended = _run(fresh / "scripts" / "run", **settings)
        assert ended.returncode == 1
        assert "registry at " + CLOSED in ended.stderr
        assert "run this again" in ended.stderr
        assert "Traceback" not in ended.stderr
    assert not (fresh / ".venv" / ".installed").exists()


def test_registry_that_can_t_be_reached_for_uv(fresh: Path, tmp_path: Path) -> None:
    """The same where uv itself is still to be installed."""
    ended = _run(
        *(fresh / "scripts" / "run",),
        PATH="/usr/bin:/bin",
        PYTHON=sys.executable,
        PIP_INDEX_URL=CLOSED,
        PIP_CONFIG_FILE=os.devnull,
        PIP_FIND_LINKS="",
        PIP_NO_CACHE_DIR="1",
        PIP_RETRIES="0",
        # A uv that a machine keeps in its system folders would be taken.
        **({"GUIDE_SPACE_MB": "999999999"} if shutil.which("uv", path="/usr/bin:/bin") else {}),
    )
    assert ended.returncode == 1
    assert "install uv" in ended.stderr or "Too little disk space" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_too_little_disk_space(fresh: Path, tmp_path: Path) -> None:
    """Before installing, the disk is looked at: how much is needed, how much is there."""
    ended = _run(
        fresh / "scripts" / "run",
        PATH=_path_with_uv_and_python310(tmp_path / "bin"),
        PYTHON=sys.executable,
        GUIDE_SPACE_MB="999999999",
    )
    assert ended.returncode == 1
    assert "Too little disk space to install the packages: 999999999 MB needed" in ended.stderr


def test_full_disk_while_training(fresh: Path, tmp_path: Path) -> None:
    """Training looks at the disk too."""
    ended = _run(sys.executable, "-m", "scripts.prepare", "model", cwd=fresh, GUIDE_SPACE_MB="999999999")
    assert ended.returncode == 1
    assert "Too little disk space to train the model" in ended.stderr


def test_broken_training_leaves_the_old_model(fresh: Path) -> None:
    """Where training fails, the end of what Rasa said is shown and the model that was there stays."""
    (fresh / "models").mkdir()
    (fresh / "models" / "guide.tar.gz").write_text("the old one")
    python = fresh / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho 'InvalidRule: these rules contradict each other'\nexit 1\n")
    python.chmod(0o755)
    ended = _run(sys.executable, "-m", "scripts.prepare", "model", cwd=fresh)
    assert ended.returncode == 1
    assert "contradict each other" in ended.stderr
    assert (fresh / "models" / "guide.tar.gz").read_text() == "the old one"
    assert [path.name for path in (fresh / "models").iterdir()] == ["guide.tar.gz"]


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [("BOT_PROT", "8001", "BOT_PROT"), ("BOT_PORT", "eighty", "BOT_PORT"), ("BOT_COUNTRY", "QQ", "QQ")],
)
def test_wrong_settings_start_nothing(setting: str, value: str, said: str) -> None:
    """A setting that is unknown or can't be used is named before anything starts."""
    ended = _run(sys.executable, "-m", "bot", "serve", **{setting: value})
    assert ended.returncode != 0
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_taken_port_starts_nothing() -> None:
    """A port that is taken is named with the setting that chooses another one."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = _run(sys.executable, "-m", "bot", "serve", BOT_PORT=str(port))
    assert ended.returncode == 1
    assert f"Port {port} is taken" in ended.stderr
    assert "BOT_PORT=" in ended.stderr


@pytest.mark.parametrize(("content", "said"), [(None, "no trained model"), (b"half a mod", "is damaged")])
def test_missing_or_damaged_model_starts_nothing(tmp_path: Path, content: bytes | None, said: str) -> None:
    """Without a model that can be read, the command that makes one is named."""
    free = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    web, rasa, actions = (probe.getsockname()[1] for probe in free)
    for probe in free:
        probe.close()
    model = tmp_path / "guide.tar.gz"
    if content is not None:
        model.write_bytes(content)
    ended = _run(
        *(sys.executable, "-m", "bot", "serve", "--model", model),
        BOT_PORT=str(web),
        BOT_RASA_URL=f"http://127.0.0.1:{rasa}",
        BOT_ACTIONS_URL=f"http://127.0.0.1:{actions}",
    )
    assert ended.returncode == 1
    assert said in ended.stderr
    assert "scripts/train" in ended.stderr


@pytest.mark.parametrize(
    ("printed", "status", "expected"),
    [
        ("9 passed in 1.0s", 0, 0),
        ("1 failed, 8 passed in 1.0s", 1, 1),
        # pytest is content with a skipped test; here it counts
        ("SKIPPED [4] tests/service/test_postgres.py:9: no PostgreSQL server\n5 passed, 4 skipped in 1.0s", 0, 1),
        ("SKIPPED [1] tests/unit/test_x.py:9: only on macOS\n8 passed, 1 skipped in 1.0s", 0, 0),
    ],
)
def test_ci_fails_where_postgresql_was_left_out(fresh: Path, printed: str, status: int, expected: int) -> None:
    """.ci/run passes the result on, and fails where the tests with PostgreSQL were skipped."""
    stand_in = fresh / "scripts" / "test"
    stand_in.write_text(f"#!/bin/sh\ncat <<'EOF'\n{printed}\nEOF\n[ \"$CI\" = true ] || exit 9\nexit {status}\n")
    ended = _run("bash", fresh / ".ci" / "run")
    assert ended.returncode == expected
    assert printed in ended.stdout


def test_no_chromium_and_no_way_to_install_one(tmp_path: Path) -> None:
    """Without Chromium and without a package manager, the tests of the pages fail with a sentence."""
    ended = _run(sys.executable, "-m", "scripts.prepare", "chromium", PATH=str(tmp_path), CHROMIUM="")
    assert ended.returncode == 1
    assert "Chromium" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_package_manager_that_can_t_install_chromium(tmp_path: Path) -> None:
    """What the package manager said is shown, with the command to type."""
    apt = tmp_path / "apt-get"
    apt.write_text('#!/bin/sh\necho "E: Unable to locate package $4"\nexit 100\n')
    apt.chmod(0o755)
    sudo = tmp_path / "sudo"
    sudo.write_text('#!/bin/sh\nshift\nexec "$@"\n')
    sudo.chmod(0o755)
    (tmp_path / "true").write_text("#!/bin/sh\n")
    (tmp_path / "true").chmod(0o755)
    ended = _run(sys.executable, "-m", "scripts.prepare", "chromium", PATH=str(tmp_path), CHROMIUM="")
    assert ended.returncode == 1
    assert "Unable to locate package" in ended.stderr
    assert "sudo apt-get install chromium" in ended.stderr
