"""Indexes for the figures: all that they read of a conversation, and messages of an intent in the order of time."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing asks for the events of an intent by conversation any more."""
    op.create_index(
        "ix_review_items_numbers",
        "review_items",
        ["started_at", "is_test", "urgency", "completed", "last_step", "verdict", "message_count", "fallback_count",
         "thumbs_down", "has_contact_request", "bucket", "urgent_at", "seen_at", "reviewed_at", "last_at"],
    )  # fmt: skip
    op.drop_index("ix_review_items_started", "review_items")
    op.drop_index("ix_events_intent", "events")
    op.create_index("ix_events_intent", "events", ["intent_name", "timestamp"])
