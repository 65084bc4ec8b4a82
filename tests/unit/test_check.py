"""What `bot check` finds, in words that say what to do."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from bot.check import port_problems, runs_here, yaml_problems
from bot.settings import Settings


def _free_ports() -> Settings:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    web, rasa, actions = (probe.getsockname()[1] for probe in probes)
    for probe in probes:
        probe.close()
    return Settings(port=web, rasa_url=f"http://127.0.0.1:{rasa}", actions_url=f"http://127.0.0.1:{actions}")


def test_free_ports_are_no_problem() -> None:
    """Nothing is said where all ports are free."""
    assert list(port_problems(_free_ports())) == []


@pytest.mark.parametrize("setting", ["BOT_PORT", "BOT_RASA_URL", "BOT_ACTIONS_URL"])
def test_taken_port_is_named_with_its_setting(setting: str) -> None:
    """A port that is taken is named, with the setting that chooses another."""
    settings = _free_ports()
    port = {
        "BOT_PORT": settings.port,
        "BOT_RASA_URL": settings.rasa_port,
        "BOT_ACTIONS_URL": settings.actions_port,
    }[setting]
    with socket.create_server(("127.0.0.1", port)):
        (problem,) = port_problems(settings)
    assert f"Port {port} is taken" in problem
    assert f"{setting}=" in problem


def test_one_port_for_two_parts() -> None:
    """Two settings that ask for one port are both named."""
    settings = _free_ports()
    same = replace(settings, actions_url=settings.rasa_url)
    (problem,) = port_problems(same)
    assert "BOT_RASA_URL" in problem and "BOT_ACTIONS_URL" in problem


def test_parts_elsewhere_are_not_looked_for_here() -> None:
    """A part whose address is on another machine needs no port of ours."""
    settings = _free_ports()
    with socket.create_server(("127.0.0.1", settings.rasa_port)):
        elsewhere = replace(settings, rasa_url=f"http://rasa.example:{settings.rasa_port}")
        assert list(port_problems(elsewhere)) == []
    assert not runs_here("http://rasa.example:5005")
    assert runs_here("http://localhost:5005")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"rules:\n- rule: a\n  steps: [\n", "line 4"),
        (b"a: b\nc: d: e\n", "line 2"),
        (b"\ttabbed: 1\n", "line 1"),
        (b"a: \xff\n", "UTF-8"),
    ],
)
def test_broken_yaml_is_named_with_its_line(tmp_path: Path, content: bytes, said: str) -> None:
    """A file that is not YAML is named with the line where it breaks."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rules.yml").write_bytes(content)
    (tmp_path / "config.yml").write_text("recipe: default.v1\n")
    (problem,) = yaml_problems(tmp_path)
    assert problem.startswith("data/rules.yml")
    assert said in problem
