"""One reader for all tests of reading: it keeps no state."""

import pytest

from bot.language import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the lexicon as it stands."""
    return Reader(with_safety_net=False)
