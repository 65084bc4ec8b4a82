"""What a coach sent: fields of a form or of an address, cleaned of what databases refuse."""

from collections.abc import Sequence
from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.console.errors import ConsoleError, bad_request

#: Bytes of a form, and number of its fields.
LONGEST, MOST = 128 * 1024, 2000


class Fields:
    """Names with their values, in order; a name may stand more than once."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = ()) -> None:
        self.pairs = [(name, value) for name, value in pairs]

    def get(self, name: str, default: str = "") -> str:
        """The last value, without blanks around it."""
        return next((value.strip() for key, value in reversed(self.pairs) if key == name), default)

    def raw(self, name: str) -> str:
        """The last value as it came: blanks belong to a password."""
        return next((value for key, value in reversed(self.pairs) if key == name), "")

    def all(self, name: str) -> list[str]:
        """Every value that is not blank."""
        return [value.strip() for key, value in self.pairs if key == name and value.strip()]

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number. Raises ConsoleError 400 for anything else, and outside of low to high."""
        text = self.get(name)
        if not text:
            return default
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= 10 and low <= int(text) <= high):
            raise bad_request(f"“{name}” must be a whole number from {low} to {high}.")
        return int(text)


def fields_of_address(request: Request) -> Fields:
    """What stands behind the question mark."""
    return _parse(request.scope.get("query_string", b""))


async def fields_of_body(request: Request) -> Fields:
    """A posted form. Raises ConsoleError where it is none or too long."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise ConsoleError(415, "Not a form", "Only forms of these pages can be sent here.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            raise ConsoleError(413, "Too long", f"A form may hold {LONGEST // 1024} kB at most.")
    return _parse(body)


def _parse(encoded: bytes) -> Fields:
    try:
        text = encoded.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=MOST)
    except ValueError:
        raise bad_request("The fields could not be read.") from None
    return Fields([(_clean(name), _clean(value)) for name, value in pairs])


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n")
