"""The pages and their files: a host page with the widget, the chat page, scripts and styles."""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.web.facts import PageFacts
from bot.web.served import Served, served_folder

HERE = Path(__file__).parent
STATIC = HERE / "static"
FOREVER = "public, max-age=31536000, immutable"


class Pages:
    """Renders the pages once: they are the same for everybody and hold nothing about anybody."""

    def __init__(self, facts: PageFacts) -> None:
        self._files = served_folder(STATIC)
        self._version = _version_of(self._files)
        environment = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
        )
        static = f"/static/{self._version}"
        modules = [*(name for name in self._files if name.startswith("js/")), "words/en.js"]
        sheets = [name for name in self._files if name.startswith("css/") and name != "css/site.css"]
        self._phrases = {_address_of(language, known): _book(known) for language, known in facts.phrases.items()}
        told = {**facts.as_json(), "phrases": dict(zip(facts.phrases, self._phrases, strict=True))}
        context = {"facts": facts, "told": told, "static": static, "modules": modules, "sheets": sheets}
        shell = ["/chat", *(f"{static}/{name}" for name in (*modules, *sheets))]
        shells = {"en": shell, "es": [*shell, f"{static}/words/es.js", *self._phrases]}
        self._html = {
            name: Served.of(environment.get_template(f"{name}.html").render(context), "text/html")
            for name in ("index", "chat")
        }
        worker = self._files["sw.js"].plain.decode()
        # With the page in its name, what is kept is made anew whenever the page changes, as with an emergency number.
        version = f"const VERSION = {json.dumps(self._html['chat'].tag)};"
        self._workers = {
            language: Served.of(f"{version}\nconst SHELL = {json.dumps(kept)};\n{worker}", "text/javascript")
            for language, kept in shells.items()
        }

    def routes(self) -> list[BaseRoute]:
        """For the application."""
        return [
            Route("/", self._page("index")),
            Route("/chat", self._page("chat")),
            Route("/widget.js", self.widget),
            Route("/sw.js", self.service_worker),
            *(Route(address, self._phrase_book(address)) for address in self._phrases),
            Route(f"/static/{self._version}/{{name:path}}", self.file),
        ]

    async def file(self, request: Request) -> Response:
        """A file under an address that changes with its content, so that browsers need not ask again."""
        found = self._files.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        return found.answer(request, {"cache-control": FOREVER})

    async def widget(self, request: Request) -> Response:
        """The script that other sites load; always asked for anew, since its address never changes."""
        headers = {"cache-control": "no-cache", "cross-origin-resource-policy": "cross-origin"}
        return _checked(self._files["widget.js"], request, headers)

    async def service_worker(self, request: Request) -> Response:
        """Keeps the chat page itself, with the emergency numbers, for opening it without a connection; ?lang=en|es."""
        worker = self._workers.get(request.query_params.get("lang", "en"), self._workers["en"])
        return _checked(worker, request, {"cache-control": "no-cache"})

    def _phrase_book(self, address: str) -> Callable[[Request], Awaitable[Response]]:
        async def phrase_book(request: Request) -> Response:
            return self._phrases[address].answer(request, {"cache-control": FOREVER})

        return phrase_book

    def _page(self, name: str) -> Callable[[Request], Awaitable[Response]]:
        async def page(request: Request) -> Response:
            return _checked(self._html[name], request, {"cache-control": "no-cache"})

        return page


def _checked(served: Served, request: Request, headers: Mapping[str, str]) -> Response:
    """The body, or word that the one which the browser has is still right."""
    tag = f'"{served.tag}"'
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers={**headers, "etag": tag})
    return served.answer(request, {**headers, "etag": tag})


def _address_of(language: str, phrases: Mapping[str, str]) -> str:
    """Where a language's phrases are; it changes with them."""
    return f"/phrases/{hashlib.sha256(json.dumps(dict(phrases)).encode()).hexdigest()[:12]}/{language}.json"


def _book(phrases: Mapping[str, str]) -> Served:
    text = json.dumps(dict(phrases), ensure_ascii=False, separators=(",", ":"))
    return Served.of(text, "application/json")


def _version_of(files: Mapping[str, Served]) -> str:
    """A short name for the content of all files."""
    digest = hashlib.sha256()
    for name, served in sorted(files.items()):
        digest.update(name.encode() + b"\0" + served.plain)
    return digest.hexdigest()[:12]
