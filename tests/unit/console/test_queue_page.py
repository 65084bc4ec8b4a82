"""The queue: its order, its filters, search, saved filters."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.console.queries.index import read_everything
from tests.unit.console.review_events import did, said, shown, tell, tell_emergency

DAY = 86_400


@pytest.fixture
def filled(engine: Engine, console: Any, clock: Any) -> Engine:
    """One conversation for each part of the queue, and one for none."""
    long_ago = clock.now - DAY
    tell_emergency(engine, "urgent", long_ago)
    tell(engine, "doubt", said("what is it now", long_ago, "nlu_fallback", 0.3), shown(long_ago))
    tell(
        engine, "dropped", said("itchy rash", long_ago), shown(long_ago, "checklist", "Any of these?", step="red_flags")
    )
    tell(
        engine,
        "plain",
        said("is turmeric good", long_ago, "ask_adjunct"),
        shown(long_ago),
        did("action_listen", long_ago),
    )
    tell(engine, "trial", said("hello from a tester", long_ago, is_test=True), shown(long_ago))
    return engine


def order_of(html: str, *names: str) -> list[str]:
    """The names in the order in which their links stand on the page."""
    return sorted(
        (n for n in names if f"/conversations/{n}?" in html), key=lambda n: html.index(f"/conversations/{n}?")
    )


ALL_NAMES = ("urgent", "doubt", "dropped", "plain", "trial")


def test_urgent_comes_first(coach: Any, filled: Engine) -> None:
    """Then what was not understood, then who dropped out; what needs nobody is not in the queue."""
    page = coach.get("/queue")
    assert page.status_code == 200
    assert order_of(page.text, "urgent", "doubt", "dropped") == ["urgent", "doubt", "dropped"]
    assert "/conversations/trial?" not in page.text


def test_all_conversations_newest_first(coach: Any, filled: Engine, clock: Any) -> None:
    """The other lists are in the order of time."""
    tell(filled, "fresh", said("good morning", clock.now, "greet"))
    html = coach.get("/queue?view=all").text
    assert order_of(html, "fresh", "plain", "urgent")[0] == "fresh"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("urgency=emergency", {"urgent"}),
        ("urgency=emergency&urgency=urgent", {"urgent"}),
        ("intent=ask_adjunct", {"plain"}),
        ("finding=blistering", {"urgent"}),
        ("finding=blistering&status=present", {"urgent"}),
        ("finding=blistering&status=absent", set()),
        ("conf_to=0.5", {"doubt"}),
        ("conf_from=0.8&conf_to=0.95", {"dropped", "plain"}),
        ("fallback=1", {"doubt"}),
        ("len_from=2", set()),
        ("len_to=1&intent=nlu_fallback", {"doubt"}),
        ("language=en", {"urgent"}),
        ("grade=none", {"urgent", "doubt", "dropped", "plain"}),
        ("grade=2", set()),
        ("kind=test", {"trial"}),
        ("kind=any", set(ALL_NAMES)),
        ("contact=1", set()),
        ("from=2000-01-01", {"urgent", "doubt", "dropped", "plain"}),
        ("to=2000-01-01", set()),
        ("tag=mouth", set()),
        ("reviewed_by=Ann", set()),
        ("q=turmeric", {"plain"}),
        ("q=blister", {"urgent"}),
        ("q=blisters&urgency=routine", set()),
        ("q=%22itchy+rash%22", {"dropped"}),
        ("q=rash+-itchy", set()),
    ],
)
def test_filters(coach: Any, filled: Engine, query: str, expected: set[str]) -> None:
    """Each filter, and filters together."""
    page = coach.get(f"/queue?view=all&{query}")
    assert page.status_code == 200
    assert set(order_of(page.text, *ALL_NAMES)) == expected


@pytest.mark.parametrize(
    "query",
    ["view=x", "urgency=x", "grade=9", "from=yesterday", "conf_from=2", "len_from=-1", "status=x", "kind=x", "part=99",
     "after=zzz", "after=1_2", "before=1_nan_3"],
)  # fmt: skip
def test_filters_that_can_not_be_used(coach: Any, filled: Engine, query: str) -> None:
    """A clear answer, and no error of the server."""
    assert coach.get(f"/queue?{query}").status_code == 400


@pytest.mark.parametrize(
    "words",
    ["' OR 1=1 --", '"', '"" ""', "*", "NEAR(", "a AND", "NOT", "text:blisters", "-blisters", "(((", "^x", "{a}:b",
     "%", "\\", ";DROP TABLE events", "<script>alert(1)</script>", "\N{MIDDLE DOT}", "a" * 5000],
)  # fmt: skip
def test_search_is_never_part_of_a_statement(coach: Any, filled: Engine, words: str) -> None:
    """Whatever is typed is looked for as words, and comes back as text."""
    page = coach.get("/queue", params={"view": "all", "q": words})
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert coach.get("/queue?view=all").text.count("/conversations/") >= 4


def test_search_is_logged_without_numbers_of_patients(coach: Any, filled: Engine, logged: Callable[..., Any]) -> None:
    """The words that were looked for are kept, a telephone number is not."""
    coach.get("/queue", params={"q": "call 212-555-0199"})
    (row,) = logged("search")
    assert row["coach"] == "Coach" and "call" in row["details"]["words"] and "555" not in row["details"]["words"]


def test_search_shows_the_words_it_found(coach: Any, filled: Engine) -> None:
    """With the match marked."""
    assert "<mark>turmeric</mark>" in coach.get("/queue?view=all&q=turmeric").text


def test_pages_follow_each_other(coach: Any, engine: Engine, console: Any, clock: Any) -> None:
    """By the cursors, forwards and back, every conversation once."""
    for i in range(120):
        tell(engine, f"c{i:03}", said("hm", clock.now - DAY - i // 3, "nlu_fallback", 0.3))
    read_everything(engine)
    seen: list[str] = []
    pages = []
    address = "/queue"
    while address:
        html = coach.get(address).text
        pages.append(html)
        seen += order_of(html, *(f"c{i:03}" for i in range(120)))
        after = html.partition('rel="next" href="')[2].partition('"')[0]
        address = f"/queue{after}".replace("&amp;", "&") if after else ""
    assert len(seen) == 120 == len(set(seen)) and len(pages) == 3
    before = pages[2].partition('rel="prev" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert order_of(coach.get(f"/queue{before}").text, *seen) == seen[50:100]


def test_filters_are_saved_and_shared(coach: Any, signed_in: Callable[..., Any], filled: Engine) -> None:
    """By name; others see the shared ones, and can't delete them."""
    saved = coach.post("/views", {"name": "my <b>list</b>", "query": "view=all&urgency=emergency", "shared": "1"})
    assert saved.status_code == 303 and "urgency=emergency" in saved.headers["location"]
    other = signed_in("coach", "Ben")
    html = other.get("/queue").text
    assert "my &lt;b&gt;list&lt;/b&gt;" in html and "?view=all&amp;urgency=emergency" in html and "by Coach" in html
    assert other.post("/views/1/delete").status_code == 404
    assert coach.post("/views/1/delete").status_code == 303
    assert "my &lt;b&gt;" not in other.get("/queue").text


def test_testers_see_tests_only(tester: Any, filled: Engine) -> None:
    """Whatever they filter by."""
    for query in ("", "?view=all", "?view=all&kind=real", "?view=all&kind=any"):
        assert set(order_of(tester.get(f"/queue{query}").text, *ALL_NAMES)) <= {"trial"}


def test_a_conversation_leaves_with_its_words(coach: Any, filled: Engine) -> None:
    """Once erased, neither list nor search knows it."""
    from bot.storage.privacy import erase

    assert "/conversations/plain?" in coach.get("/queue?view=all&q=turmeric").text
    erase(filled, "plain")
    assert "/conversations/plain?" not in coach.get("/queue?view=all&q=turmeric").text
    assert "/conversations/plain?" not in coach.get("/queue?view=all").text


def test_redacted_words_are_not_found_any_more(coach: Any, lead: Any, filled: Engine) -> None:
    """They leave the search in the moment in which they are taken out."""
    import sqlalchemy as sa

    from bot.storage.tables import events

    assert "/conversations/plain?" in coach.get("/queue?view=all&q=turmeric").text
    with filled.connect() as connection:
        query = sa.select(events.c.id).where(events.c.sender_id == "plain", events.c.type_name == "user")
        event_id = connection.execute(query).scalar()
    lead.post(f"/conversations/plain/messages/{event_id}/redact", {"words": "turmeric"})
    assert "/conversations/plain?" not in coach.get("/queue?view=all&q=turmeric").text
    assert "/conversations/plain?" in coach.get("/queue?view=all&q=good").text
