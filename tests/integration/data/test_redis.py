"""The client of Redis on a pool of its own: connections are bounded, given back clean, and replaced when they break."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from redis.asyncio import Redis

from data.embedded import EngineAddress
from data.redis import create_redis
from services.shared.domain.ids import new_uuid

CONNECTIONS = 3


@pytest.fixture
async def client(redis_address: EngineAddress) -> AsyncIterator[Redis]:
    client = create_redis(redis_address.url, max_connections=CONNECTIONS)
    yield client
    await client.aclose()
    await client.connection_pool.disconnect()


async def ids(client: Redis) -> set[int]:
    """The connections that the pool has, told by all of them at once."""
    return set(await asyncio.gather(*(client.client_id() for _ in range(4 * CONNECTIONS))))


async def test_callers_share_few_connections_and_get_their_own_answers(client: Redis) -> None:
    async def ask(number: int) -> object:
        key = f"test:{new_uuid()}"
        await client.set(key, str(number), ex=60)
        return await client.get(key)

    assert await asyncio.gather(*(ask(number) for number in range(50))) == [b"%d" % number for number in range(50)]
    assert len(await ids(client)) <= CONNECTIONS


async def test_an_answer_that_nobody_waits_for_any_more_is_nobody_elses(client: Redis) -> None:
    before = await ids(client)

    async def wait() -> None:
        await client.blpop([f"test:{new_uuid()}"], timeout=30)

    waiting = [asyncio.create_task(wait()) for _ in range(CONNECTIONS - 1)]
    while sum("b" in one["flags"] for one in await client.client_list() if int(one["id"]) in before) < len(waiting):
        pass
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await asyncio.gather(*(client.echo(str(number)) for number in range(20))) == [
        b"%d" % number for number in range(20)
    ]
    assert await ids(client) != before


async def test_a_connection_that_the_server_closed_is_replaced(client: Redis) -> None:
    before = await ids(client)
    for one in before - {own := await client.client_id()}:
        await client.client_kill_filter(_id=str(one))
    assert own in await ids(client)
    assert await client.set(f"test:{new_uuid()}", "x", ex=60)
