"""Tokens of conversations: what opens one, and when its cookie is set anew."""

import time

import pytest
from itsdangerous import TimestampSigner
from starlette.requests import Request
from starlette.responses import Response

from bot.web.sessions import COOKIE, Sessions

DAY = 86_400


def carrying(token: str) -> Request:
    """A request with the token."""
    return Request({"type": "http", "headers": [(b"authorization", b"Bearer " + token.encode())]})


def bringing(cookie: str) -> Request:
    """A request with the cookie."""
    headers = [(b"cookie", cookie.encode())]
    return Request({"type": "http", "scheme": "http", "server": ("a", 80), "path": "/", "headers": headers})


def minted(sessions: Sessions, monkeypatch: pytest.MonkeyPatch, age: int) -> tuple[str, str]:
    """An id and its token, made so many seconds ago."""
    signed_at = int(time.time()) - age
    with monkeypatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _: signed_at)
        return sessions.mint()


@pytest.mark.parametrize("age", [0, 9 * DAY, 400 * DAY, -2], ids=["new", "kept", "in use since", "clock set back"])
def test_a_token_opens_its_conversation_whatever_its_age(monkeypatch: pytest.MonkeyPatch, age: int) -> None:
    """The conversation has an age: who goes on with a diary, or wants it erased, is not shut out."""
    sessions = Sessions("secret", keep_days=10, embedded=False)
    session_id, token = minted(sessions, monkeypatch, age)
    assert sessions.id_of(carrying(token)) == session_id


@pytest.mark.parametrize(
    ("age", "anew"),
    [(DAY - 60, False), (DAY + 60, True), (400 * DAY, True), (-DAY, False)],
    ids=["of today", "of yesterday", "old", "clock set back"],
)
def test_the_cookie_is_set_anew_once_a_day(monkeypatch: pytest.MonkeyPatch, age: int, anew: bool) -> None:
    """With a fresh token for the same conversation, for a day longer than the conversation is kept."""
    sessions = Sessions("secret", keep_days=10, embedded=False)
    session_id, token = minted(sessions, monkeypatch, age)
    response = Response()
    sessions.renew(bringing(f"{COOKIE}={token}"), response)
    cookie = response.headers.get("set-cookie", "")
    assert (f"Max-Age={11 * DAY}" in cookie) == anew
    if anew:
        fresh = cookie.split(";")[0]
        assert fresh != f"{COOKIE}={token}"
        assert sessions.id_of(bringing(fresh)) == session_id


def test_no_cookie_is_set_without_one_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for a client that sends the token itself nor for a forged cookie."""
    sessions = Sessions("secret", keep_days=10, embedded=False)
    _, token = minted(sessions, monkeypatch, 5 * DAY)
    for request in (carrying(token), bringing(f"{COOKIE}=A{token}"), bringing("")):
        response = Response()
        sessions.renew(request, response)
        assert "set-cookie" not in response.headers


def test_only_our_own_signature_opens() -> None:
    """Not another secret's, and not a token that was tampered with."""
    sessions = Sessions("secret", keep_days=10, embedded=False)
    _, token = sessions.mint()
    _, foreign = Sessions("another", keep_days=10, embedded=False).mint()
    assert sessions.id_of(carrying(foreign)) is None
    assert sessions.id_of(carrying("A" + token)) is None
