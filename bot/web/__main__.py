"""`python -m bot.web`: run the gateway until it is stopped."""

import logging
import sys

import uvicorn

from bot.knowledge import KnowledgeError
from bot.language.lexicon import LexiconError
from bot.settings import Settings, SettingsError
from bot.storage.database import DatabaseError


def serve(settings: Settings) -> None:
    """Serve until SIGINT or SIGTERM. The log goes to standard error, without words, names or addresses of patients."""
    # Imported here, so that a wrong setting is told at once.
    from bot.language import Reader
    from bot.web.wiring import make_app

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    uvicorn.run(
        make_app(settings, Reader()),
        host=settings.host,
        port=settings.port,
        access_log=False,
        server_header=False,
        log_config=None,
        # No web sockets, whose library Rasa pins to a version that uvicorn can't use.
        ws="none",
        timeout_graceful_shutdown=5,
    )


def main() -> int:
    """The command; 2 for a setting or content that can't be used."""
    try:
        serve(Settings.from_environment())
    except (SettingsError, KnowledgeError, LexiconError, DatabaseError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
