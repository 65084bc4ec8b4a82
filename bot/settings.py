"""The settings of all processes, read from environment variables that begin with BOT_."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent

#: Every setting with what it means, in the order in which help shows them.
HELP: dict[str, str] = {
    "BOT_HOST": "address that the gateway listens on (127.0.0.1)",
    "BOT_PORT": "port of the gateway, the only public one (8000)",
    "BOT_RASA_URL": "where Rasa answers (http://127.0.0.1:5005)",
    "BOT_ACTIONS_URL": "where the action server answers (http://127.0.0.1:5055)",
    "BOT_RASA_TIMEOUT": "seconds to wait for Rasa before the gateway answers by itself (8)",
    "BOT_DATA_FOLDER": "folder of the database and the secret (var)",
    "BOT_DATABASE": "SQLAlchemy address of the database (sqlite:///<data folder>/bot.db)",
    "BOT_SECRET": "key that signs session cookies, 32 characters or more (made once and kept in the data folder)",
    "BOT_COUNTRY": "two-letter country whose emergency numbers are shown (US)",
    "BOT_ALLOWED_ORIGINS": "sites that may embed the chat, separated by spaces (none but our own)",
    "BOT_KEEP_DAYS": "days after the last message until a conversation is erased (90)",
    "BOT_MESSAGES_PER_MINUTE": "messages that one conversation may send in a minute (60)",
}

#: The console's own settings; bot/console/settings.py reads them.
CONSOLE_HELP: dict[str, str] = {
    "BOT_CONSOLE_HOST": "address of the coach's console when it runs alone (that of the gateway)",
    "BOT_CONSOLE_PORT": "port of the coach's console when it runs alone (8001)",
    "BOT_CONSOLE_URL": "how coaches reach the console, for links that are sent (http://127.0.0.1:8000/coach)",
    "BOT_CONSOLE_KEY": "key that protects coaches' second factors and the audit log (made once and kept)",
    "BOT_SMTP_URL": "mail server for notices of contact requests, such as smtp://user:password@host:587 (none)",
    "BOT_NOTICE_TO": "addresses that get those notices, separated by spaces (none)",
    "BOT_NOTICE_FROM": "sender of those notices (rash-guide@localhost)",
}


class SettingsError(ValueError):
    """A setting is unknown or can't be used. The message says which and what to do."""


@dataclass(frozen=True)
class Settings:
    """What can be set from outside. `secret` never shows in a traceback or a log."""

    host: str = "127.0.0.1"
    port: int = 8000
    rasa_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055"
    rasa_timeout: float = 8.0
    data_folder: Path = ROOT / "var"
    database: str = ""
    secret: str = ""
    country: str = "US"
    allowed_origins: tuple[str, ...] = ()
    keep_days: int = 90
    messages_per_minute: int = 60

    def __repr__(self) -> str:
        """Name and value of each setting, without those that hold a password."""
        shown = [f.name for f in fields(self) if f.name not in ("secret", "database")]
        return f"Settings({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    @property
    def rasa_port(self) -> int:
        """The port in `rasa_url`."""
        return urlsplit(self.rasa_url).port or 80

    @property
    def actions_port(self) -> int:
        """The port in `actions_url`."""
        return urlsplit(self.actions_url).port or 80

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings; a variable that is empty counts as not set.

        Raises SettingsError for an unknown BOT_ variable or a value that can't be used.
        """
        given = {k: v.strip() for k, v in (os.environ if environ is None else environ).items() if k.startswith("BOT_")}
        known = {**HELP, **CONSOLE_HELP}
        unknown = sorted(given.keys() - known.keys())
        if unknown:
            raise SettingsError(f"unknown setting {', '.join(unknown)}. Known are: {', '.join(known)}")
        given = {k: v for k, v in given.items() if v}
        folder = (ROOT / Path(given.get("BOT_DATA_FOLDER", "var")).expanduser()).resolve()
        secret = given.get("BOT_SECRET", "")
        if secret and len(secret) < 32:
            raise SettingsError("BOT_SECRET must have 32 characters or more")
        return cls(
            host=given.get("BOT_HOST", cls.host),
            port=_number(given, "BOT_PORT", cls.port, 1, 65535),
            rasa_url=_address(given, "BOT_RASA_URL", cls.rasa_url),
            actions_url=_address(given, "BOT_ACTIONS_URL", cls.actions_url),
            rasa_timeout=_seconds(given, "BOT_RASA_TIMEOUT", cls.rasa_timeout),
            data_folder=folder,
            database=given.get("BOT_DATABASE", f"sqlite:///{folder / 'bot.db'}"),
            secret=secret,
            country=_country(given.get("BOT_COUNTRY", cls.country)),
            allowed_origins=tuple(_origin(origin) for origin in given.get("BOT_ALLOWED_ORIGINS", "").split()),
            keep_days=_number(given, "BOT_KEEP_DAYS", cls.keep_days, 1, 3650),
            messages_per_minute=_number(given, "BOT_MESSAGES_PER_MINUTE", cls.messages_per_minute, 1, 100_000),
        )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once. Raises SettingsError."""
    return Settings.from_environment()


def secret_of(settings: Settings) -> str:
    """The signing key: as set, else the one in the data folder, made there once, readable by its owner only."""
    if settings.secret:
        return settings.secret
    path = settings.data_folder / "secret"
    settings.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f"secret.{os.getpid()}")
    if not path.exists():
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            # A link fails where another process was first, so that both use the same key.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    secret = path.read_text().strip()
    if len(secret) < 32:
        raise SettingsError(f"{path} holds no usable key: delete it and start again")
    return secret


def _number(given: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    try:
        value = int(given.get(name, default))
    except ValueError:
        raise SettingsError(f"{name} must be a whole number, not {given[name]!r}") from None
    if not low <= value <= high:
        raise SettingsError(f"{name} must be from {low} to {high}, not {value}")
    return value


def _seconds(given: Mapping[str, str], name: str, default: float) -> float:
    try:
        value = float(given.get(name, default))
    except ValueError:
        raise SettingsError(f"{name} must be a number of seconds, not {given[name]!r}") from None
    if not 0.1 <= value <= 60:
        raise SettingsError(f"{name} must be from 0.1 to 60 seconds, not {value}")
    return value


def _address(given: Mapping[str, str], name: str, default: str) -> str:
    value = given.get(name, default).rstrip("/")
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"{name} must look like {default}, not {value!r}")
    return value


def _country(value: str) -> str:
    if len(value) != 2 or not (value.isascii() and value.isalpha()):
        raise SettingsError(f"BOT_COUNTRY must be a two-letter code such as US or GB, not {value!r}")
    return value.upper()


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.rstrip("/") or parts.query:
        raise SettingsError(f"BOT_ALLOWED_ORIGINS takes origins such as https://hospital.example, not {value!r}")
    if any(character in value for character in ";,'\"*"):
        # It becomes part of a security header.
        raise SettingsError(f"BOT_ALLOWED_ORIGINS: {value!r} holds a character that an origin can't have")
    return f"{parts.scheme}://{parts.netloc}"
