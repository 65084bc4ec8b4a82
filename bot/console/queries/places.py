"""The place of a conversation in the queue: which part of it, and since when it waits there.

What waits for somebody in danger comes first, what is only looked at to learn from it last.
"""

import zlib
from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from bot.clinical.signs import Urgency

#: Confidence below which the guide may have misunderstood.
LOW_CONFIDENCE = 0.5

#: Seconds without a message after which a conversation is taken to be over.
OVER_AFTER = 30 * 60

#: Of every hundred conversations that nothing else brings into the queue, this many are drawn.
SAMPLE = 10

#: Rank from which on the guide says "seek care now".
URGENT_RANK = Urgency.URGENT.rank


class Part(IntEnum):
    """Parts of the queue, in order. OUT is not in the queue."""

    URGENT = 1
    CONTACT = 2
    ESCALATED = 3
    DOUBT = 4
    THUMBS_DOWN = 5
    DROPPED_OUT = 6
    SAMPLE = 7
    OUT = 9

    @property
    def title(self) -> str:
        """What coaches read."""
        return _TITLES[self]


_TITLES = {
    Part.URGENT: "Urgent, not yet seen",
    Part.CONTACT: "Contact request",
    Part.ESCALATED: "Urgent, seen, to be reviewed",
    Part.DOUBT: "Low confidence or not understood",
    Part.THUMBS_DOWN: "Thumbs down",
    Part.DROPPED_OUT: "Dropped out",
    Part.SAMPLE: "Random sample",
    Part.OUT: "Not in the queue",
}

QUEUE = tuple(part for part in Part if part is not Part.OUT)


def place(item: Mapping[str, Any]) -> tuple[Part, float]:
    """Where a row of `review_items` belongs, and since when it waits, which may be in the future.

    A review stands for what was there when it was made: a conversation that goes on comes back.
    """
    last_at, urgent_at = item["last_at"], item["urgent_at"]
    if urgent_at is not None and (item["seen_at"] is None or item["seen_at"] < urgent_at):
        return Part.URGENT, urgent_at
    if item["contact_at"] is not None:
        return Part.CONTACT, item["contact_at"]
    if item["state"] == "later" or is_reviewed(item):
        return Part.OUT, last_at
    if urgent_at is not None:
        return Part.ESCALATED, urgent_at
    confidence = item["min_confidence"]
    if item["fallback_count"] or (confidence is not None and confidence < LOW_CONFIDENCE):
        return Part.DOUBT, last_at
    if item["thumbs_down"]:
        return Part.THUMBS_DOWN, item["down_at"] or last_at
    if item["last_step"] and not item["completed"]:
        return Part.DROPPED_OUT, last_at + OVER_AFTER
    if is_sampled(item["sender_id"]):
        return Part.SAMPLE, last_at + OVER_AFTER
    return Part.OUT, last_at


def is_reviewed(item: Mapping[str, Any]) -> bool:
    """Whether a review stands: nothing was said after it, and no answer rated thumbs down."""
    newest = max(item["last_at"], item["down_at"] or 0)
    return bool(item["state"] == "reviewed" and (item["reviewed_at"] or 0) >= newest)


def is_sampled(sender_id: str) -> bool:
    """Drawn by the conversation's id, so that the draw is the same wherever and whenever it is made."""
    return zlib.crc32(f"sample {sender_id}".encode()) % 100 < SAMPLE
