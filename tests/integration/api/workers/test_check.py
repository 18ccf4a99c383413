import asyncio
from collections.abc import Sequence

from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncEngine

from api.background import background
from api.settings import Settings
from api.workers.check import events_are_delivered
from data.outbox.records import OutboxRecord
from data.outbox.relay import OutboxRelay


async def nowhere(records: Sequence[OutboxRecord]) -> Sequence[Exception | None]:
    """Never asked: the outbox is empty."""
    return [None for _ in records]


async def wait_until(settings: Settings, *, delivered: bool) -> None:
    """The condition lies in the database, which says nothing by itself; the suite's timeout ends a vain wait."""
    while await events_are_delivered(settings) is not delivered:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


async def test_it_tells_whether_a_relay_is_at_work(postgres_engine: AsyncEngine, postgres_url: str) -> None:
    settings = Settings(postgres_url=SecretStr(postgres_url))
    assert not await events_are_delivered(settings)

    async with background(OutboxRelay(postgres_engine, nowhere).run()):
        await wait_until(settings, delivered=True)

    await wait_until(settings, delivered=False)


async def test_without_a_server_there_is_none_to_ask() -> None:
    assert not await events_are_delivered(Settings(postgres_url=None))
