"""The one error of this package: a content file that cannot be trusted, or a country that is not known."""


class KnowledgeError(ValueError):
    """Names the file, the entry in it and what is wrong, so that whoever edited the content can mend it."""

    def __init__(self, file: str, entry: str, reason: str) -> None:
        """file: name below the knowledge folder; entry: id or key path; reason: one clause in plain words."""
        super().__init__(f"{file}: {entry}: {reason}")
        self.file = file
        self.entry = entry
        self.reason = reason
