"""For leads: what is stored of a patient, exporting it, erasing it."""

import json
from datetime import datetime, timezone

from starlette.responses import Response

from bot.console import patient as patients
from bot.console.errors import bad_request
from bot.console.roles import LEADS
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing


def find(visit: Visit) -> Response:
    """Patients by pseudonym or by a conversation's id; the latest ones where nothing is asked for."""
    wanted = visit.query.get("find")
    with writing(visit.console.engine) as connection:
        rows = patients.search(connection, wanted)
        if wanted:
            # What finds nobody may be a name that was typed by mistake.
            visit.audit(connection, "search", wanted if rows else "", among="patients", found=len(rows))
    return visit.page("patients.html", title="Privacy", rows=rows, wanted=wanted)


def show(visit: Visit) -> Response:
    """What is stored, in numbers."""
    patient = patients.patient_of(visit.console.engine, visit.param("id"))
    stored = patients.export(visit.console.engine, patient, "")["conversations"]
    counts: dict[str, int] = {}
    for tables in stored.values():
        for name, rows in tables.items():
            counts[name] = counts.get(name, 0) + len(rows)
    with writing(visit.console.engine) as connection:
        visit.audit(connection, "patient read", visit.param("id"))
    return visit.page(
        "patient.html", title=f"Patient {patient.pseudonym}", patient=patient, counts=counts, id=visit.param("id")
    )


def export_json(visit: Visit) -> Response:
    """Everything as a JSON file."""
    patient, stored = _export(visit, "JSON")
    body = json.dumps(stored, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    headers = {"content-disposition": f'attachment; filename="{patient.pseudonym}.json"'}
    return Response(body, media_type="application/json", headers=headers)


def export_readable(visit: Visit) -> Response:
    """Everything that a patient would want to read, to be printed or saved."""
    patient, stored = _export(visit, "readable")
    parts = [
        {
            "id": sender_id,
            "messages": patients.messages(tables),
            "assessments": tables.get("assessments", []),
            "requests": tables.get("contact_requests", []),
            "notes": tables.get("contact_notes", []),
        }
        for sender_id, tables in stored["conversations"].items()
    ]
    return visit.page("patient_export.html", title=f"What is stored of patient {patient.pseudonym}", parts=parts)


def confirm_erasure(visit: Visit) -> Response:
    """Ask once more."""
    patient = patients.patient_of(visit.console.engine, visit.param("id"))
    return visit.page(
        "patient_erase.html", title=f"Erase patient {patient.pseudonym}", patient=patient, id=visit.param("id")
    )


def erase(visit: Visit) -> Response:
    """Erase everything of the patient, in one transaction. Only the audit log keeps that there was something."""
    patient = patients.patient_of(visit.console.engine, visit.param("id"))
    if visit.form.get("confirm").upper() != patient.pseudonym:
        raise bad_request(f"Nothing was erased. To erase, type the patient’s name as it stands: {patient.pseudonym}")
    with writing(visit.console.engine) as connection:
        count = patients.erase(connection, patient)
        for sender_id in patient.sender_ids:
            visit.audit(connection, "erasure", sender_id, why="a lead erased the patient")
    return visit.redirect("patients", flash=f"Patient {patient.pseudonym} was erased: {count} entries.")


def _export(
    visit: Visit, form: str
) -> tuple[patients.Patient, dict[str, dict[str, dict[str, list[dict[str, object]]]]]]:
    patient = patients.patient_of(visit.console.engine, visit.param("id"))
    made_at = datetime.fromtimestamp(visit.now, timezone.utc).isoformat(timespec="seconds")
    stored = patients.export(visit.console.engine, patient, made_at)
    with writing(visit.console.engine) as connection:
        for sender_id in patient.sender_ids:
            visit.audit(connection, "patient exported", sender_id, form=form)
    return patient, stored


PAGES = (
    get("/patients", find, "patients", allow=LEADS),
    get("/patients/{id}", show, "patient", allow=LEADS),
    post("/patients/{id}/export.json", export_json, "export_patient_json", allow=LEADS),
    post("/patients/{id}/export", export_readable, "export_patient", allow=LEADS),
    get("/patients/{id}/erase", confirm_erasure, "confirm_erasure", allow=LEADS),
    post("/patients/{id}/erase", erase, "erase_patient", allow=LEADS),
)
