"""The sliding window itself."""

import asyncio
import secrets

import pytest
from redis.asyncio import Redis

from api.middleware.rate_limit import RateLimiterDownError
from api.middleware.redis_rate_limiter import RedisRateLimiter


@pytest.fixture
def key() -> str:
    """A key that no other test has."""
    return f"ratelimit:test:{secrets.token_hex(8)}"


async def age(redis: Redis, key: str, index: int, by_ms: int) -> None:
    """Let the request at `index` (0 is the newest) have come `by_ms` earlier."""
    moment = await redis.lindex(key, index)
    assert moment is not None
    await redis.lset(key, index, str(int(moment) - by_ms))


async def test_requests_at_once_are_let_through_up_to_the_limit_exactly(redis_client: Redis, key: str) -> None:
    limiter = RedisRateLimiter(redis_client, limit=20)
    answers = await asyncio.gather(*(limiter.take(key) for _ in range(50)))
    assert sum(answer.allowed for answer in answers) == 20
    assert sorted(answer.remaining for answer in answers if answer.allowed) == list(range(20))
    assert all(0 < answer.reset_s <= 60 for answer in answers)


async def test_a_place_is_free_when_the_oldest_request_leaves_the_window_and_not_before(
    redis_client: Redis, key: str
) -> None:
    limiter = RedisRateLimiter(redis_client, limit=3, window_s=60)
    for _ in range(3):
        await limiter.take(key)
    await age(redis_client, key, -1, 50_000)
    refused = await limiter.take(key)
    assert not refused.allowed
    assert 0 < refused.reset_s <= 10
    await age(redis_client, key, -1, 10_000)
    assert (await limiter.take(key)).allowed
    assert not (await limiter.take(key)).allowed


async def test_refused_requests_do_not_count(redis_client: Redis, key: str) -> None:
    limiter = RedisRateLimiter(redis_client, limit=2)
    for _ in range(10):
        await limiter.take(key)
    assert await redis_client.llen(key) == 2


async def test_keys_are_counted_apart_and_run_out(redis_client: Redis, key: str) -> None:
    limiter = RedisRateLimiter(redis_client, limit=1, window_s=60)
    assert (await limiter.take(key)).allowed
    assert (await limiter.take(f"{key}:other")).allowed
    assert 0 < await redis_client.pttl(key) <= 60_000


async def test_a_limiter_without_redis_says_so(unreachable_redis: Redis) -> None:
    with pytest.raises(RateLimiterDownError):
        await RedisRateLimiter(unreachable_redis).take("any")


@pytest.mark.parametrize(("limit", "window_s"), [(0, 60.0), (1, 0.0)])
def test_a_limit_of_nothing_is_refused(redis_client: Redis, limit: int, window_s: float) -> None:
    with pytest.raises(ValueError, match="at least one request"):
        RedisRateLimiter(redis_client, limit=limit, window_s=window_s)
