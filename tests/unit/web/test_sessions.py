"""Tokens of conversations: what opens one, and for how long."""

import time

import pytest
from itsdangerous import TimestampSigner
from starlette.requests import Request

from bot.web.sessions import Sessions

DAY = 86_400


def carrying(token: str) -> Request:
    """A request with the token."""
    return Request({"type": "http", "headers": [(b"authorization", b"Bearer " + token.encode())]})


@pytest.mark.parametrize("age", [0, 200 * DAY, -2], ids=["new", "of long ago", "the clock was set back since"])
def test_a_token_opens_its_conversation_whenever_it_was_made(monkeypatch: pytest.MonkeyPatch, age: int) -> None:
    """How long a conversation is kept is decided by its last message; nobody is shut out of what is still there."""
    sessions = Sessions("secret", keep_days=10, embedded=False)
    signed_at = int(time.time()) - age
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: signed_at)
    session_id, token = sessions.mint()
    monkeypatch.undo()
    assert sessions.id_of(carrying(token)) == session_id


def test_only_our_own_signature_opens() -> None:
    """Not another secret's, and not a token that was tampered with."""
    sessions = Sessions("secret", keep_days=10, embedded=False)
    _, token = sessions.mint()
    _, foreign = Sessions("another", keep_days=10, embedded=False).mint()
    assert sessions.id_of(carrying(foreign)) is None
    assert sessions.id_of(carrying("A" + token)) is None
