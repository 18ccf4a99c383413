from datetime import UTC, datetime

from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from services.shared.domain.ids import new_uuid
from services.user.domain.email import Email
from services.user.domain.person_name import PersonName
from services.user.domain.user import User
from services.user.infrastructure.postgres_unit_of_work import PostgresUserUnitOfWork
from services.user.infrastructure.postgres_users import PostgresUserReader
from services.user.infrastructure.redis_user_cache import RedisUserCache


async def test_a_user_from_postgres_is_cached_as_it_is(postgres_engine: AsyncEngine, redis_client: Redis) -> None:
    user = User.register(
        Email(f"{new_uuid()}@example.com"), PersonName("Asha", "Rao"), datetime(2026, 3, 31, 18, 30, tzinfo=UTC)
    )
    async with PostgresUserUnitOfWork(postgres_engine) as unit_of_work:
        await unit_of_work.users.add(user, None)
        await unit_of_work.commit()
    cache = RedisUserCache(redis_client, PostgresUserReader(postgres_engine))

    first = await cache.get(user.id)
    again = await cache.get(user.id)

    assert await redis_client.exists(f"user:{user.id}")
    assert first == again == user
