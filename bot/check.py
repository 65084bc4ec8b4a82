"""`bot check`: what would keep the guide from starting, found without starting anything."""

import argparse
import errno
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from bot.knowledge.errors import KnowledgeError
from bot.knowledge.loader import load_knowledge
from bot.language.lexicon import LexiconError, load_lexicon
from bot.settings import ROOT, Settings
from bot.storage.database import DatabaseError, engine_for

#: Read by Rasa, in YAML; `data` holds the content as well.
YAML_PLACES = ("config.yml", "domain.yml", "domain", "endpoints.yml", "credentials.yml", "data")

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `bot check`; what it looks at is set by BOT_ variables."""
    parser.add_argument("--no-ports", action="store_true", help="leave the ports out: the guide may be running")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 where nothing was found, else 1 with one problem a line on standard error."""
    settings = Settings.from_environment()
    return report(content_problems(settings) if args.no_ports else problems(settings))


def report(found: Iterator[str]) -> int:
    """Prints problems. Exit code 0 without any, else 1."""
    code = 0
    for problem in found:
        print(problem, file=sys.stderr)
        code = 1
    return code


def problems(settings: Settings) -> Iterator[str]:
    """Sentences that say what is wrong and what to do."""
    yield from port_problems(settings)
    yield from content_problems(settings)


def content_problems(settings: Settings) -> Iterator[str]:
    """Files that Rasa or the guide could not read."""
    broken = list(yaml_problems(ROOT))
    yield from broken
    if not broken:
        try:
            load_knowledge(country=settings.country)
        except KnowledgeError as error:
            yield f"The content in data/knowledge can't be used: {error}"
        try:
            load_lexicon()
        except LexiconError as error:
            yield f"The words in data/knowledge/lexicon can't be used: {error}"
        try:
            engine_for(settings.database).dispose()
        except DatabaseError as error:
            yield f"The database can't be used: {error}"


def runs_here(address: str) -> bool:
    """Whether an address is on this machine, so that we start what answers there; elsewhere somebody else does."""
    return urlsplit(address).hostname in _LOOPBACK


def ports(settings: Settings) -> Iterator[tuple[str, int, str, str]]:
    """(host, port, setting, example value) of each port that `bot serve` listens on."""
    yield settings.host, settings.port, "BOT_PORT", str(_other(settings.port))
    for setting, address, port in (
        ("BOT_RASA_URL", settings.rasa_url, settings.rasa_port),
        ("BOT_ACTIONS_URL", settings.actions_url, settings.actions_port),
    ):
        if runs_here(address):
            yield "127.0.0.1", port, setting, f"http://127.0.0.1:{_other(port)}"


def _other(port: int) -> int:
    return port + 1 if port < 65535 else port - 1


def port_problems(settings: Settings) -> Iterator[str]:
    """Ports that are taken, asked for twice or not ours to use."""
    wanted = list(ports(settings))
    for index, (host, port, setting, example) in enumerate(wanted):
        for _, other_port, other_setting, _ in wanted[:index]:
            if port == other_port:
                yield f"{other_setting} and {setting} both ask for port {port}. Set one of them to another."
        reason = _why_not(host, port)
        if reason == errno.EADDRINUSE:
            yield (
                f"Port {port} is taken by another program, perhaps by another run of this one. "
                f"Stop it, or choose another port: {setting}={example} scripts/run"
            )
        elif reason == errno.EACCES:
            yield f"Port {port} needs administrator rights. Choose one above 1023: {setting}={example} scripts/run"
        elif reason is not None:
            name = errno.errorcode.get(reason, str(reason))
            yield f"Can't listen on {host} port {port} ({name}). See BOT_HOST and {setting}."


def _why_not(host: str, port: int) -> int | None:
    """The error number that listening ends with, None where the port is free."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        return errno.EADDRNOTAVAIL
    with socket.socket(family, kind, protocol) as probe:
        # As servers do: a port whose last connections are only fading is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as error:
            return error.errno
    return None


def yaml_problems(root: Path) -> Iterator[str]:
    """Files that are not YAML, with the line."""
    for path in _yaml_files(root):
        name = path.relative_to(root)
        try:
            for _ in yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
                pass
        except UnicodeDecodeError as error:
            yield f"{name} is not UTF-8 text (byte {error.start})."
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            yield f"{name}, line {line}: not valid YAML: {error.problem}."
        except yaml.YAMLError as error:
            yield f"{name}: not valid YAML: {error}."


def _yaml_files(root: Path) -> Iterator[Path]:
    for place in YAML_PLACES:
        path = root / place
        yield from [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in (".yml", ".yaml"))
