"""The glass test: spots that don't fade when pressed, also when the pressing was told of in the message before."""

import re
from collections.abc import Mapping, Sequence

from bot.clinical.signs import Sign
from bot.language.reading import Status
from bot.language.scene import Fact

#: In words: how far what stays may stand from the pressing, and its verb from the denial.
_AFTER, _VERB = 14, 3
_WORD = re.compile(r"[a-z]+")


def glass_test(words: Sequence[str], before: str, lists: Mapping[str, frozenset[str]]) -> Fact | None:
    """Purpura, where spots are said not to fade under a glass; None otherwise.

    before: the message before, as it was typed. "Pressed a tumbler on it" - "they don't go away", or both in one;
    "my dots fade when I press them" - "the new ones on my feet don't".
    """
    pressed = next((at for at, word in enumerate(words) if word in lists["pressed_with"]), None)
    told_before = not lists["pressed_with"].isdisjoint(_WORD.findall(before.lower()))
    if pressed is None and not told_before:
        return None
    opening = 0 if pressed is None else pressed
    for at in range(opening, min(len(words), opening + _AFTER)):
        if words[at] not in lists["stays_denied"] or at == 0 or words[at - 1] not in lists["stays_of"]:
            continue
        closes = at + 1 >= len(words) or not words[at + 1][0].isalpha()
        if not lists["fades"].isdisjoint(words[at + 1 : at + 1 + _VERB]) or (closes and told_before):
            rule = "does not fade when pressed"
            return Fact(Sign.PURPURA.value, at - 1, at + 1, Status.PRESENT, rule)
    return None
