"""What every part of the console works with."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.engine import Engine

from bot.console.keys import Keys
from bot.console.settings import ConsoleSettings
from bot.settings import Settings
from bot.storage.schema import upgrade


@dataclass
class Console:
    """One running console. clock: seconds since 1970."""

    settings: Settings
    own: ConsoleSettings
    engine: Engine
    keys: Keys
    clock: Callable[[], float] = time.time
    _ready: bool = False
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def prepare(self) -> None:
        """Bring the database to the newest layout, once.

        Done before the first request and not when the process starts, so that a database that comes up late is no
        reason to start again. Raises SQLAlchemyError, DatabaseError.
        """
        with self._turn:
            if not self._ready:
                upgrade(self.engine)
                self._ready = True
