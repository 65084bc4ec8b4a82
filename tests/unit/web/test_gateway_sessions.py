"""Sessions, history, erasing, health."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from itsdangerous import TimestampSigner
from starlette.testclient import TestClient

from bot.replies import Reply
from bot.settings import Settings

MESSAGE = {"id": "1", "text": "hi"}


def test_session_is_unguessable_signed_and_hidden_from_scripts(start: Callable[..., TestClient]) -> None:
    """Each conversation gets its own long token in a cookie that scripts can't read."""
    client = start()
    cookies = [client.post("/api/session").headers["set-cookie"] for _ in range(2)]
    assert cookies[0].split(";")[0] != cookies[1].split(";")[0]
    assert len(cookies[0].split(";")[0]) > 60
    assert "HttpOnly" in cookies[0] and "samesite=lax" in cookies[0].lower()


@pytest.mark.parametrize(("origins", "wanted"), [((), "samesite=lax"), (("https://a.example",), "samesite=none")])
def test_cookie_over_https(
    settings: Settings, start: Callable[..., TestClient], origins: tuple[str, ...], wanted: str
) -> None:
    """Over HTTPS the cookie is secure; where other sites may embed us it works in their frame, and only there."""
    client = start(replace(settings, allowed_origins=origins), "https://testserver")
    cookie = client.post("/api/session").headers["set-cookie"].lower()
    assert "secure" in cookie and wanted in cookie
    assert ("partitioned" in cookie) == bool(origins)


@pytest.mark.parametrize("cookie", [None, "", "x", "ImFiYyI.aaaa.bbbb", "a.b.c.d", "\u00e9"])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/messages"), ("GET", "/api/conversation"), ("POST", "/api/forget")]
)
def test_without_a_valid_session_nothing_opens(
    start: Callable[..., TestClient], cookie: str | None, method: str, path: str
) -> None:
    """No cookie and forged cookies get 401 with a sentence."""
    client = start()
    headers = {} if cookie is None else {"cookie": f"rash_guide={cookie}".encode("latin-1")}
    response = client.request(method, path, headers=headers, json=MESSAGE if method == "POST" else None)
    assert response.status_code == 401
    assert "Reload" in response.json()["error"]["message"]


def test_another_secrets_token_is_forged(settings: Settings, start: Callable[..., TestClient], tmp_path: Path) -> None:
    """A token signed with another key opens nothing."""
    token = start(replace(settings, secret="x" * 40)).post("/api/session").json()["token"]
    response = start().post("/api/messages", json=MESSAGE, headers={"authorization": f"Bearer {token}"})
    assert response.status_code == 401


def test_bearer_token_works_without_cookies(start: Callable[..., TestClient], rasa: Any) -> None:
    """A frame whose cookies are blocked sends the token itself, and it counts before a cookie."""
    client = start()
    token = client.post("/api/session").json()["token"]
    client.cookies.clear()
    response = client.post("/api/messages", json=MESSAGE, headers={"authorization": f"Bearer {token}"})
    assert response.status_code == 200


def test_a_diary_that_is_used_outlives_its_first_token(
    start: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening the page or writing brings a fresh cookie, and the conversation can still be read and erased."""
    client = start()
    with monkeypatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _: 1_000_000_000)
        client.post("/api/session")
    old = client.cookies["rash_guide"]
    assert "rash_guide" in client.get("/api/conversation").cookies
    assert "rash_guide" not in client.get("/api/conversation").cookies
    client.cookies.set("rash_guide", old, domain="testserver.local")
    assert "rash_guide" in client.post("/api/messages", json=MESSAGE).cookies
    assert client.post("/api/forget").json() == {"erased": True}
    assert client.get("/api/conversation", headers={"authorization": f"Bearer {old}"}).status_code == 401


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://testserver"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "https://proxy.example"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_posts_from_other_sites_are_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    """A page elsewhere can't speak or erase with the patient's cookie."""
    assert client.post("/api/messages", json=MESSAGE, headers=headers).status_code == status
    if status == 403:
        assert client.post("/api/forget", headers=headers).status_code == 403
        assert client.post("/api/session", headers=headers).status_code == 403


def _store_events(settings: Settings, sender_id: str, events: list[dict[str, Any]]) -> None:
    """Write events as Rasa's tracker store does."""
    with sqlite3.connect(settings.data_folder / "bot.db") as db:
        db.executemany(
            "INSERT INTO events (sender_id, type_name, timestamp, data) VALUES (?, ?, ?, ?)",
            [(sender_id, event["event"], event["timestamp"], json.dumps(event)) for event in events],
        )


def _turn(number: int) -> list[dict[str, Any]]:
    """The events of one turn."""
    reply = Reply("text", f"answer {number}").as_json()
    return [
        {"event": "action", "name": "action_listen", "timestamp": number},
        {"event": "user", "text": f"\u2215text {number}", "timestamp": number, "metadata": {"client_id": f"c{number}"}},
        {"event": "slot", "name": "x", "timestamp": number},
        {"event": "bot", "text": None, "timestamp": number + 0.5, "data": {"custom": reply}},
    ]


def test_history_pages_back_to_the_beginning(client: TestClient, rasa: Any, settings: Settings) -> None:
    """A long conversation comes in pages, newest first, each in order, nothing twice and nothing missed."""
    client.post("/api/messages", json=MESSAGE)
    _store_events(settings, rasa.seen[0]["sender"], [event for n in range(1, 8) for event in _turn(n)])
    _store_events(settings, "somebody-else", _turn(1))
    texts: list[str] = []
    cursor = ""
    for _ in range(10):
        page = client.get(f"/api/conversation?limit=5{cursor}").json()
        texts = [message["text"] for message in page["messages"]] + texts
        if page["earlier"] is None:
            break
        cursor = f"&before={page['earlier']}"
    assert texts == [text for n in range(1, 8) for text in (f"/text {n}", f"answer {n}")]
    assert page["messages"][0] == {"from": "patient", "id": "c1", "text": "/text 1", "at": 1}


def test_history_has_the_gateways_own_answers(client: TestClient, rasa: Any, settings: Settings) -> None:
    """A turn without Rasa is in the history, redacted; one that slow Rasa stored after all is there once."""
    rasa.answer = httpx.ConnectError("no")
    client.post("/api/messages", json={"id": "a", "text": "I am Ann-Marie, I have blisters"})
    messages = client.get("/api/conversation").json()["messages"]
    assert [m["text"] for m in messages] == ["I am [name···], I have blisters", "Call 911 now."]
    late = {"event": "user", "text": "I have blisters", "timestamp": 1.0, "metadata": {"client_id": "a"}}
    _store_events(settings, rasa.seen[0]["sender"], [late])
    messages = client.get("/api/conversation").json()["messages"]
    assert [m["text"] for m in messages] == ["I have blisters", "Call 911 now."]


def test_new_conversation_has_an_empty_history(client: TestClient) -> None:
    """Before the first message."""
    assert client.get("/api/conversation").json() == {"messages": [], "earlier": None, "urgency": None}


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limit=1000", "before=-1", "before=9e9"])
def test_bad_history_query_is_refused(client: TestClient, query: str) -> None:
    """A query that makes no sense gets a sentence."""
    assert client.get(f"/api/conversation?{query}").status_code == 422


def test_forget_erases_everything(client: TestClient, rasa: Any, settings: Settings) -> None:
    """Nothing of the conversation is left in any table, the cookie goes, and the old token opens nothing."""
    token = client.post("/api/session").json()["token"]
    client.post("/api/messages", json=MESSAGE)
    sender = rasa.seen[0]["sender"]
    _store_events(settings, sender, _turn(1))
    assert client.post("/api/forget").json() == {"erased": True}
    assert "rash_guide" not in client.cookies
    with sqlite3.connect(settings.data_folder / "bot.db") as db:
        assert sender not in "\n".join(db.iterdump())
    late = client.post("/api/messages", json=MESSAGE, headers={"authorization": f"Bearer {token}"})
    assert late.status_code == 401
    assert len(rasa.seen) == 1


def test_forgetting_by_words_erases_too(client: TestClient, rasa: Any, settings: Settings) -> None:
    """A reply that says that the conversation is forgotten makes the gateway forget its part."""
    rasa.answer = [{"custom": Reply("text", "Erased.", data={"forgotten": True}).as_json()}]
    assert client.post("/api/messages", json=MESSAGE).json()["replies"][0]["text"] == "Erased."
    assert client.get("/api/conversation").status_code == 401
    with sqlite3.connect(settings.data_folder / "bot.db") as db:
        assert rasa.seen[0]["sender"] not in "\n".join(db.iterdump())


def test_broken_database_still_hears_urgent_signs(client: TestClient, settings: Settings) -> None:
    """While the database can't be read, messages get the gateway's own answer and the rest an honest error."""
    for name in ("bot.db", "bot.db-wal", "bot.db-shm"):
        # Written over, not anew: the index ("-shm") is mapped into memory, and cut short under a thread that reads it,
        # as the hourly housekeeping may, it would kill this process.
        with (settings.data_folder / name).open("r+b") as file:
            file.write(b"this is no database" * 5000)
    answer = client.post("/api/messages", json={"id": "1", "text": "I have blisters"})
    assert answer.json()["urgency"] == "emergency"
    for response in (client.get("/api/conversation"), client.post("/api/session"), client.post("/api/forget")):
        assert (response.status_code, response.json()["error"]["code"]) == (503, "storage")
    assert client.get("/health").json()["database"] == "down"


def test_health_tells_the_parts_apart(client: TestClient, rasa: Any) -> None:
    """All well is 200; a part that is down is named with 503."""
    assert client.get("/health").json() == {"status": "ok", "rasa": "up", "database": "up", "actions": "up"}
    rasa.answer = httpx.ConnectError("no")
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json() == {"status": "degraded", "rasa": "down", "database": "up", "actions": "up"}


@pytest.mark.parametrize("answer", [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), httpx.Response(500)], ids=str)
def test_health_tells_that_the_action_server_is_down(client: TestClient, rasa: Any, answer: Any) -> None:
    """Without it no assessment ends, although Rasa still answers."""
    rasa.actions = answer
    response = client.get("/health")
    assert response.status_code == 503
    assert response.json() == {"status": "degraded", "rasa": "up", "database": "up", "actions": "down"}


def test_unknown_path_and_method_are_told_in_the_same_form(client: TestClient) -> None:
    """404 and 405 carry a code and a message too."""
    assert client.get("/api/nothing").json()["error"]["code"] == "http_404"
    assert client.get("/api/messages").json()["error"]["code"] == "http_405"


def test_every_answer_carries_the_security_headers(client: TestClient, settings: Settings, start: Any) -> None:
    """Pages, files, errors and the API: all name our own origin as the only source."""
    for path in ("/", "/chat", "/widget.js", "/health", "/api/conversation", "/nothing"):
        headers = client.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "SAMEORIGIN"
    embedded = start(replace(settings, allowed_origins=("https://a.example",))).get("/chat").headers
    assert "frame-ancestors 'self' https://a.example" in embedded["content-security-policy"]
    assert "x-frame-options" not in embedded
    assert client.get("/api/conversation").headers["cache-control"] == "no-store"
