"""What the reader is told of the conversation so far."""

from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assessment.conversation import Before
from bot.rasa_parts.context import context_of


def said_after(*events: Event) -> str:
    """The last message as the reader gets it."""
    tracker = DialogueStateTracker.from_events("someone", list(events))
    return Before.from_json(context_of(tracker)).said


def test_the_last_message_in_words_goes_with_the_next() -> None:
    """Only the latest."""
    assert said_after(UserUttered("hello"), UserUttered("red patch on my shin")) == "red patch on my shin"


def test_before_the_first_message_nothing_was_said() -> None:
    """Nor without a tracker."""
    assert said_after() == ""
    assert Before.from_json(context_of(None)).said == ""


def test_a_tap_is_no_message_in_words() -> None:
    """Its title is the guide's wording, and a command is nobody's."""
    tap = UserUttered("Blisters", metadata={"answer": {"choice": "blisters"}})
    assert said_after(UserUttered("hello"), tap) == ""
    assert said_after(UserUttered("hello"), UserUttered("/restart")) == ""
