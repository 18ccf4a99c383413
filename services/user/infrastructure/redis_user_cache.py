"""Profiles in Redis, cache-aside: `user:{userId}` holds JSON for an hour."""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

import orjson
import structlog
from redis.asyncio import Redis

from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import UserId
from services.user.domain.email import Email
from services.user.domain.person_name import PersonName
from services.user.domain.repositories import UserReader
from services.user.domain.roles import Role
from services.user.domain.user import KycStatus, User
from services.user.infrastructure.mappers import user_row
from services.user.infrastructure.redis_errors import RedisDownError, bounded

TTL_S: Final = 3600

log = structlog.get_logger(__name__)


class RedisUserCache:
    """UserReader that asks `source` for what Redis does not hold; without Redis it asks every time."""

    def __init__(self, client: Redis, source: UserReader) -> None:
        self._client = client
        self._source = source

    async def get(self, user_id: UserId) -> User | None:
        """The user of this id."""
        try:
            async with bounded():
                cached = await self._client.get(_key(user_id))
        except RedisDownError as error:
            log.warning("profile read from PostgreSQL: Redis is down", error=str(error))
            return await self._source.get(user_id)
        if cached:
            return _from_json(cached)
        user = await self._source.get(user_id)
        if user is not None:
            await self._put(user, only_if_absent=True)
        return user

    async def changed(self, user: User) -> None:
        """Replace what is cached. (Deleting it would let a read that is under way put the old state back.)"""
        await self._put(user, only_if_absent=False)

    async def gone(self, user_id: UserId) -> None:
        """Cache nothing of the user. UnavailableError when Redis is down."""
        try:
            async with bounded():
                await self._client.delete(_key(user_id))
        except RedisDownError as error:
            raise UnavailableError("The profile could not be forgotten. Try again in a moment.") from error

    async def _put(self, user: User, *, only_if_absent: bool) -> None:
        try:
            async with bounded():
                # asyncpg's UUIDs are of a class of their own, which orjson does not take for UUIDs.
                text = orjson.dumps(user_row(user), default=str)
                await self._client.set(_key(user.id), text, ex=TTL_S, nx=only_if_absent)
        except RedisDownError as error:
            log.warning("profile not cached: Redis is down", error=str(error))


def _from_json(text: bytes | str) -> User:
    row: dict[str, Any] = orjson.loads(text)
    return User(
        id=UserId(UUID(row["id"])),
        email=Email(row["email"]),
        name=PersonName(row["first_name"], row["last_name"]),
        kyc_status=KycStatus(row["kyc_status"]),
        timezone=row["timezone"],
        currency=row["currency"],
        roles=frozenset(Role(role) for role in row["roles"]),
        created_at=datetime.fromisoformat(row["created_at"]),
    )


def _key(user_id: UserId) -> str:
    return f"user:{user_id}"
