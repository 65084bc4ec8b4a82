"""Leads manage coaches in the browser."""

from typing import Any

import pytest


def test_a_lead_adds_a_coach_and_gets_the_link_once(lead: Any, logged: Any) -> None:
    """It can't be read off the list later."""
    page = lead.post("/coaches", {"name": "Bea", "role": "coach"}).text
    assert "/coach/set-up?key=" in page
    listed = lead.get("/coaches").text
    assert "Bea" in listed and "not set up yet" in listed and "set-up?key=" not in listed
    assert logged("coach added")[0]["subject"] == "Bea"


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"name": "Lead", "role": "coach"}, 409), ({"name": "<b>x", "role": "coach"}, 400), ({"name": "Zoe"}, 400),
     ({"name": "Zoe", "role": "admin"}, 400)],
)  # fmt: skip
def test_what_cannot_be_added_is_refused(lead: Any, fields: dict[str, str], status: int) -> None:
    """A taken name, a name with markup, an unknown role."""
    assert lead.post("/coaches", fields).status_code == status


def test_a_changed_role_counts_from_the_next_click(lead: Any, coach: Any, logged: Any) -> None:
    """Without signing in again."""
    assert coach.get("/contacts").status_code == 200
    coach_id = 2
    assert lead.post(f"/coaches/{coach_id}/role", {"role": "tester"}).status_code == 303
    assert coach.get("/contacts").status_code == 403
    assert logged("coach changed")[0]["details"] == {"role": "tester", "before": "coach"}


@pytest.mark.parametrize("deed", ["role", "disable", "reset"])
def test_a_lead_cannot_lock_herself_out(lead: Any, deed: str) -> None:
    """So there is always one who can let others in. A coach who isn't there is not found."""
    assert lead.post(f"/coaches/1/{deed}", {"role": "coach"}).status_code == 409
    assert lead.post(f"/coaches/99/{deed}", {"role": "coach"}).status_code == 404


def test_a_lead_ends_sessions_of_others(lead: Any, coach: Any, logged: Any) -> None:
    """They are signed out at once; a session that is over already is not found."""
    coach.get("/account")
    assert 'End<span class="hidden"> the session of Coach' in lead.get("/coaches").text
    assert lead.post("/sessions/2/end").status_code == 303
    assert coach.get("/account").status_code == 303
    assert lead.post("/sessions/2/end").status_code == 404
    assert logged("session ended")[0]["subject"] == "Coach"


def test_a_new_link_gives_access_again(lead: Any, coach: Any, logged: Any) -> None:
    """To somebody who had none."""
    lead.post("/coaches/2/disable") if coach.get("/account").status_code == 200 else None
    assert "no access any more" in lead.get("/coaches").text
    assert "set-up?key=" in lead.post("/coaches/2/reset").text
    assert [len(logged(action)) for action in ("coach disabled", "coach enabled", "coach reset")] == [1, 1, 1]
