"""What the gateway itself keeps, in the project's database: conversations that exist and answers already given.

Its tables have a column `sender_id`, so that erasing a conversation finds them.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.storage import privacy
from bot.storage.database import writing
from bot.storage.own_turns import message_event
from bot.storage.ratings import rate
from bot.storage.schema import upgrade
from bot.storage.tables import conversations as summaries
from bot.storage.tables import own_turns
from bot.storage.turns import missed_by_rasa, said_to_rasa, store_own_turn
from bot.web.asked import NOTHING_ASKED, Asked
from bot.web.choices import NOTHING_OFFERED, Offered

metadata = sa.MetaData()

conversations = sa.Table(
    "web_conversations",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("created", sa.Float, nullable=False),
    sa.Column("updated", sa.Float, nullable=False, index=True),
    sa.Column("urgency", sa.String(20)),
    # JSON of what was offered; "asked" stands in it too, so that tables made before it need no change.
    sa.Column("offered", sa.Text, nullable=False),
)

answers = sa.Table(
    "web_answers",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("client_id", sa.String(100), primary_key=True),
    sa.Column("created", sa.Float, nullable=False, index=True),
    sa.Column("answer", sa.Text, nullable=False),
)

#: Seconds that an answer is kept for a message sent again. A phone may be without network overnight.
ANSWERS_KEPT = 3 * 86_400


@dataclass(frozen=True)
class State:
    """What is remembered of a conversation between two messages.

    asked: danger signs that the last answers asked about.
    missed: what was said while Rasa was silent and Rasa has not been told since: {"text", "answer"}, redacted.
    """

    urgency: str | None = None
    offered: Offered = NOTHING_OFFERED
    asked: Asked = NOTHING_ASKED
    missed: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class OwnMessage:
    """A message that the gateway answered by itself: redacted words or a tap, and what was read in it."""

    text: str
    answer: Mapping[str, Any] | None = None
    reading: Mapping[str, Any] = field(default_factory=dict)


class Store:
    """All methods block and raise sqlalchemy.exc.SQLAlchemyError where the database can't be used."""

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self.engine = engine
        self._clock = clock

    def create_tables(self) -> None:
        """Bring the project's tables up to date and make our two where they are missing."""
        upgrade(self.engine)
        metadata.create_all(self.engine)

    def is_up(self) -> bool:
        """Whether the database answers."""
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.select(conversations.c.sender_id).limit(1))
        except sa.exc.SQLAlchemyError:
            return False
        return True

    def begin(self, sender_id: str) -> None:
        """Start a conversation."""
        now = self._clock()
        row = {"sender_id": sender_id, "created": now, "updated": now, "offered": json.dumps(NOTHING_OFFERED.as_json())}
        with writing(self.engine) as connection:
            connection.execute(conversations.insert().values(**row))

    def state(self, sender_id: str) -> State | None:
        """What is remembered, or None where the conversation was never started, or was erased."""
        query = sa.select(conversations.c.urgency, conversations.c.offered)
        with self.engine.connect() as connection:
            row = connection.execute(query.where(conversations.c.sender_id == sender_id)).first()
            missed = missed_by_rasa(connection, sender_id) if row else []
        if row is None:
            return None
        said = tuple(turn.said for turn in missed)
        stored = json.loads(row.offered)
        return State(row.urgency, Offered.from_json(stored), Asked.from_json(stored.get("asked")), said)

    def answer_to(self, sender_id: str, client_id: str) -> dict[str, Any] | None:
        """The answer that this message got before."""
        query = sa.select(answers.c.answer).where(answers.c.sender_id == sender_id, answers.c.client_id == client_id)
        with self.engine.connect() as connection:
            row = connection.execute(query).first()
        return json.loads(row.answer) if row else None

    def keep(
        self, sender_id: str, client_id: str, answer: dict[str, Any], state: State, own: OwnMessage | None
    ) -> None:
        """Keep an answer together with the state after it. Nothing is kept of a conversation erased meanwhile.

        own: the message, where Rasa has not answered it.
        """
        now = self._clock()
        offered = json.dumps({**state.offered.as_json(), "asked": state.asked.as_json()})
        after = {"updated": now, "urgency": state.urgency, "offered": offered}
        row = {"sender_id": sender_id, "client_id": client_id, "created": now, "answer": json.dumps(answer)}
        with writing(self.engine) as connection:
            where = conversations.c.sender_id == sender_id
            if connection.execute(conversations.update().where(where).values(**after)).rowcount:
                connection.execute(answers.insert().values(**row))
                # Coaches see this turn too, also where Rasa never hears of the conversation.
                if own is not None:
                    heard = any(reply.get("type") == "care_card" for reply in answer["replies"])
                    message = message_event(client_id, now, own.text, own.answer, own.reading, heard)
                    store_own_turn(connection, sender_id, message, answer["replies"])

    def rate(self, sender_id: str, client_id: str, rating: str | None) -> bool | None:
        """Keep what the patient thought of the answer to a message; None takes it back.

        False where there was no such message, None where there is no such conversation.
        """
        began = sa.select(conversations.c.sender_id).where(conversations.c.sender_id == sender_id)
        answered = [
            sa.select(table.c.client_id).where(table.c.sender_id == sender_id, table.c.client_id == client_id)
            for table in (answers, own_turns)
        ]
        with writing(self.engine) as connection:
            if connection.execute(began).first() is None:
                return None
            # Answers are let go after some days; the tracker store has the message still.
            known = any(connection.execute(query).first() for query in answered)
            if not known and said_to_rasa(connection, sender_id, client_id) is None:
                return False
            rate(connection, sender_id, client_id, rating, self._clock())
            return True

    def erase(self, sender_id: str) -> None:
        """Delete all that any table has of a conversation."""
        privacy.erase(self.engine, sender_id)

    def prune(self, keep_days: int) -> None:
        """Erase what was begun without a word and is older than `keep_days`, and answers too old to be asked again.

        Conversations in which something was said are erased by the console's daily job, which writes it into its
        audit log.
        """
        now = self._clock()
        old = sa.select(conversations.c.sender_id).where(
            conversations.c.updated < now - keep_days * 86_400,
            ~sa.exists().where(summaries.c.sender_id == conversations.c.sender_id),
        )
        with self.engine.connect() as connection:
            ids = list(connection.execute(old).scalars())
        for sender_id in ids:
            privacy.erase(self.engine, sender_id)
        with writing(self.engine) as connection:
            connection.execute(answers.delete().where(answers.c.created < now - ANSWERS_KEPT))
