"""The documentation is complete: what exists is described, and what is described exists."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.__main__ import COMMANDS, is_here
from bot.clinical.signs import RED_FLAGS
from bot.settings import CONSOLE_HELP, HELP, Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")]
DOCUMENTS += sorted((ROOT / "docs").glob("*.md"))

#: Settings of the scripts alone, beside those in bot/settings.py.
SCRIPT_SETTINGS = ("PYTHON", "UV_DEFAULT_INDEX", "GUIDE_SPACE_MB")


def _yaml(path: str) -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def _first_column(heading: str) -> str:
    """The first cells of the table below a heading of the README."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return "\n".join(line.split("|")[1] for line in section.splitlines() if line.startswith("|"))


@pytest.fixture(scope="module")
def help_of_run() -> str:
    """What `scripts/run --help` prints, with single blanks."""
    shown = subprocess.run([ROOT / "scripts" / "run", "--help"], capture_output=True, text=True, check=True).stdout
    return " ".join(shown.split())


@pytest.mark.parametrize("setting", HELP)
def test_setting_is_documented_with_its_default(setting: str, help_of_run: str) -> None:
    """README and `scripts/run --help` name each setting, with the default that bot/settings.py gives."""
    assert f"`{setting}`" in _first_column("Settings")
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `{setting}` |"))
    assert f"{setting} {HELP[setting]}" in help_of_run
    field = getattr(Settings(), setting.removeprefix("BOT_").lower())
    if isinstance(field, int | float | str) and field:
        assert f"`{field:g}`" in row if isinstance(field, float) else f"`{field}`" in row


@pytest.mark.parametrize("setting", CONSOLE_HELP)
def test_setting_of_the_console_is_documented(setting: str, help_of_run: str) -> None:
    """README and `scripts/run --help` name the console's settings too."""
    assert f"`{setting}`" in _first_column("Settings")
    assert f"{setting} {CONSOLE_HELP[setting]}" in help_of_run


@pytest.mark.parametrize("setting", SCRIPT_SETTINGS)
def test_setting_of_the_scripts_is_documented(setting: str, help_of_run: str) -> None:
    """The scripts' own settings are named too."""
    assert f"`{setting}`" in _first_column("Settings")
    assert setting in help_of_run


def test_no_setting_is_documented_that_is_gone(help_of_run: str) -> None:
    """A BOT_ setting in any document or in the help exists."""
    texts = [help_of_run, *(path.read_text(encoding="utf-8") for path in DOCUMENTS)]
    named = {name for text in texts for name in re.findall(r"\bBOT_[A-Z_]*[A-Z]\b", text)}
    assert named <= set({**HELP, **CONSOLE_HELP})


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_documented(command: str) -> None:
    """README names each command of `bot`."""
    assert f"`uv run bot {command}" in README


def test_documented_commands_exist() -> None:
    """A `bot` command in a document is one of this program's."""
    text = "".join(path.read_text(encoding="utf-8") for path in DOCUMENTS)
    named = set(re.findall(r"uv run bot ([a-z]+)", text))
    assert named <= set(COMMANDS)
    assert is_here("serve") and is_here("check")


@pytest.mark.parametrize("script", ["run", "test", "check", "train", "screenshots"])
def test_script_is_documented_and_can_be_run(script: str) -> None:
    """README names each script; each is executable."""
    assert f"`scripts/{script}`" in README
    assert (ROOT / "scripts" / script).stat().st_mode & 0o111


def test_every_script_is_known_here() -> None:
    """A new script is documented as well."""
    scripts = {path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix}
    assert all(f"`scripts/{name}`" in README for name in scripts)


def test_red_flags_are_documented_in_the_words_of_the_content() -> None:
    """README lists every red flag, with the title that patients see."""
    titles = {flag["id"]: flag["title"] for flag in _yaml("data/knowledge/red_flags.yml")["red_flags"]}  # type: ignore[index]
    for flag in RED_FLAGS:
        assert f"| `{flag}` | {titles[flag]} |" in README


def test_intents_are_documented() -> None:
    """README describes every intent of the domain, and no other."""
    intents = set(_yaml("domain.yml")["intents"])
    assert set(re.findall(r"`(\w+)`", _first_column("What it understands"))) == intents


def test_notice_is_shown_until_a_clinician_has_reviewed_the_content() -> None:
    """README shows the notice while status.yml says that nobody has reviewed it."""
    status = _yaml("data/knowledge/status.yml")
    if not status["reviewed"]:
        plain = " ".join(README.replace("\n> ", " ").split())
        assert str(status["notice"]) in plain


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_named_files_exist(document: Path) -> None:
    """A path in a document leads somewhere."""
    text = document.read_text(encoding="utf-8")
    paths = set(re.findall(r"`((?:bot|data|docs|scripts|tests|actions)/[\w./-]+)`", text))
    assert [path for path in sorted(paths) if not (ROOT / path).exists()] == []


def test_every_module_of_the_language_has_its_place_in_the_document() -> None:
    """docs/language.md names each, so that a reader finds the room."""
    document = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    modules = {path.name for path in (ROOT / "bot" / "language").glob("*.py")} - {"__init__.py"}
    assert sorted(name for name in modules if f"`{name}`" not in document) == []
