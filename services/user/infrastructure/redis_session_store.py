"""Sessions in Redis: the hash `session:{sessionId}` with userId, createdAt and lastSeenAt."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Final, cast
from uuid import UUID

import structlog
from redis.asyncio import Redis

from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import UserId
from services.user.domain.refresh_token import SessionId
from services.user.domain.security import Session
from services.user.infrastructure.redis_errors import RedisDownError, bounded

# Touching must not bring a key back that was deleted or ran out meanwhile.
_TOUCH: Final = """
local owner = redis.call('HGET', KEYS[1], 'userId')
if owner then redis.call('HSET', KEYS[1], 'lastSeenAt', ARGV[1]) end
return owner
"""

log = structlog.get_logger(__name__)


class RedisSessionStore:
    """SessionStore. When Redis is down sessions are not known here, and PostgreSQL is asked instead."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._touch = client.register_script(_TOUCH)

    async def remember(self, session: Session, ttl_s: int) -> None:
        """Know the session for `ttl_s` seconds; its first `createdAt` stays."""
        key = _key(session.id)
        moment = session.created_at.isoformat()
        try:
            async with bounded(), self._client.pipeline(transaction=True) as pipe:
                pipe.hset(key, mapping={"userId": str(session.user_id), "lastSeenAt": moment})
                pipe.hsetnx(key, "createdAt", moment)
                pipe.expire(key, ttl_s)
                await pipe.execute()
        except RedisDownError as error:
            log.warning("session not remembered: Redis is down", error=str(error))

    async def owner_of(self, session_id: SessionId, at: datetime) -> UserId | None:
        """Whose session this is, noting that it was seen."""
        try:
            async with bounded():
                owner = await cast("Awaitable[bytes | None]", self._touch([_key(session_id)], [at.isoformat()]))
        except RedisDownError as error:
            log.warning("session looked up in PostgreSQL: Redis is down", error=str(error))
            return None
        return UserId(UUID(owner.decode())) if owner else None

    async def forget(self, session_id: SessionId) -> None:
        """Delete the session. UnavailableError when Redis is down, for then it might still be there afterwards."""
        try:
            async with bounded():
                await self._client.delete(_key(session_id))
        except RedisDownError as error:
            raise UnavailableError("Logging out could not be completed. Try again in a moment.") from error


def _key(session_id: SessionId) -> str:
    return f"session:{session_id}"
