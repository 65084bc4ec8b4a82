"""The tables of the tracker store, beside Rasa's own table of events."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0001"
down_revision = None

_Json = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make the tables. Events that stock Rasa has stored already stay."""
    if not sa.inspect(op.get_bind()).has_table("events"):
        _events()
    op.create_index("ix_events_conversation", "events", ["sender_id", "id"])
    op.create_index("ix_events_intent", "events", ["intent_name", "sender_id"])
    _conversations()
    _contact_requests()
    _assessments()
    op.create_table(
        "checkpoints",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False, index=True),
        sa.Column("after_event", sa.Integer, nullable=False),
        sa.Column("state", _Json),
    )
    op.create_table(
        "erasures",
        sa.Column("sender_hash", sa.String(64), primary_key=True),
        sa.Column("erased_at", sa.Float, nullable=False),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False),
        sa.Column("type_name", sa.String(255), nullable=False),
        sa.Column("timestamp", sa.Float),
        sa.Column("intent_name", sa.String(255)),
        sa.Column("action_name", sa.String(255)),
        sa.Column("data", sa.Text),
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
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
        sa.Column("intents", _Json, nullable=False),
        sa.Column("min_confidence", sa.Float),
        sa.Column("fallback_count", sa.Integer, nullable=False, server_default="0"),
        sa.Column("findings", _Json, nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("last_step", sa.String(64)),
        sa.Column("completed", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("has_contact_request", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("is_test", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("thumbs_up", sa.Integer, nullable=False, server_default="0"),
        sa.Column("thumbs_down", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("ix_conversations_last_at", "conversations", ["last_at"])
    op.create_index("ix_conversations_urgency", "conversations", ["highest_urgency", "last_at"])
    op.create_index("ix_conversations_patient", "conversations", ["patient"])


def _contact_requests() -> None:
    op.create_table(
        "contact_requests",
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


def _assessments() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False, index=True),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("urgency", sa.String(16)),
        sa.Column("grade", sa.Integer),
        sa.Column("extent_low", sa.Float),
        sa.Column("extent_high", sa.Float),
        sa.Column("itch", sa.Integer),
        sa.Column("summary", _Json, nullable=False),
    )
