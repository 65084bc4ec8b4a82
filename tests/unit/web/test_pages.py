"""The pages and their files."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.web.facts import Phone
from bot.web.wiring import make_app
from tests.unit.web.conftest import FACTS, PlainReader

STATIC = Path(__file__).resolve().parents[3] / "bot" / "web" / "static"


def _words(language: str) -> dict[str, list[str]]:
    """Each key of a file of words with the places to fill in, in order of the file."""
    text = (STATIC / "words" / f"{language}.js").read_text()
    keys = re.findall(r"^ {2}(\w+):(.*(?:\n {4}.*)*)", text, re.MULTILINE)
    return {key: sorted(set(re.findall(r"\{(\w+)\}", value))) for key, value in keys}


def test_languages_have_the_same_words() -> None:
    """Spanish has every text that English has, with the same places to fill in, and all red flags besides."""
    english, spanish = _words("en"), _words("es")
    assert list(english) == list(spanish)
    assert english == spanish


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_is_named_by_its_look(language: str) -> None:
    """No text of the page's own points to something by shape, colour or place on the screen."""
    text = (STATIC / "words" / f"{language}.js").read_text()
    words = {
        "en": r"\b(above|below|beside|round|square|green|red|blue|grey|(top|bottom|left|right) of the (page|screen))\b",
        "es": r"\b(arriba|abajo|al lado|redond[oa]|cuadrad[oa]|verde|roj[oa]|azul|gris|(parte|lado) de la pantalla)\b",
    }
    assert re.findall(words[language], text, re.IGNORECASE) == []


def test_phrases_come_with_the_page_in_their_language(client: TestClient) -> None:
    """A page in Spanish finds the content's Spanish, and keeps it for opening without a connection."""
    facts = json.loads(re.findall(r'type="application/json">(.*?)</script>', client.get("/chat").text)[0])
    address = facts["phrases"]["es"]
    response = client.get(address)
    assert response.json() == {"Blisters <or> raw skin": "Ampollas"}
    assert "immutable" in response.headers["cache-control"]
    assert address in client.get("/sw.js?lang=es").text
    for other in ("/sw.js", "/sw.js?lang=en", "/sw.js?lang=xx"):
        assert address not in client.get(other).text


def test_what_is_kept_follows_the_page(start: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another emergency number makes another worker, so that no browser goes on showing the old one offline."""
    before = start().get("/sw.js").text
    monkeypatch.setattr("tests.unit.web.conftest.FACTS", replace(FACTS, emergency=Phone("112", "112", "Emergency")))
    after = start().get("/sw.js").text
    assert before != after
    assert re.findall("SHELL = .*", before) == re.findall("SHELL = .*", after)


def test_every_word_is_used() -> None:
    """No text lies about that no script shows."""
    scripts = "".join(path.read_text() for path in (STATIC / "js").rglob("*.js"))
    tables = {"lang", "dir", "sending", "waiting", "failed", "offline", "unreadable", "failure", "starters"}
    unused = [key for key in _words("en") if key not in tables and f'"{key}"' not in scripts]
    assert unused == []


def _sent(client: TestClient, address: str) -> int:
    """The bytes of an answer's body as they go over the wire to a browser."""
    with client.stream("GET", address, headers={"accept-encoding": "gzip, deflate, br"}) as response:
        assert response.status_code == 200, address
        return len(b"".join(response.iter_raw()))


@pytest.mark.parametrize("language", ["en", "es"])
def test_page_is_small(tmp_path: Path, language: str) -> None:
    """All that a patient loads, on the real content, with the widget and what is kept for offline, is at most 60 kB."""
    settings = Settings(data_folder=tmp_path, database=f"sqlite:///{tmp_path / 'bot.db'}")
    with TestClient(make_app(settings, PlainReader())) as client:
        page = client.get("/chat").text
        worker = f"/sw.js?lang={language}"
        kept = json.loads(re.findall(r"const SHELL = (.*);", client.get(worker).text)[0])
        named = re.findall(r'(?:href|src)="(/[^"]+)"', page)
        assert len(named) > 20 and set(named) - set(kept) == {name for name in named if name.endswith("icon.svg")}
        sizes = {address: _sent(client, address) for address in {"/widget.js", worker, *named, *kept}}
    assert sum(sizes.values()) <= 60_000, sizes
    assert any(f"/{language}.js" in address for address in sizes)


def test_comments_are_not_sent(client: TestClient) -> None:
    """Scripts and styles arrive without their makers' comments; lines keep their numbers, for reports of errors."""
    page = client.get("/chat").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+[.](?:js|css))"', page):
        sent = client.get(address).text
        assert "@param" not in sent and not sent.startswith("/*"), address
        source = STATIC / address.split("/", 3)[3]
        assert sent.count("\n") == source.read_text().count("\n"), address


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_a_browser_gets_what_it_takes(client: TestClient, encoding: str) -> None:
    """Compressed for those who say so, plain for all others; the words are the same, and caches keep them apart."""
    scripts = re.findall(r'src="(/static[^"]+)"', client.get("/chat").text)
    for address in ("/", "/chat", "/widget.js", "/sw.js", *scripts):
        response = client.get(address, headers={"accept-encoding": encoding})
        assert response.headers.get("content-encoding", "identity") == encoding
        assert response.text == client.get(address).text
        assert "accept-encoding" in response.headers["vary"].lower()


def test_page_asks_for_every_module_at_once(client: TestClient) -> None:
    """No module is found only while another runs, and every file that a module names exists."""
    page = client.get("/chat").text
    for path in (STATIC / "js").rglob("*.js"):
        for name in re.findall(r'from "(\.[^"]+)"', path.read_text()):
            target = (path.parent / name).resolve().relative_to(STATIC)
            assert f"/{target}" in page


def test_nothing_is_loaded_from_elsewhere(client: TestClient) -> None:
    """Pages, scripts and styles name no other server."""
    for path in ("/", "/chat", "/widget.js", "/sw.js"):
        found = re.findall(
            r"""(?:src|href|url\(|import|fetch\()\s*[=(]?\s*["']?(?:https?:)?//[^"'\s]+""", client.get(path).text
        )
        # The example in the widget's description.
        assert [address for address in found if "guide.example" not in address] == [], path


def test_files_are_kept_by_browsers(client: TestClient) -> None:
    """Files whose address changes with their content are never asked for again; pages are checked each time."""
    page = client.get("/chat")
    script = client.get(re.findall(r'src="(/static/[^"]+)"', page.text)[0])
    assert "immutable" in script.headers["cache-control"]
    assert page.headers["cache-control"] == "no-cache"
    again = client.get("/chat", headers={"if-none-match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/chat", headers={"accept-encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_widget_may_be_loaded_by_other_sites(client: TestClient) -> None:
    """The embedding script is open to all; the pages' own files are not."""
    assert client.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
    assert client.get("/chat").headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/x/app.py", "/chat/x", "/templates/chat.html"])
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    """Only what the pages need can be fetched."""
    assert client.get(path).status_code == 404


def test_content_is_escaped(client: TestClient) -> None:
    """A text of the content that looks like markup is shown as text, also inside the page's data."""
    page = client.get("/chat").text
    assert "Blisters &lt;or&gt; raw skin" in page
    assert "Blisters \\u003cor\\u003e raw skin" in page
    assert "<or>" not in page


def test_scripts_are_short() -> None:
    """One idea for each file: none is longer than 300 lines."""
    sizes = {
        path.name: len(path.read_text().splitlines()) for path in STATIC.rglob("*") if path.suffix in (".js", ".css")
    }
    assert {name: size for name, size in sizes.items() if size > 300} == {}
