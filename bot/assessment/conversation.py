"""One message in, everything it means for the conversation out. The order is the order of safety.

First the red flags, then doubts, then taps and answers to the open question; only then does the intent that the
classifier found count. No I/O and no Rasa: the adapters in `bot/rasa_parts` and the gateway's fallback call this.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.assessment import steps
from bot.assessment.case import ABSENT, PRESENT, UNSURE, Case, Deferred
from bot.assessment.merge import merge
from bot.assessment.taps import NO, NOT_SURE, YES, tap
from bot.assessment.turn import Turn
from bot.clinical.explanation import Assessment, assess
from bot.clinical.signs import Sign, Urgency, signs_of
from bot.knowledge import Knowledge
from bot.language import Reader
from bot.language.reading import Answer, Context, Finding, Reading
from bot.language.tongue import foreign_language, is_gibberish

REPORT, DOUBT, FALLBACK = "report_urgent_sign", "doubtful_sign", "nlu_fallback"
#: Prefix of a choice that asks for something: "intent:ask_study".
INTENT_CHOICE = "intent:"
START_OVER = "start_over"
#: Note on a turn that asked why a direct question was put.
ASKED_WHY = "asked_why"

#: What is offered when nothing else is: intent -> what to tap, which is also understood when typed, at any time.
MENU: dict[str, str] = {
    "describe_rash": "Check my rash",
    "ask_treatment": "What can help the rash?",
    "ask_stop_medicine": "Should I stop lenalidomide?",
    "ask_grade": "How serious is my rash?",
    "ask_study": "What did the study find?",
    "ask_desensitization": "Can I take it again in tiny doses?",
    "ask_adjunct": "Do diet or supplements help?",
    "contact_coach": "Talk to the coach",
}
MENU_BY_TITLE = {title.casefold(): f"{INTENT_CHOICE}{intent}" for intent, title in MENU.items()}

#: Prefix of the answers to "shall I delete everything?".
FORGET_CHOICE = "forget:"

#: Confidence from which an open question is left for what a message seems to want.
_SURE_TO_LEAVE = 0.45
#: Who wants to leave, or back, is not held by a question that is put for the second time.
_LEAVING = {"cancel", "go_back", "goodbye", "forget_me", "contact_coach"}
#: Requests that speak to the conversation itself.
_STEERING = {"cancel", "ask_why", "contact_coach", "forget_me", "thank", "goodbye", "greet"}
#: Understood in any language, from this confidence on.
_MANNERS, _SURE_OF_MANNERS = {"greet", "thank", "goodbye"}, 0.8
#: What an answer in unusual words is most easily taken for.
_VAGUE = {"out_of_scope", "other_medical"}
_SURE_OF_QUESTION, _SURE_OF_REQUEST = 0.5, 0.75
#: "Mild really" is an answer more often than a request.
_FEW_WORDS, _SURE_OF_FEW_WORDS = 3, 0.9

#: A request beside an answer: "both arms, should I stop taking it". What it tells is kept all the same.
_QUESTION = re.compile(
    r"\?|\b(should|shall|can|could|may|do|does|is|are|will|would) (i|it|he|she|we|you|they|this|that|the)\b"
    r"|\b(what|how|why|when|where|who|which)\b",
    re.IGNORECASE,
)

#: "Summary please", "can I have that in writing for my doctor": the end of the check hands it over.
_SUMMARY = re.compile(
    r"\b(?:summar(?:y|ies|i[sz]e)|print ?-?out|print (?:it|this|that)|(?:in writing|written down|write (?:it|this|that)"
    r" (?:down|up))|what i (?:have )?told you)\b",
    re.IGNORECASE,
)
_OF_THE_EVIDENCE = re.compile(
    r"\b(?:stud(?:y|ies)|article|research|trial|paper|findings|evidence|results)\b", re.IGNORECASE
)

#: What may still be said while an emergency stands; anything else gets the seek-care reply again.
_ALLOWED_IN_EMERGENCY = {"thank", "goodbye", "forget_me", "correct_answer", "go_back", "cancel", "affirm", "deny"}
_BARE = {Answer.YES: "affirm", Answer.NO: "deny", Answer.NOT_SURE: "not_sure"}
_TAPPED = {YES: "affirm", NO: "deny", NOT_SURE: "not_sure"}
#: Requests that are answered beside an open question; the rest of the intents speak to the question itself.
REQUESTS = {
    "ask_treatment", "ask_study", "contact_coach", "ask_grade", "ask_desensitization", "ask_adjunct",
    "ask_stop_medicine", "ask_about_bot", "ask_why", "greet", "goodbye", "thank", "cancel", "forget_me",
    "out_of_scope", "other_medical",
}  # fmt: skip


@dataclass(frozen=True)
class Before:
    """The conversation before this message.

    step: the open assessment question; offered: title -> id of the choices in the last answer; busy: another form,
    such as the request to the coach, is open and takes the words as they are. said: the patient's last message, "" if
    it was a tap.
    """

    case: Case = field(default_factory=Case)
    step: str | None = None
    offered: Mapping[str, str] = field(default_factory=dict)
    busy: bool = False
    said: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> "Before":
        """As `bot.rasa_parts.context.context_of` stores it with the message."""
        data = data or {}
        case, offered = Case.from_json(data.get("case")), data.get("offered", {})
        return cls(case, data.get("step"), offered, data.get("busy", False), data.get("said", ""))


@dataclass(frozen=True)
class Outcome:
    """What a message means: kept with the message as `parse_data["reading"]`, by `as_json`.

    urgency is set where this very message calls for a seek-care reply. tapped names a choice of a menu.
    taken_up: the words of an earlier request that this message lets go on, once a doubt is settled.
    by_tap: the message is a tap, so its words are a title and no classifier is to be asked what they want.
    """

    reading: Reading
    turn: Turn
    assessment: Assessment
    urgency: Urgency | None
    tapped: str | None = None
    taken_up: str | None = None
    by_tap: bool = False

    @property
    def case(self) -> Case:
        """The case after the message."""
        return self.turn.case

    def as_json(self) -> dict[str, Any]:
        """Plain data, complete for dialogue, console and `bot ask`."""
        return {
            "findings": [finding_json(finding) for finding in self.reading.findings],
            "answer": self.reading.answer.value if self.reading.answer else None,
            "language": self.reading.language,
            "case": self.case.as_json(),
            "asks": list(self.turn.doubts),
            "reported": [sign.value for sign in self.turn.reported],
            "heard": list(self.turn.heard),
            "notes": list(self.turn.notes),
            "answered": self.turn.answered,
            "informed": self.turn.informed,
            "urgency": self.urgency.value if self.urgency else None,
            "assessment": self.assessment.as_json(),
            "tapped": self.tapped,
            "taken_up": self.taken_up,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], text: str = "") -> "Outcome":
        """The stored outcome without its findings, enough to answer it."""
        turn = Turn(
            Case.from_json(data.get("case")),
            reported=tuple(Sign(sign) for sign in data.get("reported", ())),
            doubts=tuple(data.get("asks", ())),
            answered=data.get("answered", False),
            informed=data.get("informed", False),
            heard=tuple(data.get("heard", ())),
            notes=tuple(data.get("notes", ())),
        )
        urgency = Urgency(data["urgency"]) if data.get("urgency") else None
        reading = Reading(text, language=data.get("language", "en"))
        return cls(reading, turn, assess(turn.case.findings), urgency, data.get("tapped"), data.get("taken_up"))


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as it is kept with a message. concept: the red flag of a sign; sign: the reader's own concept."""
    is_sign = finding.concept in {sign.value for sign in Sign}
    return {
        "concept": (Sign(finding.concept).flag if is_sign else None) or finding.concept,
        "sign": finding.concept,
        "status": finding.status.value,
        "text": finding.text,
        "start": finding.start,
        "end": finding.end,
        "rule": finding.rule,
        "site": finding.site,
        "in_doubt": finding.in_doubt,
    }


class Listener:
    """Takes messages in. Holds the reader and the knowledge, and no state of any conversation."""

    def __init__(self, reader: Reader, knowledge: Knowledge) -> None:
        self.reader = reader
        self.knowledge = knowledge
        self._checklist = tuple(sign for item in knowledge.checklist.values() for sign in item.signs)

    def listen(self, text: str, before: Before, answer: Mapping[str, Any] | None = None) -> Outcome:
        """The meaning of a message in words, or of a tap (`answer`, see `taps.tap`) with its title as text."""
        case = replace(before.case, gone=())
        answer = answer or self._typed_choice(text, before)
        turn = tap(case, answer, before.step, self.knowledge) if answer else None
        tapped = str(answer.get("choice")) if answer and answer.get("choice") else None
        if tapped == START_OVER:
            turn = Turn(Case(quotes=()), answered=True)
        if turn is not None:
            reading = Reading(text)
        elif answer:
            reading, turn = Reading(text), Turn(replace(case, asked=()))
        else:
            reading = self.reader.read(text, _context(before))
            language = foreign_language(text) if reading.language == "en" else None
            reading = replace(reading, language=language) if language else reading
            turn = merge(case, reading, None if before.busy else before.step, self._checklist)
        assessment = assess(turn.case.findings)
        urgency = _urgency_of(turn, assessment)
        turn = replace(turn, case=_told(turn.case, before.case, urgency, assessment))
        return Outcome(reading, turn, assessment, urgency, tapped, by_tap=bool(answer))

    def caught_up(self, before: Before, missed: Iterable[Mapping[str, Any]]) -> Before:
        """The conversation after messages that nobody here has heard: {"text", "answer"}, as the gateway tells them.

        They were answered, as far as anyone could, and so are not answered again. What they say counts.
        """
        for said in missed:
            case = self.listen(said.get("text") or "", before, said.get("answer")).case
            step = None if before.step in case.steps else before.step
            before = replace(before, case=case, step=step, said="" if said.get("answer") else said.get("text") or "")
        return before

    def _typed_choice(self, text: str, before: Before) -> dict[str, Any] | None:
        """A choice whose title was typed in full counts as tapped, so that every channel can answer."""
        words = " ".join(text.split()).casefold()
        chosen = before.offered.get(words) or MENU_BY_TITLE.get(words)
        if chosen is None:
            return self._typed_consent(text, before)
        if chosen.startswith((INTENT_CHOICE, FORGET_CHOICE)) or chosen == START_OVER:
            return {"choice": chosen}
        return {"choices": [chosen]} if before.step and not before.case.asked else {"choice": chosen}

    def _typed_consent(self, text: str, before: Before) -> dict[str, Any] | None:
        """A bare yes or no, typed where the last answer asked whether to delete everything."""
        if not any(choice.startswith(FORGET_CHOICE) for choice in before.offered.values()):
            return None
        answer = self.reader.read(text).answer
        return {"choice": f"{FORGET_CHOICE}{answer.value}"} if answer in (Answer.YES, Answer.NO) else None


def _context(before: Before) -> Context:
    case = before.case
    asked = tuple(sign.value for sign in signs_of(case.asked))
    known = tuple(sign for sign, status in case.signs.items() if status == PRESENT)
    return Context(asked=asked, step=before.step, mentioned=case.mentioned, known=known, before=before.said)


def _urgency_of(turn: Turn, assessment: Assessment) -> Urgency | None:
    """Set where the message itself reports a red flag; the level is that of everything known so far."""
    reported = any(sign.flag for sign in turn.reported)
    completes = bool(turn.reported) and assessment.urgency is Urgency.EMERGENCY
    return assessment.urgency if reported or completes else None


def _told(case: Case, before: Case, urgency: Urgency | None, assessment: Assessment) -> Case:
    """Keeps the level that stands. Only a correction can let it fall: a sign taken back, or, in a check begun again,
    a no to the whole checklist."""
    taken_back = any(
        before.signs.get(sign) == PRESENT for sign, found in case.signs.items() if found == ABSENT
    ) or _all_clear(case, before)
    levels = [urgency, assessment.urgency if taken_back and before.told else None]
    if not taken_back and before.told:
        levels.append(Urgency(before.told))
    stands = max((level for level in levels if level), key=lambda level: level.rank, default=None)
    if stands and stands.rank < Urgency.URGENT.rank and taken_back:
        stands = None
    return replace(case, told=stands.value if stands else None)


def _all_clear(case: Case, before: Case) -> bool:
    """The checklist has just been settled, and no sign of any earlier message stands."""
    settled = "red_flags" in case.steps and "red_flags" not in before.steps
    return settled and not case.having(PRESENT) and not case.having(UNSURE)


def choose_intent(
    outcome: Outcome, before: Before, classified: str | None, confidence: float = 1.0
) -> tuple[str | None, Outcome]:
    """The intent that the dialogue acts on, and the outcome with requests deferred or taken up again."""
    case, turn = outcome.case, outcome.turn
    if outcome.urgency:
        return REPORT, outcome
    only_again = bool(turn.doubts) and set(turn.doubts) <= set(case.asked_again)
    # "I don't want to talk about it" to the question about harming oneself sounds like stopping: it is put once more.
    refused = classified == "cancel" and Sign.SELF_HARM.flag in turn.doubts
    if only_again and (before.busy or (classified in _LEAVING and not refused)):
        case = replace(case, asked=(), asked_again=())
        turn = replace(turn, doubts=(), case=case)
        outcome = replace(outcome, turn=turn)
    if turn.doubts:
        return DOUBT, _waiting(outcome, before, classified, confidence)
    tapped = outcome.tapped or ""
    if tapped == START_OVER:
        return "describe_rash", outcome
    if tapped.startswith(FORGET_CHOICE):
        return "forget_me", outcome
    reading = outcome.reading
    nothing_read = not (reading.findings or reading.answer or tapped) and is_gibberish(reading.text)
    # "Tschüss", "gday": manners are understood in any language.
    manners = classified in _MANNERS and confidence >= _SURE_OF_MANNERS
    foreign = (reading.language != "en" or nothing_read) and not turn.answered and not manners
    takes_up = before.case.deferred if before.case.asked and turn.answered else None
    if tapped.startswith(INTENT_CHOICE):
        wanted: str | None = tapped.removeprefix(INTENT_CHOICE)
    else:
        wanted = takes_up.intent if takes_up else FALLBACK if foreign else classified
    if case.told == Urgency.EMERGENCY.value and wanted not in _ALLOWED_IN_EMERGENCY:
        return REPORT, outcome
    if tapped.startswith(INTENT_CHOICE):
        return wanted, outcome
    if takes_up:
        return wanted, replace(_with_case(outcome, replace(case, deferred=None)), taken_up=takes_up.text)
    if before.busy:
        return classified, outcome
    if _wants_summary(reading.text) and (case.rash or case.steps):
        return "describe_rash", outcome
    if foreign:
        return FALLBACK, outcome
    if case.gone and classified in _MANNERS:
        # "It's gone now, thanks": the check goes on, beginning with what a sign that has gone calls for.
        return "describe_rash", outcome
    if outcome.by_tap and before.step and turn.answered:
        return "describe_rash", outcome
    if before.step and classified in ("cancel", "go_back", "goodbye") and confidence < _SURE_TO_LEAVE:
        # "/restart" is a faint "cancel": nobody is led out of their questions by a guess.
        classified = None
    if classified == "cancel":
        return "cancel", _with_case(outcome, replace(case, paused=True))
    if classified == "goodbye" and before.step and not turn.answered:
        # Nobody is held back by the next question.
        return "goodbye", _with_case(outcome, replace(case, paused=True))
    if classified == "go_back":
        return "go_back", _with_case(outcome, steps.go_back(replace(before.case, asked=())))
    if before.step and not _is_request(outcome, classified, confidence):
        if turn.answered or (classified == "correct_answer" and turn.informed):
            return "describe_rash", outcome
        told_nothing = before.step != "red_flags" and not turn.informed
        tried = case.settle(before.step) if told_nothing else steps.missed(case, before.step)
        kept = replace(tried, quotes=(*tried.quotes, outcome.reading.text)) if told_nothing else tried
        return "describe_rash", _with_case(outcome, kept)
    if tapped in _TAPPED:
        return _TAPPED[tapped], outcome
    if outcome.reading.answer and not before.step:
        return _BARE[outcome.reading.answer], outcome
    return classified, outcome


def _wants_summary(text: str) -> bool:
    return bool(_SUMMARY.search(text)) and not _OF_THE_EVIDENCE.search(text)


def _waiting(outcome: Outcome, before: Before, classified: str | None, confidence: float) -> Outcome:
    """The outcome of a message that leaves a doubt, with the request that is answered once the doubt is settled."""
    case, turn = outcome.case, outcome.turn
    waiting = case.deferred if before.case.asked else None
    if waiting and case.asked_again and classified == "ask_why":
        return replace(outcome, turn=replace(turn, notes=(*turn.notes, ASKED_WHY)))
    # A request that was let go since is not what an answer to this doubt takes up. The newest of two is.
    if waiting is None or (case.asked_again and _is_request(outcome, classified, confidence)):
        waiting = Deferred(classified or "describe_rash", outcome.reading.text)
    return _with_case(outcome, replace(case, deferred=waiting))


def _is_request(outcome: Outcome, classified: str | None, confidence: float) -> bool:
    """Whether a message beside an open question asks for something else. What it tells is kept all the same."""
    if classified in _STEERING:
        return not outcome.turn.answered
    if classified not in REQUESTS:
        return False
    asks = bool(_QUESTION.search(outcome.reading.text))
    if classified in _VAGUE or outcome.turn.answered:
        return asks and confidence >= _SURE_OF_QUESTION
    few = len(outcome.reading.text.split()) <= _FEW_WORDS
    return asks or confidence >= (_SURE_OF_FEW_WORDS if few else _SURE_OF_REQUEST)


def _with_case(outcome: Outcome, case: Case) -> Outcome:
    return replace(outcome, turn=replace(outcome.turn, case=case))
