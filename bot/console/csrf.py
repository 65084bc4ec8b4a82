"""Proof that a post comes from a page of ours: a token bound to the visitor's cookie, and where the browser says it is.

A token looks different on every page, so that compressed answers give nothing of it away.
"""

import hashlib
import hmac
import secrets

from bot.console.keys import Keys

FIELD, HEADER = "csrf", "x-csrf-token"


def make_token(keys: Keys, cookie: str) -> str:
    """A token for the holder of this cookie."""
    salt = secrets.token_hex(8)
    return salt + _proof(keys, cookie, salt)


def is_token(keys: Keys, cookie: str, token: str) -> bool:
    """Whether the token was made for the holder of this cookie."""
    return hmac.compare_digest(_proof(keys, cookie, token[:16]).encode(), token[16:].encode())


def _proof(keys: Keys, cookie: str, salt: str) -> str:
    return hmac.new(keys.key("csrf"), f"{salt} {cookie}".encode(), hashlib.sha256).hexdigest()
