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


@pytest.mark.parametrize(
    ("age", "opens"),
    [(0, True), (9 * DAY, True), (11 * DAY, False), (-2, True)],
    ids=["new", "as long as promised", "too old", "the clock was set back since"],
)
def test_a_token_opens_its_conversation_while_it_is_kept(
    monkeypatch: pytest.MonkeyPatch, age: int, opens: bool
) -> None:
    """A clock that is set right must not shut anybody out."""
    sessions = Sessions("secret", keep_days=10, embedded=False)
    signed_at = int(time.time()) - age
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: signed_at)
    session_id, token = sessions.mint()
    monkeypatch.undo()
    assert sessions.id_of(carrying(token)) == (session_id if opens else None)


def test_only_our_own_signature_opens() -> None:
    """Not another secret's, and not a token that was tampered with."""
    sessions = Sessions("secret", keep_days=10, embedded=False)
    _, token = sessions.mint()
    _, foreign = Sessions("another", keep_days=10, embedded=False).mint()
    assert sessions.id_of(carrying(foreign)) is None
    assert sessions.id_of(carrying("A" + token)) is None
