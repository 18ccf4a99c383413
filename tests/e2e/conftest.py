"""One server and one household for each xdist worker, until it has done its tests of this package."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.sample import SampleHousehold, generate_household
from services.shared.domain.clock import SystemClock, today
from tests.support.client import Person
from tests.support.endpoint import scripted_endpoint
from tests.support.oracle import Oracle
from tests.support.server import Server


@pytest.fixture(scope="package")
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


@pytest.fixture(scope="package")
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


@pytest.fixture(scope="package")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Server]]:
    """Two processes of one deployment, with a model that takes its time as the question says."""
    home: Path = tmp_path_factory.mktemp("pair")
    with scripted_endpoint() as url:
        settings = {"llm_base_url": url, "llm_model": "scripted", "llm_api_key": "none"}
        with Server(home, **settings) as one, Server(home, **settings) as other:
            yield one, other


@pytest.fixture
def person(pair: tuple[Server, Server]) -> Iterator[Person]:
    """A person on the first of the pair."""
    with Person.register(pair[0].url) as someone:
        yield someone
