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
    r"\b(?:none?|noen|nun|nowt|neither) (?:of|off) (?:these|those|them|thm|tem|'?em|that|the above|it)\b"
    r"|^\W*(?:nowt|noen)\W*$|^\W*(?:yeah|ya),? (?:nah|no)\W*(?:$|[,.;:!]|none|nothing|not )"
    r"|^\W*(?:none?|no|nothing|nonne)\W+"
    r"(?:thank (?:god|goodness|heavens?|the lord)|thankfully|luckily|fits?|applies|apply)\W*$"
    r"|\bnot having any of\b|^\W*nonne\W*$|\bno other (?:symptoms?|signs?|problems?|issues?)\W*$"
    r"|\bno (?:for|on) (?:all|each|every)\b|\bno,? nothing\W*$"
    r"|(?<!not )(?<!n't )\b(?:clear|free|fine|ok|okay|good) (?:of|on|with|for) (?:all|any|each)(?: (?:of )?\w+)?\W*$"
    r"|^\W*(?:just|only) (?:a|the|my|this) (?:\w+ )?rash\W+(?:nothing|nowt)(?: else| more)?\W*$"
    r"|\bno such (?:thing|problem|trouble|issue|symptom)s?\b"
    r"|^\W*(?:no tengo(?: nada| ninguno| ninguna)?|ninguno|ninguna|nada)\W*$"
    r"|^\W*(?:(?:it'?s |he has |she has |i (?:just|only) have )?(?:just|only)"
    r" (?:(?:a|an|the|my|some|bit|of|little|slight|bad) )*(?:itch\w*|rash|red\w*|bumps?|spots?)"
    r"(?: and (?:itch\w*|rash|red\w*|bumps?))?)\W*$"
    r"|^\W*all (?:no|nos|negative|clear)\W*$|^\W*(?:0|zero)\W*$"
    r"|^\W*(?:no|no other|without) symptoms?\W*$|\b(?:he|she) has none\b|\bnone (?:for|on|in) (?:me|him|her|us)\b"
    r"|\bno to (?:all|them|those|these|everything)\b"
    r"|\b(?:nothing|nowt) (?:like that|on (?:that|the|your) list)\b"
    r"|\b(?:don'?t|do not|haven'?t|hasn'?t|doesn'?t|does not) (?:have |got |had )?any of\b",
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
