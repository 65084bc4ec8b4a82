"""What the gateway answers by itself when Rasa is down, slow or silent: seek care, or an honest "can't answer now"."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from bot.assessment.conversation import finding_json
from bot.assessment.taps import NOT_SURE, YES
from bot.clinical.signs import MAIN_SIGN, URGENCY_OF_SIGN, Sign, Urgency, signs_of
from bot.language.overall import overall_answer
from bot.language.reading import Answer, Context, Reading
from bot.language.verdict import verdict
from bot.replies import Reply
from bot.web.asked import NOTHING_ASKED, Asked
from bot.web.choices import Said

log = logging.getLogger(__name__)

_SIGNS = {sign.value: sign for sign in Sign}
_TAPPED = {YES: Answer.YES, NOT_SURE: Answer.NOT_SURE}


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

    def seek_care_in_doubt(self, flags: Sequence[str], language: str) -> Reply:
        """The card for "not sure" about these red flags; about the whole checklist where there are none."""

    def cannot_answer(self, flags: Sequence[str]) -> Reply:
        """The service can't answer; emergency numbers and signs. Red flags in doubt are asked about directly."""


class Answered(NamedTuple):
    """What the patient gets, and what was read: the findings as the guide keeps them, for the coach."""

    replies: list[dict[str, Any]]
    reading: dict[str, Any]


class Fallback:
    """Reads for red flags only. It never raises: what can't be read gets the answer with the emergency numbers."""

    def __init__(self, reader: Reads, texts: EmergencyTexts) -> None:
        self._reader = reader
        self._texts = texts

    def answer(self, said: Said, asked: Asked = NOTHING_ASKED) -> Answered:
        """One reply: seek care for what is there now, a direct question for what is in doubt, else neither.

        asked: what a bare "yes" or "not sure" answers.
        """
        try:
            return self._answer(said, asked)
        except Exception:
            # No message of the error: it could quote the patient.
            log.error("the gateway could not read a message for red flags")
            return Answered([self._texts.cannot_answer(()).as_json()], {})

    def _answer(self, said: Said, asked: Asked) -> Answered:
        if said.answer:
            chosen = _chosen(said.answer)
            signs = {sign for choice in chosen for sign in self._texts.signs_of(choice)}
            card = self._care(signs, "en")
            if card:
                return _answered(card, signs)
            answer = _TAPPED.get(chosen[0]) if len(chosen) == 1 else None
            return self._settled(answer, asked, "en") or _answered(self._texts.cannot_answer(()), signs)
        reading = self._reader.read(said.text, _context(asked))
        found = verdict(reading)
        if found.action == "escalate":
            signs = {sign for f in reading.findings if f.stands and (sign := _SIGNS.get(f.concept))}
            card = self._care(signs, reading.language)
            if card:
                return _answered(card, signs, reading)
        if not found.flags:
            # The checklist is answered in more words than a direct question: "not sure about any".
            answer = reading.answer or (overall_answer(said.text) if asked.checklist and not asked.flags else None)
            settled = self._settled(answer, asked, reading.language, reading)
            if settled:
                return settled
        return _answered(self._texts.cannot_answer(found.flags), (), reading, found.flags)

    def _settled(
        self, answer: Answer | None, asked: Asked, language: str, reading: Reading | None = None
    ) -> Answered | None:
        """A yes or "not sure" to what was asked. A yes to the checklist does not say which sign, so it is a doubt."""
        if answer not in (Answer.YES, Answer.NOT_SURE) or not (asked.flags or asked.checklist):
            return None
        signs = {MAIN_SIGN[flag] for flag in asked.flags}
        card = self._care(signs, language) if answer is Answer.YES else None
        return _answered(card or self._texts.seek_care_in_doubt(asked.flags, language), signs, reading)

    def _care(self, signs: Collection[Sign], language: str) -> Reply | None:
        """The card, where one of the signs is urgent."""
        urgent = [sign for sign in Sign if sign in signs and URGENCY_OF_SIGN[sign].rank >= Urgency.URGENT.rank]
        if not urgent:
            return None
        level = max((URGENCY_OF_SIGN[sign] for sign in urgent), key=lambda urgency: urgency.rank)
        return self._texts.seek_care(urgent, level, language)


def _chosen(answer: Mapping[str, Any]) -> list[str]:
    """The ids that were tapped."""
    return [*answer.get("choices", ()), *filter(None, [answer.get("choice")])]


def _context(asked: Asked) -> Context:
    """What the reader knows of the question: every sign of the red flags, as in the whole assistant."""
    signs = tuple(sign.value for sign in signs_of(asked.flags))
    return Context(asked=signs, step="red_flags" if asked.checklist else None)


def _answered(
    reply: Reply, signs: Collection[Sign], reading: Reading | None = None, asks: Iterable[str] = ()
) -> Answered:
    read = {
        "findings": [finding_json(finding) for finding in reading.findings] if reading else [],
        "language": reading.language if reading else None,
        "asks": list(asks),
        "reported": [sign.value for sign in Sign if sign in signs],
        "urgency": reply.data.get("urgency"),
    }
    return Answered([reply.as_json()], read)
