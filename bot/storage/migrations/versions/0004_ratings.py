"""Thumbs up and down on answers, and their place in the queue."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table, and the column that the queue needs."""
    op.create_table(
        "answer_ratings",
        sa.Column("sender_id", sa.String(255), primary_key=True),
        sa.Column("client_id", sa.String(100), primary_key=True),
        sa.Column("rating", sa.String(8), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.CheckConstraint("rating IN ('up', 'down')", name="answer_rating"),
    )
    op.add_column("review_items", sa.Column("down_at", sa.Float))
