"""E-mail notices, through a real SMTP server that the test starts."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from sqlalchemy.engine import Engine

from bot.console import contacts, notice
from bot.console.context import Console
from bot.console.settings import MailServer
from bot.console.tables import contact_notices
from bot.storage import privacy
from bot.storage.contacts import add_contact_request
from bot.storage.database import writing


class Mailbox:
    """Keeps what the server takes. `answer`: what it says to a message."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """The server's hook."""
        if self.answer.startswith("250"):
            self.messages.append(envelope.content)
        return self.answer


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """A mail server on loopback and its port."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def mailing(console: Console, mailbox: tuple[Mailbox, int]) -> Console:
    """The console with that server set."""
    server = MailServer("127.0.0.1", mailbox[1])
    to = ("coach@example.org", "lead@example.org")
    url = "https://guide.example/coach"
    console.own = replace(console.own, mail=server, notice_to=to, notice_from="guide@example.org", public_url=url)
    return console


def ask(engine: Engine) -> int:
    """A contact request with health text."""
    given = {"name": "Mary Jones", "reach": "212 555 0199", "message": "blisters since Monday", "consent_text": "Yes"}
    return add_contact_request(engine, "s1", **given)


def test_a_notice_holds_the_link_and_nothing_of_the_patient(mailing: Console, mailbox: Any, logged: Any) -> None:
    """It goes out once, to everyone who is set, and is logged."""
    number = ask(mailing.engine)
    assert notice.send_due(mailing) == 1
    assert notice.send_due(mailing) == 0
    (message,) = mailbox[0].messages
    text = message.decode()
    assert f"https://guide.example/coach/contacts/{number}" in text
    assert "To: coach@example.org, lead@example.org" in text
    for word in ("Mary", "Jones", "555", "blisters", "s1"):
        assert word not in text
    assert logged("notice sent")[0]["details"] == {"request": number}


def test_without_a_mail_server_nothing_is_due(console: Console) -> None:
    """Nor noted as tried: notices begin when a server is set."""
    ask(console.engine)
    assert notice.send_due(console) == 0
    with console.engine.connect() as connection:
        assert connection.execute(sa.select(contact_notices)).all() == []


def test_a_refused_notice_is_tried_again_later(mailing: Console, mailbox: Any, clock: Any, caplog: Any) -> None:
    """With waits that grow; the log says neither what was sent nor what the server answered."""
    box = mailbox[0]
    box.answer = "554 No thanks, Mary Jones"
    ask(mailing.engine)
    assert notice.send_due(mailing) == 0
    assert "SMTPDataError" in caplog.text and "Mary" not in caplog.text
    box.answer = "250 OK"
    assert notice.send_due(mailing) == 0
    clock.now += notice.FIRST_WAIT + 1
    assert notice.send_due(mailing) == 1
    assert len(box.messages) == 1


def test_a_server_that_is_not_there_is_no_error_for_the_console(mailing: Console, clock: Any) -> None:
    """It is tried ten times in all."""
    mailing.own = replace(mailing.own, mail=MailServer("127.0.0.1", 9))
    ask(mailing.engine)
    for _ in range(notice.TRIES + 3):
        assert notice.send_due(mailing) == 0
        clock.now += 10**6
    with mailing.engine.connect() as connection:
        assert connection.execute(sa.select(contact_notices.c.tries)).scalar() == notice.TRIES


def test_a_password_is_never_sent_in_clear(mailing: Console, mailbox: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that offers no encryption gets neither the password nor the notice."""
    server = replace(mailing.own.mail, user="guide", password="secret")
    mailing.own = replace(mailing.own, mail=server)
    monkeypatch.setattr("smtplib.SMTP.login", lambda *_: pytest.fail("the password was sent"))
    ask(mailing.engine)
    assert notice.send_due(mailing) == 0
    assert mailbox[0].messages == []


@pytest.mark.parametrize("meanwhile", ["erased", "answered"])
def test_a_request_that_is_not_new_any_more_gets_no_notice(
    mailing: Console, mailbox: Any, clock: Any, meanwhile: str
) -> None:
    """Because it was erased, or because a coach was quicker."""
    mailbox[0].answer = "451 Later"
    ask(mailing.engine)
    notice.send_due(mailing)
    if meanwhile == "erased":
        privacy.erase(mailing.engine, "s1")
    else:
        with writing(mailing.engine) as connection:
            contacts.change(connection, 1, seen="new", status="answered", note="", coach="Ann", now=clock())
    mailbox[0].answer = "250 OK"
    clock.now += 10**6
    assert notice.send_due(mailing) == 0
