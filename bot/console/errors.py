"""Ends of a request that a coach gets to see, each with a title and a sentence that says what to do."""


class ConsoleError(Exception):
    """Ends a request with a page. Title and message are shown as they are, so they hold nothing of a patient."""

    def __init__(self, status: int, title: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.message = message
        self.retry_after = retry_after


def not_found() -> ConsoleError:
    """For what is not there, and for what this coach may not know of."""
    return ConsoleError(404, "Not found", "There is nothing at this address, or it is not for you to see.")


def forbidden() -> ConsoleError:
    """For a page of another role."""
    return ConsoleError(403, "Not for your role", "Your role does not allow this. A lead can change your role.")


def changed_meanwhile(message: str) -> ConsoleError:
    """For a change that would overwrite another coach's. The message says whose."""
    return ConsoleError(409, "Changed meanwhile", message)


def erased() -> ConsoleError:
    """For a conversation that is gone for good."""
    return ConsoleError(410, "Erased", "This conversation was erased. Nothing of it is left to show.")


def bad_request(message: str) -> ConsoleError:
    """For input that can't be used."""
    return ConsoleError(400, "That could not be used", message)
