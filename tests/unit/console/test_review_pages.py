"""Reviewing, correcting, exporting, figures."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from sqlalchemy.engine import Engine

from bot.console import replaying, training
from bot.console.errors import ConsoleError
from bot.console.queries.correcting import Merged, clean
from bot.console.replaying import replay
from bot.console.review_tables import comments, corrections, items, tags
from bot.console.story import as_yaml, stories
from bot.console.transcript import read_turns
from bot.storage.privacy import erase, export
from bot.storage.tables import events
from tests.unit.console.review_events import did, said, shown, tell, tell_emergency


@pytest.fixture
def talked(engine: Engine, console: Any, clock: Any) -> Engine:
    """Three conversations: an emergency, one that was not understood, and a test."""
    tell_emergency(engine, "a", clock.now - 7200)
    tell(engine, "b", said("my rah is back", clock.now - 7000, "nlu_fallback", 0.3), shown(clock.now - 7000))
    tell(engine, "t", said("a test", clock.now, is_test=True), shown(clock.now))
    return engine


def row(engine: Engine, sender_id: str) -> Any:
    """The row of the queue."""
    with engine.connect() as connection:
        return connection.execute(sa.select(items).where(items.c.sender_id == sender_id)).one()


def act(browser: Any, sender_id: str, engine: Engine, **fields: Any) -> Any:
    """Open the conversation and press a button."""
    browser.get(f"/conversations/{sender_id}")
    return browser.post(f"/conversations/{sender_id}/review", {"version": row(engine, sender_id).version, **fields})


def message_id(engine: Engine, sender_id: str) -> int:
    """The first message."""
    query = sa.select(events.c.id).where(events.c.sender_id == sender_id, events.c.type_name == "user")
    with engine.connect() as connection:
        return int(connection.execute(query.order_by(events.c.id)).scalar_one())


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"action": "reviewed"}, "state", "reviewed"),
        ({"action": "reviewed"}, "reviewed_by", "Coach"),
        ({"action": "later"}, "state", "later"),
        ({"action": "flag"}, "flagged", True),
        ({"action": "assign", "assignee": "Coach"}, "assignee", "Coach"),
        ({"action": "verdict", "verdict": "too_high"}, "verdict", "too_high"),
        ({"action": "second"}, "second", "wanted"),
    ],
)
def test_each_button(
    coach: Any, talked: Engine, logged: Callable[..., Any], fields: dict[str, str], column: str, value: Any
) -> None:
    """Changes its column, is logged, and can be undone where it says so."""
    assert act(coach, "a", talked, **fields).status_code == 303
    assert row(talked, "a")._mapping[column] == value
    assert logged("review")[0]["subject"] == "a"
    undo = {"reviewed": "reopen", "later": "open", "flag": "unflag", "second": "unsecond"}.get(fields["action"])
    if undo:
        act(coach, "a", talked, action=undo)
        assert row(talked, "a")._mapping[column] in ("open", None, False, "none")


@pytest.mark.parametrize(
    "fields",
    [{"action": "x"}, {}, {"action": "verdict"}, {"action": "assign", "assignee": "Nobody"}, {"action": "resolve"},
     {"action": "reviewed", "version": "-1"}],
)  # fmt: skip
def test_what_can_not_be_done(coach: Any, talked: Engine, fields: dict[str, str]) -> None:
    """Is refused with a reason."""
    assert act(coach, "a", talked, **fields).status_code == 400


def test_two_coaches_on_one_conversation(coach: Any, signed_in: Callable[..., Any], talked: Engine) -> None:
    """The second is told who was first and what was done; nothing is overwritten."""
    ben = signed_in("coach", "Ben")
    for browser in (coach, ben):
        browser.get("/conversations/a")
    version = row(talked, "a").version
    coach.post("/conversations/a/review", {"version": version, "action": "verdict", "verdict": "right"})
    told = ben.get(f"/conversations/a/changes?version={version}")
    assert "Coach changed this conversation meanwhile" in told.text
    second = ben.post("/conversations/a/review", {"version": version, "action": "verdict", "verdict": "too_low"})
    assert second.status_code == 409
    assert "Coach was first: urgency judged right" in second.text
    assert row(talked, "a").verdict == "right"
    assert coach.get(f"/conversations/a/changes?version={version + 1}").status_code == 204


def test_reviewed_and_next(coach: Any, talked: Engine) -> None:
    """One press marks it and opens the one after it in the same list."""
    page = coach.get("/queue").text
    link = page.partition('<h2><a href="')[2].partition('"')[0].replace("&amp;", "&").removeprefix("/coach")
    assert link.startswith("/conversations/a?at=")
    html = coach.get(link).text
    fields = {"version": row(talked, "a").version, "action": "reviewed_next", "list": link.partition("?")[2]}
    assert 'id="next"' in html
    gone_on = coach.post("/conversations/a/review", fields)
    assert gone_on.headers["location"].startswith("/coach/conversations/b?")
    assert row(talked, "a").state == "reviewed"
    coach.get("/conversations/b")
    last = coach.post("/conversations/b/review", {"version": row(talked, "b").version, "action": "reviewed_next"})
    assert last.headers["location"] == "/coach/queue"


def test_a_reviewed_conversation_that_goes_on_comes_back(coach: Any, talked: Engine, clock: Any) -> None:
    """A review stands for what was there."""
    act(coach, "b", talked, action="reviewed")
    assert "/conversations/b?" not in coach.get("/queue").text
    tell(talked, "b", said("and again", clock.now + 5, "nlu_fallback", 0.2), shown(clock.now + 5))
    clock.now += 60
    assert "/conversations/b?" in coach.get("/queue").text


def test_a_second_review_needs_another_coach(coach: Any, signed_in: Callable[..., Any], talked: Engine) -> None:
    """Who asked can't resolve it; who resolves it says what was found."""
    ben = signed_in("coach", "Ben")
    act(coach, "a", talked, action="second")
    assert act(coach, "a", talked, action="resolve", note="fine").status_code == 400
    assert act(ben, "a", talked, action="resolve", note=" ").status_code == 400
    assert "/conversations/a?" in ben.get("/queue?view=second").text
    assert act(ben, "a", talked, action="resolve", note="It was <right>.").status_code == 303
    assert "It was &lt;right&gt;." in coach.get("/conversations/a").text


def test_comments_and_mentions(coach: Any, signed_in: Callable[..., Any], talked: Engine) -> None:
    """Who is named with @ is told, until they look. HTML and SQL in a comment are text."""
    ann = signed_in("coach", "Ann O'Hara")
    evil = "@ann o'hara: <script>alert(1)</script>'); DROP TABLE review_comments;--"
    assert coach.post("/conversations/a/comments", {"text": evil}).status_code == 303
    coach.post("/conversations/a/comments", {"text": "on a message", "event": message_id(talked, "a")})
    assert "You are mentioned in 1 conversation." in ann.get("/queue").text
    assert "/conversations/a?" in ann.get("/queue?view=mentions").text
    html = ann.get("/conversations/a").text
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)&lt;/script&gt;&#39;); DROP" in html
    assert "You are mentioned" not in ann.get("/queue").text
    with talked.connect() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(comments)).scalar() == 2


@pytest.mark.parametrize("fields", [{"text": " "}, {"text": "x" * 4001}, {"text": "x", "event": "999999"}])
def test_comments_that_can_not_be_used(coach: Any, talked: Engine, fields: dict[str, str]) -> None:
    """Empty, too long, or on a message of another conversation."""
    assert coach.post("/conversations/a/comments", fields).status_code == 400


def test_tags_on_conversations_and_messages(coach: Any, talked: Engine) -> None:
    """Both are found by the filter; a tag is there once, and can be removed."""
    for _ in range(2):
        coach.post("/conversations/a/tags", {"tag": "  Mouth  sores "})
    coach.post("/conversations/b/tags", {"tag": "slip", "event": message_id(talked, "b")})
    assert "/conversations/a?" in coach.get("/queue?view=all&tag=mouth+sores").text
    assert "/conversations/b?" in coach.get("/queue?view=all&tag=slip").text
    coach.post("/conversations/a/tags", {"remove": "mouth sores"})
    assert "/conversations/a?" not in coach.get("/queue?view=all&tag=mouth+sores").text
    with talked.connect() as connection:
        assert [tag.tag for tag in connection.execute(sa.select(tags))] == ["slip"]
    assert coach.post("/conversations/a/tags", {"tag": "<b>"}).status_code == 400


def test_testers_change_nothing(tester: Any, talked: Engine) -> None:
    """Not even test conversations; and contact requests, figures and corrections are not theirs."""
    tester.get("/queue")
    for path in ("review", "comments", "tags", "messages/1", "replay"):
        assert tester.post(f"/conversations/t/{path}", {"text": "x"}).status_code == 403
    for path in ("/learn", "/numbers", "/export/csv", "/learn/nlu.patch", "/numbers.csv"):
        assert tester.get(path).status_code == 403


def test_exports_are_for_leads(coach: Any, talked: Engine) -> None:
    """A coach reads and reviews."""
    for path in ("/export/csv", "/export/stories", "/conversations/a/story.yml", "/learn/nlu.patch",
                 "/learn/messages.jsonl", "/numbers.csv"):  # fmt: skip
        assert coach.get(path).status_code == 403
    assert "Export this list" not in coach.get("/queue").text


def test_posts_from_other_sites_change_nothing(coach: Any, talked: Engine) -> None:
    """Without a token of our page, or sent by another site."""
    coach.get("/conversations/a")
    bare = coach.client.post("/coach/conversations/a/review", data={"action": "flag", "version": "0"})
    foreign = coach.post(
        "/conversations/a/review", {"action": "flag", "version": "0"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert bare.status_code == foreign.status_code == 403
    assert not row(talked, "a").flagged


# corrections


def correct(
    browser: Any, engine: Engine, sender_id: str, kind: str, value: str, target: str = "", known: int = 0
) -> Any:
    """Correct the first message of a conversation."""
    fields = {"kind": kind, "target": target, "value": value, "known": known}
    return browser.post(f"/conversations/{sender_id}/messages/{message_id(engine, sender_id)}", fields)


def test_corrections_of_each_kind(coach: Any, talked: Engine, logged: Callable[..., Any]) -> None:
    """Stand beside the message, wait in the inbox, and are logged."""
    assert coach.get(f"/conversations/a/messages/{message_id(talked, 'a')}").status_code == 200
    assert correct(coach, talked, "a", "intent", "ask_treatment").status_code == 303
    assert correct(coach, talked, "a", "finding", "past", "blisters").status_code == 303
    assert correct(coach, talked, "a", "urgency", "none").status_code == 303
    html = coach.get("/learn").text
    for part in ("Intent:", "ask treatment", "Finding, blisters:", "past", "Urgency:", "emergency → <strong>none"):
        assert part in html
    assert "Coach says <strong>past</strong>" in coach.get("/conversations/a").text
    assert len(logged("correction")) == 3


@pytest.mark.parametrize(
    ("kind", "value", "target"),
    [("intent", "report_urgent_sign", ""), ("intent", "nope", ""), ("finding", "maybe", "blisters"),
     ("urgency", "9", ""), ("x", "y", ""), ("intent", "greet", "blisters")],
)  # fmt: skip
def test_corrections_that_can_not_be_made(coach: Any, talked: Engine, kind: str, value: str, target: str) -> None:
    """Only known values, and no intent that rules alone set."""
    assert correct(coach, talked, "a", kind, value, target).status_code == 400


def test_another_coachs_correction_is_not_overwritten(
    coach: Any, signed_in: Callable[..., Any], talked: Engine
) -> None:
    """Unless it was seen."""
    ben = signed_in("coach", "Ben")
    correct(coach, talked, "b", "intent", "describe_rash")
    unseen = correct(ben, talked, "b", "intent", "greet")
    assert unseen.status_code == 409 and "Coach corrected this to “describe_rash”" in unseen.text
    with talked.connect() as connection:
        known = connection.execute(sa.select(corrections.c.id)).scalar_one()
    assert correct(ben, talked, "b", "intent", "greet", known=known).status_code == 303


def test_the_inbox_merges_and_cleans(coach: Any, signed_in: Callable[..., Any], engine: Engine, console: Any) -> None:
    """The same words are one entry without personal data; those that coaches disagree on say so."""
    ben = signed_in("coach", "Ben")
    for name, text in (
        ("c", "call me at 212-555-0199 about the rash"),
        ("d", "Call me at 212-555-0199, about the rash!"),
    ):
        tell(engine, name, said(text, 1, "ask_study"), shown(1))
    correct(coach, engine, "c", "intent", "contact_coach")
    correct(ben, engine, "d", "intent", "contact_coach")
    html = coach.read("/learn")
    assert html.count('<article class="card">') == 1 and "2 times" in html and "by Ben, Coach" in html
    assert "555" not in html and "[phone]" in html
    with engine.connect() as connection:
        known = connection.execute(sa.select(corrections.c.id).where(corrections.c.sender_id == "d")).scalar_one()
    correct(ben, engine, "d", "intent", "greet", known=known)
    assert coach.get("/learn").text.count("coaches disagree") == 2


def test_accepted_corrections_are_exported(
    lead: Any, talked: Engine, logged: Callable[..., Any], tmp_path: Path
) -> None:
    """As a patch that git applies to the training data, and as labelled lines."""
    correct(lead, talked, "b", "intent", "describe_rash")
    correct(lead, talked, "a", "finding", "past", "blisters")
    correct(lead, talked, "a", "urgency", "none")
    assert lead.get("/learn/nlu.patch").text == ""
    for name in ("1", "2", "3"):
        assert lead.post("/learn", {"ids": name, "state": "accepted"}).status_code == 303
    patch = lead.get("/learn/nlu.patch").text
    assert "+    - my rah is back\n" in patch
    (tmp_path / "p.patch").write_text(patch)
    subprocess.run(["git", "apply", "--check", str(tmp_path / "p.patch")], check=True, cwd=training.ROOT)
    lines = [json.loads(line) for line in lead.get("/learn/messages.jsonl").text.splitlines()]
    assert lines[0] == {"id": lines[0]["id"], "text": "my rah is back", "urgent": False, "signs": [], "negated": [],
                        "intent": "describe_rash"}  # fmt: skip
    assert lines[1]["urgent"] is False and lines[1]["signs"] == []
    assert {row["details"]["kind"] for row in logged("export")} == {"nlu patch", "labels"}
    assert lead.post("/learn", {"ids": "1;DROP", "state": "accepted"}).status_code == 400
    assert lead.post("/learn", {"ids": "1", "state": "x"}).status_code == 400


def test_a_patch_adds_nothing_twice(tmp_path: Path) -> None:
    """Examples that are there, and brackets that would mark entities, stay out; a new intent gets a new file."""
    (tmp_path / "a.yml").write_text('nlu:\n- intent: greet\n  examples: |\n    - hello\n\n# next\n- intent: bye\n'
                                    "  examples: |\n    - ciao\n")  # fmt: skip

    def merged(value: str, text: str, disputed: bool = False) -> Merged:
        return Merged("intent", "", text, "x", value, "accepted", (), disputed)

    found = [merged("greet", "Hello!"), merged("greet", "good [day](x) {y}"), merged("new_one", "- fresh"),
             merged("greet", "undecided", True)]  # fmt: skip
    patch = training.patch(found, tmp_path)
    added = [line for line in patch.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert added == ["+    - good day x y", '+version: "3.1"', "+", "+nlu:", "+- intent: new_one", "+  examples: |",
                     "+    - fresh"]  # fmt: skip


def test_a_patch_changes_no_file_that_a_script_makes(tmp_path: Path) -> None:
    """An example goes where most of its intent are, among the files that people write."""
    for name, first, count in (("a", "# Few.", 1), ("b", "# Most.", 3), ("c", "# Made by a script.", 9)):
        examples = "".join(f"    - {name} {number}\n" for number in range(count))
        (tmp_path / f"{name}.yml").write_text(f"{first}\nnlu:\n- intent: greet\n  examples: |\n{examples}")
    found = [Merged("intent", "", text, "x", "greet", "accepted", (), False) for text in ("hello you", "c 1")]
    patch = training.patch(found, tmp_path)
    assert "+++ b/data/nlu/b.yml" in patch and patch.count("+    - ") == 1


def test_redaction_reaches_corrections(lead: Any, coach: Any, talked: Engine) -> None:
    """Words that were taken out of a message leave its correction too."""
    correct(coach, talked, "b", "intent", "describe_rash")
    lead.post(f"/conversations/b/messages/{message_id(talked, 'b')}/redact", {"words": "rah"})
    html = coach.get("/learn").text
    assert "my rah" not in html and "is back" in html


def test_masks_become_words() -> None:
    """Training data holds no dots."""
    assert clean("I am [name····] and [born···]") == "I am [name] and [born]"
    assert clean("x ·· y") == "x [removed] y"
    assert clean("half \ud83d an emoji,\0 nothing") == "half an emoji, nothing"


# stories


def always(text: str, reading: Any, intent: str) -> bool:
    """Every message is understood alone."""
    return True


def test_a_story_of_a_conversation() -> None:
    """In the form of tests/stories: words with intents, actions, the form, its question."""
    happened = [
        {"event": "session_started", "timestamp": 0}, did("action_session_start", 0), did("action_listen", 0),
        said("itchy rash\n[on](x) my arms", 1), {"event": "slot", "name": "where", "value": True},
        did("assessment_form", 1), {"event": "active_loop", "name": "assessment_form"},
        {"event": "slot", "name": "requested_slot", "value": "red_flags"}, shown(1), did("action_listen", 1),
        said("None of these", 2, answer={"choices": ["none"]}), did("assessment_form", 2),
        {"event": "active_loop", "name": None}, {"event": "slot", "name": "requested_slot", "value": None},
        did("action_assess", 2), {"event": "slot", "name": "urgency", "value": "routine"}, did("action_listen", 2),
    ]  # fmt: skip
    text = as_yaml(stories("One", [*map(json.dumps, happened), "{half"], always))
    assert text == (
        'version: "3.1"\n\nstories:\n  - story: One\n    steps:\n'
        "      - user: |-\n          itchy rash (on)(x) my arms\n        intent: describe_rash\n"
        "      - action: assessment_form\n      - active_loop: assessment_form\n"
        "      - slot_was_set:\n          - requested_slot: red_flags\n"
        "      - intent: describe_rash\n"
        "      - action: assessment_form\n      - active_loop: null\n"
        "      - slot_was_set:\n          - requested_slot: null\n"
        "      - action: action_assess\n"
    )
    assert yaml.safe_load(text)["stories"][0]["steps"][0]["intent"] == "describe_rash"


def test_a_story_goes_on_where_the_reading_decided() -> None:
    """`rasa test` knows no reading: what the safety policy did because of it begins a second story."""
    happened = [
        said("what helps", 1, "ask_treatment"), did("action_treatment", 1),
        did("assessment_form", 1, "policy_0_SafetyPolicy"), {"event": "active_loop", "name": "assessment_form"},
        {"event": "slot", "name": "requested_slot", "value": "red_flags"}, did("action_listen", 1),
        said("none", 2, "deny"), did("assessment_form", 2), did("action_listen", 2),
        said("fever", 3, "report_urgent_sign"), did("utter_seek_care", 3, "policy_0_SafetyPolicy"),
        {"event": "slot", "name": "urgency", "value": "urgent"}, did("assessment_form", 3, "policy_0_SafetyPolicy"),
        did("action_listen", 3), said("blisters", 4, "report_urgent_sign"), did("utter_seek_care", 4),
        {"event": "slot", "name": "urgency", "value": "emergency"}, did("action_listen", 4),
    ]  # fmt: skip
    first, second = stories("One", map(json.dumps, happened), always)
    assert [step.get("action") for step in first["steps"]] == [None, "action_treatment"]
    assert second["steps"][:2] == [
        {"active_loop": "assessment_form"},
        {"slot_was_set": [{"requested_slot": "red_flags"}]},
    ]
    assert second["steps"][2]["user"] == "none"
    assert second["steps"][-5:-3] == [{"slot_was_set": [{"urgency": "urgent"}]}, {"action": "assessment_form"}]
    assert second["steps"][-1] == {"slot_was_set": [{"urgency": None}]}


def test_stories_and_lists_are_exported(
    lead: Any, talked: Engine, logged: Callable[..., Any], monkeypatch: Any
) -> None:
    """The filtered ones only, as CSV, JSON lines and stories; formulas in a cell are text."""
    monkeypatch.setattr("bot.console.story.read_alone", always)
    lead.post("/conversations/b/tags", {"tag": "rah"})
    rows = list(csv.DictReader(io.StringIO(lead.get("/export/csv?view=all").text)))
    assert {r["sender_id"] for r in rows} == {"a", "b"}
    assert next(r for r in rows if r["sender_id"] == "b")["tags"] == "rah"
    (line,) = lead.get("/export/jsonl?view=all&q=blisters").text.splitlines()
    assert json.loads(line)["messages_in_order"][0]["text"] == "I have blisters on my lips"
    told = yaml.safe_load(lead.get("/export/stories?view=all&urgency=emergency").text)["stories"]
    assert [step.get("action") for step in told[0]["steps"]][1] == "utter_seek_care"
    assert yaml.safe_load(lead.get("/conversations/a/story.yml").text)["stories"]
    assert lead.get("/export/xml").status_code == 404
    assert [r["details"]["kind"] for r in logged("export")] == ["csv", "jsonl", "stories", "story"]


# replay


def test_replay_shows_what_would_differ(engine: Engine, console: Any, clock: Any) -> None:
    """Against a model that says something else."""
    now = {"intent": "greet", "confidence": 1.0, "urgency": None, "asks": [], "grade": None, "findings": [],
           "actions": ["utter_greet"], "replies": ["Hello"]}  # fmt: skip
    event = said("hello", 1, "greet")
    turns = read_turns(enumerate(map(json.dumps, [event, did("utter_greet", 1), shown(1, "text", "Hi")]), start=1))
    command = (sys.executable, "-c", f"import sys; sys.stdin.read(); print({json.dumps(now)!r})")
    (compared,) = replay(turns, command)
    assert compared.differences == [("answer", "Hi", "Hello")]


def test_replay_does_not_compare_what_was_masked() -> None:
    """The model would read the mask, not the words."""
    now = {"intent": "greet", "urgency": None, "asks": [], "grade": None, "findings": [], "actions": [], "replies": []}
    turns = read_turns([(1, json.dumps(said("[contact····]", 1, "affirm")))])
    command = (sys.executable, "-c", f"import sys; sys.stdin.read(); print({json.dumps(now)!r})")
    (compared,) = replay(turns, command)
    assert compared.masked and compared.differences == []


@pytest.mark.parametrize(("code", "status"), [("import sys; sys.exit(2)", 409), ("1/0", 503), ("pass", 503)])
def test_replay_without_a_model_or_with_a_broken_one(code: str, status: int) -> None:
    """Says so."""
    turns = read_turns([(1, json.dumps(said("hello", 1)))])
    with pytest.raises(ConsoleError) as raised:
        replay(turns, (sys.executable, "-c", code))
    assert raised.value.status == status


def test_replay_page(coach: Any, talked: Engine, monkeypatch: Any) -> None:
    """A button first, then the differences."""
    assert "Run" in coach.get("/conversations/a/replay").text
    differs = [replaying.Compared(1, "I have <b>", [("intent", "a", "b")])]
    monkeypatch.setattr("bot.console.pages.learn.replay", lambda turns: differs)
    html = coach.post("/conversations/a/replay").text
    assert "1 of 1 messages would be answered differently" in html and "&lt;b&gt;" in html


# figures


def test_figures(lead: Any, talked: Engine, clock: Any) -> None:
    """Counts, verdicts and unanswered questions, without tests; as a page and as CSV."""
    act(lead, "a", talked, action="verdict", verdict="right")
    page = lead.get("/numbers").text
    assert "my rah is back" in page and "<svg" in page and "a test" not in page
    rows = {(r["table"], r["name"]): r["value"] for r in csv.DictReader(io.StringIO(lead.get("/numbers.csv").text))}
    assert rows["Conversations", "Conversations"] == "2"
    assert rows["Urgency", "emergency"] == "1"
    assert rows["Coaches’ verdicts on urgency", "Precision of escalations (%)"] == "100.0"
    assert rows["Conversations", "Messages not understood or not answered (%)"] == "50.0"
    assert lead.get("/numbers?from=2020-01-01&to=2020-12-31").status_code == 200
    for query in ("from=2021-01-01&to=2020-01-01", "from=x", "to=0001-01-01", "from=1980-01-01&to=2020-01-01"):
        assert lead.get(f"/numbers?{query}").status_code == 400


# what is asked for by pages themselves


def test_news_tells_of_urgent_ones_once(coach: Any, tester: Any, talked: Engine, clock: Any) -> None:
    """And answers nothing while nothing changed. Asking keeps no session alive."""
    html = coach.get("/news").text
    assert "1 urgent conversation</a> not yet seen." in html and "/conversations/a" not in html
    assert "/conversations/a" in coach.get("/news?rows=1").text
    state = html.partition('data-state="')[2].partition('"')[0]
    assert coach.get(f"/news?known={state}").status_code == 204
    assert "No urgent conversation" in tester.get("/news").text
    tell_emergency(talked, "new", clock.now)
    assert "2 urgent conversations</a>" in coach.get(f"/news?known={state}").text
    clock.now += 14 * 60
    coach.get("/news")
    clock.now += 2 * 60
    assert coach.get("/news").status_code == 303


def test_erasing_takes_the_review_along(coach: Any, talked: Engine) -> None:
    """Comments, tags, corrections, words: nothing is left, and the export had it all."""
    coach.post("/conversations/a/comments", {"text": "@Coach look"})
    coach.post("/conversations/a/tags", {"tag": "x"})
    correct(coach, talked, "a", "intent", "greet")
    coach.get("/queue?q=blisters")
    assert {"review_items", "review_comments", "review_tags", "review_corrections"} <= export(talked, "a").keys()
    erase(talked, "a")
    with talked.connect() as connection:
        for name in ("review_items", "review_comments", "review_tags", "review_corrections", "review_mentions"):
            found = connection.execute(sa.text(f"SELECT count(*) FROM {name} WHERE sender_id = 'a'")).scalar()
            assert found == 0
        assert not connection.execute(sa.text("SELECT 1 FROM review_texts WHERE text LIKE '%blisters%'")).first()
        assert not connection.execute(sa.text("SELECT 1 FROM review_words WHERE review_words MATCH 'blisters'")).first()
        assert not connection.execute(sa.text("SELECT 1 FROM review_changes WHERE conversation = 'a'")).first()
