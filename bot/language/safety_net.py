"""The net under the rules: raises alarm where the rules found nothing, and settles their doubts upwards.

It can only raise what the rules have read. It is asked when they would clear a message or ask about a sign: a high
score makes the likeliest sign a finding, a middling one makes it a doubt, so that the patient is asked directly.
Where it hears nothing alarming at all, it may let a question go, never an alarm: about a hunch, in which no rule has
read a sign, and about what the rules themselves take to be over, supposed, somebody else's or explained.

Two ears listen, which err in different places, so that both together hear better than either: a linear model of the
wording, which also sees what the rules read and the kind of clause that each word stands in; and the encoder, which
knows English. `scripts/make_safety_net.py` trains the first, and measures the thresholds on messages new to both.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from bot.clinical.signs import FLAG_OF_CONCEPT, MAIN_SIGN, Sign
from bot.language.alarm_model import AlarmModel
from bot.language.clause_marks import marked_words
from bot.language.encoder import Heard, load_encoder
from bot.language.overtones import asks_of_the_everyday, plays_it_down, refuses_care, without_moods
from bot.language.reading import CORRECTION, Context, Finding, Ground, Reading, Status
from bot.language.tongue import foreign_language
from bot.language.verdict import verdict
from bot.language.word_vectors import load_word_vectors

FOLDER = Path(__file__).resolve().parents[2] / "data" / "safety_net"
ALARM, CALM = "alarm", "calm"
#: In words: shorter messages answer the open question, or say no more than the rules have read.
_SHORT_ANSWER, _SHORT_REPORT = 8, 6

#: Times that answer the question about them, with no more words beside them than these, are nothing else.
_LITTLE_ELSE = 1
#: The likeliest red flag has to be heard at least so clearly for a question about it ...
_HEARD_AT_ALL = 0.05
#: ... and more clearly below this score: uneasy wording in which no sign stands out is mostly a trap or a mood.
_UNEASY, _STANDS_OUT = 0.4, 0.2

#: Of the encoder's opinion, beside that of the wording; chosen with the thresholds.
_ENCODER_SHARE = 0.6
#: No opinion is surer than this.
_EDGE = 1e-4
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)?")
_APOSTROPHE = re.compile("['\u2019]")
_SENTENCE = re.compile(r"(?<=[.!?\n])\s+")


def tags_of(text: str, findings: Iterable[Finding]) -> set[str]:
    """What the model of the wording sees beside the text itself."""
    words = marked_words(text)
    tags = {f"m:{word}" for word in words} | {f"m:{first} {second}" for first, second in pairwise(words)}
    for finding in findings:
        tags |= {f"f:{finding.concept}:{finding.status.value}", f"s:{finding.status.value}"}
        if finding.in_doubt:
            tags.add("s:in_doubt")
    return tags


def pooled(wording: float, heard: float) -> float:
    """One probability of two opinions, that of the wording and the encoder's: the weighted mean of their log odds."""
    own, other = (math.log(p / (1 - p)) for p in (min(max(q, _EDGE), 1 - _EDGE) for q in (wording, heard)))
    return 1 / (1 + math.exp(-((1 - _ENCODER_SHARE) * own + _ENCODER_SHARE * other)))


class SafetyNet:
    """The two ears with the thresholds."""

    def __init__(
        self, wording: AlarmModel, flags: AlarmModel, hear: Callable[[str], Heard], thresholds: Mapping[str, float]
    ) -> None:
        """thresholds: scores from which a message is escalated, asked about, or a doubt of the rules taken as there.

        "confirm" is for such doubts, "passing" for what is only told in passing (passing.py). "flag": how clearly a red
        flag has to be heard behind an alarm that is acted on without asking. "hunch": below it, a place in unknown
        words is nothing to ask about. "calm": where the wording alone sounds less alarming, the encoder, which takes
        most of the time, is not asked.
        """
        self._wording = wording
        self._flags = flags
        self._hear = hear
        self.escalate = thresholds["escalate"]
        self.ask = thresholds["ask"]
        self.confirm = thresholds["confirm"]
        self.passing = thresholds["passing"]
        self.flag = thresholds["flag"]
        self.hunch = thresholds["hunch"]
        self.calm = thresholds["calm"]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "SafetyNet":
        """Reads the models and thresholds made by scripts/make_safety_net.py, and the encoder."""
        vectors = load_word_vectors()
        thresholds = json.loads((folder / "thresholds.json").read_text(encoding="utf-8"))
        wording, flags = (AlarmModel.load(folder / name, vectors) for name in ("alarm.npz", "flags.npz"))
        return cls(wording, flags, load_encoder().hear, thresholds)

    def score(self, text: str, findings: Iterable[Finding] = ()) -> float:
        """How alarming a text sounds, 0 to 1."""
        return pooled(self._wording_of(text, findings), self._hear(text).alarm)

    def heard(self, text: str) -> float:
        """How alarming a text sounds to the encoder alone, which knows what a story comes to, 0 to 1."""
        return self._hear(text).alarm

    def _wording_of(self, text: str, findings: Iterable[Finding]) -> float:
        return self._wording.scores(text, tags_of(text, findings))[ALARM]

    def flagged(self, text: str) -> bool:
        """Whether some red flag is heard clearly. Alarm without one is distress more often than danger."""
        return self._clearest(text) >= self.flag

    def _worth_a_question(self, text: str, score: float) -> bool:
        """Whether a text sounds alarming enough to ask, and of some red flag rather than of nothing in particular."""
        return score >= self.ask and self._clearest(text) >= (_STANDS_OUT if score < _UNEASY else _HEARD_AT_ALL)

    def _clearest(self, text: str) -> float:
        return max(self._hear(text).flags.values(), default=0.0)

    def _flags_in(self, text: str, findings: Iterable[Finding]) -> dict[str, float]:
        """How likely each red flag is, in the opinion of both ears."""
        likely = self._flags.scores(text, tags_of(text, findings))
        heard = self._hear(text).flags
        return {flag: likely.get(flag, _EDGE) * heard.get(flag, _EDGE) for flag in {*likely, *heard}}

    def _words_of(self, text: str) -> str:
        """The sentence of a message that sounds most alarming."""
        sentences = [part for part in _SENTENCE.split(text) if part.strip()]
        return (max(sentences, key=self.score) if len(sentences) > 1 else text).strip()

    def raised(
        self,
        reading: Reading,
        context: Context,
        plain_words: frozenset[str] = frozenset(),
        read_words: frozenset[str] = frozenset(),
    ) -> Reading:
        """The reading, with a sign or a doubt added where it sounds alarming and the rules would clear it.

        What the rules only ask about is taken as there where it sounds alarming enough. Answers to a question, and
        what the rules escalate, are left as they are. plain_words: those that tell nothing beside what was read.
        read_words: those that the rules have used; where a message has no other, its alarm is a question.
        """
        action = verdict(reading).action
        if action == "escalate" or CORRECTION in reading.notes or reading.answer is not None:
            return reading
        if foreign_language(reading.text):
            # Both were trained on English; other languages have their own emergency words.
            return reading
        unread = _unread(reading)
        enough = not _is_short(reading, context) and not unread <= plain_words
        if action == "ask":
            return self._settled(reading, context, enough)
        if _tells_times(reading, context) and len(unread - plain_words - read_words) <= _LITTLE_ELSE:
            # It was trained on reports, and mishears "on len since March, rash Tuesday" as a pregnancy.
            return reading
        raised = self._heard_alone(reading, context, unread <= read_words) if enough else reading
        told = any(concept in FLAG_OF_CONCEPT for concept in context.known)
        if told and verdict(raised).action == "ask":
            # Who has told a danger sign is asked about no other on a guess: "he is asleep, I don't want to wake him".
            return reading
        known = context.asked or told
        if raised is not reading or known or not context.before or not _takes_reports(context):
            return raised
        return self._heard_together(reading, context.before)

    def _heard_alone(self, reading: Reading, context: Context, whole: bool) -> Reading:
        text = without_moods(reading.text)
        wording = self._wording_of(text, reading.findings)
        if wording < self.calm:
            return reading
        score = pooled(wording, self._hear(text).alarm)
        # An answer to an open question is no report out of the blue: it must sound alarming in itself.
        sure = score >= self.escalate
        if not sure and (whole or not _takes_reports(context) or not self._worth_a_question(text, score)):
            return reading
        if not _takes_reports(context) and not self.flagged(text):
            # Of nothing in particular: "I'm hopeless with dates".
            return reading
        flags = self._flags_in(text, reading.findings)
        if not sure and _likeliest(flags) in _read_as_no(reading):
            # It sounds like a sign because one is named, which the rules have read: "No fever, just scratching".
            return reading
        if _likeliest(flags) == Sign.SELF_HARM.value and plays_it_down(text):
            return reading
        flag = _likeliest(flags) if whole else _likeliest_unread(flags, reading)
        unsure = (
            whole
            or not _takes_reports(context)
            or asks_of_the_everyday(text)
            or (flag == Sign.SKIN_PAIN.value and _only_itches(reading))
            or (flag == Sign.SELF_HARM.value and refuses_care(text))
        )
        return self._with_sign(reading, text, flag, self._words_of(reading.text), score, "", unsure)

    def _heard_together(self, reading: Reading, before: str) -> Reading:
        """ "Reddish patch on my shin" - "spreading hot, with streaks": alarming after the message before it."""
        text = f"{before}\n{reading.text}"
        score = self.score(text, reading.findings)
        if score < self.ask or self._clearest(text) < _HEARD_AT_ALL:
            return reading
        flag = _likeliest_unread(self._flags_in(text, reading.findings), reading)
        return self._with_sign(reading, text, flag, reading.text.strip(), score, "after the message before it, ", False)

    def _with_sign(
        self, reading: Reading, text: str, flag: str, words: str, score: float, where: str, unsure: bool
    ) -> Reading:
        """The reading with the sign of a flag that is heard in `text`, in words of the message; a doubt if unsure."""
        doubt = unsure or score < self.escalate or flag in _ONLY_ASKED or not self.flagged(text)
        status = Status.UNSURE if doubt else Status.PRESENT
        start = max(reading.text.find(words), 0)
        rule = f"safety net: {where}sounds like {flag} ({score:.2f})"
        heard = Finding(
            MAIN_SIGN[flag].value, words, start, start + len(words), status, rule, in_doubt=doubt, ground=Ground.NET
        )
        return replace(reading, findings=(*reading.findings, heard))

    def _settled(self, reading: Reading, context: Context, enough: bool) -> Reading:
        """Doubts of the rules taken as there where it sounds alarming, and hunches let go where it does not at all."""
        if not enough and not _takes_reports(context):
            return reading
        score = self.score(reading.text, reading.findings)
        if score < self.hunch and enough:
            return replace(reading, findings=tuple(filter(None, map(calmed, reading.findings))))
        return self._surer(reading, score) if self.flagged(reading.text) else reading

    def _surer(self, reading: Reading, score: float) -> Reading:
        rule = f", taken as there by the safety net ({score:.2f})"
        findings = tuple(
            replace(finding, status=Status.PRESENT, in_doubt=False, rule=finding.rule + rule)
            if finding.concept in FLAG_OF_CONCEPT
            and finding.doubtful
            and score >= (self.passing if finding.ground is Ground.IN_PASSING else self.confirm)
            else finding
            for finding in reading.findings
        )
        return replace(reading, findings=findings)


def _unread(reading: Reading) -> set[str]:
    """The words beside what the rules have read, but for numbers; "" where they have read nothing.

    "I have a rash on my chest since Tuesday": beside the rash and the chest only words that tell nothing.
    """
    spans = [(finding.start, finding.end) for finding in reading.findings]
    if not spans:
        return {""}
    left = (w for w in _WORD.finditer(reading.text) if not any(a <= w.start() and w.end() <= b for a, b in spans))
    words = (_APOSTROPHE.sub("", word.group().lower()) for word in left)
    return {word for word in words if not word.isdigit()}


def calmed(finding: Finding) -> Finding | None:
    """A finding of a message in which nothing alarming is heard at all: a hunch is none, and what the rules take to be
    over, supposed, somebody else's or explained needs no question beside. What must not be missed keeps its question.
    """
    if finding.ground is Ground.HUNCH:
        return None
    settled = finding.status in _NOT_NOW or finding.ground is Ground.EXPLAINED
    if not settled or finding.concept in _ALWAYS_ASKED:
        return finding
    status = Status.HYPOTHETICAL if finding.ground is Ground.EXPLAINED else finding.status
    return replace(finding, status=status, in_doubt=False)


def _likeliest(flags: Mapping[str, float]) -> str:
    return max(flags, key=flags.__getitem__)


def _likeliest_unread(flags: Mapping[str, float], reading: Reading) -> str:
    """The likeliest red flag of those that the rules have not read, as denied, past or somebody else's."""
    read = {FLAG_OF_CONCEPT.get(finding.concept) for finding in reading.findings}
    return _likeliest({flag: value for flag, value in flags.items() if flag not in read} or flags)


def _read_as_no(reading: Reading) -> set[str | None]:
    """The red flags that the rules have read as denied or as over, and as nothing else."""
    read: dict[str | None, set[Status]] = {}
    for finding in reading.findings:
        read.setdefault(FLAG_OF_CONCEPT.get(finding.concept), set()).add(finding.status)
    return {flag for flag, statuses in read.items() if statuses <= {Status.ABSENT, Status.PAST}}


def _only_itches(reading: Reading) -> bool:
    """ "I can't stand the itching any more": torment, with itch as the one complaint that the rules have read."""
    present = {finding.concept for finding in reading.findings if finding.status is Status.PRESENT}
    return "itch" in present and present.isdisjoint({"pain", "burning"})


def _tells_times(reading: Reading, context: Context) -> bool:
    """ "He got the rash Wednesday, he's on cycle 2" to the question about times."""
    told = {finding.concept for finding in reading.findings}
    return context.step == "timing" and not told.isdisjoint({"rash_onset", "lenalidomide_start"})


def _is_short(reading: Reading, context: Context) -> bool:
    """Too little to go by: an answer to the open question, or a few words that the rules have read."""
    words = len(reading.text.split())
    return words < (_SHORT_ANSWER if not _takes_reports(context) else _SHORT_REPORT if reading.findings else 3)


def _takes_reports(context: Context) -> bool:
    """Whether no question is open but that for the danger signs, beside which what is typed is a report."""
    return context.step in (None, "red_flags")


#: As the rules may read a sign and still ask about it.
_NOT_NOW = frozenset({Status.PAST, Status.HYPOTHETICAL, Status.SOMEONE_ELSE})
#: A question about them costs little beside one that was not put: a thought of harm, an unborn child.
_ALWAYS_ASKED = {Sign.SELF_HARM.value, Sign.PREGNANCY_EXPOSURE.value}
#: Told in plain words or not at all, so a guess at it is only asked about.
_ONLY_ASKED = {"pregnancy_exposure"}


@lru_cache(maxsize=1)
def load_safety_net(folder: Path = FOLDER) -> SafetyNet | None:
    """The net of this installation; None where it has not been made, and the rules stand alone."""
    return SafetyNet.load(folder) if (folder / "thresholds.json").is_file() else None
