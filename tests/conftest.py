"""Fixtures on real engines: each xdist worker boots its own, each only when a test asks for it."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from neo4j import AsyncDriver
from pymongo.asynchronous.database import AsyncDatabase
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from sqlalchemy.ext.asyncio import AsyncEngine

from data.embedded import Engine, EngineAddress, running_engines
from data.graph import create_graph
from data.migrations.upgrade import upgrade
from data.mongo import MongoDocument, create_mongo
from data.postgres import async_url, create_engine
from data.redis import create_redis
from services.shared.domain.ids import UserId, new_uuid

# As in the program: structlog's own choice draws a traceback for seconds, and many tests are about failures.
structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)


@pytest.fixture(scope="session")
def engine_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of this worker's engines."""
    return tmp_path_factory.mktemp("nivesh-home")


def _address(home: Path, engine: Engine) -> Iterator[EngineAddress]:
    """A server named by NIVESH_TEST_<STORE>_URL, or this worker's own engine."""
    name = {Engine.GRAPH: "NEO4J"}.get(engine, engine.name)
    url = os.environ.get(f"NIVESH_TEST_{name}_URL")
    if url:
        user, password = (os.environ.get(f"NIVESH_TEST_{name}_{part}") for part in ("USERNAME", "PASSWORD"))
        yield EngineAddress(url=url, username=user, password=password)
        return
    with running_engines(home, frozenset({engine})) as addresses:
        yield addresses[engine]


@pytest.fixture(scope="session")
def postgres_address(engine_home: Path) -> Iterator[EngineAddress]:
    yield from _address(engine_home, Engine.POSTGRES)


@pytest.fixture(scope="session")
def mongo_address(engine_home: Path) -> Iterator[EngineAddress]:
    yield from _address(engine_home, Engine.MONGO)


@pytest.fixture(scope="session")
def redis_address(engine_home: Path) -> Iterator[EngineAddress]:
    yield from _address(engine_home, Engine.REDIS)


@pytest.fixture(scope="session")
def graph_address(engine_home: Path) -> Iterator[EngineAddress]:
    yield from _address(engine_home, Engine.GRAPH)


@pytest.fixture(scope="session")
def postgres_url(postgres_address: EngineAddress) -> str:
    return async_url(postgres_address.url)


@pytest.fixture(scope="session")
async def postgres_engine(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    """A migrated database."""
    engine = create_engine(postgres_url)
    await upgrade(engine)
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
async def redis_client(redis_address: EngineAddress) -> AsyncIterator[Redis]:
    client = create_redis(redis_address.url)
    yield client
    await client.aclose()
    await client.connection_pool.disconnect()


@pytest.fixture
async def unreachable_redis() -> AsyncIterator[Redis]:
    """A Redis that nobody runs; known at once, as the client's own repeats prove nothing."""
    client = Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 0))
    yield client
    await client.aclose()


@pytest.fixture(scope="session")
async def mongo_database(mongo_address: EngineAddress) -> AsyncIterator[AsyncDatabase[MongoDocument]]:
    client = create_mongo(mongo_address.url)
    yield client["nivesh"]
    await client.close()


@pytest.fixture(scope="session")
async def graph_driver(graph_address: EngineAddress) -> AsyncIterator[AsyncDriver]:
    driver = create_graph(graph_address.url, graph_address.username, graph_address.password)
    yield driver
    await driver.close()


@pytest.fixture
def unique_user() -> UserId:
    """A user that no other test has."""
    return UserId(new_uuid())
