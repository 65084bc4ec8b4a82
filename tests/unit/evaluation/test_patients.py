"""Thirty patients hold their whole conversation with the guide, once by tapping and once by typing."""

import asyncio
from pathlib import Path

import pytest
import yaml

from bot.evaluation.ask import Talk
from bot.evaluation.patient import ScriptedPatient

PATIENTS = yaml.safe_load((Path(__file__).parents[2] / "patients" / "vignettes.yml").read_text(encoding="utf-8"))
LIMIT = 14


async def hold(agent, patient):
    """The talk after the last answer, and how many questions of the assessment were asked."""
    talk, asked = Talk(agent), []
    replies = await talk.say(patient.opening)
    urgencies = []
    for _ in range(LIMIT):
        urgencies += [reply["data"]["urgency"] for reply in replies if reply["data"].get("urgency")]
        asked += [reply["data"]["step"] for reply in replies if reply["data"].get("step")]
        message = patient.answer(replies)
        if message is None:
            if any(reply["type"] in ("summary", "care_card") for reply in replies):
                break
            message = {"text": "Please check my rash"}
        replies = await talk.say(message["text"], message.get("answer"))
    return talk, urgencies, asked


@pytest.mark.parametrize("types", [False, True], ids=["tapping", "typing"])
@pytest.mark.parametrize("entry", PATIENTS, ids=[entry["id"] for entry in PATIENTS])
def test_each_patient_gets_the_right_advice(agent, entry, types):
    """The highest urgency told is the right one or an accepted, more careful one."""
    gold = entry["gold"]
    talk, urgencies, asked = asyncio.run(hold(agent, ScriptedPatient.from_yaml(entry, types)))
    told = max(urgencies, key=["routine", "same_day", "urgent", "emergency"].index, default=None)
    assert told in {gold["urgency"], *gold["acceptable"]}, (told, gold, talk.reading.get("case"))
    assert len(set(asked)) <= 6


@pytest.mark.parametrize(
    "entry", [entry for entry in PATIENTS if entry["gold"]["grade"]], ids=lambda entry: entry["id"]
)
def test_each_patient_gets_the_right_grade(agent, entry):
    """The estimate is that of the extent, symptoms and daily life that were tapped."""
    talk, _, _ = asyncio.run(hold(agent, ScriptedPatient.from_yaml(entry)))
    assert talk.result(entry["id"])["grade"] == entry["gold"]["grade"]
