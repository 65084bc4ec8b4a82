"""What the console does by itself: notices, retention, forgetting what is over. For the lifespan of one process."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from anyio.to_thread import run_sync
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot.console import lockout, notice, retention, sessions
from bot.console.context import Console
from bot.storage import privacy
from bot.storage.database import DatabaseError, writing

log = logging.getLogger(__name__)

#: Seconds between two looks for what is due.
EVERY = 30

_DAY = 86_400


@asynccontextmanager
async def jobs(app: Starlette) -> AsyncIterator[None]:
    """Keep house for the console `app` while the block runs."""
    task = asyncio.create_task(_keep_house(app.state.console))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _keep_house(console: Console) -> None:
    purged_at = 0.0
    while True:
        try:
            await run_sync(console.prepare)
            await run_sync(notice.send_due, console)
            if console.clock() - purged_at > _DAY:
                await run_sync(daily, console)
                purged_at = console.clock()
        except (SQLAlchemyError, DatabaseError) as error:
            log.error("keeping house failed: %s", type(error).__name__)
        await asyncio.sleep(EVERY)


def daily(console: Console) -> int:
    """What is due once a day; the number of conversations that were erased because their time was over."""
    erased = retention.purge(console, console.settings.keep_days, "(system)")
    with writing(console.engine) as connection:
        sessions.prune(connection, console.clock())
        lockout.prune(connection, console.clock())
        privacy.prune_erasures(connection, console.clock())
    return erased
