"""An answer to a whole list that says more than yes or no: "nope, only itchy bumps", "not sure about any"."""

import re

from bot.language.reading import Answer

_UNSURE = re.compile(
    r"\b(?:not|isn'?t|aren'?t) (?:\w+ )?(?:sure|certain)\b"
    r"|\b(?:don'?t|do not|wouldn'?t) (?:really )?know\b|\bunsure\b|\bno idea\b|\bdunno\b"
    r"|\bcan(?:'?t|not) (?:really )?(?:tell|say|see)\b|\bhard to (?:tell|say)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:oh |well |um+ |ok |luckily |thankfully )?(?:no|nope|nah|none|nothing|nil|not really|not any|neither)\b"
    r"(?: (?:madam|sir|doctor|doc|nurse|dear|love|thanks|thank you))?"
    r"(?=\W*$|\s*[,.;:!\u2013-]"
    r"|\s+(?:of|to|nothing|none|not|i|i'?m|he|she|we|just|only|it|it'?s|they|that|like|such|here|at|there)\b)",
    re.IGNORECASE,
)
_NONE_OF_THEM = re.compile(
    r"\bnone? (?:of|off) (?:these|those|them|thm|tem|that|the above|it)\b"
    r"|\bno such (?:thing|problem|trouble|issue|symptom)s?\b"
    r"|^\W*(?:no tengo(?: nada| ninguno| ninguna)?|ninguno|ninguna|nada)\W*$"
    r"|\bno to (?:all|them|those|these|everything)\b"
    r"|\bnothing (?:like that|on (?:that|the|your) list)\b"
    r"|\b(?:don'?t|do not|haven'?t|hasn'?t) (?:have |got |had )?any of\b",
    re.IGNORECASE,
)
_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|aye)\b", re.IGNORECASE)
#: A yes to something else: "yup, same old arms, nowt else", "yes but only a bit of itch", "yeah I can still sleep".
_YES_TO_THE_RASH = re.compile(
    r"\b(?:nothing|nowt) else\b|\bsame old\b|\b(?:go|goes|turn|turns) white\b"
    r"|^\W*\w+\W+(?:i|he|she|we)(?:'m| am)? (?:can |could )?(?:still )?sleep(?:s|ing|t)?\b(?:(?! but\b).)*$"
    r"|\b(?:just|only) (?:(?:a|an|the|my|some|bit|of|little|slight) )*(?:itch\w*|rash|red\w*|bumps?|spots?)\b",
    re.IGNORECASE,
)


def overall_answer(text: str) -> Answer | None:
    """What a sentence answers to "do you have any of these?". Doubt anywhere in it goes before a no."""
    if _UNSURE.search(text):
        return Answer.NOT_SURE
    if _NONE_OF_THEM.search(text) or _NO.search(text):
        return Answer.NO
    return Answer.YES if _YES.search(text) and not _YES_TO_THE_RASH.search(text) else None
