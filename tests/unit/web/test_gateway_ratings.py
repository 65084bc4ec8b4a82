"""Thumbs up and down on answers, as the gateway takes them."""

import time
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from bot.settings import Settings
from bot.storage.database import engine_for, writing
from bot.storage.tables import conversations, ratings
from bot.storage.turns import store_turn
from bot.web.store import answers
from bot.web.store import conversations as begun


@pytest.fixture
def engine(settings: Settings) -> Engine:
    """The gateway's database."""
    return engine_for(settings.database)


def rate(client: TestClient, message: Any, rating: Any, **more: Any) -> Any:
    """Send a rating."""
    return client.post("/api/rating", json={"id": message, "rating": rating}, **more)


def kept(engine: Engine) -> Mapping[str, str]:
    """What is stored: message -> rating."""
    with engine.connect() as connection:
        return {row.client_id: row.rating for row in connection.execute(sa.select(ratings))}


def counts(engine: Engine) -> tuple[int, int]:
    """Thumbs up and down of the one conversation that Rasa or the gateway has summed up."""
    query = sa.select(conversations.c.thumbs_up, conversations.c.thumbs_down)
    with engine.connect() as connection:
        return tuple(connection.execute(query).one())


def told_by_rasa(engine: Engine, client_id: str) -> None:
    """Rasa has stored a message of the one conversation there is, just now: an old one the daily job would erase."""
    with writing(engine) as connection:
        sender_id = connection.execute(sa.select(begun.c.sender_id)).scalar_one()
        event = {"event": "user", "timestamp": time.time(), "text": "hello", "metadata": {"client_id": client_id}}
        store_turn(connection, sender_id, [event], None)


def test_rating_is_kept_counted_and_shown_again(client: TestClient, say: Callable[..., Any], engine: Engine) -> None:
    """It comes back with the history, so that the page shows it after a reload."""
    say("hello")
    told_by_rasa(engine, "m0")
    assert rate(client, "m0", "down").json() == {"rating": "down"}
    assert (kept(engine), counts(engine)) == ({"m0": "down"}, (0, 1))
    [message] = client.get("/api/conversation").json()["messages"]
    assert (message["id"], message["rating"]) == ("m0", "down")


def test_rating_can_be_changed_and_taken_back(client: TestClient, say: Callable[..., Any], engine: Engine) -> None:
    """There is one for each answer at most."""
    say("hello")
    told_by_rasa(engine, "m0")
    for rating, expected in (("down", (0, 1)), ("up", (1, 0)), ("up", (1, 0)), (None, (0, 0)), (None, (0, 0))):
        assert rate(client, "m0", rating).status_code == 200
        assert counts(engine) == expected
    assert kept(engine) == {}
    assert "rating" not in client.get("/api/conversation").json()["messages"][0]


def test_old_answers_can_be_rated(client: TestClient, engine: Engine) -> None:
    """Also where the gateway has let its copy of the answer go, because the tracker store has the message."""
    told_by_rasa(engine, "from last week")
    assert rate(client, "from last week", "up").status_code == 200


def test_answer_of_the_gateway_itself_can_be_rated(
    client: TestClient, say: Callable[..., Any], rasa: Any, engine: Engine
) -> None:
    """While Rasa is down there is a conversation to count it in, too."""
    rasa.answer = httpx.ConnectError("down")
    say("what helps?")
    assert rate(client, "m0", "down").status_code == 200
    assert counts(engine) == (0, 1)


@pytest.mark.parametrize(
    ("message", "rating", "code"),
    [
        ("m0", "sideways", "bad_rating"),
        ("m0", 1, "bad_rating"),
        ("m0", ["up"], "bad_rating"),
        ("never sent", "up", "unknown_answer"),
        ("", "up", "bad_id"),
        (7, "up", "bad_id"),
        ("x" * 101, "up", "bad_id"),
        ("m0\0", "up", "bad_id"),
    ],
)
def test_bad_ratings_are_refused(
    client: TestClient, say: Callable[..., Any], engine: Engine, message: Any, rating: Any, code: str
) -> None:
    """With the code that tells why; nothing is stored."""
    say("hello")
    answer = rate(client, message, rating)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert kept(engine) == {}


@pytest.mark.parametrize(("body", "status"), [(b"{", 400), (b"[]", 400), (b'{"id": "m0"}', 422), (b"x" * 40_000, 413)])
def test_bodies_that_are_no_rating(client: TestClient, say: Callable[..., Any], body: bytes, status: int) -> None:
    """Broken, of another kind, without a rating, too long."""
    say("hello")
    assert client.post("/api/rating", content=body).status_code == status


def test_only_ones_own_answers_can_be_rated(start: Callable[..., TestClient], say: Callable[..., Any]) -> None:
    """Neither without a conversation, nor in somebody else's, nor from another site's page."""
    say("hello")
    other = start()
    assert rate(other, "m0", "up").status_code == 401
    other.post("/api/session").raise_for_status()
    assert rate(other, "m0", "up").json()["error"]["code"] == "unknown_answer"
    assert rate(other, "m0", "up", headers={"origin": "https://evil.example"}).status_code == 403


def test_ratings_go_with_the_conversation(client: TestClient, say: Callable[..., Any], engine: Engine) -> None:
    """An erased conversation has none, and takes none."""
    token = client.cookies["rash_guide"]
    say("hello")
    rate(client, "m0", "up")
    client.post("/api/forget").raise_for_status()
    assert kept(engine) == {}
    assert rate(client, "m0", "up", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert kept(engine) == {}


def test_too_many_at_once_have_to_wait(client: TestClient, say: Callable[..., Any], settings: Settings) -> None:
    """Ratings count as messages do."""
    say("hello")
    statuses = {rate(client, "m0", "up").status_code for _ in range(settings.messages_per_minute)}
    assert statuses == {200, 429}


def test_a_broken_database_is_told(client: TestClient, say: Callable[..., Any], engine: Engine) -> None:
    """As a failure that may pass, not as a refusal."""
    say("hello")
    with writing(engine) as connection:
        answers.drop(connection)
    answer = rate(client, "m0", "up")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "storage")
