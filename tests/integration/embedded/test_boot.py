from pathlib import Path

import asyncpg
import pytest
from pymongo import AsyncMongoClient
from pymongo.errors import OperationFailure
from redis.asyncio import Redis
from redis.exceptions import AuthenticationError

from data.embedded import ALL_ENGINES, EmbeddedEngines, Engine, running_engines
from tests.integration.embedded.observation import (
    keeper_of,
    listening_addresses,
    process_of,
    processes_in,
    record_of,
    until,
)
from tests.integration.embedded.stores import STORES


async def test_every_engine_serves_and_keeps_its_data_and_port_over_a_restart(home: Path) -> None:
    async with EmbeddedEngines(home) as first:
        assert set(first) == ALL_ENGINES
        for engine, store in STORES.items():
            await store.write(first[engine], 7)
            assert listening_addresses(process_of(home, engine).pid) == {"127.0.0.1"}
    assert processes_in(home) == []

    async with EmbeddedEngines(home) as second:
        assert second == first
        for engine, store in STORES.items():
            assert await store.read(second[engine]) == {7}
    assert processes_in(home) == []


async def test_nobody_gets_in_without_the_password(home: Path) -> None:
    wanted = frozenset({Engine.POSTGRES, Engine.MONGO, Engine.REDIS})
    async with EmbeddedEngines(home, wanted) as addresses:
        for user in ("nivesh", "postgres"):
            host = addresses[Engine.POSTGRES].url.rsplit("@")[1]
            with pytest.raises((asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError)):
                await asyncpg.connect(f"postgresql://{user}:wrong@{host}")

        host = addresses[Engine.MONGO].url.rsplit("@")[1].split("/")[0]
        async with AsyncMongoClient[dict[str, int]](f"mongodb://{host}/?directConnection=true") as client:
            with pytest.raises(OperationFailure, match="requires authentication"):
                await client["nivesh"]["numbers"].find_one()

        host = addresses[Engine.REDIS].url.rsplit("@")[1]
        async with Redis.from_url(f"redis://{host}") as redis:
            with pytest.raises(AuthenticationError):
                await redis.ping()


async def test_postgres_is_safe_and_has_vectors_in_every_database(home: Path) -> None:
    async with EmbeddedEngines(home, frozenset({Engine.POSTGRES})) as addresses:
        url = addresses[Engine.POSTGRES].url
        connection = await asyncpg.connect(url)
        assert await connection.fetchval("SHOW fsync") == "on"
        assert await connection.fetchval("SHOW timezone") == "UTC"
        assert await connection.fetchval("SHOW is_superuser") == "off"
        await connection.execute("CREATE DATABASE another")
        await connection.close()

        other = await asyncpg.connect(url.removesuffix("/nivesh") + "/another")
        assert await other.fetchval("SELECT '[3,4]'::vector <-> '[0,0]'::vector") == 5.0
        await other.close()


async def test_an_engine_is_added_for_a_later_user_and_everything_stops_with_the_last(home: Path) -> None:
    async with EmbeddedEngines(home, frozenset({Engine.REDIS})) as first:
        keeper, redis = keeper_of(home), process_of(home, Engine.REDIS)
        assert record_of(home, Engine.POSTGRES).process is None

        async with EmbeddedEngines(home, frozenset({Engine.REDIS, Engine.POSTGRES})) as second:
            assert second[Engine.REDIS] == first[Engine.REDIS]
            await STORES[Engine.POSTGRES].write(second[Engine.POSTGRES], 1)

        await STORES[Engine.REDIS].write(first[Engine.REDIS], 1)
        assert keeper_of(home) == keeper
        assert process_of(home, Engine.REDIS) == redis

    assert processes_in(home) == []


def test_without_an_event_loop(home: Path) -> None:
    with running_engines(home, frozenset({Engine.REDIS})) as addresses:
        assert addresses[Engine.REDIS].url.startswith("redis://:")
        assert process_of(home, Engine.REDIS).alive()

    assert processes_in(home) == []


async def test_what_is_on_disk_is_for_the_owner_alone(home: Path) -> None:
    async with EmbeddedEngines(home, frozenset({Engine.REDIS, Engine.MONGO})):
        assert home.stat().st_mode & 0o077 == 0
        for directory in ("run", "secrets", "redis", "mongo"):
            assert (home / directory).stat().st_mode & 0o077 == 0
        for file in ("run/engines.json", "secrets/engines.json", "redis/valkey.conf"):
            assert (home / file).stat().st_mode & 0o077 == 0


async def test_the_body_of_the_context_may_fail(home: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with EmbeddedEngines(home, frozenset({Engine.REDIS})):
            _ = 1 // 0

    await until(lambda: processes_in(home) == [])
