"""Erasures in PostgreSQL: settled once, by one process, and then nobody's."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from redis.asyncio import Redis
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from data.outbox.tables import outbox
from services.shared.domain.clock import FixedClock
from services.shared.domain.ids import UserId
from services.user.application.erasure.erase_account import EraseAccountRequest
from services.user.application.register_user import RegisterUserRequest
from services.user.application.use_cases import UserUseCases
from services.user.domain.erasure import SETTLES_AFTER
from services.user.infrastructure.signing_key import FixedKeyRing, SigningKey
from services.user.infrastructure.tables import erasures
from services.user.infrastructure.wiring import build_use_cases

KEYS = FixedKeyRing([SigningKey.from_secret("a secret of thirty-two characters")])
# Long ago, so that no other test's erasures are due.
THEN = datetime(2001, 1, 1, tzinfo=UTC)


def at(engine: AsyncEngine, redis: Redis, moment: datetime) -> UserUseCases:
    return build_use_cases(engine, redis, KEYS, FixedClock(moment), development=True)


async def told(engine: AsyncEngine, user_id: UserId) -> int:
    query = select(outbox.c.name).where(outbox.c.key == str(user_id), outbox.c.name == "UserErased")
    async with engine.connect() as connection:
        return len((await connection.execute(query)).all())


async def test_an_erasure_is_settled_once_though_all_processes_try(
    postgres_engine: AsyncEngine, redis_client: Redis, unique_user: UserId
) -> None:
    users = at(postgres_engine, redis_client, THEN)
    request = RegisterUserRequest(email=f"{unique_user}@example.in", password="a long sentence", first_name="Asha")
    user_id = (await users.register_user(request)).user.user_id
    erased = await users.erasure.erase_account(EraseAccountRequest(user_id=user_id))

    assert await users.erasure.settle() == 0
    later = at(postgres_engine, redis_client, THEN + SETTLES_AFTER + timedelta(seconds=1)).erasure
    assert sorted(await asyncio.gather(*(later.settle() for _ in range(3)))) == [0, 0, 1]
    assert await told(postgres_engine, user_id) == 2
    mine = outbox.c.key == str(user_id)
    for change, tells, owner in (
        ({}, 0, user_id),
        ({"parked_at": THEN}, 1, user_id),
        ({"delivered_at": THEN}, 0, None),
    ):
        async with postgres_engine.begin() as connection:
            if change:
                await connection.execute(update(outbox).where(mine).values(change))
        assert await later.settle() == tells
        async with postgres_engine.connect() as connection:
            row = (await connection.execute(select(erasures).where(erasures.c.id == erased.id))).one()
        assert (row.user_id, row.requested_at) == (owner, THEN)
