"""Scripts, styles and pictures as they are sent: made once, when the gateway starts, and small."""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
#: A comment that begins and ends a line, as those that carry the types do.
COMMENT = re.compile(r"^[ \t]*/\*(?:[^*]|\*(?!/))*\*/[ \t]*$", re.MULTILINE)
SMALLEST = 9


@dataclass(frozen=True)
class Served:
    """A body that is the same for everybody, plain and compressed."""

    plain: bytes
    compressed: bytes
    media_type: str

    @classmethod
    def of(cls, text: str, media_type: str) -> "Served":
        """Compressed as well as gzip can."""
        plain = text.encode()
        return cls(plain, gzip.compress(plain, SMALLEST, mtime=0), media_type)

    @cached_property
    def tag(self) -> str:
        """A short name for the content."""
        return hashlib.sha256(self.plain).hexdigest()[:16]

    def answer(self, request: Request, headers: Mapping[str, str]) -> Response:
        """As the browser takes it."""
        told = {**headers, "vary": "accept-encoding"}
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return Response(self.plain, headers=told, media_type=self.media_type)
        return Response(self.compressed, headers={**told, "content-encoding": "gzip"}, media_type=self.media_type)


def served_file(path: Path) -> Served:
    """A file of the pages. Comments are for those who work on it: its lines keep their numbers, without them."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".js", ".css"):
        text = COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    return Served.of(text, MEDIA_TYPES[path.suffix])


def served_folder(folder: Path) -> dict[str, Served]:
    """All files below a folder, by their path in it."""
    return {path.relative_to(folder).as_posix(): served_file(path) for path in sorted(folder.rglob("*.*"))}
