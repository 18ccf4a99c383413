"""Flags on Redis: a key per thing, that anybody raises and whoever it concerns looks for."""

from __future__ import annotations

from collections.abc import Collection

from redis.asyncio import Redis


class RedisFlags:
    """Flags named `<prefix>:{<name>}`, which fall by themselves after `ttl_s`."""

    def __init__(self, redis: Redis, *, prefix: str, ttl_s: int = 3600) -> None:
        self._redis = redis
        self._prefix = prefix
        self._ttl_s = ttl_s

    async def raise_flag(self, name: str) -> None:
        """Raise it, or keep it up for another while."""
        await self._redis.set(self._key(name), b"1", ex=self._ttl_s)

    async def raised(self, names: Collection[str]) -> set[str]:
        """Those of the names whose flag is up."""
        if not names:
            return set()
        values = await self._redis.mget([self._key(name) for name in names])
        return {name for name, value in zip(names, values, strict=True) if value is not None}

    def _key(self, name: str) -> str:
        return f"{self._prefix}:{{{name}}}"
