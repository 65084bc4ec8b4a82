"""Settings from the environment."""

import os
import stat
from pathlib import Path

import pytest

from bot.settings import HELP, Settings, SettingsError, secret_of


def test_defaults_and_given_values() -> None:
    """What is not set has its default; what is set is read."""
    settings = Settings.from_environment({"BOT_PORT": "9000", "BOT_COUNTRY": "gb", "BOT_HOST": "", "PATH": "/bin"})
    assert (settings.port, settings.country, settings.host) == (9000, "GB", "127.0.0.1")
    assert settings.database.endswith("/var/bot.db")
    assert (settings.rasa_port, settings.actions_port) == (5005, 5055)


def test_unknown_setting_names_the_known_ones() -> None:
    """A misspelt setting stops the start and shows what there is."""
    with pytest.raises(SettingsError, match=r"BOT_PROT.*BOT_PORT"):
        Settings.from_environment({"BOT_PROT": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_PORT", "eighty"),
        ("BOT_PORT", "70000"),
        ("BOT_RASA_TIMEOUT", "soon"),
        ("BOT_RASA_TIMEOUT", "nan"),
        ("BOT_RASA_TIMEOUT", "0"),
        ("BOT_RASA_URL", "localhost:5005"),
        ("BOT_RASA_URL", "http://host:port"),
        ("BOT_COUNTRY", "USA"),
        ("BOT_SECRET", "short"),
        ("BOT_ALLOWED_ORIGINS", "hospital.example"),
        ("BOT_ALLOWED_ORIGINS", "https://a.example/path"),
        ("BOT_ALLOWED_ORIGINS", "https://a.example;script-src"),
        ("BOT_KEEP_DAYS", "0"),
        ("BOT_MESSAGES_PER_MINUTE", "-1"),
    ],
)
def test_unusable_value_names_its_setting(name: str, value: str) -> None:
    """A value that can't be used stops the start and says which."""
    with pytest.raises(SettingsError, match=name):
        Settings.from_environment({name: value})


def test_secret_is_made_once_and_private(tmp_path: Path) -> None:
    """The key is made on first use, kept, and readable by its owner only."""
    settings = Settings(data_folder=tmp_path / "var")
    first = secret_of(settings)
    assert secret_of(settings) == first
    assert len(first) >= 32
    assert stat.S_IMODE(os.stat(tmp_path / "var" / "secret").st_mode) == 0o600
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret"]


def test_damaged_secret_says_what_to_do(tmp_path: Path) -> None:
    """An emptied key file is not silently taken."""
    (tmp_path / "secret").write_text("")
    with pytest.raises(SettingsError, match="delete it"):
        secret_of(Settings(data_folder=tmp_path))


def test_secrets_do_not_show() -> None:
    """Neither the key nor the database's password is in the settings' printed form."""
    shown = repr(Settings(secret="s" * 40, database="postgresql://u:password@h/d"))
    assert "ssss" not in shown and "password" not in shown


def test_every_setting_has_help() -> None:
    """The help names each field of the settings."""
    assert {name.removeprefix("BOT_").lower() for name in HELP} == set(Settings.__dataclass_fields__)
