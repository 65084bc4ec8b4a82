"""The inbox of corrections, what it exports, and replaying a conversation."""

import json

import sqlalchemy as sa
from starlette.responses import Response

from bot.console import conversations, training
from bot.console.errors import bad_request
from bot.console.pages.conversation import turns_of
from bot.console.pages.export import as_file
from bot.console.queries import correcting
from bot.console.replaying import replay
from bot.console.review_tables import corrections
from bot.console.roles import COACHES, LEADS, Role
from bot.console.routing import get, post
from bot.console.visit import Visit
from bot.storage.database import writing
from bot.storage.own_turns import stored_message


def inbox(visit: Visit) -> Response:
    """Corrections with duplicates merged."""
    state = visit.query.get("state") or "new"
    if state not in correcting.STATES:
        raise bad_request("There is no such state.")
    with writing(visit.console.engine) as connection:
        found = correcting.inbox(connection, (state,))
        visit.audit(connection, "corrections read", state=state)
        query = sa.select(corrections.c.state, sa.func.count()).group_by(corrections.c.state)
        counts = dict(connection.execute(query).all())
    return visit.page(
        "learn.html",
        title="Corrections",
        merged=found,
        state=state,
        states=correcting.STATES,
        counts=counts,
        can_export=visit.coach.role is Role.LEAD,
    )


def decide(visit: Visit) -> Response:
    """Accept, reject or reopen."""
    state = visit.form.get("state")
    with writing(visit.console.engine) as connection:
        count = correcting.decide(connection, visit.form.get("ids"), state)
        visit.audit(connection, "correction", decided=state, corrections=count)
    return visit.redirect("learn", flash=f"{count} set to {state}.", query={"state": visit.form.get("from") or "new"})


def export_patch(visit: Visit) -> Response:
    """Accepted intents as a patch to the training examples."""
    with writing(visit.console.engine) as connection:
        found = correcting.inbox(connection, ("accepted",))
        visit.audit(connection, "export", kind="nlu patch", corrections=len(found))
    return as_file(training.patch(found), "text/x-diff", "nlu.patch")


def export_labels(visit: Visit) -> Response:
    """Accepted corrections as labelled lines."""
    with writing(visit.console.engine) as connection:
        query = sa.select(corrections).where(corrections.c.state == "accepted").order_by(corrections.c.id)
        rows = connection.execute(query).mappings()
        by_message: dict[int, list[sa.engine.RowMapping]] = {}
        for row in rows:
            by_message.setdefault(row["event_id"], []).append(row)
        stored = {number: stored_message(connection, number) for number in by_message}
        visit.audit(connection, "export", kind="labels", messages=len(by_message))
    lines = training.labelled((number, stored[number] or "", rows) for number, rows in by_message.items())
    unique = {(line["text"].casefold(), line["intent"]): line for line in lines}
    body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in unique.values())
    return as_file(body, "application/x-ndjson", "messages.jsonl")


def ask_replay(visit: Visit) -> Response:
    """The page with the button: running the model takes some seconds."""
    return _replay_page(visit, run=False)


def run_replay(visit: Visit) -> Response:
    """What would differ now."""
    return _replay_page(visit, run=True)


def _replay_page(visit: Visit, run: bool) -> Response:
    sender_id = visit.param("sender_id")
    with writing(visit.console.engine) as connection:
        summary = conversations.conversation(connection, visit.coach, sender_id)
        if run:
            visit.audit(connection, "transcript read", sender_id, replayed=True)
        turns = turns_of(connection, sender_id) if run else []
    compared = replay(turns) if run else None
    return visit.page("replay.html", title=f"Replay of {summary.pseudonym}", sender_id=sender_id, compared=compared)


PAGES = (
    get("/learn", inbox, "learn", allow=COACHES),
    post("/learn", decide, "decide_corrections", allow=COACHES),
    get("/learn/nlu.patch", export_patch, "export_patch", allow=LEADS),
    get("/learn/messages.jsonl", export_labels, "export_labels", allow=LEADS),
    get("/conversations/{sender_id}/replay", ask_replay, "replay", allow=COACHES),
    post("/conversations/{sender_id}/replay", run_replay, "run_replay", allow=COACHES),
)
