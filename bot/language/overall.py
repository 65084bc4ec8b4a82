"""An answer to a whole list that says more than yes or no: "nope, only itchy bumps", "not sure about any"."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA
from wordfreq import zipf_frequency

from bot.language.reading import Answer

_UNSURE = re.compile(
    r"\b(?:not|isn'?t|aren'?t) (?:\w+ )?(?:sure|certain)\b"
    r"|\b(?:don'?t|do not|wouldn'?t) (?:really )?know\b|\bunsure\b|\bno idea\b|\bdunno\b"
    r"|\bcan(?:'?t|not) (?:really )?(?:tell|say|see)\b|\bhard to (?:tell|say)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:oh |well |um+ |ok |luckily |thankfully )?"
    r"(?:no|nope|nah|naw|nae|nay|none|nothing|nil|not really|not any|neither)\b"
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
#: "I looked him over, none", "nane o that", "can say no to each": wherever it stands in a short answer without a "but".
_NONE_SOMEWHERE = re.compile(
    r"(?<!second to )\b(?:none|nane|nowt|nil|neither|not (?:a (?:single )?)?one|divil a (?:one|bit)|devil a one)\b"
    r"(?=\W*$|\s*[,.;:!\u2013-]"
    r"|\s+(?:o|of (?:these|those|them|that|thm|it|the)|for|that|here|there|on|so far|yet|at all|thank|thanks|love"
    r"|pet|dear|doctor|nurse|really|now|today|as|whatsoever|apply|applies|fits?|i|he|she)\b)"
    r"|\bno to (?:each|every|any|both|the lot)\b|\bno,? (?:for|on|to) (?:the )?(?:whole )?(?:lot|list)\b"
    r"|\bnothing (?:from|off|in|on) (?:(?:the|that|this|your) )?list\b|\ball clear\b"
    r"|\bno (?:get|having|have|got|sign of|signs of) (?:any )?(?:one )?of (?:these|those|them|that|the)\b"
    r"|\bnegative (?:for|to|on) (?:all|every|each)"
    r"|\b(?:do(?:es)?|ha(?:s|ve))(?: not|n'?t) (?:have |got |had )?any(?:thing)?"
    r" (?:there|like that|on (?:the|that|your) list)"
    r"|^\W*(?:no|nope|nah)\W+all (?:good|clear|fine|grand|ok)\b|^\W*not having any\b",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"\b(?:but|bar|except|excepting|apart|besides|save|though|tho|although|however|unless|until|maybe|think|if"
    r"|not none|yes)\b"
    r"|\bonly\b(?! (?:(?:a|an|the|my|some|bit|of|little|slight|wee) )*(?:itch|rash|red|bumps?|spots?))",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"\bnone of (?:your|ur) (?:business|concern|beeswax)\b|\b(?:it|it'?s|they|they'?re|he|she) (?:\w+ ){0,2}worse\b",
    re.IGNORECASE,
)
#: In words: a longer answer tells more than that.
_SHORT = 16
#: "Gran says nah none", "he reckons no": who is asked for somebody else.
_REPORTED = re.compile(
    r"^\W*(?:(?:my|the|our) )?(?:\w+ )?(?:says?|said|reckons|tells me|told me|answers?|is saying)(?: that)?[\s,:]+"
    r"(?=(?:no|nah|naw|nope|none|nane|nothing|nowt|not|yes|yeah|neither)\b)",
    re.IGNORECASE,
)
#: Of these an answer is made; what is no English word and near one of them is meant for it.
_RESPELT = ("none", "nothing", "these", "those", "them", "neither")
_RARE = 2.0
_SLIPS = {4: 1, 5: 2, 6: 1, 7: 2}

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
    text = _REPORTED.sub("", re.sub(r"[a-zA-Z]+", _respelt, text))
    if _UNSURE.search(text):
        return Answer.NOT_SURE
    if _NO_ANSWER.search(text):
        return None
    if _NONE_OF_THEM.search(text) or _NO.search(text) or _none_somewhere(text):
        return Answer.NO
    return Answer.YES if _YES.search(text) and not _YES_TO_THE_RASH.search(text) else None


def _none_somewhere(text: str) -> bool:
    short = len(text.split()) <= _SHORT
    return short and bool(_NONE_SOMEWHERE.search(text)) and not _EXCEPTION.search(text)


def _respelt(word: re.Match[str]) -> str:
    """ "nonr of thses": a slip of the keys in the few words that an answer is made of."""
    typed = word[0].lower()
    slips = _SLIPS.get(len(typed))
    if slips is None or zipf_frequency(typed, "en") >= _RARE:
        return word[0]
    meant = process.extractOne(typed, _RESPELT, scorer=OSA.distance, score_cutoff=slips)
    return meant[0] if meant else word[0]
