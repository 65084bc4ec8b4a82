"""Signs that together say more: hives with faintness, vomiting or a racing heart are anaphylaxis."""

from bot.clinical.signs import Sign
from bot.language.reading import Context, Finding, Status

_SKIN = frozenset({Sign.HIVES.value})
_BODY = frozenset({Sign.FAINTNESS.value, Sign.VOMITING.value, Sign.RACING_HEART.value})
_WEAK = frozenset({Sign.CONFUSION_OR_COLLAPSE.value, Sign.AIRWAY.value, Sign.FACIAL_SWELLING.value})
_SWELLS = frozenset({Sign.AIRWAY.value, Sign.FACIAL_SWELLING.value})

#: Of what an anaphylaxis is put together.
PARTS = _SKIN | _BODY | _WEAK


def combine(findings: list[Finding], context: Context) -> list[Finding]:
    """Findings that follow from others together, those of earlier messages included."""
    present = {f.concept: f for f in findings if f.stands}
    # With hives even a doubtful throat or lip counts.
    hinted = {f.concept for f in findings if f.status is Status.PRESENT and f.in_doubt}
    if Sign.HIVES.value in present and hinted & _SWELLS:
        present = {**{f.concept: f for f in findings if f.concept in hinted and f.status is Status.PRESENT}, **present}
    # "Hives all over from a bee sting, heart racing": the cause is harmless only where it does no more.
    caused = {f.concept: f for f in findings if f.concept in PARTS and f.status is Status.UNSURE}
    if Sign.HIVES.value in caused and (present.keys() & _BODY or caused.keys() & _SWELLS):
        present = {**{c: f for c, f in caused.items() if c in _SKIN | _SWELLS}, **present}
    have = set(present) | set(context.known)
    made = []
    if have & _SKIN and have & (_BODY | _WEAK) and (present.keys() & (_SKIN | _BODY | _WEAK)):
        parts = [present[c] for c in sorted(present.keys() & (_SKIN | _BODY | _WEAK))]
        first = parts[0]
        made.append(
            Finding(
                Sign.ANAPHYLAXIS.value,
                first.text,
                first.start,
                first.end,
                Status.PRESENT,
                "hives with " + " and ".join(sorted(have & (_BODY | _WEAK))),
            )
        )
    return made
