"""Token buckets."""

from bot.web.limits import TokenBuckets


class Clock:
    """Time that stands until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def test_burst_then_a_steady_rate() -> None:
    """As many as the burst at once, then one for each share of a minute; the wait that is told is enough."""
    clock = Clock()
    buckets = TokenBuckets(burst=3, per_minute=30, clock=clock)
    assert [buckets.wait_for("a") for _ in range(4)] == [0, 0, 0, 2]
    clock.now += 2
    assert [buckets.wait_for("a") for _ in range(2)] == [0, 2]


def test_keys_do_not_share() -> None:
    """One who floods takes nothing from another."""
    buckets = TokenBuckets(burst=1, per_minute=1, clock=Clock())
    assert [buckets.wait_for("a"), buckets.wait_for("a"), buckets.wait_for("b")] == [0, 60, 0]


def test_idle_keys_are_let_go() -> None:
    """Memory holds those who are active; letting go gives nobody more than a full bucket."""
    clock = Clock()
    buckets = TokenBuckets(burst=2, per_minute=60, clock=clock)
    for key in range(1000):
        buckets.wait_for(str(key))
    clock.now += 61
    assert [buckets.wait_for("0") for _ in range(3)] == [0, 0, 1]
    assert len(buckets._buckets) == 1
