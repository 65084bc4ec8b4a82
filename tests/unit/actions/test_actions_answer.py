"""Every action of the domain is there for the action server and answers, whatever goes wrong."""

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor

from actions import assess, coach, forget
from actions.base import Events, is_first_look, knowledge
from bot.assessment.case import STEPS, Case
from bot.clinical.signs import Urgency
from bot.settings import Settings
from bot.storage.database import engine_for
from bot.storage.schema import upgrade

ROOT = Path(__file__).parents[3]
ACTIONS = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["actions"]
#: Forms ask by themselves.
SILENT = {"validate_assessment_form", "validate_contact_form"}
#: What is said when an action fails.
SORRY = knowledge().small_talk["cannot_answer"].text
CASE = Case(rash=True, areas={"chest": "half"}, itch=2)


@pytest.fixture(scope="module")
def executor() -> ActionExecutor:
    running = ActionExecutor()
    running.register_package("actions")
    return running


@pytest.fixture()
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The actions' database, with its tables."""
    chosen = Settings(data_folder=tmp_path, database=f"sqlite:///{tmp_path}/bot.db")
    for module in (assess, coach, forget):
        monkeypatch.setattr(module, "settings", lambda: chosen)
    upgrade(engine_for(chosen.database))
    return chosen


def call(name: str, channel: str = "rest", text: str = "what helps?", **tracker: Any) -> dict[str, Any]:
    """A call as Rasa makes it."""
    reading = {"case": CASE.as_json(), **tracker.pop("reading", {})}
    message = {"text": text, "intent": {"name": tracker.pop("intent", "describe_rash")}, "reading": reading}
    user = {"event": "user", "text": text, "input_channel": channel, "parse_data": message}
    state = {
        "sender_id": "a", "slots": {}, "latest_message": message, "events": [user], "paused": False,
        "followup_action": None, "active_loop": {}, "latest_action_name": "action_listen", **tracker,
    }  # fmt: skip
    return {"next_action": name, "sender_id": "a", "tracker": state, "domain": {}}


def run(executor: ActionExecutor, call: dict[str, Any]) -> dict[str, Any]:
    result = asyncio.run(executor.run(call))
    return result.dict() if hasattr(result, "dict") else result  # type: ignore[no-any-return, return-value]


def test_the_domain_and_the_code_name_the_same_actions(executor: ActionExecutor) -> None:
    """None is missing, none is left over."""
    assert sorted(executor.actions) == sorted(ACTIONS)


@pytest.mark.parametrize("channel", ["rest", "cmdline"])
@pytest.mark.parametrize("name", ACTIONS)
def test_every_action_answers(executor: ActionExecutor, database: Settings, name: str, channel: str) -> None:
    """As data on the gateway, as text elsewhere."""
    responses = run(executor, call(name, channel))["responses"]
    assert bool(responses) != (name in SILENT)
    for response in responses:
        words = response["custom"]["text"] if channel == "rest" else response["text"]
        assert words and words != SORRY


@pytest.mark.parametrize("name", sorted(set(ACTIONS) - SILENT))
def test_every_action_answers_without_any_reading(executor: ActionExecutor, database: Settings, name: str) -> None:
    """A tracker of another version has none."""
    bare = call(name)
    bare["tracker"]["latest_message"] = {}
    assert run(executor, bare)["responses"]


def test_what_helps_agrees_with_the_check(executor: ActionExecutor) -> None:
    """After "call your cancer team today" nobody reads how a mild rash is eased, nor is offered the check again."""
    checked = Case(rash=True, share=0.6, itch=3, sleep_lost=True, self_care_limited=True, steps=STEPS)
    severe, nothing_known = (
        run(executor, call("action_treatment", reading={"case": case.as_json()}))["responses"][-1]["custom"]
        for case in (checked, Case())
    )
    grading = knowledge().grading
    assert severe["data"]["intro"] == grading.plan(Urgency.SAME_DAY, 3).intro.text
    assert nothing_known["data"]["intro"] == grading.plan(Urgency.ROUTINE).intro.text
    assert [choice["id"] for choice in severe["choices"]] == ["intent:ask_stop_medicine"]
    assert [choice["id"] for choice in nothing_known["choices"]] == ["intent:describe_rash"]


def test_what_helps_agrees_with_a_check_that_was_raised(executor: ActionExecutor) -> None:
    """Worse than last time is for today, whatever the findings alone would say; while a check is open it is not."""
    plan = knowledge().grading.plan(Urgency.SAME_DAY).intro.text
    for steps, agrees in ((STEPS, True), (STEPS[:2], False)):
        case = Case(rash=True, share=0.01, itch=1, steps=steps)
        made = call("action_treatment", reading={"case": case.as_json()}, slots={"urgency": "same_day"})
        answer = run(executor, made)["responses"][-1]["custom"]
        assert (answer["data"]["intro"] == plan) is agrees


def test_a_failing_action_answers_all_the_same(
    executor: ActionExecutor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Honestly, and the log has the kind of failure but not the patient's words."""

    async def fail(*_: Any) -> Events:
        raise RuntimeError("a reason")

    monkeypatch.setattr(assess.ActionAssess, "act", fail)
    with caplog.at_level(logging.ERROR):
        result = run(executor, call("action_assess", text="my secret words"))
    assert result["events"] == []
    assert [response["custom"]["text"] for response in result["responses"]] == [SORRY]
    assert "action_assess failed: RuntimeError" in caplog.text
    assert "my secret words" not in caplog.text


@pytest.mark.parametrize("name", ["action_save_contact_request", "action_forget_me"])
def test_without_its_database_an_action_says_so(
    executor: ActionExecutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Nothing is said to be stored or erased that was not."""
    missing = Settings(data_folder=tmp_path, database=f"sqlite:///{tmp_path}/none.db")
    for module in (coach, forget):
        monkeypatch.setattr(module, "settings", lambda: missing)
    slots = {"contact_consent": True, "contact_name": "A", "contact_reach": "B", "contact_message": "C"}
    result = run(executor, call(name, slots=slots, reading={"tapped": "forget:yes"}))
    assert result["events"] == []
    assert [response["custom"]["text"] for response in result["responses"]] == [SORRY]


# is_first_look

USER, OTHER = {"event": "user"}, {"event": "slot"}


def acted(name: str) -> dict[str, str]:
    return {"event": "action", "name": name}


@pytest.mark.parametrize(
    ("events", "first"),
    [
        ([], True),
        ([USER], True),
        ([acted("action_listen"), USER, OTHER], True),
        # the form's own action stands last already
        ([USER, acted("assessment_form")], True),
        ([acted("action_study"), acted("assessment_form"), USER, acted("assessment_form")], True),
        # on the way back from a digression
        ([USER, acted("action_study"), acted("assessment_form")], False),
        ([USER, acted("utter_seek_care"), OTHER, acted("assessment_form")], False),
    ],
)
def test_a_first_look_is_told_from_the_way_back(events: list[dict[str, str]], first: bool) -> None:
    """By what has acted since the message."""
    tracker = Tracker.from_dict({**call("x")["tracker"], "events": events})
    assert is_first_look(tracker) is first


# the forms


def slots_of(result: dict[str, Any]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in result["events"]}


ASKING = {"active_loop": {"name": "assessment_form"}}


@pytest.mark.parametrize("settled", range(len(STEPS) + 1))
def test_the_form_follows_the_case(executor: ActionExecutor, settled: int) -> None:
    """What is settled is filled, what is open is empty."""
    case = Case().settle(*STEPS[:settled])
    result = run(executor, call("validate_assessment_form", reading={"case": case.as_json()}, **ASKING))
    assert slots_of(result) == {step: True if step in case.steps else None for step in STEPS}


def test_without_a_rash_the_form_ends_after_the_checklist(executor: ActionExecutor) -> None:
    """Every slot counts as filled."""
    case = Case(rash=False).settle("red_flags")
    result = run(executor, call("validate_assessment_form", reading={"case": case.as_json()}, **ASKING))
    assert slots_of(result) == dict.fromkeys(STEPS, True)


def test_a_request_within_the_form_is_left_to_its_rule(executor: ActionExecutor) -> None:
    """The first time it is looked at; on the way back the form goes on."""
    request = call("validate_assessment_form", intent="ask_study", **ASKING)
    assert run(executor, request)["events"] == []
    request["tracker"]["events"] += [acted("action_study"), acted("assessment_form")]
    assert slots_of(run(executor, request))


def contact(asked: str, text: str = "Ann", **reading: Any) -> dict[str, Any]:
    return call(
        "validate_contact_form", text=text, reading=reading, active_loop={"name": "contact_form"},
        slots={"requested_slot": asked},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("reading", "slots"),
    [
        ({"tapped": "yes"}, {"contact_consent": True}),
        ({"answer": "yes"}, {"contact_consent": True}),
        ({"answer": "no"}, {"contact_consent": False, "requested_slot": None}),
        ({"answer": "not_sure"}, {}),
        ({}, {}),
        # a no to a doubt about a sign is no refusal, and a yes no consent
        ({"answer": "no", "taken_up": "could it be fever"}, {}),
        ({"tapped": "yes", "taken_up": "could it be fever"}, {}),
    ],
)
def test_only_a_plain_yes_is_consent(executor: ActionExecutor, reading: dict[str, Any], slots: dict[str, Any]) -> None:
    """Anything else asks again or ends the request."""
    assert slots_of(run(executor, contact("contact_consent", **reading))) == slots


@pytest.mark.parametrize("slot", ["contact_name", "contact_reach", "contact_message"])
def test_the_patients_words_are_taken_as_they_are(executor: ActionExecutor, slot: str) -> None:
    """Those of the request, where a doubt about a sign came in between."""
    assert slots_of(run(executor, contact(slot, "Ann, 5 pm"))) == {slot: "Ann, 5 pm"}
    assert slots_of(run(executor, contact(slot, "no", taken_up="is it fever?"))) == {slot: "is it fever?"}


def test_without_consent_nothing_is_stored(executor: ActionExecutor, database: Settings) -> None:
    """The slots are emptied all the same."""
    result = run(executor, call("action_save_contact_request", slots={"contact_name": "Ann"}))
    assert set(slots_of(result).values()) == {None}
    assert result["responses"][0]["custom"]["text"] == knowledge().coach.declined


@pytest.mark.parametrize(("tapped", "forgotten"), [(None, False), ("forget:no", False), ("forget:yes", True)])
def test_nothing_is_erased_before_a_yes(
    executor: ActionExecutor, database: Settings, tapped: str | None, forgotten: bool
) -> None:
    """Asked first; the gateway is told when it is done."""
    result = run(executor, call("action_forget_me", reading={"tapped": tapped}))
    assert bool(result["responses"][0]["custom"]["data"].get("forgotten")) is forgotten
    assert ([event["event"] for event in result["events"]] == ["restart"]) is forgotten
