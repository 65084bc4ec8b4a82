"""Requests to be called back by the coach: what a patient gave on purpose, with consent and time."""

import time

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.storage import tables
from bot.storage.database import writing

#: Longest kept name and way to be reached, in characters; a message may be as long as one in the chat.
SHORT, LONG = 200, 2000


def add_contact_request(
    engine: Engine,
    sender_id: str,
    *,
    name: str,
    reach: str,
    message: str,
    consent_text: str,
    consent_at: float | None = None,
) -> int:
    """Store a request as new and return its id.

    reach: telephone number or e-mail address; consent_text: the sentence that the patient agreed to, at `consent_at`
    (seconds since 1970, now by default). Raises ValueError without a way to be reached or without consent.
    """
    reach, consent_text = _clean(reach, SHORT), _clean(consent_text, LONG)
    if not reach:
        raise ValueError("a contact request needs a telephone number or an e-mail address")
    if not consent_text:
        raise ValueError("a contact request needs the consent that was given")
    now = time.time()
    request = {
        "sender_id": sender_id,
        "created_at": now,
        "name": _clean(name, SHORT),
        "reach": reach,
        "message": _clean(message, LONG),
        "consent_text": consent_text,
        "consent_at": now if consent_at is None else consent_at,
        "status": "new",
    }
    with writing(engine) as connection:
        connection.execute(
            sa.update(tables.conversations)
            .where(tables.conversations.c.sender_id == sender_id)
            .values(has_contact_request=True)
        )
        stored = connection.execute(sa.insert(tables.contact_requests).values(request))
    return int(stored.inserted_primary_key[0])


def _clean(text: str, longest: int) -> str:
    """PostgreSQL takes no zero characters."""
    return text.replace("\0", "").strip()[:longest]
