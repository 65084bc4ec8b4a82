"""Reviewing conversations: the queue, search, comments, tags, corrections, saved filters."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

# Registers the tables: whoever compares the layout with the code after migrating sees these too.
import bot.console.review_tables  # noqa: F401

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables, and note every conversation that is there as one to be read in."""
    _items()
    _derived()
    _added_by_coaches()
    if op.get_bind().dialect.name == "postgresql":
        _postgresql_triggers()
    else:
        _sqlite_triggers()
    op.execute("INSERT INTO review_changes (conversation) SELECT sender_id FROM conversations ORDER BY last_at DESC")


def _items() -> None:
    op.create_table(
        "review_items",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False, unique=True),
        sa.Column("patient", sa.String(255), nullable=False),
        sa.Column("pseudonym", sa.String(16), nullable=False),
        sa.Column("started_at", sa.Float, nullable=False),
        sa.Column("last_at", sa.Float, nullable=False),
        sa.Column("message_count", sa.Integer, nullable=False),
        sa.Column("urgency", sa.SmallInteger),
        sa.Column("grade", sa.SmallInteger),
        sa.Column("min_confidence", sa.Float),
        sa.Column("fallback_count", sa.Integer, nullable=False),
        sa.Column("language", sa.String(16)),
        sa.Column("last_step", sa.String(64)),
        sa.Column("completed", sa.Boolean, nullable=False),
        sa.Column("thumbs_down", sa.Integer, nullable=False),
        sa.Column("is_test", sa.Boolean, nullable=False),
        sa.Column("has_contact_request", sa.Boolean, nullable=False),
        sa.Column("urgent_at", sa.Float),
        sa.Column("contact_at", sa.Float),
        sa.Column("bucket", sa.SmallInteger, nullable=False),
        sa.Column("waiting_since", sa.Float, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
        sa.Column("state", sa.String(16), nullable=False, server_default="open"),
        sa.Column("changed_by", sa.String(64)),
        sa.Column("changed_at", sa.Float),
        sa.Column("change", sa.String(64)),
        sa.Column("seen_by", sa.String(64)),
        sa.Column("seen_at", sa.Float),
        sa.Column("reviewed_by", sa.String(64)),
        sa.Column("reviewed_at", sa.Float),
        sa.Column("flagged", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("assignee", sa.String(64)),
        sa.Column("second", sa.String(16), nullable=False, server_default="none"),
        sa.Column("second_by", sa.String(64)),
        sa.Column("second_at", sa.Float),
        sa.Column("second_note", sa.Text),
        sa.Column("verdict", sa.String(16)),
        sa.Column("verdict_by", sa.String(64)),
        sa.Column("verdict_at", sa.Float),
        sa.CheckConstraint("state IN ('open', 'later', 'reviewed')", name="review_state"),
        sa.CheckConstraint("second IN ('none', 'wanted', 'resolved')", name="review_second"),
        sa.CheckConstraint("verdict IN ('too_high', 'right', 'too_low')", name="review_verdict"),
    )
    op.create_index("ix_review_items_queue", "review_items", ["bucket", "waiting_since", "id", "is_test"])
    op.create_index("ix_review_items_recent", "review_items", ["last_at", "id"])
    op.create_index("ix_review_items_started", "review_items", ["started_at"])
    op.create_index("ix_review_items_patient", "review_items", ["patient"])


def _derived() -> None:
    op.create_table(
        "review_terms",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("value", sa.String(160), primary_key=True),
        sa.Column(
            "item_id",
            sa.Integer,
            sa.ForeignKey("review_items.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
    )
    op.create_table(
        "review_texts",
        sa.Column(
            "item_id",
            sa.Integer,
            sa.ForeignKey("review_items.id", ondelete="CASCADE"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("last_event", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("words", sa.Text().with_variant(TSVECTOR, "postgresql")),
    )
    op.create_index("ix_review_texts_words", "review_texts", ["words"], postgresql_using="gin")
    op.create_table(
        "review_changes",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(255), nullable=False, index=True),
    )


def _added_by_coaches() -> None:
    op.create_table(
        "review_comments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False, index=True),
        sa.Column("event_id", sa.Integer),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("coach", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "review_mentions",
        sa.Column("comment_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("coach", sa.String(64), primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False, index=True),
        sa.Column("read_at", sa.Float),
    )
    op.create_index("ix_review_mentions_coach", "review_mentions", ["coach", "read_at"])
    op.create_table(
        "review_tags",
        sa.Column("sender_id", sa.String(255), primary_key=True),
        sa.Column("event_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tag", sa.String(40), primary_key=True),
        sa.Column("coach", sa.String(64), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_index("ix_review_tags_tag", "review_tags", ["tag"])
    op.create_table(
        "review_corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False, index=True),
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("target", sa.String(64), nullable=False, server_default=""),
        sa.Column("was", sa.String(64), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("coach", sa.String(64), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("state", sa.String(16), nullable=False, server_default="new"),
        sa.CheckConstraint("kind IN ('intent', 'finding', 'urgency')", name="correction_kind"),
        sa.CheckConstraint("state IN ('new', 'accepted', 'rejected')", name="correction_state"),
        sa.UniqueConstraint("event_id", "kind", "target", name="uq_review_corrections_target"),
    )
    op.create_table(
        "review_views",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.UniqueConstraint("owner", "name", name="uq_review_views_name"),
    )


# Whoever changes a conversation notes it, in the same transaction. A redacted message leaves the search text and the
# corrections at once; both are filled again from what is stored then.

_NOTE = "INSERT INTO review_changes (conversation) VALUES (NEW.sender_id);"
_FORGET = "DELETE FROM review_changes WHERE conversation = OLD.sender_id;"
_REDACT = (
    "DELETE FROM review_texts WHERE item_id = (SELECT id FROM review_items WHERE sender_id = NEW.sender_id);"
    "UPDATE review_corrections SET text = NULL WHERE event_id = NEW.id;"
)


def _sqlite_triggers() -> None:
    for table in ("conversations", "contact_requests"):
        for moment in ("INSERT", "UPDATE"):
            op.execute(f"CREATE TRIGGER review_{table}_{moment.lower()} AFTER {moment} ON {table} BEGIN {_NOTE} END")
    op.execute(f"CREATE TRIGGER review_conversations_delete AFTER DELETE ON conversations BEGIN {_FORGET} END")
    op.execute(
        "CREATE TRIGGER review_events_update AFTER UPDATE OF data ON events WHEN NEW.type_name IN ('user', 'bot') "
        f"BEGIN {_REDACT} {_NOTE} END"
    )


def _postgresql_triggers() -> None:
    def trigger(name: str, moment: str, table: str, body: str, when: str = "", returns: str = "NEW") -> None:
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN {returns}; END $$"
        )
        op.execute(f"CREATE TRIGGER {name} AFTER {moment} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}()")

    for table in ("conversations", "contact_requests"):
        trigger(f"review_{table}_note", "INSERT OR UPDATE", table, _NOTE)
    trigger("review_conversations_forget", "DELETE", "conversations", _FORGET, returns="OLD")
    only_messages = "WHEN (NEW.type_name IN ('user', 'bot'))"
    trigger("review_events_redact", "UPDATE OF data", "events", _REDACT + _NOTE, only_messages)
