"""The second factor: codes of an authenticator app that change every 30 seconds (TOTP)."""

import hmac

import pyotp
import segno
from markupsafe import Markup

ISSUER = "Rash guide console"

_SECONDS = 30


def new_secret() -> str:
    """160 random bits, in base 32."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: float) -> int | None:
    """The 30-second step whose code this is: the present one, the one before or the one after. None if it is none.

    A step counts once: the caller keeps the newest one and takes only later ones.
    """
    digits = code.replace(" ", "")
    totp = pyotp.TOTP(secret)
    found = None
    present = int(now) // _SECONDS
    for step in (present - 1, present, present + 1):
        # All three are looked at, whichever fits.
        if hmac.compare_digest(totp.generate_otp(step).encode(), digits.encode()):
            found = step
    return found


def qr_code(secret: str, name: str) -> Markup:
    """An SVG picture of what the app reads."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)
    code = segno.make(address, error="m")
    return Markup(code.svg_inline(omitsize=True, border=2, svgclass=None, lineclass=None))
