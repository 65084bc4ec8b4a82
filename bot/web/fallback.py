"""What the gateway answers by itself when Rasa is down, slow or silent: seek care, or an honest "can't answer now"."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from bot.clinical.signs import URGENCY_OF_SIGN, Sign, Urgency
from bot.language.reading import Context, Reading, Status
from bot.replies import Reply
from bot.web.choices import Said

log = logging.getLogger(__name__)


class Reads(Protocol):
    """What `bot.language.Reader` does."""

    def read(self, text: str, context: Context) -> Reading:
        """Read one message."""


class EmergencyTexts(Protocol):
    """The reviewed texts that must be at hand without Rasa."""

    def signs_of(self, choice: str) -> Iterable[Sign]:
        """The signs that a tapped choice reports as present; none for a choice that reports none."""

    def seek_care(self, signs: Iterable[Sign], urgency: Urgency, language: str) -> Reply:
        """The card for signs that are present now, for a patient who writes in `language`."""

    def cannot_answer(self) -> Reply:
        """The service can't answer; emergency numbers and signs."""


class Fallback:
    """Reads for red flags only. It never raises: what can't be read gets the answer with the emergency numbers."""

    def __init__(self, reader: Reads, texts: EmergencyTexts) -> None:
        self._reader = reader
        self._texts = texts

    def answer(self, said: Said) -> list[dict[str, Any]]:
        """One reply as JSON."""
        try:
            signs, language = (self._tapped(said.answer), "en") if said.answer else self._read(said.text)
        except Exception:
            # No message of the error: it could quote the patient.
            log.error("the gateway could not read a message for red flags")
            signs, language = set(), "en"
        urgent = [sign for sign in Sign if sign in signs and URGENCY_OF_SIGN[sign].rank >= Urgency.URGENT.rank]
        if not urgent:
            return [self._texts.cannot_answer().as_json()]
        level = max((URGENCY_OF_SIGN[sign] for sign in urgent), key=lambda urgency: urgency.rank)
        return [self._texts.seek_care(urgent, level, language).as_json()]

    def _read(self, text: str) -> tuple[set[Sign], str]:
        """The signs that a message reports as present now, and its language."""
        known = {sign.value for sign in Sign}
        reading = self._reader.read(text, Context())
        signs = {Sign(f.concept) for f in reading.findings if f.status is Status.PRESENT and f.concept in known}
        return signs, reading.language

    def _tapped(self, answer: Mapping[str, Any]) -> set[Sign]:
        """The signs that a tap reports."""
        chosen = [*answer.get("choices", ()), *filter(None, [answer.get("choice")])]
        return {sign for choice in chosen for sign in self._texts.signs_of(choice)}
