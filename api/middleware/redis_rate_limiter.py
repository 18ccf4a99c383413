"""A sliding window in Redis, exact: never more than the limit in any stretch of the window's length."""

import asyncio
from collections.abc import Awaitable
from typing import Final, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.middleware.rate_limit import Allowance, RateLimiterDownError

_DEADLINE_S: Final = 0.5

# A list of the moments (ms) of the requests let through, the newest first, at most `limit` long. Refused requests are
# not in it, so that a client that keeps trying gets through as soon as its oldest request has left the window.
_TAKE: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local oldest = tonumber(redis.call('LINDEX', KEYS[1], -1))
while oldest and oldest <= now - window do
  redis.call('RPOP', KEYS[1])
  oldest = tonumber(redis.call('LINDEX', KEYS[1], -1))
end
local count = redis.call('LLEN', KEYS[1])
if count >= limit then return {0, 0, oldest + window - now} end
redis.call('LPUSH', KEYS[1], string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], window)
return {1, limit - count - 1, (oldest or now) + window - now}
"""


class RedisRateLimiter:
    """RateLimiter of `limit` requests per `window_s` seconds and key, in one round trip."""

    def __init__(self, client: Redis, *, limit: int = 100, window_s: float = 60.0) -> None:
        if limit < 1 or window_s <= 0:
            raise ValueError("a rate limit needs at least one request and a window; to disable it, use none")
        self._take = client.register_script(_TAKE)
        self._limit = limit
        self._window_ms = int(window_s * 1000)

    async def take(self, key: str) -> Allowance:
        """Count one request. RateLimiterDownError when Redis does not answer within half a second."""
        try:
            async with asyncio.timeout(_DEADLINE_S):
                answer = await cast("Awaitable[list[int]]", self._take([key], [self._limit, self._window_ms]))
        except (RedisError, TimeoutError, OSError) as error:
            raise RateLimiterDownError(str(error) or type(error).__name__) from error
        allowed, remaining, reset_ms = answer
        return Allowance(bool(allowed), self._limit, remaining, reset_ms / 1000)
