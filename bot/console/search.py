"""Full-text search in patients' words: FTS5 on SQLite, a tsvector on PostgreSQL. English stems on both.

What a coach types is never part of a statement. Words have to be there all; "quoted words" stand together; -word must
not be there.
"""

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.console.review_tables import items, texts

#: Words and phrases that are looked for at most.
_MOST = 12

#: Made by the console and not by a migration: it holds nothing of its own and can be made again at any time.
_FTS = (
    "CREATE VIRTUAL TABLE review_words USING fts5(text, content='review_texts', content_rowid='item_id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER review_words_insert AFTER INSERT ON review_texts BEGIN "
    "INSERT INTO review_words (rowid, text) VALUES (NEW.item_id, NEW.text); END",
    "CREATE TRIGGER review_words_delete AFTER DELETE ON review_texts BEGIN "
    "INSERT INTO review_words (review_words, rowid, text) VALUES ('delete', OLD.item_id, OLD.text); END",
    "CREATE TRIGGER review_words_update AFTER UPDATE OF text ON review_texts BEGIN "
    "INSERT INTO review_words (review_words, rowid, text) VALUES ('delete', OLD.item_id, OLD.text); "
    "INSERT INTO review_words (rowid, text) VALUES (NEW.item_id, NEW.text); END",
    "INSERT INTO review_words (review_words) VALUES ('rebuild')",
)


def prepare(connection: Connection) -> None:
    """Make what SQLite needs, once."""
    if connection.dialect.name != "sqlite":
        return
    made = sa.text("SELECT 1 FROM sqlite_master WHERE name = 'review_words_update'")
    if connection.execute(made).first() is None:
        for statement in _FTS:
            connection.exec_driver_sql(statement)


def store(connection: Connection, item_id: int, last_event: int, text: str) -> None:
    """Keep a conversation's words, read up to an event."""
    before = connection.execute(sa.select(texts.c.text).where(texts.c.item_id == item_id)).first()
    values: dict[str, Any] = {"last_event": last_event}
    if before is None or before.text != text:
        values["text"] = text
        if connection.dialect.name == "postgresql":
            values["words"] = sa.func.to_tsvector("english", text)
    if before is None:
        connection.execute(sa.insert(texts).values(item_id=item_id, **values))
    else:
        connection.execute(sa.update(texts).where(texts.c.item_id == item_id).values(values))


def found(connection: Connection, query: str) -> sa.sql.Select:
    """A selection of the ids of the items in which the query is found."""
    terms = _terms(query)
    if not any(wanted for wanted, _ in terms):
        return sa.select(texts.c.item_id).where(sa.false())
    if connection.dialect.name == "postgresql":
        return sa.select(texts.c.item_id).where(_on_postgresql(terms))
    return _on_sqlite(terms)


def is_found(connection: Connection, query: str) -> sa.sql.ColumnElement:
    """The condition on `review_items` that the query is found in them, for queries that many match."""
    terms = _terms(query)
    if connection.dialect.name == "postgresql":
        return sa.exists().where(texts.c.item_id == items.c.id, _on_postgresql(terms))
    statement = "EXISTS (SELECT 1 FROM review_words WHERE review_words MATCH :search AND rowid = review_items.id)"
    return sa.text(statement).bindparams(search=_match(terms))


def pattern(query: str) -> re.Pattern[str] | None:
    """What to mark in a text: the beginnings of the words that were looked for."""
    words = [word for wanted, phrase in _terms(query) if wanted for word in re.findall(r"\w+", phrase)]
    # Stems: "itching" also finds "itchy".
    stems = sorted({re.escape(_stem(word)) for word in words}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(stems)})\w*", re.IGNORECASE) if stems else None


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s|y|e)$", "", word) if len(word) > 4 else word


def _terms(query: str) -> list[tuple[bool, str]]:
    """(whether it must be there, word or phrase), without what holds no letter or digit."""
    found = []
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|(\S+))', query)[:_MOST]:
        words = " ".join(re.findall(r"\w+", phrase or word))
        if words:
            found.append((not minus, words))
    return found


def _on_postgresql(terms: list[tuple[bool, str]]) -> sa.sql.ColumnElement:
    query = " ".join(f'{"" if wanted else "-"}"{phrase}"' for wanted, phrase in terms)
    return texts.c.words.op("@@")(sa.func.websearch_to_tsquery("english", query))


def _on_sqlite(terms: list[tuple[bool, str]]) -> sa.sql.Select:
    words = sa.table("review_words", sa.column("rowid"))
    return sa.select(words.c.rowid).where(sa.text("review_words MATCH :search").bindparams(search=_match(terms)))


def _match(terms: list[tuple[bool, str]]) -> str:
    """The query in FTS5's own language; in quotes, words are nothing but words."""
    wanted = " AND ".join(f'"{phrase}"' for is_wanted, phrase in terms if is_wanted)
    return " NOT ".join([f"({wanted})", *(f'"{phrase}"' for is_wanted, phrase in terms if not is_wanted)])
