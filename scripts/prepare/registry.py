"""Where packages come from: uv asks the registry that pip is set up for, and failures are put in plain words."""

import ast
import os
import re
from pathlib import Path
from typing import Dict, Mapping

from scripts.prepare.console import CommandFailed, Problem, run

UV_INDEX_SETTINGS = ("UV_INDEX_URL", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_EXTRA_INDEX_URL", "UV_FIND_LINKS")

_FULL = re.compile(r"no space left on device|os error 28|disk quota exceeded", re.IGNORECASE)
_UNREACHABLE = re.compile(
    r"error sending request|dns error|failed to lookup|connection (refused|reset|error|broken)|timed? ?out|"
    r"network is unreachable|tcp connect|could not connect|certificate|max retries|name resolution|"
    r"no route to host|tunnel|proxy|HTTP status|status code|could not find a version|no matching distribution",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s`'\")]+")


def pip_settings(text: str) -> Dict[str, str]:
    """The settings in the output of `pip config list`, by name without section; the most particular wins.

    pip lists them as section.name='value', where the sections of files come before environment variables.
    """
    found: Dict[str, str] = {}
    for section in ("global", "install", ":env:"):
        for line in text.splitlines():
            name, _, value = line.partition("=")
            if name.startswith(section + "."):
                found[name[len(section) + 1 :]] = _unquoted(value)
    return found


def _unquoted(value: str) -> str:
    try:
        return str(ast.literal_eval(value))
    except (SyntaxError, ValueError):
        return value


def as_uv_environment(pip: Mapping[str, str]) -> Dict[str, str]:
    """The variables that make uv look where pip looks.

    pip takes the best version from all of its indexes, uv the first index that knows a name: with further
    indexes uv is told to do as pip does, which is safe because every file is checked against its hash.
    """
    variables: Dict[str, str] = {}
    if pip.get("index-url"):
        variables["UV_DEFAULT_INDEX"] = pip["index-url"].strip()
    if pip.get("extra-index-url"):
        variables["UV_INDEX"] = " ".join(pip["extra-index-url"].split())
        variables["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if pip.get("find-links"):
        variables["UV_FIND_LINKS"] = ",".join(pip["find-links"].split())
    if pip.get("trusted-host"):
        variables["UV_INSECURE_HOST"] = " ".join(pip["trusted-host"].split())
    if pip.get("cert"):
        variables["SSL_CERT_FILE"] = pip["cert"]
    if pip.get("proxy"):
        variables["ALL_PROXY"] = pip["proxy"]
    if pip.get("default-timeout", pip.get("timeout", "")).isdigit():
        variables["UV_HTTP_TIMEOUT"] = pip.get("default-timeout", pip.get("timeout", ""))
    return variables


def _uv_has_its_own_settings() -> bool:
    if any(os.environ.get(name) for name in UV_INDEX_SETTINGS):
        return True
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    files = (Path(home) / "uv" / "uv.toml", Path("/etc/uv/uv.toml"))
    return any(file.is_file() and "index" in file.read_text(errors="replace") for file in files)


def uv_environment(python: str) -> Dict[str, str]:
    """The environment for uv: this process's, with pip's registry where uv has none of its own.

    python: an interpreter whose pip can be asked; one without pip leaves only pip's environment variables.
    """
    environment = dict(os.environ)
    if _uv_has_its_own_settings():
        return environment
    try:
        pip = pip_settings(run([python, "-m", "pip", "config", "list"]))
    except CommandFailed:
        prefix = "PIP_"
        pip = {
            name[len(prefix) :].lower().replace("_", "-"): value
            for name, value in os.environ.items()
            if name.startswith(prefix)
        }
    for name, value in as_uv_environment(pip).items():
        environment.setdefault(name, value)
    return environment


def explain(error: CommandFailed, doing: str) -> Problem:
    """A failed installation in plain words."""
    output = error.output
    if _FULL.search(output):
        return Problem("The disk is full: could not {}. Free some space and run this again.".format(doing))
    if "hash mismatch" in output.lower():
        return Problem(
            "Could not {}: a downloaded file is not the one that requirements.lock names.\n{}\n"
            "Nothing of it was installed. Run this again; if it stays so, the registry serves other "
            "files than the ones that were locked.".format(doing, error.tail())
        )
    if _UNREACHABLE.search(output):
        addresses = sorted(set(_ADDRESS.findall(output)))
        where = " at " + addresses[0] if addresses else ""
        return Problem(
            "Could not {}: the package registry{} can't be reached or does not have what was asked for.\n{}\n"
            "Check the network connection. Behind a mirror, set it once for pip (pip config set global.index-url ...) "
            "or for uv (UV_DEFAULT_INDEX=...). Then run this again: what is already there is kept.".format(
                doing, where, error.tail(6)
            )
        )
    return Problem("Could not {}. What was said last:\n{}".format(doing, error.tail()))
