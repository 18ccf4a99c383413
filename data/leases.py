"""Leases on Redis: a key per thing, which its holder renews and which lapses when the holder dies."""

from __future__ import annotations

from collections.abc import Collection

from redis.asyncio import Redis

# Prolonging or deleting only our own lease has to be one step.
_RENEW = """
local owner = redis.call('get', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"


class RedisLeases:
    """Leases named `<prefix>:{<id>}` held by `owner` for `ttl_ms`."""

    def __init__(self, redis: Redis, *, owner: str, prefix: str = "lease", ttl_ms: int = 5_000) -> None:
        self._redis = redis
        self._owner = owner
        self._prefix = prefix
        self._ttl_ms = ttl_ms

    async def acquire(self, name: str) -> bool:
        """Take the lease; False when another owner has it. The owner itself may take it again."""
        key = self._key(name)
        if await self._redis.set(key, self._owner, nx=True, px=self._ttl_ms):
            return True
        return bool(await self._redis.get(key) == self._owner.encode())

    async def renew(self, names: Collection[str]) -> set[str]:
        """Prolong leases that are held, taking again those that lapsed; those that another owner has."""
        if not names:
            return set()
        async with self._redis.pipeline(transaction=False) as pipe:
            for name in names:
                pipe.eval(_RENEW, 1, self._key(name), self._owner, self._ttl_ms)
            renewed = await pipe.execute()
        return {name for name, is_held in zip(names, renewed, strict=True) if not is_held}

    async def release(self, name: str) -> None:
        """Give up the lease if it is held by this owner."""
        await self._redis.eval(_RELEASE, 1, self._key(name), self._owner)

    def _key(self, name: str) -> str:
        return f"{self._prefix}:{{{name}}}"
