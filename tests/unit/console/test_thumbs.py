"""What patients thought of answers, as coaches see it."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from bot.storage.database import writing
from bot.storage.ratings import rate
from tests.unit.console.review_events import said, shown, tell


@pytest.fixture
def thumb(engine: Engine, console: Any, clock: Any) -> Callable[..., None]:
    """Rates the answer to message "m1" of a conversation that is there by then."""
    tell(engine, "talk", said("is turmeric good", clock.now - 60, "ask_adjunct", client_id="m1"), shown(clock.now - 59))

    def give(rating: str | None) -> None:
        with writing(engine) as connection:
            rate(connection, "talk", "m1", rating, clock.now)

    return give


def test_thumbs_down_brings_it_into_the_queue(coach: Any, thumb: Any) -> None:
    """Into its own part; thumbs up, and a rating taken back, do not."""
    for rating, is_there in ((None, False), ("up", False), ("down", True), ("up", False), ("down", True)):
        thumb(rating)
        assert ("/conversations/talk?" in coach.get("/queue?part=5").text) == is_there


@pytest.mark.parametrize("rating", ["up", "down"])
def test_rating_stands_beside_the_message(coach: Any, thumb: Any, rating: str) -> None:
    """On the page and in print."""
    assert "Patient’s rating" not in coach.get("/conversations/talk").text
    thumb(rating)
    for page in ("/conversations/talk", "/conversations/talk/print"):
        assert f"thumbs {rating}</span>" in coach.get(page).text


def test_thumbs_down_after_a_review_comes_back(coach: Any, thumb: Any, clock: Any) -> None:
    """A review stands for what was there when it was made."""
    coach.get("/conversations/talk")
    assert coach.post("/conversations/talk/review", {"action": "reviewed", "version": 0}).status_code == 303
    clock.now += 60
    thumb("up")
    assert "/conversations/talk?" not in coach.get("/queue").text
    thumb("down")
    assert "/conversations/talk?" in coach.get("/queue?part=5").text
    assert "rated an answer thumbs down" in coach.get("/conversations/talk").text
