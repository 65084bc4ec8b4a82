"""A message that begins with a slash: text to the patient, a command that names its own intent to Rasa."""

#: Looks like a slash, is none to Rasa, and is one character as well, so that positions in the text stay.
SLASH_FOR_RASA = "\N{DIVISION SLASH}"


def for_rasa(text: str) -> str:
    """The message as Rasa may see it. Rasa strips blanks before it looks for a slash, so they go here."""
    stripped = text.strip()
    return SLASH_FOR_RASA + stripped[1:] if stripped.startswith("/") else stripped


def as_typed(text: str) -> str:
    """The message as the patient typed it."""
    return "/" + text[1:] if text.startswith(SLASH_FOR_RASA) else text
