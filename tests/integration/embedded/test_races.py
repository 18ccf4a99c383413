"""Processes that come and go as they like."""

import asyncio
import random
from pathlib import Path

import pytest

from data.embedded import EmbeddedEngines, Engine
from tests.integration.embedded.observation import processes_in, until
from tests.integration.embedded.stores import STORES
from tests.integration.embedded.users import user


async def test_of_many_that_start_at_once_one_boots_the_engines(home: Path) -> None:
    async with (
        user(home, [Engine.REDIS]) as first,
        user(home, [Engine.REDIS]) as second,
        user(home, [Engine.REDIS]) as third,
    ):
        ports = await asyncio.gather(first.ports(), second.ports(), third.ports())
        assert ports[0] == ports[1] == ports[2]
        await until(lambda: len(processes_in(home)) == 2)
        assert list(await asyncio.gather(first.leave(), second.leave(), third.leave())) == [0, 0, 0]

    assert processes_in(home) == []


async def test_one_comes_while_the_last_one_leaves(home: Path) -> None:
    wanted = frozenset({Engine.REDIS, Engine.POSTGRES})
    first = EmbeddedEngines(home, wanted)
    addresses = await first.__aenter__()
    await STORES[Engine.POSTGRES].write(addresses[Engine.POSTGRES], 1)

    second = EmbeddedEngines(home, wanted)
    _, again = await asyncio.gather(first.__aexit__(None, None, None), second.__aenter__())

    assert again == addresses
    assert await STORES[Engine.POSTGRES].read(again[Engine.POSTGRES]) == {1}
    await second.__aexit__(None, None, None)
    assert processes_in(home) == []


@pytest.mark.parametrize("seed", [1, 2])
async def test_coming_going_and_being_killed_at_random_ends_with_nothing_running(seed: int, home: Path) -> None:
    chance = random.Random(seed)

    async def one(number: int, wait: float, stay: float, killed: bool) -> None:
        await asyncio.sleep(wait)
        async with user(home, [Engine.REDIS]) as someone:
            if killed and stay < 0.2:
                return  # killed while it is still coming
            await someone.ports()
            async with EmbeddedEngines(home, frozenset({Engine.REDIS})) as addresses:
                await STORES[Engine.REDIS].write(addresses[Engine.REDIS], number)
            await asyncio.sleep(stay)
            if not killed:
                assert await someone.leave() == 0

    plans = [(number, chance.uniform(0, 4), chance.uniform(0, 0.6), chance.random() < 0.4) for number in range(12)]
    await asyncio.gather(*(one(*plan) for plan in plans))

    await until(lambda: processes_in(home) == [])
    written = {number for number, _, stay, killed in plans if not (killed and stay < 0.2)}
    async with EmbeddedEngines(home, frozenset({Engine.REDIS})) as addresses:
        assert await STORES[Engine.REDIS].read(addresses[Engine.REDIS]) == written
