"""What sounds alarming to the safety net and is no sign: moods, fears, refusals, everyday things asked about."""

import re

#: "Sunburn or rash?", "are these flea bites?": who asks so is asked in turn.
_EVERYDAY = re.compile(
    r"\b(?:sun ?burn|(?:insect|bug|mosquito|mozzie|midge|flea) bites?|heat rash|nettles?|eczema|razor burn)\b"
    r"[^.?!]{0,30}\?",
    re.IGNORECASE,
)


#: Who refuses care is asked, not taken, to think of harm: "he does not want to go to the hospital". Not so beside a
#: means or a farewell: "no more treatment. The pills are saved up, the letters are written".
_REFUSES_CARE = re.compile(
    r"(?:\bnot|n['\u2019]?t|\bnever|\brefus\w*)\b[^.?!\n]{0,30}"
    r"\b(?:hospital|er|doctor|dr|clinic|appointment|chemo|treatment|pills?|tablets?|meds|medication|ambulance)\b",
    re.IGNORECASE,
)

#: "She doesn't want to go, she says it's nothing": somebody else plays it down, and thinks of no harm.
_PLAYS_IT_DOWN = re.compile(
    r"\b(?:do(?:es)?(?: not|n['\u2019]?t)|wo(?: not|n['\u2019]?t)|refus\w*)[^.?!\n]{0,30}"
    r"\b(?:go|see|ring|call|doctor|hospital)\b"
    r"[^.?!\n]{0,60}\b(?:nothing|fine|fuss|bother|stubborn|silly|ok|okay|pass|waste)\b",
    re.IGNORECASE,
)

#: "Red rash all over, is she going to die??": what is asked in fear is no sign; the rest of the message is heard.
_FEAR_FOR_A_LIFE = re.compile(
    r"\b(?:am|is|are|will|could|can) (?:i|he|she|they|we|(?:my )?(?:mum|mom|dad|wife|husband|mother|father|nan|gran))"
    r"(?: really| actually| just)?(?: going to| gonna| about to)? (?:die|dying)\b[^.!?\n]{0,25}(?:\?|$)",
    re.IGNORECASE,
)

#: "Rash all over my chest, I'm sick of it" is a mood, and no sickness.
_FED_UP = re.compile(
    r"\b(?:so |just |really )?sick (?:and tired )?of (?:it|this|that|all (?:of )?(?:this|it))\b", re.IGNORECASE
)

_MEANS = re.compile(
    r"\b(?:syringes?|rope|noose|(?:shot)?gun|rifle|pistol|blades?|knife|razors?|overdose|insulin|morphine|fentanyl|"
    r"(?:saved|stored|hoarded|stashed|kept)[^.?!\n]{0,20}(?:pills|tablets|patches)|"
    r"(?:pills|tablets|patches)[^.?!\n]{0,20}(?:saved|stored|hoarded|stashed)|"
    r"(?:letters?|will|note)[^.?!\n]{0,15}written|(?:wrote|written)[^.?!\n]{0,15}(?:letters?|will|note)|"
    r"goodbyes?|farewell)\b",
    re.IGNORECASE,
)


def without_moods(text: str) -> str:
    """The text without fear for a life and without being fed up; the rest of the message is heard."""
    return _FED_UP.sub("", _FEAR_FOR_A_LIFE.sub("", text))


def asks_of_the_everyday(text: str) -> bool:
    """Whether it asks if something is an everyday thing."""
    return bool(_EVERYDAY.search(text))


def plays_it_down(text: str) -> bool:
    """Whether somebody is said to make light of it, with no means or farewell beside it."""
    return bool(_PLAYS_IT_DOWN.search(text)) and not _MEANS.search(text)


def refuses_care(text: str) -> bool:
    """Whether somebody refuses care, with no means or farewell beside it."""
    return bool(_REFUSES_CARE.search(text)) and not _MEANS.search(text)
