"""The console's settings and its key."""

import os
import stat
from pathlib import Path

import pytest

from bot.console.keys import Keys, load_keys
from bot.console.settings import ConsoleSettings, MailServer
from bot.settings import Settings, SettingsError


def read(**given: str) -> ConsoleSettings:
    """From these variables."""
    return ConsoleSettings.from_environment(Settings(port=8100), given)


def test_nothing_has_to_be_set() -> None:
    """The console is on the gateway's port, and sends no mail."""
    own = read()
    assert (own.host, own.port, own.mail) == ("127.0.0.1", 8001, None)
    assert own.public_url == "http://127.0.0.1:8100/coach"


def test_a_mail_server_is_an_address() -> None:
    """With or without encryption from the beginning; what is special in a password is written with %."""
    own = read(BOT_SMTP_URL="smtps://a%40b:p%2Fw@mail.test", BOT_NOTICE_TO="x@y.test  z@y.test")
    assert own.mail == MailServer("mail.test", 465, True, "a@b", "p/w")
    assert own.notice_to == ("x@y.test", "z@y.test")
    assert read(BOT_SMTP_URL="smtp://mail.test", BOT_NOTICE_TO="x@y.test").mail == MailServer("mail.test", 587)
    assert "p/w" not in repr(own)


@pytest.mark.parametrize(
    "given",
    [
        {"BOT_CONSOLE_PORT": "x"},
        {"BOT_CONSOLE_PORT": "70000"},
        {"BOT_CONSOLE_URL": "guide.example"},
        {"BOT_CONSOLE_URL": "https://guide.example/"},
        {"BOT_CONSOLE_KEY": "short"},
        {"BOT_SMTP_URL": "mail.test", "BOT_NOTICE_TO": "x@y.test"},
        {"BOT_SMTP_URL": "smtp://u:geheim@mail.test:x", "BOT_NOTICE_TO": "x@y.test"},
        {"BOT_SMTP_URL": "smtp://mail.test"},
        {"BOT_NOTICE_TO": "x@y.test"},
        {"BOT_SMTP_URL": "smtp://mail.test", "BOT_NOTICE_TO": "x@y.test\r\nBcc:all"},
        {"BOT_NOTICE_FROM": "nobody"},
    ],
)
def test_what_cannot_be_used_is_refused(given: dict[str, str]) -> None:
    """With the name of the setting and without passwords."""
    with pytest.raises(SettingsError, match="BOT_") as caught:
        read(**given)
    assert "geheim" not in str(caught.value)


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    """Every process uses the same."""
    first = load_keys(tmp_path).key("audit")
    assert load_keys(tmp_path).key("audit") == first
    assert stat.S_IMODE(os.stat(tmp_path / "console.key").st_mode) == 0o600
    assert os.listdir(tmp_path) == ["console.key"]


def test_keys_differ_by_purpose_and_secret(tmp_path: Path) -> None:
    """A key that is set counts before the file."""
    keys = load_keys(tmp_path, "x" * 32)
    assert len({keys.key("a"), keys.key("b"), Keys("y" * 32).key("a")}) == 3
    assert os.listdir(tmp_path) == []


def test_what_was_encrypted_with_another_key_is_a_clear_error(tmp_path: Path) -> None:
    """Not a wrong text."""
    token = Keys("x" * 32).encrypt("secret")
    assert Keys("x" * 32).decrypt(token) == "secret"
    with pytest.raises(SettingsError, match="not the one"):
        Keys("y" * 32).decrypt(token)


def test_a_damaged_key_file_is_not_replaced(tmp_path: Path) -> None:
    """A new key would make the audit log and all second factors worthless."""
    (tmp_path / "console.key").write_text("oops")
    with pytest.raises(SettingsError, match=r"console\.key"):
        load_keys(tmp_path)
