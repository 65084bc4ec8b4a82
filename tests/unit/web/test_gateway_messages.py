"""POST /api/messages: what goes to Rasa, what comes back, what is refused."""

import asyncio
import json
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from bot.leading_slash import SLASH_FOR_RASA
from bot.replies import Choice, Reply
from bot.settings import Settings


def custom(*replies: Reply) -> list[dict[str, Any]]:
    """Replies as Rasa's REST channel sends them."""
    return [{"recipient_id": "x", "custom": reply.as_json()} for reply in replies]


CHECKLIST = Reply(
    "checklist",
    "Do you have any of these now?",
    choices=(
        Choice("airway", "Trouble breathing"),
        Choice("blistering", "Blisters"),
        Choice("none", "None of these"),
        Choice("not_sure", "Not sure"),
    ),
    data={"none": "none", "unsure": "not_sure"},
)
BODY_MAP = Reply(
    "body_map",
    "Where is it?",
    data={
        "areas": [{"id": "chest", "title": "Chest"}, {"id": "face", "title": "Face"}],
        "levels": [{"id": "half", "title": "About half"}, {"id": "all", "title": "Nearly all"}],
    },
)


def test_replies_keep_rasas_form(say: Callable[..., Any], rasa: Any) -> None:
    """A reply in our own form arrives as it is; the urgency is the replies' own."""
    card = Reply("care_card", "Call your team today.", data={"urgency": "same_day", "headline": "Call"})
    rasa.answer = custom(card)
    answer = say("my rash is worse").json()
    assert answer == {"replies": [card.as_json()], "urgency": "same_day"}


def test_plain_rasa_replies_become_ours(say: Callable[..., Any], rasa: Any) -> None:
    """Text with buttons, as any Rasa action may send it, becomes a reply with choices."""
    rasa.answer = [{"text": "Sure?", "buttons": [{"title": "Yes", "payload": "yes"}]}, {"image": "x"}]
    reply = say("hello").json()["replies"][0]
    assert reply["type"] == "buttons"
    assert reply["choices"] == [{"id": "yes", "title": "Yes"}]


def test_urgency_stays_the_highest_so_far(say: Callable[..., Any], rasa: Any) -> None:
    """A harmless answer after an urgent one does not make the conversation harmless."""
    assert say("hi").json()["urgency"] is None
    rasa.answer = custom(Reply("care_card", "Now.", data={"urgency": "urgent"}))
    say("fever")
    rasa.answer = custom(Reply("text", "Fine.", data={"urgency": "routine"}))
    assert say("and?").json()["urgency"] == "routine"
    rasa.answer = custom(Reply("text", "Bye."))
    assert say("thanks").json()["urgency"] == "urgent"


@pytest.mark.parametrize(
    "text", ["/restart", " /session_start", "\u3000/affirm", "\x1f/affirm{}", "/", "//x", "/deny@1"]
)
def test_slash_is_text(say: Callable[..., Any], rasa: Any, text: str) -> None:
    """A message that begins with a slash never reaches Rasa as a command."""
    assert say(text).status_code == 200
    message = rasa.seen[-1]["message"]
    assert message.startswith(SLASH_FOR_RASA)
    assert message == message.strip()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        # not JSON
        (b"hello", 400, "not_json"),
        (b"", 400, "not_json"),
        (b'{"id": "1", "text": "\xff"}', 400, "not_json"),
        (b"[" * 20_000, 400, "not_json"),
        (b'["a"]', 400, "not_an_object"),
        # not a message
        (b'{"text": "hi"}', 422, "bad_id"),
        (b'{"id": "", "text": "hi"}', 422, "bad_id"),
        (b'{"id": 5, "text": "hi"}', 422, "bad_id"),
        (b'{"id": "1"}', 422, "bad_message"),
        (b'{"id": "1", "text": "hi", "choice": "yes"}', 422, "bad_message"),
        (b'{"id": "1", "text": 5}', 422, "bad_text"),
        # empty, also to the eye
        (b'{"id": "1", "text": ""}', 422, "empty"),
        (b'{"id": "1", "text": " \\n\\t "}', 422, "empty"),
        (b'{"id": "1", "text": "\\u200b\\u2060\\u0007"}', 422, "empty"),
        # taps on what was not offered
        (b'{"id": "1", "choice": "airway"}', 422, "unknown_choice"),
        (b'{"id": "1", "choice": ["airway"]}', 422, "unknown_choice"),
        (b'{"id": "1", "choices": []}', 422, "unknown_choice"),
        (b'{"id": "1", "choices": ["airway"]}', 422, "unknown_choice"),
        (b'{"id": "1", "areas": {}}', 422, "unknown_choice"),
        (b'{"id": "1", "areas": {"chest": "all"}}', 422, "unknown_choice"),
        # too long
        (json.dumps({"id": "1", "text": "a" * 2001}).encode(), 413, "too_long"),
        (b"x" * 100_000, 413, "too_long"),
    ],
)
def test_bad_input_is_refused(client: TestClient, rasa: Any, body: bytes, status: int, code: str) -> None:
    """What is no message gets a 4xx with a code and a sentence, and never reaches Rasa."""
    response = client.post("/api/messages", content=body)
    assert response.status_code == status
    error = response.json()["error"]
    assert error["code"] == code
    assert error["message"].endswith(".")
    assert rasa.seen == []


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a" * 2000, "a" * 2000),
        ("\U0001f525" * 2000, "\U0001f525" * 2000),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("tengo ampollas", "tengo ampollas"),
        ("one\r\ntwo", "one\ntwo"),
        ("it \u202eitches", "it  itches"),
        ("hi\x00 there\ud800", "hi  there"),
    ],
    ids=["long", "emoji", "script", "spanish", "lines", "turned around", "unusable"],
)
def test_odd_text_is_answered(client: TestClient, text: str, read: str) -> None:
    """Long, foreign, emoji-only and marked-up text is text; only characters that nothing can store become blanks."""
    response = client.post("/api/messages", content=json.dumps({"id": "1", "text": text}))
    assert response.json()["replies"][0]["text"] == f"You said: {read}"


def test_taps_travel_in_words_and_as_data(say: Callable[..., Any], rasa: Any) -> None:
    """A tap reaches Rasa as readable words with the ids beside them."""
    rasa.answer = custom(CHECKLIST, BODY_MAP)
    say("hello")
    say(choice="none")
    assert rasa.seen[-1]["message"] == "None of these"
    assert rasa.seen[-1]["metadata"] == {"client_id": "m1", "answer": {"choice": "none"}}
    say(choices=["airway", "blistering"])
    assert rasa.seen[-1]["message"] == "Trouble breathing; Blisters"
    assert rasa.seen[-1]["metadata"]["answer"] == {"choices": ["airway", "blistering"]}
    say(areas={"chest": "half", "face": "all"})
    assert rasa.seen[-1]["message"] == "Chest: about half; Face: nearly all"
    assert rasa.seen[-1]["metadata"]["answer"] == {"areas": {"chest": "half", "face": "all"}}


def test_contradicting_taps_are_refused(say: Callable[..., Any], rasa: Any) -> None:
    """A sign together with "none of these" is no answer."""
    rasa.answer = custom(CHECKLIST)
    say("hello")
    response = say(choices=["airway", "none"])
    assert (response.status_code, response.json()["error"]["code"]) == (422, "contradiction")
    assert len(rasa.seen) == 1


def test_other_conversations_choices_are_unknown(say: Callable[..., Any], client: TestClient, rasa: Any) -> None:
    """What was offered to one patient can't be tapped by another."""
    rasa.answer = custom(CHECKLIST)
    say("hello")
    client.post("/api/session")
    assert say(choice="none").status_code == 422


def test_same_id_is_answered_once(client: TestClient, rasa: Any, start: Callable[..., TestClient]) -> None:
    """A message sent again gets the first answer, also from a gateway that was restarted; Rasa sees it once."""
    first = client.post("/api/messages", json={"id": "a", "text": "one"}).json()
    assert client.post("/api/messages", json={"id": "a", "text": "two"}).json() == first
    restarted = start()
    restarted.cookies.update(client.cookies)
    assert restarted.post("/api/messages", json={"id": "a", "text": "one"}).json() == first
    assert len(rasa.seen) == 1


def test_same_id_at_the_same_moment_is_answered_once(client: TestClient, rasa: Any) -> None:
    """Two copies that arrive together wait for one answer."""

    async def slowly() -> Any:
        await asyncio.sleep(0.1)
        return custom(Reply("text", f"answer {len(rasa.seen)}"))

    rasa.answer = lambda _: slowly()
    answers: list[Any] = []

    def send() -> None:
        answers.append(client.post("/api/messages", json={"id": "a", "text": "one"}).json())

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rasa.seen) == 1
    assert all(answer == answers[0] for answer in answers) and len(answers) == 4


async def _too_slow() -> Any:
    await asyncio.sleep(5)


@pytest.mark.parametrize(
    "failure",
    [
        httpx.ConnectError("no"),
        httpx.Response(500),
        httpx.Response(200, text="<html>"),
        httpx.Response(200, json={"no": "list"}),
        [],
        [{"image": "x"}],
        lambda _: _too_slow(),
    ],
    ids=["down", "status", "not json", "not a list", "empty", "nothing to show", "slow"],
)
def test_gateway_reads_for_red_flags_without_rasa(say: Callable[..., Any], rasa: Any, failure: Any) -> None:
    """However Rasa fails, an urgent sign gets the card and anything else the honest answer with the number."""
    rasa.answer = failure
    urgent = say("I have blisters").json()
    assert urgent["replies"][0]["type"] == "care_card"
    assert urgent["urgency"] == "emergency"
    other = say("what about diet").json()
    assert "911" in other["replies"][0]["text"]
    assert say("crash").json()["replies"] == other["replies"]


def test_taps_are_read_without_rasa(say: Callable[..., Any], rasa: Any) -> None:
    """A red flag tapped in the checklist counts as said."""
    rasa.answer = custom(CHECKLIST)
    say("hello")
    rasa.answer = httpx.ConnectError("no")
    assert say(choices=["airway"]).json()["urgency"] == "emergency"
    assert say(choice="none").json()["replies"][0]["type"] == "text"


DIRECT = Reply(
    "buttons",
    "Is your face swollen now?",
    choices=(Choice("yes", "Yes, now"), Choice("no", "No"), Choice("not_sure", "Not sure")),
    data={"asks": ["facial_swelling"]},
)


@pytest.mark.parametrize("answer", [{"text": "yes"}, {"choice": "yes"}], ids=str)
def test_a_yes_to_rasas_question_is_heard_without_rasa(say: Callable[..., Any], rasa: Any, answer: Any) -> None:
    """Also after a message that nobody could answer: the question stands on the screen still."""
    rasa.answer = custom(DIRECT)
    say("my face feels odd")
    rasa.answer = httpx.ConnectError("no")
    assert say("hello?").json()["urgency"] is None
    [card] = say(**answer).json()["replies"]
    assert card["data"] == {"urgency": "emergency", "heard": ["facial_swelling"]}


def test_not_sure_is_heard_without_rasa(say: Callable[..., Any], rasa: Any) -> None:
    """About the one sign that was asked about, and about the whole checklist."""
    rasa.answer = custom(DIRECT)
    say("my face feels odd")
    rasa.answer = httpx.ConnectError("no")
    assert say(choice="not_sure").json()["replies"][0]["data"]["heard"] == ["facial_swelling"]
    rasa.answer = custom(CHECKLIST)
    say("hello")
    rasa.answer = httpx.ConnectError("no")
    assert say(choices=["not_sure"]).json()["urgency"] == "urgent"


def test_what_rasa_has_settled_is_not_asked_any_more(say: Callable[..., Any], rasa: Any) -> None:
    """A yes to its next question is no sign."""
    rasa.answer = custom(DIRECT)
    say("my face feels odd")
    rasa.answer = custom(Reply("text", "Shall I pass it on?"))
    say("no")
    rasa.answer = httpx.ConnectError("no")
    assert say("yes").json()["urgency"] is None


def test_what_is_masked_in_a_message_is_masked_in_the_kept_answer(
    say: Callable[..., Any], client: TestClient, rasa: Any, settings: Settings
) -> None:
    """The patient reads their own words at once; sent again, the message gets them masked."""
    rasa.answer = custom(Reply("summary", "You are Ann-Marie.", data={"sections": [{"lines": ["ann-marie: itch"]}]}))
    assert say("I am Ann-Marie").json()["replies"][0]["text"] == "You are Ann-Marie."
    [again] = client.post("/api/messages", json={"id": "m0", "text": "I am Ann-Marie"}).json()["replies"]
    assert (again["text"], again["data"]["sections"]) == ("You are [name···].", [{"lines": ["[name···]: itch"]}])
    with sqlite3.connect(settings.data_folder / "bot.db") as db:
        assert "ann-marie" not in "\n".join(db.iterdump()).lower()


def test_rasa_hears_what_it_missed_with_the_next_message(say: Callable[..., Any], rasa: Any) -> None:
    """In order, words and taps, until one message has reached it."""
    rasa.answer = custom(CHECKLIST)
    say("hello")
    assert "missed" not in rasa.seen[-1]["metadata"]
    rasa.answer = httpx.ConnectError("no")
    say("rash on both arms")
    say(choices=["airway"])
    rasa.answer = custom(CHECKLIST)
    say("hello again")
    words, tap = rasa.seen[-1]["metadata"]["missed"]
    assert words == {"text": "rash on both arms"}
    assert tap["answer"] == {"choices": ["airway"]}


def test_too_fast_is_told_when_to_come_back(settings: Any, start: Callable[..., TestClient], rasa: Any) -> None:
    """A flood gets 429 with the seconds to wait, and a sentence."""
    client = start()
    client.post("/api/session")
    codes = [client.post("/api/messages", json={"id": str(n), "text": "hi"}).status_code for n in range(40)]
    assert codes[:30] == [200] * 30
    assert 429 in codes
    response = client.post("/api/messages", json={"id": "x", "text": "hi"})
    assert int(response.headers["retry-after"]) >= 1
    assert response.json()["error"]["message"]


def test_no_words_of_the_patient_are_logged(
    say: Callable[..., Any], rasa: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a good turn nor any failure puts what was said into a log."""
    caplog.set_level("DEBUG")
    for answer in (None, httpx.ConnectError("no"), httpx.Response(500), [], [{"custom": 1}]):
        rasa.answer = answer
        say("secret-words crash")
    assert "POST /api/messages 200" in caplog.text
    assert "secret-words" not in caplog.text
