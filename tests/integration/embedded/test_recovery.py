"""kill -9 of anything: what was acknowledged is there again, on the same port, and nothing leaks."""

import asyncio
import os
import signal
import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from redis.asyncio import Redis

from data.embedded import EmbeddedEngines, Engine
from data.embedded.paths import home_paths
from tests.integration.embedded.observation import (
    keeper_of,
    process_of,
    processes_in,
    record_of,
    serves_again,
    until,
)
from tests.integration.embedded.stores import STORES
from tests.integration.embedded.users import user


@pytest.mark.parametrize("engine", list(Engine))
async def test_an_engine_that_is_killed_comes_back_with_all_it_acknowledged(engine: Engine, home: Path) -> None:
    store = STORES[engine]
    async with EmbeddedEngines(home, frozenset({engine})) as addresses:
        address = addresses[engine]
        for round_ in range(2):
            for number in range(round_ * 20, round_ * 20 + 20):
                await store.write(address, number)
            killed = process_of(home, engine)

            killed.send(signal.SIGKILL)
            await until(lambda killed=killed: serves_again(home, engine, killed))  # type: ignore[misc]

            assert await store.read(address) == set(range(round_ * 20 + 20))
            assert urlsplit(address.url).port in record_of(home, engine).ports.values()


async def test_redis_acknowledges_nothing_that_only_its_own_memory_holds(home: Path) -> None:
    """With `everysec` an acknowledged write waits there while a sync is slow, and a kill -9 takes it."""
    async with (
        EmbeddedEngines(home, frozenset({Engine.REDIS})) as addresses,
        Redis.from_url(addresses[Engine.REDIS].url, decode_responses=True) as client,
    ):
        settings = await client.config_get("append*")

    assert (settings["appendonly"], settings["appendfsync"]) == ("yes", "no")


async def test_a_keeper_that_is_killed_is_replaced_and_the_engines_go_on(home: Path) -> None:
    wanted = frozenset({Engine.REDIS, Engine.POSTGRES})
    async with EmbeddedEngines(home, wanted) as addresses:
        keeper = keeper_of(home)
        engines = {engine: process_of(home, engine) for engine in wanted}

        keeper.send(signal.SIGKILL)
        await until(lambda: keeper_of(home) != keeper)
        await STORES[Engine.POSTGRES].write(addresses[Engine.POSTGRES], 3)

        assert {engine: process_of(home, engine) for engine in wanted} == engines

        # The new keeper watches over what it adopted.
        engines[Engine.REDIS].send(signal.SIGKILL)
        await until(lambda: serves_again(home, Engine.REDIS, engines[Engine.REDIS]))
    assert processes_in(home) == []


async def test_users_that_are_killed_leave_nothing_running(home: Path) -> None:
    async with user(home, [Engine.REDIS]) as first, user(home, [Engine.REDIS, Engine.POSTGRES]) as second:
        assert (await first.ports())["redis"] == (await second.ports())["redis"]
        await first.kill()
        assert process_of(home, Engine.REDIS).alive()
        await second.kill()

    await until(lambda: processes_in(home) == [])


async def test_when_everything_is_killed_the_next_user_finds_it_all(home: Path) -> None:
    wanted = frozenset({Engine.POSTGRES, Engine.MONGO, Engine.REDIS})
    async with user(home, wanted) as killed:
        await killed.ports()
        async with EmbeddedEngines(home, wanted) as addresses:
            for engine in wanted:
                await STORES[engine].write(addresses[engine], 11)
        keeper_of(home).send(signal.SIGKILL)
        for engine in wanted:
            process_of(home, engine).send(signal.SIGKILL)
        await killed.kill()

    async with EmbeddedEngines(home, wanted) as again:
        assert again == addresses
        for engine in wanted:
            assert await STORES[engine].read(again[engine]) == {11}
    assert processes_in(home) == []


async def test_engines_without_keeper_and_users_are_adopted_by_the_next_user(home: Path) -> None:
    async with user(home, [Engine.REDIS]) as killed:
        await killed.ports()
        redis = process_of(home, Engine.REDIS)
        keeper_of(home).send(signal.SIGKILL)
        await killed.kill()
    assert redis.alive()

    async with EmbeddedEngines(home, frozenset({Engine.REDIS})):
        assert process_of(home, Engine.REDIS) == redis
    assert not redis.alive()


async def test_a_keeper_that_is_killed_while_the_last_user_leaves_is_replaced_by_one_that_stops_the_engines(
    home: Path,
) -> None:
    engines = EmbeddedEngines(home, frozenset({Engine.REDIS}))
    await engines.__aenter__()
    redis, keeper = process_of(home, Engine.REDIS), keeper_of(home)
    keeper.send(signal.SIGSTOP)
    leaving = asyncio.create_task(engines.__aexit__(None, None, None))
    await until(lambda: not any(home_paths(home).users.iterdir()))
    keeper.send(signal.SIGKILL)
    await leaving
    assert not redis.alive()


async def test_an_engine_that_nobody_recorded_is_stopped_before_another_is_started_on_its_data(home: Path) -> None:
    wanted = frozenset({Engine.REDIS})
    async with user(home, wanted) as killed:
        await killed.ports()
        redis = process_of(home, Engine.REDIS)
        keeper_of(home).send(signal.SIGKILL)
        await killed.kill()
    (home / "run" / "engines.json").unlink()

    async with EmbeddedEngines(home, wanted) as addresses:
        assert not redis.alive()
        await STORES[Engine.REDIS].write(addresses[Engine.REDIS], 5)


async def test_a_postgres_lock_file_whose_pid_is_somebody_elses_by_now(home: Path) -> None:
    wanted = frozenset({Engine.POSTGRES})
    async with EmbeddedEngines(home, wanted) as addresses:
        await STORES[Engine.POSTGRES].write(addresses[Engine.POSTGRES], 2)
        lock = (home / "postgres" / "data" / "postmaster.pid").read_text()
    own_pid = str(os.getpid())
    (home / "postgres" / "data" / "postmaster.pid").write_text("\n".join([own_pid, *lock.split("\n")[1:]]))

    async with EmbeddedEngines(home, wanted) as again:
        assert await STORES[Engine.POSTGRES].read(again[Engine.POSTGRES]) == {2}


async def test_a_port_that_another_program_took_is_replaced(home: Path) -> None:
    wanted = frozenset({Engine.REDIS})
    async with EmbeddedEngines(home, wanted) as first:
        port = urlsplit(first[Engine.REDIS].url).port
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        async with EmbeddedEngines(home, wanted) as second:
            assert urlsplit(second[Engine.REDIS].url).port != port
            await STORES[Engine.REDIS].write(second[Engine.REDIS], 1)
