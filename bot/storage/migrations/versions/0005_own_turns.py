"""Turns that the gateway answered by itself get numbers, so that they can be corrected, tagged and redacted."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.own_turns import message_event

revision = "0005"
down_revision = "0004"

# As for events: a redacted message leaves the search text and the corrections at once.
_REDACT = (
    "DELETE FROM review_texts WHERE item_id = (SELECT id FROM review_items WHERE sender_id = NEW.sender_id);"
    "UPDATE review_corrections SET text = NULL WHERE event_id = -NEW.id;"
    "INSERT INTO review_changes (conversation) VALUES (NEW.sender_id);"
)


def upgrade() -> None:
    """Make the table, and fill it from what the gateway kept beside its answers."""
    table = op.create_table(
        "own_turns",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sender_id", sa.String(255), nullable=False),
        sa.Column("client_id", sa.String(100), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("replies", sa.Text, nullable=False),
        sa.UniqueConstraint("sender_id", "client_id", name="uq_own_turns_message"),
    )
    _move(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION review_own_turns_redact() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {_REDACT} RETURN NEW; END $$"
        )
        op.execute(
            "CREATE TRIGGER review_own_turns_redact AFTER UPDATE OF message ON own_turns "
            "FOR EACH ROW EXECUTE FUNCTION review_own_turns_redact()"
        )
    else:
        op.execute(f"CREATE TRIGGER review_own_turns_update AFTER UPDATE OF message ON own_turns BEGIN {_REDACT} END")


def _move(table: sa.Table) -> None:
    """The gateway makes its own tables; those of earlier versions had the patient's words beside the answer."""
    connection = op.get_bind()
    inspector = sa.inspect(connection)
    if not inspector.has_table("web_answers"):
        return
    if "said" not in {column["name"] for column in inspector.get_columns("web_answers")}:
        return
    old = sa.table("web_answers", *map(sa.column, ("sender_id", "client_id", "created", "answer", "said")))
    query = sa.select(old).where(old.c.said.is_not(None)).order_by(old.c.created)
    for row in connection.execute(query).mappings().all():
        replies = _replies(row["answer"])
        heard = any(reply.get("type") == "care_card" for reply in replies)
        message = message_event(row["client_id"], row["created"], row["said"], None, {}, heard)
        connection.execute(
            sa.insert(table).values(
                sender_id=row["sender_id"], client_id=row["client_id"], at=row["created"],
                message=json.dumps(message), replies=json.dumps(replies),
            )
        )  # fmt: skip
    op.drop_column("web_answers", "said")


def _replies(answer: str) -> list[dict[str, Any]]:
    try:
        return [reply for reply in json.loads(answer)["replies"] if isinstance(reply, dict)]
    except (KeyError, TypeError, ValueError):
        return []
