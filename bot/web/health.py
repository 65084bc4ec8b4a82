"""Whether the parts behind the gateway answer, for whoever watches it from outside."""

import asyncio
from collections.abc import Callable

import httpx
from anyio.to_thread import run_sync

#: How long a part may take to answer. It is asked how it is, not for anything that takes work.
_HEALTH_SECONDS = 2


class Health:
    """Asks Rasa, the action server and the database. `transport` is for tests."""

    def __init__(
        self,
        rasa_url: str,
        actions_url: str,
        database_is_up: Callable[[], bool],
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._rasa = rasa_url + "/"
        self._actions = actions_url + "/health"
        self._database_is_up = database_is_up
        self._http = httpx.AsyncClient(timeout=_HEALTH_SECONDS, transport=transport, trust_env=False)

    async def parts(self) -> dict[str, str]:
        """ "up" or "down" for each part. All are asked at once."""
        rasa, database, actions = await asyncio.gather(
            self._answers(self._rasa), run_sync(self._database_is_up), self._answers(self._actions)
        )
        up = {"rasa": rasa, "database": database, "actions": actions}
        return {part: "up" if well else "down" for part, well in up.items()}

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _answers(self, address: str) -> bool:
        try:
            # httpx limits each read; this limits the whole.
            return (await asyncio.wait_for(self._http.get(address), _HEALTH_SECONDS)).is_success
        except (asyncio.TimeoutError, httpx.HTTPError):
            return False
