"""How fast one conversation and one address may ask: token buckets."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class _Bucket:
    tokens: float
    at: float


@dataclass
class TokenBuckets:
    """One bucket per key. `burst` requests at once, then `per_minute` in the long run."""

    burst: float
    per_minute: float
    clock: Callable[[], float] = time.monotonic
    _buckets: dict[str, _Bucket] = field(default_factory=dict)
    _swept: float = 0.0

    def wait_for(self, key: str) -> int:
        """Take one token: 0 if there was one, else the whole seconds until there is."""
        now = self.clock()
        self._sweep(now)
        rate = self.per_minute / 60
        bucket = self._buckets.setdefault(key, _Bucket(self.burst, now))
        bucket.tokens = min(self.burst, bucket.tokens + (now - bucket.at) * rate)
        bucket.at = now
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            return 0
        return max(1, math.ceil((1 - bucket.tokens) / rate))

    def _sweep(self, now: float) -> None:
        """Forget full buckets once a minute, so that memory follows those who are active."""
        if now - self._swept < 60:
            return
        self._swept = now
        refill = self.burst / self.per_minute * 60
        self._buckets = {key: bucket for key, bucket in self._buckets.items() if now - bucket.at < refill}
