"""What a message says, as data: the result of reading it."""

from dataclasses import dataclass, field
from enum import Enum

#: A note of a reading: the patient takes back something told before.
CORRECTION = "correction"
#: A note of a reading: words that may put what was told before in another light: "that was the beetroot".
RETOLD = "retold"


class Status(str, Enum):
    """How the writer puts a finding: as theirs now, denied, over, thought of, doubtful, or somebody else's."""

    PRESENT = "present"
    ABSENT = "absent"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"
    UNSURE = "unsure"
    SOMEONE_ELSE = "someone_else"


class Ground(str, Enum):
    """On what the status of a finding rests, where a later step depends on it. `Finding.rule` is for people alone."""

    ASKED = "asked"  # a question that names it
    OF_ANYBODY = "of anybody"  # "a person", "someone", who may be the writer after all
    ENDED = "ended"  # an ending: "healed", "no longer"
    GONE = "gone"  # an ending by that word, which may also be said of oneself
    LONG_AGO = "long ago"  # a distant time that is said of it
    DENIED_AFTERWARDS = "denied afterwards"  # "fever? no"
    CLAIMED = "claimed"  # made one's own by later words: "cos thats me rn"
    CONFIRMED = "confirmed"  # what somebody asked about, and the writer said yes to
    BACK_REFERENCE = "back reference"  # a pronoun: "mine is", "none of those"
    FINE = "fine"  # a place said to be fine, which tells nothing of the others
    IN_PASSING = "in passing"  # put in doubt by passing.py
    EXPLAINED = "explained"  # an everyday thing that may explain it
    HUNCH = "hunch"  # a place in words that no rule knows, or a hint ("heartburn"): no sign is read, one is thought of
    NET = "net"  # a guess of the safety net


class Answer(str, Enum):
    """A whole message that only answers the question asked before it."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not_sure"


@dataclass(frozen=True)
class Measure:
    """A number with its unit, as read: 38.3 "celsius", 3 "days", 10 "palms", 0.5 "share", 4 "of_ten", 15 "mg".

    How much of an area is covered has its word as unit: 1.0 "all", 0.5 "half", 0.25 "quarter", 0.1 "spots".
    """

    value: float
    unit: str


@dataclass(frozen=True)
class Finding:
    """One thing said in a message.

    concept: id in the lexicon (for signs: the value of `bot.clinical.signs.Sign`).
    text, start, end: the words that said it and where they stand in the original message.
    rule: how it was found and what decided the status, readable by a coach ("named: denied by 'no'").
    site: a body area id (`bot.clinical.body_surface.AREAS`), a place of sites.yml ("mouth", "lips", "skin"), or None.
    severity: 0 none to 4 very severe.
    in_doubt: the patient should be asked directly whether they have this now.
    ground: on what the status rests, where a later step depends on it.
    """

    concept: str
    text: str
    start: int
    end: int
    status: Status
    rule: str
    site: str | None = None
    severity: int | None = None
    measure: Measure | None = None
    in_doubt: bool = False
    ground: Ground | None = None

    @property
    def stands(self) -> bool:
        """Told as there now, without a doubt."""
        return self.status is Status.PRESENT and not self.in_doubt

    @property
    def doubtful(self) -> bool:
        """To be asked about."""
        return self.in_doubt or self.status is Status.UNSURE


@dataclass(frozen=True)
class Context:
    """What went before, as far as reading needs it.

    asked: concept ids of the signs that the last answer asked about directly.
    step: the assessment question that is open ("red_flags", "where", "symptoms", "daily_life", "timing", "medicines").
    mentioned: concept ids that earlier messages named without saying that the patient has them now.
    known: concept ids that the patient has said to have.
    before: the patient's message before this one, in words.
    """

    asked: tuple[str, ...] = ()
    step: str | None = None
    mentioned: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    before: str = ""


@dataclass(frozen=True)
class Reading:
    """All that one message says.

    language: the code of the language of the words that were recognised. notes: CORRECTION and RETOLD, where they hold.
    """

    text: str
    findings: tuple[Finding, ...] = ()
    answer: Answer | None = None
    language: str = "en"
    notes: tuple[str, ...] = field(default=())
