"""The console's queue, search, review and figures on a real PostgreSQL server; migrations with data in every table."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.console import coaches, sessions
from bot.console.app import create_console
from bot.console.csrf import make_token
from bot.console.queries.index import read_everything
from bot.console.review_tables import changes, items
from bot.console.roles import Role
from bot.console.settings import ConsoleSettings
from bot.settings import Settings
from bot.storage import tables
from bot.storage.database import engine_for, writing
from bot.storage.own_turns import message_event
from bot.storage.privacy import erase
from bot.storage.schema import upgrade
from bot.storage.turns import store_own_turn, store_turn
from tests.service.test_postgres import address, server  # noqa: F401 (fixtures)
from tests.unit.console.review_events import did, said, shown, tell, tell_emergency

pytestmark = pytest.mark.postgres


@pytest.fixture
def engine(address: str) -> Engine:  # noqa: F811 (the fixture)
    """An empty database of the newest layout."""
    engine = engine_for(address)
    upgrade(engine)
    return engine


@pytest.fixture
def lead(engine: Engine, tmp_path: Path) -> Iterator[Any]:
    """Opens pages and sends forms as a lead."""
    console = create_console(Settings(data_folder=tmp_path), engine, ConsoleSettings())
    with writing(engine) as connection:
        coach_id = coaches.add(connection, "Lea", Role.LEAD, time.time())
        token = sessions.begin(connection, coach_id, time.time(), "here", "a test")
    with TestClient(Starlette(routes=[Mount("/coach", console)]), follow_redirects=False) as client:
        client.cookies.set("coach", token)
        client.headers["x-csrf-token"] = make_token(console.state.console.keys, token)
        yield client


def test_queue_search_review_and_figures(lead: Any, engine: Engine) -> None:
    """From the first page to the figures, with filters, search, corrections, exports."""
    now = time.time()
    tell_emergency(engine, "urgent", now - 7200)
    tell(engine, "plain", said("is turmeric good for the rashes", now - 7100, "ask_adjunct"), shown(now - 7100))
    tell(engine, "doubt", said("what\0 now", now - 7000, "nlu_fallback", 0.3), shown(now - 7000), did("x", now - 7000))
    html = lead.get("/coach/queue").text
    assert html.index("/conversations/urgent?") < html.index("/conversations/doubt?")
    for query in ("q=rash+turmeric", "intent=ask_adjunct", "q=%22good+for%22&intent=ask_adjunct", "q=the+turmeric"):
        html = lead.get(f"/coach/queue?view=all&{query}").text
        assert "/conversations/plain?" in html and "/conversations/urgent?" not in html
    for words in ("'", '"', "\\", "a & | !", "<->", ":*"):
        assert lead.get("/coach/queue", params={"view": "all", "q": words}).status_code == 200
    assert lead.get("/coach/conversations/urgent").status_code == 200
    with engine.connect() as connection:
        version = connection.execute(sa.select(items.c.version).where(items.c.sender_id == "urgent")).scalar()
    posted = {"version": version, "action": "verdict", "verdict": "right"}
    assert lead.post("/coach/conversations/urgent/review", data=posted).status_code == 303
    assert lead.post("/coach/conversations/urgent/review", data=posted).status_code == 409
    assert lead.post("/coach/conversations/urgent/tags", data={"tag": "seen"}).status_code == 303
    assert "/conversations/urgent?" in lead.get("/coach/queue?view=all&tag=seen").text
    with engine.connect() as connection:
        in_plain = (tables.events.c.sender_id == "plain") & (tables.events.c.type_name == "user")
        event_id = connection.execute(sa.select(tables.events.c.id).where(in_plain)).scalar()
    correction = {"kind": "intent", "value": "describe_rash"}
    assert lead.post(f"/coach/conversations/plain/messages/{event_id}", data=correction).status_code == 303
    assert "turmeric" in lead.get("/coach/learn").text
    numbers = lead.get("/coach/numbers.csv").text
    assert "Precision of escalations (%),100.0" in numbers and ",emergency,1" in numbers
    assert lead.get("/coach/export/csv?view=all").text.count("\n") == 4
    assert lead.get("/coach/news").status_code == 200


def test_erasing_and_redacting_reach_what_is_derived(lead: Any, engine: Engine) -> None:
    """By triggers and foreign keys, at once."""
    tell(engine, "a", said("my secret turmeric", time.time() - 60), shown(time.time() - 60))
    tell(engine, "b", said("my private turmeric", time.time() - 60), shown(time.time() - 60))
    assert lead.get("/coach/queue?view=all&q=turmeric").text.count('<h2><a href="/coach/conv') == 2
    with writing(engine) as connection:
        of_b = (tables.events.c.sender_id == "b") & (tables.events.c.type_name == "user")
        data = connection.execute(sa.select(tables.events.c.data).where(of_b)).scalar().replace("turmeric", "········")
        connection.execute(sa.update(tables.events).where(of_b).values(data=data))
    erase(engine, "a")
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM review_texts")).scalar() == 0
    html = lead.get("/coach/queue?view=all&q=turmeric").text
    assert "/conversations/a?" not in html and "/conversations/b?" not in html
    assert "/conversations/b?" in lead.get("/coach/queue?view=all&q=private").text


def test_conversations_from_before_the_console_are_read_in(address: str) -> None:  # noqa: F811 (the fixture)
    """Upgrading keeps the data and fills the queue with it."""
    engine = engine_for(address)
    upgrade(engine, "0002")
    tell_emergency(engine, "old", time.time() - 60)
    upgrade(engine)
    read_everything(engine)
    with engine.connect() as connection:
        assert connection.execute(sa.select(items.c.sender_id, items.c.urgency)).all() == [("old", 3)]
        assert connection.execute(sa.select(changes)).all() == []


def test_what_the_gateway_alone_answered(lead: Any, engine: Engine) -> None:
    """Corrected and redacted under its own number; the trigger takes the words out of search and corrections."""
    now = time.time() - 60
    message = message_event("m1", now, "Barbara has blisters", None, {}, heard=False)
    with writing(engine) as connection:
        store_own_turn(connection, "down", message, [{"type": "text", "text": "I can't answer now.", "data": {}}])
    assert "/conversations/down?" in lead.get("/coach/queue?view=all&q=barbara").text
    correction = {"kind": "intent", "value": "describe_rash"}
    assert lead.post("/coach/conversations/down/messages/-1", data=correction).status_code == 303
    done = lead.post("/coach/conversations/down/messages/-1/redact", data={"words": "Barbara"})
    assert done.status_code == 303
    assert "/conversations/down?" not in lead.get("/coach/queue?view=all&q=barbara").text
    page = lead.get("/coach/learn").text
    assert "Barbara" not in page and "has blisters" in page


def test_two_who_store_the_same_message_count_it_once(engine: Engine) -> None:
    """Slow Rasa and the gateway at the same moment: the second waits for the first, and sees it."""
    parsed = {"intent": {"name": "greet", "confidence": 0.9}}
    own = [{"type": "text", "text": "I can't answer now.", "data": {}}]

    def by_gateway(sender_id: str) -> None:
        with writing(engine) as connection:
            store_own_turn(connection, sender_id, message_event("m1", 5.0, "hello", None, {}, heard=False), own)

    def by_rasa(sender_id: str) -> None:
        event = {"event": "user", "timestamp": 5.0, "text": "hello", "parse_data": parsed,
                 "metadata": {"client_id": "m1"}}  # fmt: skip
        with writing(engine) as connection:
            store_turn(connection, sender_id, [event], None)

    with ThreadPoolExecutor(2) as pool:
        for number in range(30):
            for done in [pool.submit(store, f"s{number}") for store in (by_gateway, by_rasa)]:
                done.result()
    counts = sa.select(tables.conversations.c.message_count, tables.conversations.c.fallback_count).distinct()
    with engine.connect() as connection:
        assert connection.execute(counts).all() == [(1, 1)]
