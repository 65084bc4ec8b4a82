"""The real system for the tests that ask for it."""

from collections.abc import Iterator

import pytest

from tests.service.real_guide import Patient, RealGuide, shared_guide


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealGuide]:
    """Action server, Rasa and gateway, answering."""
    with shared_guide(tmp_path_factory) as running:
        yield running


@pytest.fixture
def patient(guide: RealGuide) -> Patient:
    """A person who has not said anything yet."""
    return guide.patient()
