"""A scripted Rasa: each word of a patient leads to one kind of answer."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.clinical.body_surface import MAP_AREAS
from bot.replies import Choice, Reply, Source

SOURCES = (Source("S01", "Revlimid label", "label"), Source("S36", "A guide on drug rashes", "guideline"))
ITEMS = (
    (
        "breathing",
        "Trouble breathing or swallowing, or a swollen face, lips or tongue",
        "Also hives when you feel faint",
    ),
    ("blisters", "Blisters, or skin that peels, is raw or looks burned", "Even one blister counts"),
    ("fever", "Fever (100.4 F, 38 C or more), chills, or feeling very ill", "Take your temperature now if you can"),
)

CHECKLIST = Reply(
    "checklist",
    "\n".join(["Do you have any of these now?", *(f"- {title}" for _, title, _ in ITEMS)]),
    choices=(
        *(Choice(item_id, title) for item_id, title, _ in ITEMS),
        Choice("none", "None of these"),
        Choice("not_sure", "Not sure"),
    ),
    data={
        "step": "red_flags",
        "items": [{"id": item_id, "title": title, "hint": hint} for item_id, title, hint in ITEMS],
        "none": "none",
        "unsure": "not_sure",
        "progress": {"step": 1, "of": 3},
        "why": "These signs can mean a bad reaction.\nIt needs help at once.",
    },
)
BODY_MAP = Reply(
    "body_map",
    'Where is your rash?\nYou can type it, such as "both arms, about half".',
    choices=(Choice("not_sure", "Not sure"),),
    data={
        "step": "where",
        "areas": [{"id": a.id, "title": a.title, "view": a.view, "percent": a.percent} for a in MAP_AREAS],
        "levels": [
            {"id": "spots", "title": "A few spots"},
            {"id": "half", "title": "About half"},
            {"id": "all", "title": "Nearly all"},
        ],
        "progress": {"step": 2, "of": 3},
        "why": "How much skin is covered helps your team.",
        "help": 'You can type it, such as "both arms, about half".',
    },
)
ITCH = Reply(
    "buttons",
    "How bad is the itch?",
    choices=(Choice("itch_0", "No itch"), Choice("itch_2", "Moderate"), Choice("itch_4", "Very bad")),
    data={"progress": {"step": 3, "of": 3}, "why": "Itch that stops sleep needs care."},
)
TIMING = Reply(
    "buttons",
    "When did the rash start, and what else is new?",
    choices=(
        Choice("today", "Today"),
        Choice("weeks", "Weeks ago"),
        Choice("pill", "A new pill"),
        Choice("herb", "A herb"),
        Choice("nothing", "Nothing new"),
    ),
    data={
        "parts": [
            {
                "id": "start",
                "title": "The rash started",
                "several": False,
                "choices": [{"id": "today", "title": "Today"}, {"id": "weeks", "title": "Weeks ago"}],
            },
            {
                "id": "new",
                "title": "What is new",
                "several": True,
                "choices": [
                    {"id": "pill", "title": "A new pill"},
                    {"id": "herb", "title": "A herb"},
                    {"id": "nothing", "title": "Nothing new", "exclusive": True},
                ],
            },
        ]
    },
)
CARE = {
    "say": 'Say: "I take lenalidomide for myeloma, and I have a rash."',
    "watch": ["A swollen face or trouble with your breath: call 911.", "Blisters or peeling: call 911."],
}
SAME_DAY = Reply(
    "care_card",
    "Call your cancer team today.",
    data={
        **CARE,
        "urgency": "same_day",
        "headline": "Call your cancer team today.",
        "heard": ["a rash on your chest"],
        "steps": ["Call your cancer team today, while they are open.", "Take photos of the rash in good light."],
        "call": {"number": "911", "label": "If you get worse, call 911"},
    },
    sources=SOURCES,
)
EMERGENCY = Reply(
    "care_card",
    "Call 911 now. You told me about blisters.",
    data={
        "urgency": "emergency",
        "headline": "Get help now. Call 911.",
        "heard": ["blisters"],
        "steps": ["Call 911 now. Do not drive yourself.", "Take your pill box and your list of medicines with you."],
        "call": {"number": "911", "label": "Call 911 now"},
        "say": 'Say: "I take lenalidomide for myeloma."',
        "watch": [],
    },
    sources=SOURCES,
)
WORSE = Reply(
    "care_card",
    "Call your cancer team today.",
    data={**SAME_DAY.data, "worse": ["It itches more than at your last check."]},
)
CRISIS = Reply(
    "care_card",
    "You matter. Please talk to someone now.",
    data={
        "urgency": "emergency",
        "headline": "You matter. Please talk to someone now.",
        "steps": [
            "I am glad you told me. To talk to a person now, call or text 988. They are there to listen.",
            "If you may act on it, or have hurt yourself, call 911 now.",
        ],
        "call": {"number": "988", "label": "988 Suicide & Crisis Lifeline: 988"},
    },
)
CHART = Reply(
    "chart",
    "One study looked back at 245 people with myeloma. 70 of them got a rash.",
    data={
        "title": "How long people lived, half of each group",
        "unit": "months",
        "groups": [
            {
                "label": "Until the myeloma grew again",
                "bars": [{"label": "With a rash", "value": 22.4}, {"label": "No rash", "value": 10.5}],
                "p": "0.003",
            },
            {
                "label": "Until death from any cause",
                "bars": [{"label": "With a rash", "value": 42.6}, {"label": "No rash", "value": 24.6}],
                "p": "0.013",
            },
        ],
        "limits": ["It can't show that the rash helps.", "Two other studies saw no clear difference."],
    },
    sources=SOURCES,
)
SUMMARY = Reply(
    "summary",
    "Summary for your cancer team\n- Rash on the chest, about half\n- In your words: my chest itches",
    data={
        "title": "Summary for your cancer team",
        "made_at": "2026-11-23T10:00:00+00:00",
        "urgency": "same_day",
        "grade": 1,
        "sections": [
            {"title": "Where and how much", "lines": ["Chest: about half"]},
            {"title": "In your words", "lines": ["“I have a rash”"]},
            {"title": "What the guide said", "lines": ["Call your cancer team today."]},
        ],
    },
)
ODD = {"type": "hologram", "text": "Plain words of an unknown kind.", "choices": [], "data": {}, "sources": []}
BROKEN = {**CHART.as_json(), "data": {"groups": [{"bars": None}]}, "text": "The words of a broken chart."}


def script(message: str, answer: Mapping[str, Any]) -> list[Any]:
    """The replies to a message and the tap behind it."""
    if answer.get("choices") == ["none"]:
        return [BODY_MAP]
    if "choices" in answer:
        return [EMERGENCY]
    if "areas" in answer or answer.get("choice") == "not_sure":
        return [ITCH]
    if "choice" in answer:
        return [SAME_DAY, SUMMARY]
    by_word = {
        "blisters": [EMERGENCY],
        "worsened": [WORSE],
        "crisis": [CRISIS],
        "studies": [CHART],
        "hologram": [ODD],
        "broken": [BROKEN],
        "timing": [TIMING],
        "rash": [CHECKLIST],
        "long": [Reply("text", "\n".join(f"Line {n} of a long answer." for n in range(60)))],
        "markup": [Reply("text", "<img src=x onerror=alert(1)> <b>bold</b>\n- one\n- two")],
    }
    found = next((replies for word, replies in by_word.items() if word in message.lower()), None)
    return found or [Reply("text", f"You said: {message}")]


class FakeRasa:
    """The server's state: what it saw. A message with "slowly" takes two seconds, one with "silence" gets nothing."""

    def __init__(self) -> None:
        self.seen: list[dict[str, Any]] = []
        self.app = Starlette(
            routes=[
                Route("/", lambda _: PlainTextResponse("Hello from Rasa")),
                Route("/webhooks/rest/webhook", self.webhook, methods=["POST"]),
            ]
        )

    def expect_newest(self, within: float = 5.0, **wanted: Any) -> None:
        """Wait (seconds) for a newest message with these values of "message" or of the tap's "answer".

        A page shows what was said before its request is out, so a look at once would be a race.
        """
        newest: dict[str, Any] = {}
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if self.seen:
                body = self.seen[-1]
                newest = {"message": body["message"], "answer": body["metadata"].get("answer")}
                if newest.items() >= wanted.items():
                    return
            time.sleep(0.02)
        raise AssertionError(f"Rasa saw {newest}, not {wanted}")

    async def webhook(self, request: Request) -> Response:
        """Answer as Rasa's REST channel does."""
        body = await request.json()
        self.seen.append(body)
        if "slowly" in body["message"]:
            await asyncio.sleep(2)
        if "silence" in body["message"]:
            return JSONResponse([])
        replies = script(body["message"], body["metadata"].get("answer") or {})
        shown = [reply if isinstance(reply, dict) else reply.as_json() for reply in replies]
        return JSONResponse([{"recipient_id": body["sender"], "custom": reply} for reply in shown])
