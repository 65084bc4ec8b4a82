"""The pages and their files: a host page with the widget, the chat page, scripts and styles."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.web.facts import PageFacts

HERE = Path(__file__).parent
STATIC = HERE / "static"
FOREVER = "public, max-age=31536000, immutable"


class Pages:
    """Renders the pages once: they are the same for everybody and hold nothing about anybody."""

    def __init__(self, facts: PageFacts) -> None:
        self._version = _version_of(STATIC)
        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
        )
        static = f"/static/{self._version}"
        modules = [*_files("js", "*.js"), "words/en.js"]
        sheets = [name for name in _files("css", "*.css") if name != "css/site.css"]
        self._phrases = {_address_of(language, known): known for language, known in facts.phrases.items()}
        told = {**facts.as_json(), "phrases": dict(zip(facts.phrases, self._phrases, strict=True))}
        context = {"facts": facts, "told": told, "static": static, "modules": modules, "sheets": sheets}
        shell = ["/chat", *(f"{static}/{name}" for name in (*modules, *sheets))]
        self._shells = {"en": shell, "es": [*shell, f"{static}/words/es.js", *self._phrases]}
        self._html = {name: environment.get_template(f"{name}.html").render(context) for name in ("index", "chat")}

    def routes(self) -> list[BaseRoute]:
        """For the application."""
        return [
            Route("/", self._page("index")),
            Route("/chat", self._page("chat")),
            Route("/widget.js", self.widget),
            Route("/sw.js", self.service_worker),
            *(Route(address, self._phrase_book(address)) for address in self._phrases),
            Mount(f"/static/{self._version}", _Forever(directory=STATIC)),
        ]

    async def widget(self, _: Request) -> Response:
        """The script that other sites load; always asked for anew, since its address never changes."""
        headers = {"cache-control": "no-cache", "cross-origin-resource-policy": "cross-origin"}
        return FileResponse(STATIC / "widget.js", headers=headers, media_type="text/javascript")

    async def service_worker(self, request: Request) -> Response:
        """Keeps the chat page itself, with the emergency numbers, for opening it without a connection; ?lang=en|es."""
        shell = self._shells.get(request.query_params.get("lang", "en"), self._shells["en"])
        worker = f"const SHELL = {json.dumps(shell)};\n{(STATIC / 'sw.js').read_text()}"
        return Response(worker, headers={"cache-control": "no-cache"}, media_type="text/javascript")

    def _phrase_book(self, address: str) -> Callable[[Request], Awaitable[Response]]:
        async def phrase_book(_: Request) -> Response:
            return JSONResponse(self._phrases[address], headers={"cache-control": FOREVER})

        return phrase_book

    def _page(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        async def page(request: Request) -> Response:
            tag = f'"{hashlib.sha256(self._html[name].encode()).hexdigest()[:16]}"'
            headers = {"cache-control": "no-cache", "etag": tag}
            if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
                return Response(status_code=304, headers=headers)
            return HTMLResponse(self._html[name], headers=headers)

        return page


class _Forever(StaticFiles):
    """Files under an address that changes with their content, so that browsers need not ask again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file."""
        response = await super().get_response(path, scope)
        if response.status_code < 400:
            response.headers["cache-control"] = FOREVER
        return response


def _address_of(language: str, phrases: Mapping[str, str]) -> str:
    """Where a language's phrases are; it changes with them."""
    return f"/phrases/{hashlib.sha256(json.dumps(dict(phrases)).encode()).hexdigest()[:12]}/{language}.json"


def _files(folder: str, pattern: str) -> list[str]:
    """The files of a folder of static files, as the pages name them."""
    return sorted(path.relative_to(STATIC).as_posix() for path in (STATIC / folder).rglob(pattern))


def _version_of(folder: Path) -> str:
    """A short name for the content of all files."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
