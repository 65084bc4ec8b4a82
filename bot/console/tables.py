"""The console's own tables: coaches and their sessions, the audit log, notes on contact requests.

Times are seconds since 1970. What belongs to a conversation has a column `sender_id`, so that erasure finds it
(see `bot.storage.privacy`). The audit log names conversations in `subject`: it has to outlive them.
"""

import sqlalchemy as sa

from bot.storage.tables import metadata

#: name_key: the name as it is compared, see `bot.console.coaches.name_key`. totp_step: the newest step of 30 s whose
#: code was used. Without a password the coach has not been set up yet, or has to be again.
coaches = sa.Table(
    "coaches",
    metadata,
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

#: One-time links to set a password and a second factor. The newest replaces the others of the same coach.
invitations = sa.Table(
    "coach_invitations",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("coach_id", sa.ForeignKey("coaches.id"), nullable=False, index=True),
    sa.Column("totp_secret", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Float, nullable=False),
)

recovery_codes = sa.Table(
    "coach_recovery_codes",
    metadata,
    sa.Column("code_hash", sa.String(64), primary_key=True),
    sa.Column("coach_id", sa.ForeignKey("coaches.id"), nullable=False, index=True),
)

sessions = sa.Table(
    "coach_sessions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("coach_id", sa.ForeignKey("coaches.id"), nullable=False, index=True),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("seen_at", sa.Float, nullable=False),
    sa.Column("address", sa.String(64), nullable=False),
    sa.Column("device", sa.String(120), nullable=False),
)

#: Failed sign-ins in a row. key: hash of an account's name or of an address.
attempts = sa.Table(
    "sign_in_attempts",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("last_at", sa.Float, nullable=False, index=True),
    sa.Column("locked_until", sa.Float, nullable=False),
)

#: Times in whole milliseconds and details as text, so that the same bytes are hashed when the log is verified.
audit_log = sa.Table(
    "audit_log",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at_ms", sa.BigInteger, nullable=False, index=True),
    sa.Column("coach", sa.String(64), nullable=False, index=True),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("subject", sa.String(255), nullable=False, index=True),
    sa.Column("details", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
)

#: One row: where the log ends, sealed, so that rows can't be taken off its end unseen.
audit_head = sa.Table(
    "audit_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("seal", sa.String(64), nullable=False),
)

#: What coaches did about contact requests, newest last.
contact_notes = sa.Table(
    "contact_notes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("request_id", sa.Integer, nullable=False, index=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("coach", sa.String(64), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)

#: E-mail notices of contact requests: sent, or to be tried again at `next_try`.
contact_notices = sa.Table(
    "contact_notices",
    metadata,
    sa.Column("request_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_try", sa.Float, nullable=False),
    sa.Column("sent_at", sa.Float),
)
