"""A reply as a Rasa message, for the channel that it goes to."""

from typing import Any

from bot.replies import Reply

#: The gateway's channel takes the whole reply; every other one gets its plain-text twin with buttons.
GATEWAY_CHANNEL = "rest"


def as_message(reply: Reply, channel: str | None) -> dict[str, Any]:
    """Keyword arguments of a bot utterance. What a button sends is its title: readable, and understood when typed."""
    if channel == GATEWAY_CHANNEL:
        return {"custom": reply.as_json()}
    buttons = [{"title": choice.title, "payload": choice.title} for choice in reply.choices]
    return {"text": reply.text, "buttons": buttons, "reply": reply.as_json()}
