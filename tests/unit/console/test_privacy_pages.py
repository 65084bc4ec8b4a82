"""Exporting and erasing a patient, and retention, for leads."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from bot.console import retention
from bot.console.jobs import daily
from bot.console.tables import audit_log
from bot.storage import privacy, tables
from bot.storage.contacts import add_contact_request
from bot.storage.database import writing
from bot.storage.summary import pseudonym

DAY = 86_400


@pytest.fixture
def patient(say: Any, clock: Any, engine: Engine) -> str:
    """A patient with two conversations, "s1" and "s2", and a contact request; the pseudonym. "s3" is another's."""
    say("s1", "A rash on my arms", patient="mary", at=clock() - 40 * DAY)
    say("s2", "It is <b>worse</b>", patient="mary")
    say("s3", "Somebody else's words", patient="john")
    given = {"name": "Mary", "reach": "212 555 0199", "message": "Call me", "consent_text": "Yes, call me"}
    add_contact_request(engine, "s2", **given)
    return pseudonym("mary")


def test_a_patient_is_found_by_pseudonym_or_conversation(lead: Any, patient: str, logged: Any) -> None:
    """In whatever case, among the latest where nothing is asked for; nobody by a name."""
    for wanted in (patient, patient.lower(), "s1"):
        page = lead.get(f"/patients?find={wanted}").text
        assert page.count('<th scope="row">') == 1 and patient in page
    assert lead.get("/patients").text.count('<th scope="row">') == 2
    assert "Nobody found" in lead.get("/patients?find=' OR 1=1 --").text
    assert [row["subject"] for row in logged("search")] == [patient, patient.lower(), "s1", ""]


def test_an_export_holds_all_conversations_and_nobody_elses(lead: Any, patient: str, logged: Any) -> None:
    """As JSON under the pseudonym, logged for each conversation."""
    answer = lead.post("/patients/s1/export.json")
    assert answer.headers["content-disposition"] == f'attachment; filename="{patient}.json"'
    assert answer.headers["cache-control"] == "no-store"
    stored = json.loads(answer.content)
    assert set(stored["conversations"]) == {"s1", "s2"}
    assert stored["conversations"]["s2"]["contact_requests"][0]["reach"] == "212 555 0199"
    assert "Somebody else" not in answer.text
    assert [row["subject"] for row in logged("patient exported")] == ["s1", "s2"]


def test_the_readable_export_shows_what_was_said(lead: Any, patient: str) -> None:
    """Markup that a patient wrote is text in it."""
    page = lead.post("/patients/s2/export").text
    for part in ("A rash on my arms", "It is &lt;b&gt;worse&lt;/b&gt;", "I see.", "212 555 0199", "Yes, call me"):
        assert part in page
    assert "Somebody else" not in page


def test_half_written_and_unreadable_parts_are_exported_too(lead: Any, engine: Engine) -> None:
    """A conversation without a summary, with an event that is no JSON: it says so, and the JSON has it as it is."""
    with writing(engine) as connection:
        row = {"sender_id": "half", "type_name": "user", "timestamp": None, "data": "{half"}
        connection.execute(sa.insert(tables.events).values(row))
    assert lead.get("/patients/half").status_code == 200
    assert "can’t be read" in lead.post("/patients/half/export").text.replace("&#39;", "’")
    assert "{half" in lead.post("/patients/half/export.json").text


def test_erasing_takes_everything_of_the_patient(lead: Any, patient: str, engine: Engine, logged: Any) -> None:
    """In one go. Only the audit log keeps that there was something; others' conversations stay."""
    assert patient in lead.get("/patients/s1/erase").text
    assert lead.post("/patients/s1/erase", {"confirm": patient.lower()}).status_code == 303
    assert privacy.export(engine, "s1") == privacy.export(engine, "s2") == {}
    assert privacy.export(engine, "s3") != {}
    assert [row["subject"] for row in logged("erasure")] == ["s1", "s2"]
    assert "was erased" in lead.get("/patients").text


@pytest.mark.parametrize("confirm", ["", "P-AAAAAAA", "yes"])
def test_a_slip_erases_nothing(lead: Any, patient: str, engine: Engine, confirm: str) -> None:
    """The pseudonym has to be typed."""
    answer = lead.post("/patients/s1/erase", {"confirm": confirm})
    assert answer.status_code == 400 and "Nothing was erased" in answer.text
    assert privacy.export(engine, "s1") != {}


@pytest.mark.parametrize("path", ["", "/erase"])
def test_an_erased_patient_is_gone(lead: Any, patient: str, path: str) -> None:
    """The answer says so; a conversation that never was is not found."""
    lead.post("/patients/s1/erase", {"confirm": patient})
    answer = lead.get(f"/patients/s2{path}")
    assert answer.status_code == 410 and "was erased" in answer.text
    assert lead.get(f"/patients/never{path}").status_code == 404
    assert lead.post("/patients/s2/erase", {"confirm": patient}).status_code == 410
    assert lead.post("/patients/s2/export.json").status_code == 410


def test_an_erasure_by_the_console_is_known_for_good(
    lead: Any, signed_in: Any, patient: str, console: Any, clock: Any
) -> None:
    """From the audit log. One by the patient is in no log, so it is known for 90 days."""
    lead.post("/patients/s1/erase", {"confirm": patient})
    privacy.erase(console.engine, "s3")
    assert lead.get("/patients/s3").status_code == 410
    clock.now += 91 * DAY
    daily(console)
    lead = signed_in("lead")
    assert [lead.get(f"/patients/{sender_id}").status_code for sender_id in ("s2", "s3")] == [410, 404]


def test_two_patients_of_one_pseudonym_are_kept_apart(lead: Any, patient: str, engine: Engine, say: Any) -> None:
    """Pseudonyms are short, so this happens once in a very long while."""
    with writing(engine) as connection:
        connection.execute(sa.update(tables.conversations).values(pseudonym=patient))
    assert lead.get(f"/patients?find={patient}").text.count('<th scope="row">') == 2
    lead.post("/patients/s1/erase", {"confirm": patient})
    assert privacy.export(engine, "s3") != {}


def test_retention_shows_what_would_go(lead: Any, patient: str, logged: Any) -> None:
    """For any number of days; by default the one that patients are told."""
    assert "<strong>0</strong>" in lead.get("/retention").text
    page = lead.get("/retention?days=30").text
    assert "<strong>1</strong>" in page and patient in page
    assert [row["details"]["days"] for row in logged("retention previewed")] == [90, 30]
    for days in ("0", "-5", "x", "99999"):
        assert lead.get(f"/retention?days={days}").status_code == 400


def test_retention_erases_what_was_shown(lead: Any, patient: str, engine: Engine, logged: Any) -> None:
    """Once the number has been typed."""
    assert lead.post("/retention", {"days": "30", "confirm": "2"}).status_code == 400
    assert lead.post("/retention", {"days": "30"}).status_code == 400
    assert privacy.export(engine, "s1") != {}
    assert lead.post("/retention", {"days": "30", "confirm": "1"}).status_code == 303
    assert privacy.export(engine, "s1") == {}
    assert privacy.export(engine, "s2") != {}
    row = logged("erasure")[0]
    assert (row["coach"], row["subject"], row["details"]) == ("Lead", "s1", {"why": "older than 30 days"})


def test_the_daily_job_keeps_the_promise(patient: str, console: Any, say: Any, clock: Any, logged: Any) -> None:
    """What is older than the setting goes, with a row each. Age counts from the last message."""
    say("s4", "long ago", at=clock() - 91 * DAY)
    say("s5", "long ago", at=clock() - 91 * DAY)
    say("s5", "and again", at=clock() - 89 * DAY)
    assert daily(console) == 1
    assert [(row["coach"], row["subject"]) for row in logged("erasure")] == [("(system)", "s4")]
    assert daily(console) == 0
    assert privacy.export(console.engine, "s4") == {} != privacy.export(console.engine, "s5")


def test_the_daily_job_forgets_old_erasures(console: Any, engine: Engine, clock: Any) -> None:
    """Not those of which a turn that is under way, or a link, may still ask."""
    notes = [{"sender_hash": str(days), "erased_at": clock() - days * DAY} for days in (89, 91)]
    with writing(engine) as connection:
        connection.execute(sa.insert(tables.erasures), notes)
    daily(console)
    with engine.connect() as connection:
        assert connection.execute(sa.select(tables.erasures.c.sender_hash)).scalars().all() == ["89"]


def test_who_goes_on_meanwhile_is_spared(
    console: Any, engine: Engine, say: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look for what is due and the erasing."""
    say("first", "long ago", at=clock() - 92 * DAY)
    say("second", "long ago", at=clock() - 91 * DAY)

    @contextmanager
    def after_a_message(engine: Engine) -> Iterator[Connection]:
        say("second", "I am back")
        with writing(engine) as connection:
            yield connection

    monkeypatch.setattr(retention, "writing", after_a_message)
    assert retention.purge(console, 90, "(system)") == 1
    assert privacy.export(engine, "first") == {} != privacy.export(engine, "second")


def test_each_conversation_is_erased_by_itself(
    console: Any, engine: Engine, say: Any, clock: Any, logged: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails in one leaves that one whole and the earlier ones erased, with their rows in the log."""
    say("first", "long ago", at=clock() - 92 * DAY)
    say("second", "long ago", at=clock() - 91 * DAY)
    before = privacy.export(engine, "second")
    erase_within = privacy.erase_within

    def fail_at_second(connection: Connection, sender_id: str) -> int:
        count = erase_within(connection, sender_id)
        if sender_id == "second":
            raise OSError
        return count

    monkeypatch.setattr(privacy, "erase_within", fail_at_second)
    with pytest.raises(OSError):
        retention.purge(console, 90, "(system)")
    assert privacy.export(engine, "first") == {}
    assert privacy.export(engine, "second") == before
    assert [row["subject"] for row in logged("erasure")] == ["first"]


def test_the_log_of_an_erased_patient_holds_no_words(lead: Any, patient: str, engine: Engine) -> None:
    """It outlives the patient's data."""
    lead.post("/patients/s1/export")
    lead.post("/patients/s1/erase", {"confirm": patient})
    with engine.connect() as connection:
        # Without the hashes and times, in whose digits anything may stand.
        told = (audit_log.c.coach, audit_log.c.action, audit_log.c.subject, audit_log.c.details)
        kept = str(connection.execute(sa.select(*told)).all())
    assert "erasure" in kept
    for word in ("rash", "worse", "Mary", "555", "mary"):
        assert word not in kept
