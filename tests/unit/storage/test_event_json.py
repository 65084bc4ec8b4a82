"""One broken event stops nothing."""

import pytest

from bot.storage.event_json import event_of, mapping, parsed


@pytest.mark.parametrize("data", [None, "", "{", "[" * 200_000, "nul"])
def test_what_cannot_be_read_is_nothing(data: str | None) -> None:
    """Broken, cut off, or nested so deeply that the parser gives up."""
    assert parsed(data) is None
    assert event_of(data) == {}


@pytest.mark.parametrize("data", ["[1]", "1", '"text"', "null"])
def test_only_an_object_is_an_event(data: str) -> None:
    """Other JSON is read, and is no event."""
    assert event_of(data) == {}


def test_an_event_is_read() -> None:
    """With what it holds."""
    assert event_of('{"event": "user", "metadata": null}') == {"event": "user", "metadata": None}
    assert mapping(event_of('{"metadata": null}').get("metadata")) == {}
