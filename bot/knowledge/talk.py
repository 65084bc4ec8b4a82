"""Small talk, the coach, and what is said in other languages."""

from bot.knowledge.base import Record, Sourced

#: Uses that must have a text.
SMALL_TALK = (
    "greet",
    "goodbye",
    "thank",
    "thank_in_danger",
    "goodbye_in_danger",
    "cancel",
    "forget_ask",
    "forget_done",
    "forget_kept",
    "out_of_scope",
    "other_medical",
    "fallback",
    "fallback_again",
    "cannot_answer",
    "only_english",
    "menu",
    "all_right",
    "danger_gone",
    "menu_in_danger",
    "human",
    "worse_extent",
    "worse_itch",
    "worse_grade",
    "worse_advice",
)


class SmallTalk(Sourced):
    """A short fixed answer by its use: greet, goodbye, thank, fallback and the like."""

    text: str


class Coach(Sourced):
    """Who receives contact requests. A coach is not a clinician; `not_a_clinician` goes with every mention."""

    name: str
    role: str
    email: str
    intro: str
    not_a_clinician: str
    shared: str
    consent: str
    agree: str
    decline: str
    ask_name: str
    ask_reach: str
    ask_message: str
    stored: str
    declined: str
    not_now: str
    after_check: str


class ForeignWords(Record):
    """What is said in one other language.

    emergency: where an urgent sign was recognised. only_english: that the guide reads English well, no other.
    if_very_ill: whom to call all the same, where nothing urgent was recognised. pages: that the chat page can be
    shown in this language, where it can.
    """

    name: str
    emergency: str
    only_english: str
    if_very_ill: str
    pages: str | None = None
