"""Opening every store: servers where a URL is set, engines of our own where none is."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from pymongo.asynchronous.database import AsyncDatabase
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from api.settings import Settings, secret
from data.clickhouse import ClickHouse
from data.embedded import EmbeddedEngines, Engine, EngineAddress, claim_chdb
from data.graph import AsyncDriver, create_graph
from data.mongo import MongoDocument, create_mongo
from data.postgres import create_engine
from data.redis import create_redis

MONGO_DATABASE = "nivesh"


ALL_STORES: Final = frozenset(Engine)


@dataclass(frozen=True, slots=True)
class Stores:
    """Open drivers. `postgres_url` is for drivers beside SQLAlchemy. A service alone opens only some stores."""

    postgres: AsyncEngine
    postgres_url: str
    redis: Redis
    opened_mongo: AsyncDatabase[MongoDocument] | None
    opened_graph: AsyncDriver | None

    @property
    def mongo(self) -> AsyncDatabase[MongoDocument]:
        """MongoDB; a mistake of the program where it was not opened."""
        if self.opened_mongo is None:
            raise RuntimeError("this service has not opened MongoDB")
        return self.opened_mongo

    @property
    def graph(self) -> AsyncDriver:
        """The graph; a mistake of the program where it was not opened."""
        if self.opened_graph is None:
            raise RuntimeError("this service has not opened the graph")
        return self.opened_graph


@asynccontextmanager
async def open_stores(settings: Settings, wanted: frozenset[Engine] = ALL_STORES) -> AsyncIterator[Stores]:
    """Boot what is needed and connect to what is wanted; all of it is closed in reverse order.

    PostgreSQL and Redis are always wanted.
    """
    async with AsyncExitStack() as stack:
        addresses = await stack.enter_async_context(_addresses(settings, wanted))
        postgres_url = addresses[Engine.POSTGRES].url
        postgres = create_engine(postgres_url)
        stack.push_async_callback(postgres.dispose)
        redis = create_redis(addresses[Engine.REDIS].url)
        stack.push_async_callback(_close_redis, redis)
        mongo = graph = None
        if Engine.MONGO in wanted:
            client = create_mongo(addresses[Engine.MONGO].url)
            stack.push_async_callback(client.close)
            mongo = client[MONGO_DATABASE]
        if Engine.GRAPH in wanted:
            bolt = addresses[Engine.GRAPH]
            graph = create_graph(bolt.url, bolt.username, bolt.password)
            stack.push_async_callback(graph.close)
        yield Stores(postgres, postgres_url, redis, mongo, graph)


@asynccontextmanager
async def open_analytics(settings: Settings) -> AsyncIterator[ClickHouse | None]:
    """ClickHouse by URL, or the engine inside this process; None while another process of this home has it."""
    url = secret(settings.clickhouse_url)
    if url is not None:
        server = ClickHouse.server(url)
        try:
            yield server
        finally:
            await server.close()
        return
    claim = claim_chdb(settings.home)
    if claim is None:
        yield None
        return
    with claim:
        embedded = ClickHouse.embedded(claim.path)
        try:
            yield embedded
        finally:
            await embedded.close()


@asynccontextmanager
async def _addresses(settings: Settings, wanted: frozenset[Engine]) -> AsyncIterator[Mapping[Engine, EngineAddress]]:
    configured = _configured(settings)
    embedded = settings.embedded_engines & wanted
    if not embedded:
        yield configured
        return
    async with EmbeddedEngines(settings.home, embedded) as booted:
        yield {**booted, **configured}


def _configured(settings: Settings) -> dict[Engine, EngineAddress]:
    urls = {
        Engine.POSTGRES: secret(settings.postgres_url),
        Engine.MONGO: secret(settings.mongo_url),
        Engine.REDIS: secret(settings.redis_url),
    }
    addresses = {engine: EngineAddress(url=url) for engine, url in urls.items() if url}
    if settings.neo4j_url:
        addresses[Engine.GRAPH] = EngineAddress(
            url=settings.neo4j_url, username=settings.neo4j_username, password=secret(settings.neo4j_password)
        )
    return addresses


async def _close_redis(redis: Redis) -> None:
    await redis.aclose()
    await redis.connection_pool.disconnect()
