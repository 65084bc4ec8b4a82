"""Passwords: what is accepted, and how they are stored and checked (Argon2id)."""

import re
import threading
import unicodedata
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.console.errors import ConsoleError

SHORTEST, LONGEST = 12, 256

#: Characters that have to be left once everything that guessing programs try first is taken away.
_OWN = 5

HASHER = PasswordHasher()

#: Each takes 64 MB and a processor for a moment, and patients use the same machine.
_AT_ONCE = threading.BoundedSemaphore(2)

#: Checked where there is no such coach, so that the answer takes as long.
_NOBODY = HASHER.hash("nobody has this password")


def problem_with(password: str, name: str) -> str | None:
    """What is wrong with a new password of this coach, as a sentence; None if nothing is."""
    text = _plain(password)
    if len(text) < SHORTEST:
        return f"Use at least {SHORTEST} characters. Four words that do not belong together are easy to keep in mind."
    if len(text) > LONGEST:
        return f"Use at most {LONGEST} characters."
    plain = text.casefold()
    if min(len(set(_own_part(form, name))) for form in (plain, plain.translate(_DISGUISES))) < _OWN:
        return "This is among the passwords that are tried first. Use words that nobody would put together."
    return None


def hash_password(password: str) -> str:
    """What is stored."""
    with _at_once():
        return HASHER.hash(_plain(password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether the password is the one that was stored. Takes as long where nothing was."""
    with _at_once():
        try:
            HASHER.verify(stored or _NOBODY, _plain(password)[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return bool(stored)


class _at_once:
    """One of the places for hashing. Raises ConsoleError 503 where none gets free."""

    def __enter__(self) -> None:
        if not _AT_ONCE.acquire(timeout=10):
            raise ConsoleError(503, "Too busy", "Too many people are signing in. Try again in a minute.", 60)

    def __exit__(self, *_: object) -> None:
        _AT_ONCE.release()


def _plain(password: str) -> str:
    """Devices write the same letter in different ways."""
    return unicodedata.normalize("NFKC", password)


def _own_part(text: str, name: str) -> str:
    """The letters that are left without the coach's name, common words, rows of keys and repetitions."""
    names = [part for part in re.split(r"[\W_]+", name.casefold()) if len(part) > 2]
    for word in (*names, *_COMMON):
        text = text.replace(word, " ")
    for row in _ROWS:
        for length in range(len(row), 3, -1):
            for start in range(len(row) - length + 1):
                run = row[start : start + length]
                text = text.replace(run, " ").replace(run[::-1], " ")
    text = re.sub(r"(.{1,4}?)\1{2,}", r"\1", text)
    return re.sub(r"[\W\d_]+", "", text)


_DISGUISES = str.maketrans("@4301!$57", "aaeoiisst")

_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "qazwsxedcrfv")

#: Longest first, so that a word is taken whole.
_COMMON = tuple(sorted((Path(__file__).parent / "common_words.txt").read_text().split(), key=len, reverse=True))
