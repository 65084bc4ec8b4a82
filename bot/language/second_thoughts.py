"""What a message makes of the sign that the one before it told: "blisters on both heels" - "new boots gave me those".

Both are read together, by the rules. A sign that stood by itself and stands no more is asked about: it is neither
cleared, nor reported once more as if nothing had been said. So is one after which words come that may put it in
another light ("that was the beetroot"), where both together sound calm to the encoder. Where they sound alarming
enough, nothing is asked and the alarm stands.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.clinical.signs import FLAG_OF_CONCEPT, Sign
from bot.language.reading import CORRECTION, RETOLD, Context, Finding, Ground, Reading, Status
from bot.language.verdict import verdict

#: As two statements, and as one: "blisters on both heels, new boots".
JOINED = ("\n", ", ")
#: Below it both messages together sound calm, 0 to 1. Chosen on conversations that are learnt from.
CALM_TOGETHER = 0.3
#: From it on the alarm stands, whatever the rules make of both.
SURE_TOGETHER = 0.95


def may_be_taken_back(reading: Reading, context: Context) -> bool:
    """Whether a message comes after a danger sign and tells none itself, nor answers anything."""
    told = any(sign in FLAG_OF_CONCEPT for sign in context.known)
    quiet = verdict(reading).action == "clear" and reading.answer is None and CORRECTION not in reading.notes
    return told and bool(context.before) and not context.asked and quiet


def with_second_thoughts(
    reading: Reading, context: Context, by_rules: Callable[[str], Reading], alarm: Callable[[str], float] | None = None
) -> Reading:
    """The reading, with a doubt for each known sign that the message before told and that this one puts otherwise.

    by_rules: what the rules read in a text by itself. alarm: how alarming a text sounds, 0 to 1.
    """
    length = len(context.before)
    alone = by_rules(context.before)
    # A message that begins with the sign itself is left to the rules that read it there.
    named = {finding.concept for finding in reading.findings if finding.start == 0}
    told = [
        sign
        for sign in context.known
        if sign not in named and _may_be_doubted(sign) and any(map(_stands, _of(sign, alone, length)))
    ]
    if not told:
        return reading
    together = [by_rules(f"{context.before}{joined}{reading.text}") for joined in JOINED]
    rules = ((sign, next((rule for both in together for rule in _no_longer(sign, both, length)), "")) for sign in told)
    doubts = [_doubt(sign, rule, reading.text) for sign, rule in rules if rule]
    if alarm and (doubts or RETOLD in reading.notes):
        score = alarm(f"{context.before}\n{reading.text}")
        rule = f"in another light, both together sound calm ({score:.2f})"
        if score >= SURE_TOGETHER:
            return reading
        if not doubts and score < CALM_TOGETHER:
            doubts = [_doubt(sign, rule, reading.text) for sign in told]
    return replace(reading, findings=(*reading.findings, *doubts))


def _may_be_doubted(sign: str) -> bool:
    """A red flag, but for thoughts of self-harm: nothing explains them away."""
    return sign in FLAG_OF_CONCEPT and sign != Sign.SELF_HARM.value


def _doubt(sign: str, rule: str, text: str) -> Finding:
    rule = f"told before, with this after it: {rule}"
    return Finding(sign, text, 0, len(text), Status.UNSURE, rule, in_doubt=True, ground=Ground.BACK_REFERENCE)


def _no_longer(sign: str, together: Reading, length: int) -> list[str]:
    """The rule by which a sign of the first message stands no more; none where it stands, or is not read at all.

    A denial is left to the rules of denials and back references: "a blister on my lip" - "it's my wife, not me".
    """
    found = _of(sign, together, length)
    denied = any(finding.status is Status.ABSENT for finding in found)
    return [] if denied or any(map(_stands, found)) else [finding.rule for finding in found[:1]]


def _of(sign: str, reading: Reading, length: int) -> list[Finding]:
    return [finding for finding in reading.findings if finding.concept == sign and finding.start < length]


def _stands(finding: Finding) -> bool:
    """As there; what only the length of both together makes something told in passing stands too."""
    return finding.stands or (finding.status is Status.PRESENT and finding.ground is Ground.IN_PASSING)
