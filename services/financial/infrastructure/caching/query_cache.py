"""Answers of expensive queries in Redis, cache-aside: `cache:query:{hash}`, for an hour.

One flight for each answer: callers in this process share it, other processes wait for it by a short lock. Whatever
goes wrong with Redis, the answer is computed.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

T = TypeVar("T")

TTL_S: Final = 3600
_LOCK_MS: Final = 10_000
_POLL_S: Final = 0.02
_REDIS_S: Final = 0.5
_PAUSE_S: Final = 5
_RELEASE: Final = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"

log = structlog.get_logger(__name__)


class QueryCache:
    """Keeps encoded answers by everything that they depend on."""

    def __init__(self, redis: Redis, *, ttl_s: int = TTL_S, redis_s: float = _REDIS_S) -> None:
        """Answers live `ttl_s` seconds; Redis is given up on after `redis_s` seconds without an answer."""
        self._redis = redis
        self._redis_s = redis_s
        self._ttl_s = ttl_s
        self._flights: dict[str, asyncio.Task[Any]] = {}
        self._paused_until = 0.0

    async def get(
        self,
        what: str,
        compute: Callable[[], Awaitable[T]],
        encode: Callable[[T], bytes],
        decode: Callable[[bytes], T],
    ) -> T:
        """The answer named by `what`, from the cache or computed and kept."""
        key = f"cache:query:{hashlib.sha256(what.encode()).hexdigest()}"
        found = await self._read(key, decode)
        if found is not None:
            return found
        flight = self._flights.get(key)
        if flight is None:
            flight = asyncio.create_task(self._fly(key, compute, encode, decode))
            self._flights[key] = flight
            flight.add_done_callback(lambda done: self._landed(key, done))
        # One caller that goes away must not take the answer from the others.
        answer: T = await asyncio.shield(flight)
        return answer

    def _landed(self, key: str, flight: asyncio.Task[Any]) -> None:
        self._flights.pop(key, None)
        if not flight.cancelled():
            flight.exception()

    async def _fly(
        self,
        key: str,
        compute: Callable[[], Awaitable[T]],
        encode: Callable[[T], bytes],
        decode: Callable[[bytes], T],
    ) -> T:
        token = secrets.token_bytes(8)
        lock = f"{key}:lock"
        if not await self._try(self._redis.set(lock, token, nx=True, px=_LOCK_MS)):
            found = await self._wait(key, lock, decode)
            return await compute() if found is None else found
        try:
            # Between our look and our lock another process may have computed it and let go of its lock.
            found = await self._read(key, decode)
            if found is not None:
                return found
            answer = await compute()
            await self._try(self._redis.set(key, encode(answer), ex=self._ttl_s))
            return answer
        finally:
            await self._try(self._redis.eval(_RELEASE, 1, lock, token))

    async def _wait(self, key: str, lock: str, decode: Callable[[bytes], T]) -> T | None:
        """The answer that another process computes; None when it does not come, or Redis does not answer."""
        deadline = time.monotonic() + _LOCK_MS / 1000
        while not self._is_paused() and time.monotonic() < deadline:
            held = await self._try(self._redis.exists(lock))
            found = await self._read(key, decode)
            if found is not None or not held:
                return found
            await asyncio.sleep(_POLL_S)
        return None

    async def _read(self, key: str, decode: Callable[[bytes], T]) -> T | None:
        stored = await self._try(self._redis.get(key))
        if not isinstance(stored, bytes):
            return None
        try:
            return decode(stored)
        except (ValueError, TypeError, KeyError, ArithmeticError):
            log.warning("a cached answer cannot be read", key=key)
            return None

    async def _try(self, command: Awaitable[object]) -> object:
        """The command's result; None when Redis fails, which is then left alone for a while."""
        if self._is_paused():
            _discard(command)
            return None
        try:
            async with asyncio.timeout(self._redis_s):
                return await command
        except (RedisError, OSError, TimeoutError) as error:
            self._paused_until = time.monotonic() + _PAUSE_S
            log.warning("Redis does not answer, so figures are computed", error=repr(error)[:200])
            return None

    def _is_paused(self) -> bool:
        return time.monotonic() < self._paused_until


def _discard(command: Awaitable[object]) -> None:
    """A coroutine that is never awaited must be closed."""
    close = getattr(command, "close", None)
    if close is not None:
        close()
