"""The keyword list: any name of an urgent sign in any turn escalates."""

import re
from functools import lru_cache
from pathlib import Path

from bot.evaluation.figures import Prediction
from bot.evaluation.labels import Message

_FILE = Path(__file__).with_name("keywords.txt")


@lru_cache(maxsize=1)
def keywords() -> tuple[str, ...]:
    """The list that all baselines share, in lower case."""
    lines = (line.strip() for line in _FILE.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(keywords(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def plain_quotes(text: str) -> str:
    """Phones write a curly apostrophe; the list has the straight one."""
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def keyword_list(message: Message) -> Prediction:
    """Escalates by the words alone; it never asks and knows no intents."""
    found = [word for turn in message.turns for word in _pattern().findall(plain_quotes(turn))]
    return Prediction(bool(found), False, None, tuple(f"keyword {word!r}" for word in found))
