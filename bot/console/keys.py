"""The console's key, from which one is derived for each purpose.

It is not the gateway's signing key: that one may be changed whenever cookies should lose their worth, while with this
one changed the audit log can't be verified any more and no second factor works.
"""

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from bot.settings import SettingsError

FILE = "console.key"


class Keys:
    """Keys by purpose, and what is kept encrypted in the database."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._fernet = Fernet(urlsafe_b64encode(self.key("encrypt")))

    def key(self, purpose: str) -> bytes:
        """32 bytes that say nothing about the keys of other purposes."""
        return hmac.digest(self._secret, purpose.encode(), hashlib.sha256)

    def encrypt(self, text: str) -> str:
        """What `decrypt` turns back."""
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, token: str) -> str:
        """The text. Raises SettingsError where it was encrypted with another key."""
        try:
            return self._fernet.decrypt(token.encode()).decode()
        except InvalidToken:
            raise SettingsError("the console's key is not the one that this database was used with") from None


def load_keys(folder: Path, given: str = "") -> Keys:
    """The keys from the secret that was set, else from the one in the folder, made there once for its owner only."""
    if given:
        return Keys(given)
    path = folder / FILE
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            # A link fails where another process was first, so that both use the same key.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    secret = path.read_text().strip()
    if len(secret) < 32:
        raise SettingsError(f"{path} holds no usable key. Put back the one that was there")
    return Keys(secret)
