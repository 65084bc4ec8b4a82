"""What can be set of the console alone, from environment variables that begin with BOT_."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bot.settings import Settings, SettingsError


@dataclass(frozen=True)
class MailServer:
    """Where notices are handed in. `tls`: from the first byte on; without it, by STARTTLS where it is offered."""

    host: str
    port: int
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class ConsoleSettings:
    """The console's own settings.

    host, port: where it listens when it runs alone. public_url: how coaches reach it, for links that are sent.
    key: 32 characters or more; made once and kept in the data folder where it is empty.
    """

    host: str = "127.0.0.1"
    port: int = 8001
    public_url: str = "http://127.0.0.1:8000/coach"
    key: str = field(default="", repr=False)
    mail: MailServer | None = None
    notice_to: tuple[str, ...] = ()
    notice_from: str = "rash-guide@localhost"

    @classmethod
    def from_environment(cls, settings: Settings, environ: Mapping[str, str] | None = None) -> "ConsoleSettings":
        """Read them; a variable that is empty counts as not set. Raises SettingsError."""
        given = {name: value.strip() for name, value in (os.environ if environ is None else environ).items()}
        mail = _mail_server(given.get("BOT_SMTP_URL", ""))
        notice_to = tuple(given.get("BOT_NOTICE_TO", "").split())
        if bool(mail) != bool(notice_to):
            raise SettingsError("BOT_SMTP_URL and BOT_NOTICE_TO belong together: set both, or none for no notices")
        for address in notice_to:
            _check_address("BOT_NOTICE_TO", address)
        key = given.get("BOT_CONSOLE_KEY", "")
        if key and len(key) < 32:
            raise SettingsError("BOT_CONSOLE_KEY must have 32 characters or more")
        notice_from = given.get("BOT_NOTICE_FROM") or cls.notice_from
        _check_address("BOT_NOTICE_FROM", notice_from)
        own = f"http://{settings.host}:{settings.port}/coach"
        return cls(
            host=given.get("BOT_CONSOLE_HOST") or settings.host,
            port=_port(given.get("BOT_CONSOLE_PORT") or str(cls.port)),
            public_url=_public_url(given.get("BOT_CONSOLE_URL") or own),
            key=key,
            mail=mail,
            notice_to=notice_to,
            notice_from=notice_from,
        )


def _port(value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise SettingsError(f"BOT_CONSOLE_PORT must be from 1 to 65535, not {value!r}")
    return int(value)


def _public_url(value: str) -> str:
    parts = urlsplit(value.rstrip("/"))
    if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.endswith("/coach"):
        raise SettingsError(f"BOT_CONSOLE_URL must look like https://guide.example/coach, not {value!r}")
    return value.rstrip("/")


def _mail_server(value: str) -> MailServer | None:
    if not value:
        return None
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        # The value itself may hold a password.
        raise SettingsError("BOT_SMTP_URL must look like smtp://user:password@mail.example:587 or smtps://...")
    tls = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port or (465 if tls else 587), tls, user, password)


def _check_address(name: str, value: str) -> None:
    before, at, after = value.partition("@")
    if not (before and at and after) or any(not c.isprintable() or c in " ,;<>@" for c in before + after):
        raise SettingsError(f"{name} takes e-mail addresses, separated by spaces; {value!r} is none")
