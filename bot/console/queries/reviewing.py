"""What coaches do to a conversation. Nothing is overwritten: who works on an older state is told who was first."""

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from bot.console import coaches
from bot.console.errors import ConsoleError, bad_request, changed_meanwhile
from bot.console.queries import index
from bot.console.review_tables import comments, items, mentions, tags
from bot.console.sessions import Coach
from bot.console.tables import coaches as coach_table

VERDICTS = {"too_high": "Too high", "right": "Right", "too_low": "Too low"}

LONGEST_COMMENT, LONGEST_TAG = 4000, 40


def item_of(connection: Connection, sender_id: str) -> Row:
    """The row of a conversation, read in now if that has not been done yet."""
    query = sa.select(items).where(items.c.sender_id == sender_id)
    row = connection.execute(query).first()
    if row is None:
        index.read_in(connection, sender_id)
        row = connection.execute(query).first()
    if row is None:
        raise ConsoleError(404, "Not found", "There is no such conversation any more.")
    return row


def see(connection: Connection, item: Row, coach: Coach, now: float) -> None:
    """Note that somebody has opened the conversation. It is no longer "not yet seen"."""
    if item.seen_at is None or (item.urgent_at is not None and item.seen_at < item.urgent_at):
        connection.execute(sa.update(items).where(items.c.id == item.id).values(seen_by=coach.name, seen_at=now))
        index.replace_in_queue(connection, item.sender_id)


def change(connection: Connection, item: Row, coach: Coach, now: float, version: int, what: str, **values: Any) -> None:
    """Change columns of the row. what: in words, for the coach who comes second. Raises ConsoleError 409."""
    fields = {**values, "version": version + 1, "changed_by": coach.name, "changed_at": now, "change": what}
    same = (items.c.id == item.id) & (items.c.version == version)
    if not connection.execute(sa.update(items).where(same).values(fields)).rowcount:
        now_there = connection.execute(sa.select(items).where(items.c.id == item.id)).first()
        who = f"{now_there.changed_by} was first: {now_there.change}." if now_there else "It is gone."
        raise changed_meanwhile(f"{who} Your change was not made. Load the conversation again to see it.")
    index.replace_in_queue(connection, item.sender_id)


def apply(connection: Connection, item: Row, coach: Coach, now: float, version: int, form: Mapping[str, str]) -> str:
    """Do what a button says; what was done, in a few words. Raises ConsoleError for what can't be done."""
    action = form.get("action", "")
    simple: dict[str, tuple[str, dict[str, Any]]] = {
        "reviewed": ("marked as reviewed", {"state": "reviewed", "reviewed_by": coach.name, "reviewed_at": now}),
        "reopen": ("review undone", {"state": "open", "reviewed_by": None, "reviewed_at": None}),
        "later": ("saved for later", {"state": "later"}),
        "open": ("back in the queue", {"state": "open"}),
        "flag": ("flagged", {"flagged": True}),
        "unflag": ("flag taken away", {"flagged": False}),
        "second": (
            "second review wanted",
            {"second": "wanted", "second_by": coach.name, "second_at": now, "second_note": None},
        ),
        "unsecond": ("no second review wanted", {"second": "none", "second_by": None, "second_at": None}),
    }
    if action in simple:
        what, values = simple[action]
    elif action == "assign":
        what, values = _assign(connection, form.get("assignee", ""))
    elif action == "verdict":
        verdict = form.get("verdict", "")
        if verdict not in VERDICTS:
            raise bad_request("Choose too high, right or too low.")
        what = f"urgency judged {VERDICTS[verdict].lower()}"
        values = {"verdict": verdict, "verdict_by": coach.name, "verdict_at": now}
    elif action == "resolve":
        what, values = _resolve(item, coach, now, form.get("note", ""))
    else:
        raise bad_request("There is no such action.")
    change(connection, item, coach, now, version, what, **values)
    return what


def _assign(connection: Connection, name: str) -> tuple[str, dict[str, Any]]:
    if not name:
        return "assigned to nobody", {"assignee": None}
    found = coaches.find(connection, name)
    if found is None or found.disabled_at is not None:
        raise bad_request("There is no coach of that name.")
    return f"assigned to {found.name}", {"assignee": found.name}


def _resolve(item: Row, coach: Coach, now: float, note: str) -> tuple[str, dict[str, Any]]:
    if item.second != "wanted":
        raise bad_request("Nobody asked for a second review.")
    if item.second_by == coach.name:
        raise bad_request("You asked for the second review, so another coach has to resolve it.")
    if not note.strip():
        raise bad_request("Say in a sentence what the second review found.")
    values = {"second": "resolved", "second_by": coach.name, "second_at": now, "second_note": note[:LONGEST_COMMENT]}
    return "second review resolved", values


def comment(connection: Connection, sender_id: str, coach: Coach, now: float, text: str, event_id: int | None) -> None:
    """Add a comment. Coaches named with @ find it under "I am mentioned"."""
    text = text.strip()
    if not text:
        raise bad_request("A comment needs words.")
    if len(text) > LONGEST_COMMENT:
        raise bad_request(f"A comment has {LONGEST_COMMENT} characters at most.")
    row = {"sender_id": sender_id, "event_id": event_id, "at": now, "coach": coach.name, "text": text}
    comment_id = connection.execute(sa.insert(comments).values(row)).inserted_primary_key[0]
    named = [
        {"comment_id": comment_id, "coach": name, "sender_id": sender_id}
        for name in connection.execute(sa.select(coach_table.c.name)).scalars()
        if name != coach.name and re.search(rf"@{re.escape(name)}(?!\w)", text, re.IGNORECASE)
    ]
    if named:
        connection.execute(sa.insert(mentions), named)


def comments_of(connection: Connection, sender_id: str) -> list[Row]:
    """All comments on a conversation and its messages, in order."""
    return list(
        connection.execute(sa.select(comments).where(comments.c.sender_id == sender_id).order_by(comments.c.id))
    )


def read_mentions(connection: Connection, sender_id: str, coach: Coach, now: float) -> None:
    """The coach has seen where they are mentioned."""
    unread = (mentions.c.sender_id == sender_id) & (mentions.c.coach == coach.name) & mentions.c.read_at.is_(None)
    connection.execute(sa.update(mentions).where(unread).values(read_at=now))


def count_mentions(connection: Connection, coach: Coach) -> int:
    """In how many conversations the coach is mentioned and has not looked."""
    unread = (mentions.c.coach == coach.name) & mentions.c.read_at.is_(None)
    query = sa.select(sa.func.count(sa.distinct(mentions.c.sender_id))).where(unread)
    return int(connection.execute(query).scalar_one())


def add_tag(connection: Connection, sender_id: str, coach: Coach, now: float, tag: str, event_id: int) -> None:
    """Tag a conversation (event_id 0) or one of its messages. A tag that is there already stays as it is."""
    tag = " ".join(tag.lower().split())
    if not re.fullmatch(r"[\w][\w .:+/-]*", tag) or len(tag) > LONGEST_TAG:
        raise bad_request(f"A tag has 1 to {LONGEST_TAG} letters or digits; blanks and . : + / - may stand between.")
    this = (tags.c.sender_id == sender_id) & (tags.c.event_id == event_id) & (tags.c.tag == tag)
    if connection.execute(sa.select(tags.c.tag).where(this)).first() is None:
        row = {"sender_id": sender_id, "event_id": event_id, "tag": tag, "coach": coach.name, "at": now}
        connection.execute(sa.insert(tags).values(row))
        index.set_tags(connection, sender_id)


def remove_tag(connection: Connection, sender_id: str, tag: str, event_id: int) -> None:
    """Take a tag away again."""
    this = (tags.c.sender_id == sender_id) & (tags.c.event_id == event_id) & (tags.c.tag == tag)
    connection.execute(sa.delete(tags).where(this))
    index.set_tags(connection, sender_id)


def tags_of(connection: Connection, sender_id: str) -> dict[int, list[str]]:
    """The tags of a conversation (0) and of its messages (their event's id)."""
    found: dict[int, list[str]] = {}
    for row in connection.execute(sa.select(tags).where(tags.c.sender_id == sender_id).order_by(tags.c.tag)):
        found.setdefault(row.event_id, []).append(row.tag)
    return found


def known_tags(connection: Connection) -> list[str]:
    """The tags that are used most, to choose from."""
    query = sa.select(tags.c.tag).group_by(tags.c.tag).order_by(sa.func.count().desc(), tags.c.tag).limit(50)
    return list(connection.execute(query).scalars())
