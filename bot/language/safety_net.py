"""A second pair of eyes: a small statistical model that hears alarm where the rules found nothing.

It can only raise. It is asked when the rules would clear a message; a high score makes the likeliest sign a finding, a
middling one makes it a doubt, so that the patient is asked directly. It sees the words, their meanings as vectors, what
the rules read, and each word with the kind of clause that it stands in (denied, supposed, past, somebody else's).
Trained by `scripts/make_safety_net.py`; the thresholds are chosen there, on messages that the model had not seen.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.clinical.signs import FLAG_OF, Sign
from bot.language.alarm_model import AlarmModel
from bot.language.clause_marks import marked_words
from bot.language.reading import Context, Finding, Reading, Status
from bot.language.tongue import foreign_language
from bot.language.verdict import verdict
from bot.rasa_parts.word_vectors import load_word_vectors

FOLDER = Path(__file__).resolve().parents[2] / "data" / "safety_net"
ALARM, CALM = "alarm", "calm"
#: How the rule of every finding of the net begins.
NET = "safety net"
#: In words: shorter messages answer the open question, or say no more than the rules have read.
_SHORT_ANSWER, _SHORT_REPORT = 8, 6

_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")


@dataclass(frozen=True)
class Alarm:
    """How alarming a message sounds, 0 to 1, of which red flag, and in which words.

    score: of what the rules have not read; confirming: of anything, to weigh a doubt of the rules by.
    """

    score: float
    flag: str | None
    words: str
    confirming: float


def tags_of(text: str, findings: Iterable[Finding]) -> set[str]:
    """What the model sees beside the text itself."""
    words = marked_words(text)
    tags = {f"m:{word}" for word in words} | {f"m:{first} {second}" for first, second in pairwise(words)}
    for finding in findings:
        tags |= {f"f:{finding.concept}:{finding.status.value}", f"s:{finding.status.value}"}
        if finding.in_doubt:
            tags.add("s:in_doubt")
    return tags


def together(alarming: float, flags: Mapping[str, float], findings: Iterable[Finding]) -> tuple[float, str]:
    """One score and the red flag that it is about.

    A message that sounds alarming, but of nothing in particular, is seldom so. And what the rules have read of a flag,
    as denied, supposed, past or somebody else's, is read: the net listens for what they did not see.
    """
    read = {_FLAG_OF_CONCEPT.get(finding.concept) for finding in findings}
    unread = {flag: score for flag, score in flags.items() if flag not in read}
    flag = max(unread or flags, key=flags.__getitem__)
    return alarming * unread.get(flag, 0.0), flag


class SafetyNet:
    """The trained models with their thresholds."""

    def __init__(self, alarm: AlarmModel, flags: AlarmModel, thresholds: Mapping[str, float]) -> None:
        """thresholds: scores from which a message is escalated, asked about, or a doubt of the rules taken as there."""
        self._alarm = alarm
        self._flags = flags
        self.escalate = thresholds["escalate"]
        self.ask = thresholds["ask"]
        self.confirm = thresholds["confirm"]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "SafetyNet":
        """Reads the models and thresholds made by scripts/make_safety_net.py."""
        vectors = load_word_vectors()
        thresholds = json.loads((folder / "thresholds.json").read_text(encoding="utf-8"))
        alarm, flags = (AlarmModel.load(folder / name, vectors) for name in ("alarm.npz", "flags.npz"))
        return cls(alarm, flags, thresholds)

    def hear(self, text: str, findings: Iterable[Finding] = ()) -> Alarm:
        """How alarming the whole message sounds; for an alarming one also what of, and the sentence that sounds so."""
        findings = tuple(findings)
        tags = tags_of(text, findings)
        alarming = self._alarm.scores(text, tags)[ALARM]
        if alarming < min(self.ask, self.confirm):
            return Alarm(0.0, None, "", 0.0)
        flags = self._flags.scores(text, tags)
        score, flag = together(alarming, flags, findings)
        sentences = [part for part in _SENTENCE.split(text) if part.strip()] or [text]
        words = max(sentences, key=lambda part: self._alarm.scores(part, tags_of(part, ()))[ALARM])
        return Alarm(score, flag, words.strip(), alarming * max(flags.values()))

    def raised(self, reading: Reading, context: Context) -> Reading:
        """The reading, with a sign or a doubt added where it sounds alarming and the rules would clear it.

        What the rules only ask about is taken as there where it sounds alarming enough. Answers to a question, and
        what the rules escalate, are left as they are.
        """
        found = verdict(reading)
        if found.action == "escalate" or reading.notes or reading.answer is not None or _is_short(reading, context):
            return reading
        if foreign_language(reading.text):
            # Trained on English; other languages have their own emergency words.
            return reading
        # An answer to an open question is no report out of the blue: it must sound alarming in itself.
        least = self.escalate if context.step not in (None, "red_flags") else self.ask
        alarm = self.hear(reading.text, reading.findings)
        if found.action == "ask":
            return self._surer(reading, alarm) if alarm.confirming >= self.confirm else reading
        if alarm.score < least or alarm.flag is None:
            return reading
        start = max(reading.text.find(alarm.words), 0)
        doubt = alarm.score < self.escalate or alarm.flag in _ONLY_ASKED
        sign = _MAIN_SIGN[alarm.flag]
        status = Status.UNSURE if doubt else Status.PRESENT
        rule = f"{NET}: sounds like {sign.flag} ({alarm.score:.2f})"
        heard = Finding(sign.value, alarm.words, start, start + len(alarm.words), status, rule, in_doubt=doubt)
        return replace(reading, findings=(*reading.findings, heard))

    def _surer(self, reading: Reading, alarm: Alarm) -> Reading:
        rule = f", taken as there by the safety net ({alarm.confirming:.2f})"
        findings = tuple(
            replace(finding, status=Status.PRESENT, in_doubt=False, rule=finding.rule + rule)
            if finding.concept in _FLAGGED and (finding.in_doubt or finding.status is Status.UNSURE)
            else finding
            for finding in reading.findings
        )
        return replace(reading, findings=findings)


def _is_short(reading: Reading, context: Context) -> bool:
    """Too little to go by: an answer to the open question, or a few words that the rules have read."""
    words = len(reading.text.split())
    return words < (_SHORT_ANSWER if context.step else _SHORT_REPORT if reading.findings else 3)


_FLAG_OF_CONCEPT = {sign.value: flag for sign, flag in FLAG_OF.items()}
_FLAGGED = set(_FLAG_OF_CONCEPT)
#: Told in plain words or not at all, so a guess at it is only asked about.
_ONLY_ASKED = {"pregnancy_exposure"}
_MAIN_SIGN: dict[str, Sign] = {}
for _sign, _flag in FLAG_OF.items():
    _MAIN_SIGN.setdefault(_flag, _sign)


@lru_cache(maxsize=1)
def load_safety_net(folder: Path = FOLDER) -> SafetyNet | None:
    """The net of this installation; None where it has not been made, and the rules stand alone."""
    return SafetyNet.load(folder) if (folder / "thresholds.json").is_file() else None
