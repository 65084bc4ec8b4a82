"""What a patient may send, checked: words, or an answer by tap."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.storage.ratings import RATINGS
from bot.web.errors import GatewayError

LONGEST = 2000
#: Bytes of a whole request: 2,000 characters of four bytes, escaped, with room for the rest.
LARGEST = 32_768

_KINDS = ("text", "choice", "choices", "areas")
#: Control characters and halves of surrogate pairs, which databases and JSON refuse, and marks that turn text around.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]+")


@dataclass(frozen=True)
class Message:
    """One thing sent. `id` is the client's own, for sending again without harm. Exactly one of the others is set."""

    id: str
    text: str | None = None
    choice: str | None = None
    choices: tuple[str, ...] | None = None
    areas: Mapping[str, str] | None = None


def parse_message(body: bytes) -> Message:
    """Read a request body. Raises GatewayError 400 (not JSON), 413 (too long) or 422 (not a message)."""
    client_id, value = _object(body)
    given = [kind for kind in _KINDS if value.get(kind) is not None]
    if len(given) != 1:
        raise GatewayError(422, "bad_message", f"Send exactly one of {', '.join(_KINDS)}.")
    kind = given[0]
    content = value[kind]
    if kind == "text":
        return Message(client_id, text=_text(content))
    if kind == "choice":
        return Message(client_id, choice=_choice(content))
    if kind == "choices":
        return Message(client_id, choices=_choice_list(content))
    return Message(client_id, areas=_areas(content))


def parse_rating(body: bytes) -> tuple[str, str | None]:
    """Read a rating: the id of the message whose answer it is for, and "up", "down" or None. Raises GatewayError."""
    client_id, value = _object(body)
    rating = value.get("rating", "")
    if rating is not None and rating not in RATINGS:
        raise GatewayError(422, "bad_rating", "A rating is up, down or null.")
    return client_id, rating


def too_long() -> GatewayError:
    """The answer to more than we read."""
    return GatewayError(413, "too_long", f"That message is too long. Please use {LONGEST:,} characters or fewer.")


def _object(body: bytes) -> tuple[str, dict[str, Any]]:
    """The client's id in a body, and all of the body."""
    if len(body) > LARGEST:
        raise too_long()
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise GatewayError(400, "not_json", "The message did not arrive in a form we can read.") from None
    if not isinstance(value, dict):
        raise GatewayError(400, "not_an_object", "The message did not arrive in a form we can read.")
    client_id = value.get("id")
    if not isinstance(client_id, str) or not 0 < len(client_id) <= 100 or _UNWANTED.search(client_id):
        raise GatewayError(422, "bad_id", "The message needs an id of 1 to 100 characters.")
    return client_id, value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise GatewayError(422, "bad_text", "The message must be words.")
    if len(value) > LONGEST:
        raise too_long()
    text = _UNWANTED.sub(" ", value.replace("\r\n", "\n")).strip()
    if not _INVISIBLE.sub("", text):
        raise GatewayError(422, "empty", "The message is empty. Please type something first.")
    return text


def _choice(value: Any) -> str:
    if not isinstance(value, str) or not value or len(value) > 200:
        raise unknown_choice()
    return value


def _choice_list(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= 60:
        raise unknown_choice()
    return tuple(dict.fromkeys(_choice(item) for item in value))


def _areas(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not 0 < len(value) <= 60:
        raise unknown_choice()
    return {_choice(area): _choice(level) for area, level in value.items()}


def unknown_choice() -> GatewayError:
    """The answer to a tap on something that was not offered."""
    return GatewayError(
        422, "unknown_choice", "That choice is not on offer now. Please choose again or type an answer."
    )
