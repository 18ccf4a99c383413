"""One server and one household for each xdist worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.sample import SampleHousehold, generate_household
from services.shared.domain.clock import SystemClock, today
from tests.support.client import Person
from tests.support.oracle import Oracle
from tests.support.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home: Path = tmp_path_factory.mktemp("served")
    with Server(home) as running:
        yield running


@pytest.fixture(scope="session")
def household() -> SampleHousehold:
    return generate_household(11, end=today(SystemClock()))


@pytest.fixture(scope="session")
def oracle(household: SampleHousehold) -> Oracle:
    return Oracle(household)


@pytest.fixture(scope="session")
def asha(server: Server, household: SampleHousehold) -> Iterator[Person]:
    """A person with the household's records."""
    with Person.register(server.url) as person:
        person.load(household)
        yield person


@pytest.fixture
def stranger(server: Server) -> Iterator[Person]:
    """A person with nothing."""
    with Person.register(server.url) as person:
        yield person
