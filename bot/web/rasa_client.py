"""Talks to Rasa's REST channel on loopback and tells apart how it can fail."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import httpx

from bot.leading_slash import for_rasa
from bot.replies import Choice, Reply

log = logging.getLogger(__name__)


class RasaSilent(Exception):
    """Rasa gave nothing to show. `reason` is "down", "slow", "broken" or "empty"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class RasaClient:
    """One conversation turn at a time. `transport` is for tests."""

    def __init__(self, url: str, timeout: float, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._timeout = timeout
        # trust_env off: a proxy set on the machine must never see a patient's words.
        self._http = httpx.AsyncClient(base_url=url, timeout=timeout, transport=transport, trust_env=False)

    async def send(self, sender: str, text: str, metadata: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The replies as JSON, at least one. Raises RasaSilent. The text is never logged."""
        body = {"sender": sender, "message": for_rasa(text), "metadata": dict(metadata)}
        try:
            # httpx limits each read; this limits the whole, so that a trickle can't hold the patient.
            response = await asyncio.wait_for(self._http.post("/webhooks/rest/webhook", json=body), self._timeout)
            answer = response.raise_for_status().json()
        except (asyncio.TimeoutError, httpx.TimeoutException):
            raise RasaSilent("slow") from None
        except httpx.TransportError:
            raise RasaSilent("down") from None
        except (httpx.HTTPStatusError, ValueError):
            raise RasaSilent("broken") from None
        items = answer if isinstance(answer, list) else []
        replies = [reply for reply in map(reply_from_rasa, items) if reply]
        if not replies:
            raise RasaSilent("empty")
        return replies

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def reply_from_rasa(item: Any) -> dict[str, Any] | None:
    """One item of Rasa's answer as a reply: our own `custom` form, or plain text with buttons; None if neither."""
    if not isinstance(item, Mapping):
        return None
    custom = item.get("custom")
    if isinstance(custom, Mapping) and isinstance(custom.get("type"), str) and isinstance(custom.get("text"), str):
        return {
            "type": custom["type"],
            "text": custom["text"],
            "choices": _choices(custom.get("choices"), "id"),
            "data": dict(custom["data"]) if isinstance(custom.get("data"), Mapping) else {},
            "sources": [s for s in custom.get("sources") or () if isinstance(s, Mapping)],
        }
    if isinstance(item.get("text"), str) and item["text"].strip():
        choices = tuple(Choice(c["id"], c["title"]) for c in _choices(item.get("buttons"), "payload"))
        return Reply("buttons" if choices else "text", item["text"], choices).as_json()
    log.warning("Rasa sent a reply that can't be shown: keys %s", sorted(item))
    return None


def _choices(items: Any, id_key: str) -> list[dict[str, str]]:
    """The well-formed choices among `items`."""
    if not isinstance(items, list):
        return []
    return [
        {"id": item[id_key], "title": item["title"]}
        for item in items
        if isinstance(item, Mapping) and isinstance(item.get(id_key), str) and isinstance(item.get("title"), str)
    ]
