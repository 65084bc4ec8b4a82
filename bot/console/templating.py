"""Templates and what they can call. Everything is escaped."""

import hashlib
from datetime import datetime, timezone
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from bot.console.addresses import BASE, url
from bot.console.body_picture import picture
from bot.console.forms import Fields

HERE = Path(__file__).parent
STATIC = HERE / "static"


@cache
def environment() -> Environment:
    """The templates of the console."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(moment=moment, ago=ago)
    found.globals.update(url=url, static=static, page_query=page_query, body_picture=picture)
    return found


def moment(seconds: float) -> Markup:
    """A point in time in UTC; console.js shows it in the coach's own time zone."""
    at = datetime.fromtimestamp(seconds, timezone.utc)
    text = f"{at.day} {at:%b %Y, %H:%M} UTC"
    return Markup('<time datetime="{}" data-local>{}</time>').format(at.strftime("%Y-%m-%dT%H:%M:%SZ"), text)


def ago(seconds: float, now: float) -> str:
    """How long ago, in the largest unit that fits."""
    passed = max(0, int(now - seconds))
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if passed >= length:
            count = passed // length
            return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "just now"


def static(name: str) -> str:
    """The address of a file in static/, which changes with its content."""
    return f"{BASE}/static/{version()}/{escape(name)}"


def page_query(fields: Fields, page: int) -> str:
    """The address's query with another page number."""
    pairs = [(name, value) for name, value in fields.pairs if name != "page"]
    return "?" + urlencode([*pairs, ("page", page)])


@cache
def version() -> str:
    """A short name for the content of all static files."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
