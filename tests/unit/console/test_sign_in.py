"""Setting up access by a one-time link, signing in with password and second factor, and what is refused."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pyotp
import pytest
from argon2 import PasswordHasher

from bot.console import coaches, lockout, passwords, recovery, sessions
from bot.console.context import Console
from bot.console.roles import Role
from bot.console.second_factor import new_secret
from bot.storage.database import writing

PASSWORD = "gravel tulip copper mirror"


class Member(NamedTuple):
    """A coach who is set up."""

    id: int
    name: str
    secret: str
    recovery_codes: list[str]


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 with little memory: what it costs is not what these tests are about."""
    hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", hasher)
    monkeypatch.setattr(passwords, "_NOBODY", hasher.hash("nobody has this password"))


@pytest.fixture
def ann(console: Console) -> Member:
    """A coach with a password, an app and recovery codes."""
    with writing(console.engine) as connection:
        coach_id = coaches.add(connection, "Ann", Role.COACH, console.clock())
        secret = new_secret()
        stored = passwords.hash_password(PASSWORD)
        coaches.set_credentials(connection, coach_id, stored, console.keys.encrypt(secret), 0)
        codes = recovery.renew(connection, console.keys, coach_id)
    return Member(coach_id, "Ann", secret, codes)


@pytest.fixture
def code(ann: Member, clock: Any) -> Callable[[], str]:
    """What Ann's app shows now."""
    return lambda: pyotp.TOTP(ann.secret).at(int(clock()))


def sign_in(browser: Any, name: str = "Ann", password: str = PASSWORD, code: str = "", **more: str) -> Any:
    """Fill in the form."""
    return browser.post("/sign-in", {"name": name, "password": password, "code": code, **more})


def is_signed_in(browser: Any) -> bool:
    """Whether a page for coaches opens."""
    return browser.get("/account").status_code == 200


def test_right_name_password_and_code_sign_in(stranger: Any, ann: Member, code: Any, logged: Any) -> None:
    """The cookie changes, so that one set by somebody else beforehand is worth nothing, and it is logged."""
    stranger.get("/sign-in")
    before = stranger.client.cookies["coach"]
    response = sign_in(stranger, name=" ann ", code=code())
    assert (response.status_code, response.headers["location"]) == (303, "/coach/")
    assert stranger.client.cookies["coach"] != before
    assert "HttpOnly" in response.headers["set-cookie"] and "SameSite=lax" in response.headers["set-cookie"]
    assert is_signed_in(stranger)
    assert logged("sign-in")[0]["coach"] == "Ann"


@pytest.mark.parametrize(
    ("name", "password", "wrong_code"),
    [("Ann", "not the password", False), ("Bob", PASSWORD, False), ("Ann", PASSWORD, True), ("", "", True)],
)
def test_whatever_is_wrong_gets_the_same_answer(
    stranger: Any, ann: Member, code: Any, logged: Any, name: str, password: str, wrong_code: bool
) -> None:
    """It says neither which of the three it was nor whether there is such a coach."""
    response = sign_in(stranger, name, password, "000000" if wrong_code else code())
    assert response.status_code == 401
    assert "Name, password or code is wrong" in response.text
    assert not is_signed_in(stranger)
    row = logged("sign-in failed")[0]
    assert (row["coach"], row["details"]["address"]) == ("Ann" if name == "Ann" else "(nobody)", "192.0.2.1")
    assert "password" not in str(row)


def test_a_code_counts_once(stranger: Any, ann: Member, code: Any, clock: Any) -> None:
    """Somebody who reads it over the coach's shoulder, or the wire, is too late. So is an earlier code."""
    used = code()
    assert sign_in(stranger, code=used).status_code == 303
    assert sign_in(stranger, code=used).status_code == 401
    assert sign_in(stranger, code=pyotp.TOTP(ann.secret).at(int(clock()) - 30)).status_code == 401
    clock.now += 30
    assert sign_in(stranger, code=code()).status_code == 303


@pytest.mark.parametrize(("seconds", "status"), [(-30, 303), (30, 303), (-90, 401), (90, 401)])
def test_the_clock_of_a_phone_may_differ_a_little(
    stranger: Any, ann: Member, clock: Any, seconds: int, status: int
) -> None:
    """By half a minute, not by more."""
    shown = pyotp.TOTP(ann.secret).at(int(clock()) + seconds)
    assert sign_in(stranger, code=shown).status_code == status


def test_a_recovery_code_counts_once_and_says_how_many_are_left(stranger: Any, ann: Member) -> None:
    """Written in small letters and without the hyphen, too."""
    code = ann.recovery_codes[0].lower().replace("-", " ")
    response = sign_in(stranger, code=code)
    assert response.headers["location"] == "/coach/account"
    assert "9 are left" in stranger.get("/account").text
    assert sign_in(stranger, code=code).status_code == 401


def test_new_recovery_codes_take_the_place_of_the_old(stranger: Any, ann: Member, code: Any, clock: Any) -> None:
    """They are shown once, against a code of the app."""
    sign_in(stranger, code=code())
    assert stranger.post("/account/recovery-codes", {"code": "000000"}).status_code == 401
    clock.now += 30
    shown = stranger.post("/account/recovery-codes", {"code": code()})
    assert len(re.findall(r"<li>(\w{5}-\w{5})</li>", shown.text)) == 10
    assert sign_in(stranger, code=ann.recovery_codes[1]).status_code == 401


def test_waits_grow_with_failed_tries(stranger: Any, ann: Member, code: Any, clock: Any) -> None:
    """A wait is announced, tries during it aren't checked, and a success ends the row."""
    for _ in range(lockout.FREE_FOR_ACCOUNT + 1):
        assert sign_in(stranger, password="wrong").status_code == 401
    locked = sign_in(stranger, code=code())
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "15")
    assert "Wait 15 seconds" in locked.text
    clock.now += 16
    assert sign_in(stranger, password="wrong").status_code == 401
    assert sign_in(stranger, code=code()).headers["retry-after"] == "30"
    clock.now += 31
    assert sign_in(stranger, code=code()).status_code == 303
    clock.now += 30
    assert sign_in(stranger, password="wrong").status_code == 401
    assert sign_in(stranger, code=code()).status_code == 303


def test_new_recovery_codes_have_the_waits_of_the_sign_in(
    stranger: Any, ann: Member, code: Any, clock: Any, logged: Any
) -> None:
    """Whoever guesses at an open desk is told to wait; the right code doesn't count before that, and it is logged."""
    sign_in(stranger, code=code())
    clock.now += 30
    for _ in range(lockout.FREE_FOR_ACCOUNT + 1):
        assert stranger.post("/account/recovery-codes", {"code": "000000"}).status_code == 401
    locked = stranger.post("/account/recovery-codes", {"code": code()})
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "15")
    assert "Too many tries. Wait 15 seconds" in locked.text
    assert [row["details"]["why"] for row in logged("sign-in failed")][-2:] == ["for recovery codes", "must wait"]
    assert sign_in(stranger, code=code()).status_code == 429
    clock.now += 16
    assert stranger.post("/account/recovery-codes", {"code": code()}).status_code == 200


def test_an_address_is_locked_out_whatever_names_it_tries(stranger: Any, ann: Member, code: Any, app: Any) -> None:
    """Others can sign in meanwhile."""
    for number in range(lockout.FREE_FOR_ADDRESS + 1):
        sign_in(stranger, name=f"guess {number}", password="wrong")
    assert sign_in(stranger, code=code()).status_code == 429
    other = type(stranger)(app, stranger.console, "192.0.2.77")
    assert sign_in(other, code=code()).status_code == 303


def test_unknown_names_are_locked_as_known_ones_are(stranger: Any, ann: Member) -> None:
    """The answer doesn't tell who is a coach."""
    answers = {
        name: [sign_in(stranger, name=name, password="wrong").status_code for _ in range(6)] for name in ("Ann", "Bob")
    }
    assert answers["Ann"] == answers["Bob"] == [401] * 5 + [429]


@pytest.mark.parametrize(
    ("steps", "alive"),
    [([14 * 60] * 3, True), ([15 * 60 + 1], False), ([14 * 60] * 34, True), ([14 * 60] * 35, False)],
)
def test_a_session_ends_after_a_quarter_of_an_hour_or_eight(
    coach: Any, clock: Any, steps: list[int], alive: bool
) -> None:
    """Fifteen minutes without a request; eight hours in any case (34 x 14 minutes are just under)."""
    for step in steps:
        clock.now += step
        answer = is_signed_in(coach)
    assert answer is alive


def test_an_expired_session_leads_to_the_sign_in_and_back(coach: Any, stranger: Any, clock: Any, code: Any) -> None:
    """The page that was asked for opens afterwards."""
    clock.now += sessions.LONGEST
    response = coach.get("/contacts?status=new")
    assert response.headers["location"] == "/coach/sign-in?next=%2Fcoach%2Fcontacts%3Fstatus%3Dnew"
    assert sign_in(coach, code=code(), next="/coach/contacts?status=new").headers["location"] == (
        "/coach/contacts?status=new"
    )


@pytest.mark.parametrize(
    "address",
    ["https://evil.test/", "//evil.test", "/\\evil.test", "/coach", "/other", "/coach/\\..", "/coach/a\r\nb: c"],
)
def test_no_other_site_is_opened_after_signing_in(stranger: Any, ann: Member, code: Any, address: str) -> None:
    """Only a page of the console."""
    assert sign_in(stranger, code=code(), next=address).headers["location"] == "/coach/"


@pytest.mark.parametrize("cookie", ["", "x", "forged" * 10, "\u00e9", "a" * 5000], ids=range(5))
def test_a_forged_cookie_is_nobody(stranger: Any, cookie: str) -> None:
    """The answer is the sign-in, not an error."""
    headers = {"cookie": f"coach={cookie}".encode("latin-1")}
    assert stranger.get("/account", headers=headers).headers["location"].startswith("/coach/sign-in")


def test_over_https_no_other_host_can_set_the_cookie(stranger: Any) -> None:
    """Its name begins with __Host- and it is never sent in clear."""
    header = stranger.client.get("https://testserver/coach/sign-in").headers["set-cookie"]
    assert header.startswith("__Host-coach=") and "Secure" in header and "Path=/;" in header


def test_signing_out_ends_the_session_on_the_server(coach: Any) -> None:
    """The old cookie opens nothing any more."""
    old = coach.client.cookies["coach"]
    assert coach.post("/sign-out").headers["location"] == "/coach/sign-in"
    coach.client.cookies.clear()
    coach.client.cookies.set("coach", old)
    assert not is_signed_in(coach)


def test_own_sessions_are_listed_and_ended(signed_in: Any, logged: Any) -> None:
    """One by one or all others; nobody else's."""
    here, there, third, other = signed_in("coach"), signed_in("coach"), signed_in("coach"), signed_in("coach", "Zoe")
    page = here.get("/account").text
    assert page.count("/account/sessions/") == 3 and "This one" in page
    other_id = re.search(r"sessions/(\d+)/end", other.get("/account").text)
    assert other_id is None
    ids = re.findall(r"/account/sessions/(\d+)/end", page)
    assert here.post(f"/account/sessions/{ids[0]}/end").status_code == 303
    assert [is_signed_in(there), is_signed_in(third)].count(True) == 1
    assert here.post("/account/sessions/4/end").status_code == 404
    here.post("/account/sessions/end-others")
    assert [is_signed_in(b) for b in (here, there, third, other)] == [True, False, False, True]
    assert len(logged("session ended")) == 2


def link_of(page: Any) -> str:
    """The one-time link that a page shows, after /coach."""
    return re.search(r"/coach(/set-up\?key=[\w-]+)", page.text)[1]


def set_up(browser: Any, link: str, clock: Any, **changed: str) -> Any:
    """Open the link and fill in its form."""
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", browser.get(link).text)[1].replace(" ", "")
    fields = {"key": link.partition("key=")[2], "password": PASSWORD, "again": PASSWORD}
    fields["code"] = pyotp.TOTP(secret).at(int(clock()))
    return browser.post("/set-up", {**fields, **changed})


def test_a_link_sets_up_access_once(lead: Any, stranger: Any, clock: Any) -> None:
    """Ten recovery codes are shown; the link is used up, and so is the code that was typed."""
    link = link_of(lead.post("/coaches", {"name": "Bea", "role": "tester"}))
    page = stranger.get(link)
    assert "<svg" in page.text and "style=" not in page.text
    done = set_up(stranger, link, clock)
    assert done.status_code == 200 and len(re.findall(r"<li>\w{5}-\w{5}</li>", done.text)) == 10
    assert stranger.get(link).status_code == 410
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1].replace(" ", "")
    assert sign_in(stranger, name="Bea", code=pyotp.TOTP(secret).at(int(clock()))).status_code == 401
    clock.now += 30
    assert sign_in(stranger, name="Bea", code=pyotp.TOTP(secret).at(int(clock()))).status_code == 303


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"password": "short", "again": "short"}, "at least 12"),
        ({"password": "Password1234!", "again": "Password1234!"}, "tried first"),
        ({"again": "something else"}, "not what you typed above"),
        ({"code": "000000"}, "not the code that the app shows"),
    ],
)
def test_a_set_up_with_a_slip_can_be_mended(
    lead: Any, stranger: Any, clock: Any, changed: dict[str, str], message: str
) -> None:
    """The message stands at the field, and the link still works."""
    link = link_of(lead.post("/coaches", {"name": "Bea", "role": "coach"}))
    response = set_up(stranger, link, clock, **changed)
    assert (response.status_code, message in response.text) == (422, True)
    assert PASSWORD not in response.text
    assert set_up(stranger, link, clock).status_code == 200


def test_a_link_is_for_a_day_and_replaced_by_a_newer(lead: Any, stranger: Any, clock: Any) -> None:
    """Then it says so. A made-up one gets the same answer."""
    first = link_of(lead.post("/coaches", {"name": "Bea", "role": "coach"}))
    second = link_of(lead.post("/coaches/2/reset"))
    assert [stranger.get(link).status_code for link in (first, second, "/set-up?key=x", "/set-up")] == [
        410, 200, 410, 410,
    ]  # fmt: skip
    clock.now += coaches.LINK_AGE + 1
    assert stranger.get(second).status_code == 410


def test_a_coach_without_access_cannot_sign_in_nor_go_on(lead: Any, stranger: Any, ann: Member, code: Any) -> None:
    """A session that is open ends at once."""
    sign_in(stranger, code=code())
    assert is_signed_in(stranger)
    assert lead.post(f"/coaches/{ann.id}/disable").status_code == 303
    assert not is_signed_in(stranger)
    assert sign_in(stranger, code=code()).status_code == 401


def test_what_was_posted_without_a_session_is_not_lost_silently(coach: Any, clock: Any) -> None:
    """The sign-in page says that nothing was saved."""
    clock.now += sessions.LONGEST
    assert coach.post("/contacts/1", {"status": "closed"}).headers["location"] == "/coach/sign-in"
    assert "nothing was saved" in coach.get("/sign-in").text
