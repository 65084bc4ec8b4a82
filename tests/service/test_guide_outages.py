"""What still arrives when a part of the real system is down, and how it goes on afterwards."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from bot.knowledge import load_knowledge
from bot.serve import ACTIONS, RASA
from tests.service.real_guide import Patient, RealGuide, Reply

CANNOT_ANSWER = load_knowledge(country="US").small_talk["cannot_answer"].text
IN_DOUBT = "my face feels a bit puffy maybe"


def to_the_body_map(patient: Patient) -> None:
    """As far as the second question."""
    patient.say("hello")
    patient.tap("intent:describe_rash")
    assert patient.tap("none")[-1]["data"]["step"] == "where"


class TestWithoutActions:
    """The action server is stopped."""

    @pytest.fixture(scope="class", autouse=True)
    def stopped(self, guide: RealGuide) -> Iterator[None]:
        """For all tests of the class."""
        with guide.without(ACTIONS):
            yield

    def test_seek_care(self, patient: Patient) -> None:
        """The card needs no action server, and is stored."""
        [card] = patient.say("I have blisters in my mouth")
        assert (card["type"], patient.urgency) == ("care_card", "emergency")
        assert [row["highest_urgency"] for row in patient.rows("conversations")] == ["emergency"]

    def test_direct_question(self, patient: Patient) -> None:
        """A sign in doubt is asked about, and a yes gets the card."""
        [question] = patient.say(IN_DOUBT)
        assert question["data"]["asks"] == ["facial_swelling"] and "911" in question["text"]
        [card] = patient.tap("yes")
        assert (card["type"], patient.urgency) == ("care_card", "emergency")

    def test_health(self, patient: Patient) -> None:
        """Whoever watches from outside is told."""
        health = patient.http.get("/health")
        assert health.status_code == 503
        assert health.json() == {"status": "degraded", "rasa": "up", "database": "up", "actions": "down"}

    def test_small_talk(self, patient: Patient) -> None:
        """Greeting, thanks, and what is not about health."""
        talk = load_knowledge(country="US").small_talk
        for text, name in (("hello", "greet"), ("thank you", "thank"), ("what is the weather", "out_of_scope")):
            assert [reply["text"] for reply in patient.say(text)] == [talk[name].text]

    @pytest.mark.parametrize("text", ["what helps against the itch?", "should I stop lenalidomide?", "delete my data"])
    def test_other_questions(self, patient: Patient, text: str) -> None:
        """An honest answer with the emergency number, which the history keeps."""
        assert [reply["text"] for reply in patient.say(text)] == [CANNOT_ANSWER]
        assert [message["text"] for message in patient.history()] == [text, CANNOT_ANSWER]


def test_open_question_outlives_the_action_server(guide: RealGuide, patient: Patient) -> None:
    """An answer that could not be taken is asked for again, once the server is back."""
    to_the_body_map(patient)
    with guide.without(ACTIONS):
        assert [reply["text"] for reply in patient.say("both arms, about half")] == [CANNOT_ANSWER]
        [card] = patient.guide.patient().say("my tongue is swelling up")
        assert card["data"]["urgency"] == "emergency"
    assert patient.shade(chest="spots")[-1]["data"]["step"] == "symptoms"


@dataclass
class RasaStopped:
    """What patients were answered while Rasa was down, and how the first one's conversation went on."""

    waiting: Patient
    health: dict[str, str]
    plain: list[Reply]
    sign: list[Reply]
    doubt: list[Reply]
    new: list[Reply]
    tapped: list[Reply]
    resumed: list[Reply]
    sign_known: list[Reply]
    doubt_settled: list[Reply]


@pytest.fixture(scope="module")
def outage(guide: RealGuide) -> RasaStopped:
    """Rasa is stopped in mid-conversation and started again, once for all tests: its start takes a while."""
    waiting, ticking, talking, doubting = (guide.patient() for _ in range(4))
    to_the_body_map(waiting)
    ticking.say("hello")
    ticking.tap("intent:describe_rash")
    talking.say("hello")
    with guide.without(RASA):
        health = waiting.http.get("/health").json()
        plain = waiting.say("what helps against the itch?")
        sign = talking.say("my tongue is swelling up and I can't breathe well")
        doubt = doubting.say(IN_DOUBT)
        new = guide.patient().say("hello")
        tapped = ticking.tap("blisters")
    resumed = waiting.shade(chest="half")
    sign_known = talking.say("what cream helps?")
    doubt_settled = doubting.say("yes it is")
    return RasaStopped(waiting, health, plain, sign, doubt, new, tapped, resumed, sign_known, doubt_settled)


def test_gateway_answers_urgent_signs(outage: RasaStopped) -> None:
    """Without Rasa the gateway hears the sign, in words and ticked, and gives the card."""
    [card] = outage.sign
    assert (card["type"], card["data"]["urgency"]) == ("care_card", "emergency")
    assert "trouble breathing or swallowing" in card["data"]["heard"] and "911" in card["text"]
    assert [reply["data"]["urgency"] for reply in outage.tapped] == ["emergency"]


def test_gateway_is_honest_about_the_rest(outage: RasaStopped) -> None:
    """It can't answer, says so, and gives the number; a sign in doubt is asked about first. Health tells which part."""
    assert [reply["text"] for reply in outage.plain] == [reply["text"] for reply in outage.new] == [CANNOT_ANSWER]
    question = load_knowledge(country="US").red_flags["facial_swelling"].question
    assert question in outage.doubt[0]["text"] and CANNOT_ANSWER in outage.doubt[0]["text"]
    assert outage.health == {"status": "degraded", "rasa": "down", "database": "up", "actions": "up"}


def test_conversation_goes_on_after_a_restart(outage: RasaStopped) -> None:
    """The case is kept: the answer to the open question counts, and the next question is the right one."""
    assert outage.resumed[-1]["data"]["step"] == "symptoms"
    patient = outage.waiting
    assert patient.tap("itch_mild")[-1]["data"]["step"] == "daily_life"
    patient.tap("limits_none")
    patient.tap("rash_days", "len_weeks", "spread_same")
    assert [reply["type"] for reply in patient.tap("none")][-1] == "summary"
    [assessment] = patient.rows("assessments")
    assert assessment["extent_high"] > 0 and assessment["itch"] == 1
    texts = [message["text"] for message in patient.history()]
    assert texts.index("None of these") < texts.index("what helps against the itch?") < texts.index("Chest: about half")
    assert texts[texts.index("what helps against the itch?") + 1] == CANNOT_ANSWER


def test_what_was_said_meanwhile_counts_afterwards(outage: RasaStopped) -> None:
    """A sign that only the gateway heard still stands, and a yes answers the question that only the gateway asked."""
    [card] = outage.sign_known
    assert (card["type"], card["data"]["urgency"]) == ("care_card", "emergency")
    [card] = outage.doubt_settled
    assert (card["type"], card["data"]["urgency"]) == ("care_card", "emergency")


def test_locked_database(guide: RealGuide) -> None:
    """While another program holds the database there is an honest answer, and a card for a sign; nothing is lost."""
    asking, alarmed = guide.patient(), guide.patient()
    to_the_body_map(asking)
    alarmed.say("hello")
    before = asking.rows("events")
    with guide.locked_database(), ThreadPoolExecutor(2) as at_once:
        began = time.monotonic()
        answer = at_once.submit(asking.send, "sent-twice", areas={"chest": "spots"})
        card = at_once.submit(alarmed.say, "my tongue is swelling up and I can't breathe well")
        assert [reply["text"] for reply in answer.result().json()["replies"]] == [CANNOT_ANSWER]
        assert card.result()[0]["data"]["urgency"] == "emergency"
        assert time.monotonic() - began < 20
        refused = asking.http.post("/api/session")
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "storage")
        assert asking.rows("events") == before
    again = asking.send("sent-twice", areas={"chest": "spots"}).json()
    assert again["replies"][-1]["data"]["step"] == "symptoms"
    assert [m["text"] for m in asking.history() if m["from"] == "patient"].count("Chest: a few spots") == 1
