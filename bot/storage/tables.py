"""The tables that the tracker store keeps. Times are seconds since 1970, as Rasa has them.

Every table that holds something of a patient has a column `sender_id`: erasure and export find it by that.
"""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

metadata = sa.MetaData()


class Json(sa.types.TypeDecorator):
    """JSON on both databases. PostgreSQL refuses characters that a patient's device may well send, so they go."""

    impl = sa.JSON().with_variant(JSONB(), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        """The value without zero characters and halves of surrogate pairs, each replaced by one character."""
        return _storable(value)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub("[\0\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


#: Rasa's own table, laid out as its SQL tracker store does.
events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
    # Rasa has an index on sender_id alone; nearly every question of ours is for a conversation's events in order.
    sa.Index("ix_events_conversation", "sender_id", "id"),
    sa.Index("ix_events_intent", "intent_name", "timestamp"),
)

#: One row per conversation, for the coach's lists. Holds no words of the patient.
#: findings: [{"concept", "status"}], the newest status of each; intents: every intent so far, in order of first use;
#: last_step: the last assessment question shown; thumbs: replies rated up or down; pseudonym: the same for all
#: conversations of one patient.
conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("patient", sa.String(255), nullable=False),
    sa.Column("pseudonym", sa.String(16), nullable=False),
    sa.Column("channel", sa.String(64)),
    sa.Column("started_at", sa.Float, nullable=False),
    sa.Column("last_at", sa.Float, nullable=False),
    sa.Column("message_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("highest_urgency", sa.String(16)),
    sa.Column("latest_urgency", sa.String(16)),
    sa.Column("grade", sa.Integer),
    sa.Column("last_intent", sa.String(255)),
    sa.Column("intents", Json, nullable=False),
    sa.Column("min_confidence", sa.Float),
    sa.Column("fallback_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("findings", Json, nullable=False),
    sa.Column("language", sa.String(16)),
    sa.Column("last_step", sa.String(64)),
    sa.Column("completed", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("has_contact_request", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("is_test", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("thumbs_up", sa.Integer, nullable=False, server_default="0"),
    sa.Column("thumbs_down", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_conversations_last_at", "last_at"),
    sa.Index("ix_conversations_urgency", "highest_urgency", "last_at"),
    sa.Index("ix_conversations_patient", "patient"),
)

#: Turns that the gateway answered by itself, see `bot.storage.own_turns`. message, replies: JSON.
own_turns = sa.Table(
    "own_turns",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("client_id", sa.String(100), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("replies", sa.Text, nullable=False),
    sa.UniqueConstraint("sender_id", "client_id", name="uq_own_turns_message"),
)

#: What a patient gave on purpose so that the coach can call back.
contact_requests = sa.Table(
    "contact_requests",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("reach", sa.Text, nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("consent_text", sa.Text, nullable=False),
    sa.Column("consent_at", sa.Float, nullable=False),
    sa.Column("status", sa.String(16), nullable=False, server_default="new", index=True),
    sa.CheckConstraint("status IN ('new', 'answered', 'closed')", name="contact_status"),
)

#: Every finished assessment. extent in percent of the body surface; summary as the patient got it.
assessments = sa.Table(
    "assessments",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("made_at", sa.Float, nullable=False),
    sa.Column("urgency", sa.String(16)),
    sa.Column("grade", sa.Integer),
    sa.Column("extent_low", sa.Float),
    sa.Column("extent_high", sa.Float),
    sa.Column("itch", sa.Integer),
    sa.Column("summary", Json, nullable=False),
)

#: What a patient thought of an answer: "up" or "down". client_id: of the message that was answered. The counts are kept
#: in `conversations`, see `bot.storage.ratings`.
ratings = sa.Table(
    "answer_ratings",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("client_id", sa.String(100), primary_key=True),
    sa.Column("rating", sa.String(8), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.CheckConstraint("rating IN ('up', 'down')", name="answer_rating"),
)

#: Where the recent part of a long conversation begins, and what held there: state of slots and form, or null at
#: the start of a session.
checkpoints = sa.Table(
    "checkpoints",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("after_event", sa.Integer, nullable=False),
    sa.Column("state", Json),
)

#: When conversations were erased, by the hash of their id: a turn that began before does not bring them back.
erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("sender_hash", sa.String(64), primary_key=True),
    sa.Column("erased_at", sa.Float, nullable=False),
)
