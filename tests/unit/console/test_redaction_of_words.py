"""Taking words out of a stored message and of what repeats them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from bot.console.redaction import mask
from bot.storage import tables
from bot.storage.database import writing
from bot.storage.turns import store_turn

TEXT = "It's Barbara Kowalski again, fever since Monday"

Redact = Callable[..., Any]


@pytest.fixture
def told(engine: Engine, console: Any) -> int:
    """A conversation in which the guide repeats the patient's words; the id of the message."""
    finding = {"concept": "fever", "text": "Kowalski again, fever", "start": 13, "end": 34, "status": "present"}
    turn = [
        {"event": "user", "timestamp": 1.0, "text": TEXT, "metadata": {},
         "parse_data": {"text": TEXT, "intent": {"name": "report_urgent_sign", "confidence": 1.0},
                        "reading": {"findings": [finding], "case": {"signs": {"fever": "present"}}}}},
        {"event": "slot", "name": "who", "value": "Barbara Kowalski", "timestamp": 1.0},
        {"event": "bot", "timestamp": 1.0, "text": "You said: it's barbara  kowalski",
         "data": {"custom": {"type": "summary", "data": {"sections": [{"lines": ["Says Barbara Kowalski"]}]}}}},
        {"event": "action", "name": "action_listen", "timestamp": 1.0},
    ]  # fmt: skip
    with writing(engine) as connection:
        store_turn(connection, "s1", turn, lambda: {"slots": {"who": "Barbara Kowalski"}})
        return int(connection.execute(sa.select(sa.func.min(tables.events.c.id))).scalar())


@pytest.fixture
def redact(lead: Any, told: int) -> Redact:
    """Posts the form."""
    return lambda **fields: lead.post(f"/conversations/s1/messages/{told}/redact", fields)


def everything(engine: Engine) -> str:
    """All that is stored of the conversation, as one text."""
    with engine.connect() as connection:
        found = connection.execute(sa.select(tables.events.c.data)).scalars().all()
        found += [json.dumps(row) for row in connection.execute(sa.select(tables.assessments.c.summary)).scalars()]
    return "\n".join(found)


def message(engine: Engine, number: int) -> dict[str, Any]:
    """The stored event."""
    with engine.connect() as connection:
        return json.loads(
            connection.execute(sa.select(tables.events.c.data).where(tables.events.c.id == number)).scalar()
        )


def test_the_words_are_gone_wherever_they_were_repeated(engine: Engine, redact: Redact, told: int, logged: Any) -> None:
    """Whatever their case and spacing. The mask is as long as the words, and the deed is logged without them."""
    assert redact(words="barbara kowalski").status_code == 303
    stored = everything(engine)
    assert "kowalski" not in stored.lower()
    event = message(engine, told)
    assert event["text"] == event["parse_data"]["text"] == "It's [removed·······] again, fever since Monday"
    assert len(event["text"]) == len(TEXT)
    row = logged("redaction")[0]
    assert (row["subject"], row["details"]) == ("s1", {"message": told, "entries": 4})


def test_no_table_keeps_the_words(lead: Any, engine: Engine, redact: Redact) -> None:
    """Nor does the search find them, once coaches have looked at the conversation and searched for it."""
    assert lead.get("/conversations/s1").status_code == 200
    assert "/coach/conversations/s1" in lead.get("/queue?view=all&q=kowalski").text
    redact(words="Barbara Kowalski")
    assert "/coach/conversations/s1" not in lead.get("/queue?view=all&q=kowalski").text
    assert "/coach/conversations/s1" in lead.get("/queue?view=all&q=monday").text
    found = sa.MetaData()
    with engine.connect() as connection:
        # The search's index is asked above, and the log has what the coach typed into the search.
        found.reflect(connection, only=lambda name, _: not name.startswith("review_words_") and name != "audit_log")
        kept = "".join(str(connection.execute(sa.select(table)).all()) for table in found.sorted_tables)
    assert "kowalski" not in kept.lower()


def test_what_was_read_stays_readable(engine: Engine, redact: Redact, told: int) -> None:
    """Signs, intents and their places are as before; a finding quotes the masked text."""
    redact(words="Kowalski")
    reading = message(engine, told)["parse_data"]["reading"]
    assert reading["case"] == {"signs": {"fever": "present"}}
    assert reading["findings"][0]["text"] == "········ again, fever"
    assert reading["findings"][0]["concept"] == "fever"


def test_a_word_that_is_also_a_name_in_the_data_is_masked_in_texts_only(
    engine: Engine, redact: Redact, told: int
) -> None:
    """Otherwise the conversation could not be read any more."""
    redact(words="fever")
    event = message(engine, told)
    assert "fever" not in event["text"]
    assert event["parse_data"]["reading"]["findings"][0]["concept"] == "fever"


def test_a_span_is_widened_to_whole_words(engine: Engine, redact: Redact, told: int) -> None:
    """Half a name would still tell."""
    assert redact(start="8", end="15").status_code == 303
    assert message(engine, told)["text"].startswith("It's [removed·······] again")


@pytest.mark.parametrize(
    "fields",
    [{"words": "Barb"}, {"words": ""}, {}, {"words": "no such words"}, {"start": "5", "end": "400"},
     {"start": "9", "end": "5"}, {"start": "x", "end": "5"}, {"words": ".*"}],
)  # fmt: skip
def test_what_is_not_in_the_message_is_refused(
    engine: Engine, redact: Redact, fields: dict[str, str], told: int
) -> None:
    """And nothing is changed."""
    assert redact(**fields).status_code == 400
    assert message(engine, told)["text"] == TEXT


def test_other_conversations_are_left_alone(engine: Engine, redact: Redact, say: Any) -> None:
    """The same words may mean somebody else there."""
    say("s2", "Barbara Kowalski is my sister")
    redact(words="Barbara Kowalski")
    assert "Barbara Kowalski is my sister" in everything(engine)


def test_an_unreadable_event_gets_a_clear_answer(lead: Any, engine: Engine, told: int) -> None:
    """So do a message of another conversation and one that is no patient's."""
    assert lead.get(f"/conversations/s1/messages/{told + 2}/redact").status_code == 404
    with writing(engine) as connection:
        connection.execute(sa.update(tables.events).where(tables.events.c.id == told).values(data="{half"))
    answer = lead.get(f"/conversations/s1/messages/{told}/redact")
    assert answer.status_code == 422 and "Erase the conversation instead" in answer.text
    assert lead.get(f"/conversations/s2/messages/{told}/redact").status_code == 404


def test_an_unreadable_event_elsewhere_is_masked_as_text(engine: Engine, redact: Redact, told: int) -> None:
    """Its words count, too."""
    with writing(engine) as connection:
        values = {"data": "{half a line about Barbara Kowalski"}
        connection.execute(sa.update(tables.events).where(tables.events.c.id == told + 2).values(values))
    redact(words="Barbara Kowalski")
    assert "Kowalski" not in everything(engine)


@pytest.mark.parametrize("length", [1, 8, 9, 10, 40])
def test_a_mask_has_the_length_of_what_it_covers(length: int) -> None:
    """With or without room for the word."""
    assert len(mask(length)) == length
