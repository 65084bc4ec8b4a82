"""The coach's console: coaches, sessions, lock-out, audit log, notes and notices of contact requests."""

import sqlalchemy as sa
from alembic import op

# Registers the tables: whoever compares the layout with the code after migrating sees these too.
import bot.console.tables  # noqa: F401

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _coaches()
    _sessions()
    _audit()
    _contacts()


def _coaches() -> None:
    op.create_table(
        "coaches",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("name_key", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("disabled_at", sa.Float),
        sa.Column("password_hash", sa.Text),
        sa.Column("totp_secret", sa.Text),
        sa.Column("totp_step", sa.BigInteger, nullable=False, server_default="0"),
        sa.CheckConstraint("role IN ('coach', 'lead', 'tester')", name="coach_role"),
    )
    op.create_table(
        "coach_invitations",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("coach_id", sa.Integer, sa.ForeignKey("coaches.id"), nullable=False, index=True),
        sa.Column("totp_secret", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
    op.create_table(
        "coach_recovery_codes",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("coach_id", sa.Integer, sa.ForeignKey("coaches.id"), nullable=False, index=True),
    )


def _sessions() -> None:
    op.create_table(
        "coach_sessions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("coach_id", sa.Integer, sa.ForeignKey("coaches.id"), nullable=False, index=True),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("seen_at", sa.Float, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("device", sa.String(120), nullable=False),
    )
    op.create_table(
        "sign_in_attempts",
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.Float, nullable=False, index=True),
        sa.Column("locked_until", sa.Float, nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at_ms", sa.BigInteger, nullable=False, index=True),
        sa.Column("coach", sa.String(64), nullable=False, index=True),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False, index=True),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
    )
    head = sa.table("audit_head", sa.column("id"), sa.column("count"), sa.column("hash"), sa.column("seal"))
    # The console seals it when it first writes.
    op.execute(head.insert().values(id=1, count=0, hash="", seal=""))


def _contacts() -> None:
    op.create_table(
        "contact_notes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False, index=True),
        sa.Column("request_id", sa.Integer, nullable=False, index=True),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("coach", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "contact_notices",
        sa.Column("request_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("sender_id", sa.String(255), nullable=False, index=True),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try", sa.Float, nullable=False),
        sa.Column("sent_at", sa.Float),
    )
