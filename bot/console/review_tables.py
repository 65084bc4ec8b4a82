"""The tables behind reviewing: one row per conversation with its place in the queue, and what coaches add to it.

Times are seconds since 1970. What coaches add has a column `sender_id`, so that erasure finds it; what is derived
hangs on `review_items` and goes with it.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.storage.tables import metadata

#: One row per conversation, filled by `bot.console.queries.index` from `conversations` and events, so that every
#: filter reads one narrow table. urgency: 0 routine to 3 emergency. urgent_at: the newest seek-care reply; contact_at:
#: the oldest open contact request; down_at: the newest thumbs down. bucket, waiting_since: the place in the queue, see
#: `bot.console.queries.places`. version: counts the changes of coaches, so that none overwrites another's. state:
#: "open", "later" or "reviewed". second: "none", "wanted" or "resolved". verdict: whether the urgency was "too_high",
#: "right" or "too_low".
items = sa.Table(
    "review_items",
    metadata,
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
    sa.Column("down_at", sa.Float),
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
    sa.Index("ix_review_items_queue", "bucket", "waiting_since", "id", "is_test"),
    sa.Index("ix_review_items_recent", "last_at", "id"),
    # The figures are read from this index alone.
    sa.Index(
        "ix_review_items_numbers",
        "started_at",
        "is_test",
        "urgency",
        "completed",
        "last_step",
        "verdict",
        "message_count",
        "fallback_count",
        "thumbs_down",
        "has_contact_request",
        "bucket",
        "urgent_at",
        "seen_at",
        "reviewed_at",
        "last_at",
    ),
    sa.Index("ix_review_items_patient", "patient"),
)

#: What else conversations are filtered by. kind: "intent", "finding" (concept, and concept:status) or "tag".
terms = sa.Table(
    "review_terms",
    metadata,
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("value", sa.String(160), primary_key=True),
    sa.Column("item_id", sa.ForeignKey("review_items.id", ondelete="CASCADE"), primary_key=True, index=True),
)

#: The patient's words of a conversation, for full-text search; last_event: read up to this one.
#: words: PostgreSQL's form of them. On SQLite it is empty: `bot.console.search` has an FTS5 table over `text` there.
texts = sa.Table(
    "review_texts",
    metadata,
    sa.Column("item_id", sa.ForeignKey("review_items.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    sa.Column("last_event", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("words", sa.Text().with_variant(TSVECTOR, "postgresql")),
    sa.Index("ix_review_texts_words", "words", postgresql_using="gin"),
)

#: Conversations that changed since they were last read into `review_items`. Triggers write it, in the transaction of
#: the change, whoever makes it. Only ever added to: a row is deleted by its id once it has been read, so that a change
#: that commits late is not lost. Not named sender_id: a trigger empties it when a conversation is erased.
changes = sa.Table(
    "review_changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation", sa.String(255), nullable=False, index=True),
)

#: event_id: the message that it is about, or null for the whole conversation.
comments = sa.Table(
    "review_comments",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("event_id", sa.Integer),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("coach", sa.String(64), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

mentions = sa.Table(
    "review_mentions",
    metadata,
    sa.Column("comment_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("coach", sa.String(64), primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False, index=True),
    sa.Column("read_at", sa.Float),
    sa.Index("ix_review_mentions_coach", "coach", "read_at"),
)

#: event_id: the message, or 0 for the whole conversation.
tags = sa.Table(
    "review_tags",
    metadata,
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("event_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("tag", sa.String(40), primary_key=True),
    sa.Column("coach", sa.String(64), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Index("ix_review_tags_tag", "tag"),
)

#: What a message should have been read as. kind: "intent", "finding" or "urgency"; target: of a finding, its sign or
#: concept; was, value: before and after. text: the message without personal data, null once the message was redacted.
corrections = sa.Table(
    "review_corrections",
    metadata,
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

#: Saved filters. query: as in the address.
views = sa.Table(
    "review_views",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False),
    sa.Column("name", sa.String(60), nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("owner", "name", name="uq_review_views_name"),
)
