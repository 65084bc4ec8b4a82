"""E-mail notices of contact requests. A notice says that there is one and where, nothing else.

Requests are stored by other processes, so that a notice never holds up a patient: whoever keeps house looks for those
that nobody was told of. A request is claimed before its notice goes out, so that two processes don't both send it.
"""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import sqlalchemy as sa

from bot.console.audit import audit
from bot.console.context import Console
from bot.console.settings import ConsoleSettings, MailServer
from bot.console.tables import contact_notices
from bot.storage.database import writing
from bot.storage.tables import contact_requests

log = logging.getLogger(__name__)

#: Seconds until a notice is tried again, doubled each time, and the number of tries.
FIRST_WAIT, TRIES = 60, 10

#: Seconds to wait for the mail server.
_TIMEOUT = 15


def send_due(console: Console) -> int:
    """Send the notices that are due; the number of those that went out. Without a mail server none is due."""
    mail = console.own.mail
    if mail is None:
        return 0
    sent = 0
    for request_id in _claim(console):
        try:
            with _server(mail) as server:
                server.send_message(_message(console.own, request_id))
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            # The server's answer may quote what it was sent.
            log.error("no notice of contact request %d: %s", request_id, type(error).__name__)
            continue
        with writing(console.engine) as connection:
            this = contact_notices.c.request_id == request_id
            connection.execute(sa.update(contact_notices).where(this).values(sent_at=console.clock()))
            audit(connection, console.keys, "(system)", "notice sent", "", {"request": request_id})
        sent += 1
    return sent


def _claim(console: Console, most: int = 20) -> list[int]:
    """The requests whose notice this process should send now."""
    now = console.clock()
    claimed = []
    with writing(console.engine) as connection:
        is_new = sa.exists().where(
            contact_requests.c.id == contact_notices.c.request_id, contact_requests.c.status == "new"
        )
        known = sa.exists().where(contact_notices.c.request_id == contact_requests.c.id)
        unknown = sa.select(contact_requests.c.id, contact_requests.c.sender_id).where(
            contact_requests.c.status == "new", sa.not_(known)
        )
        for row in connection.execute(unknown.order_by(contact_requests.c.id).limit(most)).all():
            values = {"request_id": row.id, "sender_id": row.sender_id, "tries": 0, "next_try": now}
            connection.execute(sa.insert(contact_notices).values(values))
        due = sa.select(contact_notices).where(
            contact_notices.c.sent_at.is_(None),
            contact_notices.c.next_try <= now,
            contact_notices.c.tries < TRIES,
            is_new,
        )
        for row in connection.execute(due.order_by(contact_notices.c.request_id).limit(most).with_for_update()).all():
            this = contact_notices.c.request_id == row.request_id
            values = {"tries": row.tries + 1, "next_try": now + FIRST_WAIT * 2**row.tries}
            connection.execute(sa.update(contact_notices).where(this).values(values))
            claimed.append(row.request_id)
    return claimed


def _message(own: ConsoleSettings, request_id: int) -> EmailMessage:
    message = EmailMessage()
    message["From"] = own.notice_from
    message["To"] = ", ".join(own.notice_to)
    message["Subject"] = "A contact request is waiting"
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=own.notice_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        "A patient has asked to be contacted. Sign in to see the request:\n\n"
        f"{own.public_url}/contacts/{request_id}\n\n"
        "This message holds nothing of what the patient wrote.\n"
    )
    return message


@contextmanager
def _server(mail: MailServer) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if mail.tls:
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=_TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=_TIMEOUT)
    with server:
        server.ehlo()
        if not mail.tls and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif not mail.tls and mail.user:
            # Somebody on the way could read the password, or could have taken the offer of STARTTLS away.
            raise smtplib.SMTPException("the mail server offers no encryption, so the password is not sent")
        if mail.user:
            server.login(mail.user, mail.password)
        yield server
