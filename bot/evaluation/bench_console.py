"""Measures how fast the coach's console is with many conversations: `python -m bot.evaluation.bench_console`.

Fills an empty database with made-up summary rows and words, then asks for pages as a browser would, signed in, and
prints the median and the slowest of each kind. On PostgreSQL: --database postgresql://... of an empty database.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from bot.console import coaches, search, sessions
from bot.console.app import create_console
from bot.console.queries.places import place
from bot.console.review_tables import changes, items, terms, texts
from bot.console.roles import Role
from bot.console.settings import ConsoleSettings
from bot.settings import Settings
from bot.storage.database import engine_for, writing
from bot.storage.schema import upgrade
from bot.storage.summary import URGENCIES, new_summary
from bot.storage.tables import conversations, events

#: What is asked for, and what it stands for.
PAGES = (
    ("", "queue, first page"),
    ("?part=4", "one part of the queue"),
    ("?view=all", "all, newest first"),
    ("?view=unreviewed", "not reviewed"),
    ("?view=all&urgency=emergency&urgency=urgent", "urgent ones"),
    ("?view=all&intent=ask_study", "an intent that many have"),
    ("?view=all&intent=forget_me", "an intent that few have"),
    ("?finding=fever&status=present", "a finding, in the queue"),
    ("?view=all&q=rash", "search: a word in nearly all"),
    ("?view=all&q=turmeric", "search: a word in some"),
    ("?view=all&q=zebra", "search: a word in one"),
    ("?view=all&q=rash&intent=ask_study&urgency=routine&conf_to=0.6&len_from=3&tag=mouth", "everything together"),
    ("?view=all&from=2020-01-01&grade=3&language=en&fallback=1&len_from=11", "filters that nothing fits"),
)

_WORDS = (
    "itchy", "red", "bumps", "on", "my", "chest", "and", "arms", "since", "Tuesday", "no", "fever", "lenalidomide",
    "cycle", "two", "started", "dose", "tablet", "morning", "night", "sleep", "scratching", "cream", "doctor", "nurse",
    "told", "worried", "spreading", "back", "belly", "legs", "feet", "warm", "dry", "peeling", "tired", "steroid",
    "dexamethasone", "week", "month", "appointment", "phone", "husband", "wife", "daughter",
)  # fmt: skip


def main() -> int:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--database", help="an empty one; by default a SQLite file that is thrown away")
    parser.add_argument("--rounds", type=int, default=15)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_for(args.database or f"sqlite:///{folder}/bench.db")
        upgrade(engine)
        with engine.connect() as connection:
            if connection.execute(sa.select(conversations.c.sender_id).limit(1)).first():
                print("The database is not empty.", file=sys.stderr)
                return 2
        began = time.perf_counter()
        _fill(engine, args.conversations)
        kind = engine.dialect.name
        print(
            f"{args.conversations} conversations on {kind}, filled in {time.perf_counter() - began:.0f} s", flush=True
        )
        browser = _signed_in(engine, Path(folder))
        for query, name in PAGES:
            _measure(browser, f"/coach/queue{query}", name, args.rounds)
        _measure(browser, _deep(browser), "queue, twenty pages further", args.rounds)
        _measure(browser, "/coach/news", "what pages ask for every ten seconds", args.rounds)
        _measure(browser, "/coach/conversations/bench-000007", "a conversation", args.rounds)
        _measure(browser, "/coach/numbers", "numbers of 30 days", 5)
        first = (date.today() - timedelta(days=365)).isoformat()
        _measure(browser, f"/coach/numbers?from={first}", "numbers of all", 5)
        engine.dispose()
    return 0


def _measure(browser: TestClient, address: str, name: str, rounds: int) -> None:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        response = browser.get(address)
        taken.append((time.perf_counter() - began) * 1000)
        if response.status_code not in (200, 204):
            print(f"{name}: status {response.status_code}", file=sys.stderr)
            return
    print(f"{name:42} median {statistics.median(taken):6.0f} ms   slowest {max(taken):6.0f} ms", flush=True)


def _deep(browser: TestClient) -> str:
    address = "/coach/queue"
    for _ in range(20):
        html = browser.get(address).text
        following = html.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        if not following:
            break
        address = "/coach/queue" + following
    return address


def _signed_in(engine: Engine, folder: Path) -> TestClient:
    console = create_console(Settings(data_folder=folder), engine, ConsoleSettings())
    browser = TestClient(Starlette(routes=[Mount("/coach", console)]))
    with writing(engine) as connection:
        now = time.time()
        token = sessions.begin(connection, coaches.add(connection, "Bench", Role.LEAD, now), now, "here", "bench")
    browser.cookies.set("coach", token)
    return browser


def _fill(engine: Engine, count: int) -> None:
    draw = random.Random(1)
    with writing(engine) as connection:
        search.prepare(connection)
    for start in range(1, count + 1, 5000):
        rows = [_made_up(draw, number) for number in range(start, min(start + 5000, count + 1))]
        with writing(engine) as connection:
            connection.execute(sa.insert(conversations), [summary for summary, _, _, _ in rows])
            connection.execute(sa.insert(items), [item for _, item, _, _ in rows])
            connection.execute(
                sa.insert(events), [event for summary, _, _, text in rows for event in _events(summary, text)]
            )
            connection.execute(sa.insert(terms), [term for _, _, found, _ in rows for term in found])
            if engine.dialect.name == "postgresql":
                words = sa.func.to_tsvector("english", sa.bindparam("text_"))
                values = {
                    "item_id": sa.bindparam("id_"),
                    "last_event": 0,
                    "text": sa.bindparam("text_"),
                    "words": words,
                }
                said = [{"id_": item["id"], "text_": text} for _, item, _, text in rows]
                connection.execute(sa.insert(texts).values(values), said)
            else:
                said = [{"item_id": item["id"], "last_event": 0, "text": text} for _, item, _, text in rows]
                connection.execute(sa.insert(texts), said)
    with writing(engine) as connection:
        connection.execute(sa.delete(changes))
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT setval('review_items_id_seq', (SELECT max(id) FROM review_items))")
    if engine.dialect.name == "postgresql":
        # As autovacuum does, some minutes after so many rows.
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _made_up(draw: random.Random, number: int) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]], str]:
    """The summary, the row of the queue, its terms, and the words of one conversation."""
    at = time.time() - draw.random() * 80 * 86_400 - 3600
    urgency = draw.choices([None, 0, 1, 2, 3], [30, 40, 15, 8, 7])[0]
    reviewed = draw.random() < 0.6
    reached = None if urgency is None else URGENCIES[urgency]
    summary = {
        **new_summary(f"bench-{number:06}", at),
        "last_at": at + 300,
        "message_count": draw.randint(1, 12),
        "highest_urgency": reached,
        "latest_urgency": reached,
        "grade": draw.choice([None, 1, 2, 3]),
        "min_confidence": draw.random(),
        "fallback_count": int(draw.random() < 0.1),
        "language": draw.choice(["en", "en", "en", "es"]),
        "completed": draw.random() < 0.7,
        "last_step": draw.choice([None, "red_flags", "where", "symptoms"]),
        "intents": ["describe_rash"],
        "has_contact_request": draw.random() < 0.05,
    }
    item = {
        **{name: summary[name] for name in map(str, items.c.keys()) if name in summary},
        "id": number,
        "urgency": urgency,
        "thumbs_down": int(draw.random() < 0.02),
        "urgent_at": at + 100 if urgency in (2, 3) else None,
        "contact_at": at if draw.random() < 0.01 else None,
        "down_at": None,
        "state": "reviewed" if reviewed else "open",
        "reviewed_by": "Bench" if reviewed else None,
        "reviewed_at": at + 5000 if reviewed else None,
        "seen_at": at + 4000 if draw.random() < 0.95 else None,
        "verdict": draw.choice(["right", "too_high", "too_low"]) if reviewed and urgency in (2, 3) else None,
    }
    bucket, since = place(item)
    found = [{"kind": kind, "value": value, "item_id": number} for kind, value in _terms(draw)]
    text = " ".join(draw.choices(_WORDS, k=25)) + (" rash" if draw.random() < 0.9 else "")
    text += (" turmeric" if number % 50 == 0 else "") + (" zebra" if number == 7 else "")
    return summary, {**item, "bucket": int(bucket), "waiting_since": since}, found, text


def _events(summary: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    """The patient's messages, as large as real ones; every tenth was not understood."""
    for number in range(summary["message_count"]):
        at = summary["started_at"] + number
        intent = "nlu_fallback" if (int(at) + number) % 10 == 0 else "describe_rash"
        said = {"event": "user", "timestamp": at, "text": text, "parse_data": {"reading": {"padding": "x" * 2000}}}
        yield {
            "sender_id": summary["sender_id"], "type_name": "user", "timestamp": at, "intent_name": intent,
            "data": json.dumps(said),
        }  # fmt: skip


def _terms(draw: random.Random) -> Iterator[tuple[str, str]]:
    yield "intent", "describe_rash"
    if draw.random() < 0.3:
        yield "intent", "ask_study"
    if draw.random() < 0.001:
        yield "intent", "forget_me"
    for concept in draw.sample(("fever", "blistering", "mucosal_lesion", "skin_pain", "airway"), 2):
        status = draw.choice(["present", "absent"])
        yield "finding", concept
        yield "finding", f"{concept}:{status}"
    if draw.random() < 0.1:
        yield "tag", "mouth"


if __name__ == "__main__":
    sys.exit(main())
