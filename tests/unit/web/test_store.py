"""What the gateway keeps."""

import json
from pathlib import Path

import pytest

from bot.storage.database import engine_for
from bot.web.asked import NOTHING_ASKED, Asked
from bot.web.choices import NOTHING_OFFERED, Offered
from bot.web.store import OwnMessage, State, Store, conversations

DAY = 86_400


class Clock:
    """Time that is set by hand."""

    now = 1_000_000_000.0

    def __call__(self) -> float:
        """Seconds since 1970."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The store's clock."""
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    """A store with a conversation "s"."""
    made = Store(engine_for(f"sqlite:///{tmp_path / 'bot.db'}"), clock)
    made.create_tables()
    made.begin("s")
    return made


def test_state_comes_back_as_it_was(store: Store) -> None:
    """Urgency, what was offered and what was asked are the same after storing."""
    offered = Offered({"a": "A"}, {"chest": "Chest"}, {"half": "Half"}, frozenset({"none"}))
    before = State("urgent", offered, Asked(("airway",), checklist=True))
    store.keep("s", "1", {"replies": []}, before, None)
    assert store.state("s") == before
    assert store.answer_to("s", "1") == {"replies": []}
    assert store.answer_to("other", "1") is None


def test_conversations_of_earlier_versions_go_on(store: Store) -> None:
    """They have been offered something, and it is not known what was asked."""
    old = {"choices": {"a": "A"}, "areas": {}, "levels": {}, "alone": []}
    with store.engine.begin() as connection:
        connection.execute(conversations.update().values(offered=json.dumps(old)))
    assert store.state("s") == State(None, Offered({"a": "A"}, {}, {}), NOTHING_ASKED)


def test_nothing_is_kept_of_an_erased_conversation(store: Store) -> None:
    """An answer that comes after the erasure leaves no trace."""
    store.erase("s")
    store.keep("s", "1", {"replies": []}, State(), OwnMessage("words"))
    assert store.state("s") is None
    assert store.answer_to("s", "1") is None


def test_answers_are_let_go_before_conversations(store: Store, clock: Clock) -> None:
    """A resent message is known for some days, a conversation as long as promised since its last message."""
    store.keep("s", "1", {"replies": []}, State(), None)
    store.keep("s", "2", {"replies": []}, State(), OwnMessage("answered by the gateway"))
    clock.now += 4 * DAY
    store.prune(keep_days=10)
    assert store.answer_to("s", "1") is None
    assert store.rate("s", "2", "up") and store.rate("s", "1", "up") is False
    kept = store.state("s")
    assert kept is not None and (kept.urgency, kept.offered) == (None, NOTHING_OFFERED)


def test_only_what_nobody_wrote_in_is_erased_here(store: Store, clock: Clock) -> None:
    """A conversation with a message waits for the console's daily job, which writes its erasure into the audit log."""
    store.begin("silent")
    store.keep("s", "1", {"replies": []}, State(), OwnMessage("answered by the gateway"))
    clock.now += 11 * DAY
    store.prune(keep_days=10)
    assert store.state("silent") is None
    assert store.state("s") is not None
