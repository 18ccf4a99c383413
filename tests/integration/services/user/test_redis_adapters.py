"""The user context's keys in Redis, and what happens without it."""

import secrets
from datetime import UTC, datetime

import pytest
from redis.asyncio import Redis

from services.shared.domain.errors import UnavailableError
from services.shared.domain.ids import UserId, new_uuid
from services.user.domain.email import Email
from services.user.domain.errors import TooManyAttemptsError
from services.user.domain.person_name import PersonName
from services.user.domain.refresh_token import SessionId
from services.user.domain.security import Session
from services.user.domain.user import User
from services.user.infrastructure.redis_login_throttle import PER_ADDRESS, PER_EMAIL, WINDOW_S, RedisLoginThrottle
from services.user.infrastructure.redis_session_store import RedisSessionStore
from services.user.infrastructure.redis_user_cache import TTL_S, RedisUserCache

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def address() -> str:
    """An address that no other test has."""
    return f"test-{secrets.token_hex(8)}"


def new_session(at: datetime = NOW) -> Session:
    return Session(id=SessionId(new_uuid()), user_id=UserId(new_uuid()), created_at=at)


def new_email() -> Email:
    return Email(f"{secrets.token_hex(8)}@example.in")


async def test_a_session_is_a_hash_that_runs_out_and_notes_when_it_was_seen(redis_client: Redis) -> None:
    store, session = RedisSessionStore(redis_client), new_session()
    key = f"session:{session.id}"
    await store.remember(session, 900)
    assert await store.owner_of(session.id, LATER) == session.user_id
    kept = await redis_client.hgetall(key)
    assert kept == {
        b"userId": str(session.user_id).encode(),
        b"createdAt": NOW.isoformat().encode(),
        b"lastSeenAt": LATER.isoformat().encode(),
    }
    assert 890 < await redis_client.ttl(key) <= 900


async def test_a_refresh_prolongs_a_session_and_keeps_its_beginning(redis_client: Redis) -> None:
    store, session = RedisSessionStore(redis_client), new_session()
    await store.remember(session, 60)
    await store.remember(Session(id=session.id, user_id=session.user_id, created_at=LATER), 900)
    assert await redis_client.hget(f"session:{session.id}", "createdAt") == NOW.isoformat().encode()
    assert await redis_client.ttl(f"session:{session.id}") > 60


async def test_a_session_that_was_forgotten_is_not_brought_back_by_asking(redis_client: Redis) -> None:
    store, session = RedisSessionStore(redis_client), new_session()
    await store.remember(session, 900)
    await store.forget(session.id)
    assert await store.owner_of(session.id, LATER) is None
    assert not await redis_client.exists(f"session:{session.id}")
    await store.forget(session.id)


async def test_without_redis_sessions_are_unknown_and_forgetting_is_not_feigned(unreachable_redis: Redis) -> None:
    store, session = RedisSessionStore(unreachable_redis), new_session()
    await store.remember(session, 900)
    assert await store.owner_of(session.id, NOW) is None
    with pytest.raises(UnavailableError):
        await store.forget(session.id)


async def test_attempts_are_bounded_per_email_and_address(redis_client: Redis, address: str) -> None:
    throttle, email = RedisLoginThrottle(redis_client), new_email()
    for _ in range(PER_EMAIL):
        await throttle.attempt(email, address)
    with pytest.raises(TooManyAttemptsError) as caught:
        await throttle.attempt(email, address)
    wait = caught.value.extra["retry_after_s"]
    assert isinstance(wait, int)
    assert WINDOW_S - 10 < wait <= WINDOW_S
    await throttle.attempt(new_email(), address)
    await throttle.attempt(email, address + "-other")


async def test_trying_again_does_not_prolong_the_wait(redis_client: Redis, address: str) -> None:
    throttle, email = RedisLoginThrottle(redis_client), new_email()
    await throttle.attempt(email, address)
    (key,) = [key async for key in redis_client.scan_iter(f"ratelimit:{address}:login:*")]
    await redis_client.expire(key, 100)
    await throttle.attempt(email, address)
    assert await redis_client.ttl(key) <= 100
    assert email.address.encode() not in key


async def test_success_forgets_the_failures_of_that_email(redis_client: Redis, address: str) -> None:
    throttle, email = RedisLoginThrottle(redis_client), new_email()
    for _ in range(PER_EMAIL):
        await throttle.attempt(email, address)
    await throttle.succeeded(email, address)
    for _ in range(PER_EMAIL):
        await throttle.attempt(email, address)
    with pytest.raises(TooManyAttemptsError):
        await throttle.attempt(email, address)


async def test_attempts_on_many_emails_are_bounded_per_address(redis_client: Redis, address: str) -> None:
    throttle = RedisLoginThrottle(redis_client)
    for _ in range(PER_ADDRESS):
        await throttle.attempt(new_email(), address)
    with pytest.raises(TooManyAttemptsError):
        await throttle.attempt(new_email(), address)


async def test_without_redis_attempts_pass(unreachable_redis: Redis, address: str) -> None:
    throttle, email = RedisLoginThrottle(unreachable_redis), new_email()
    for _ in range(PER_EMAIL + 1):
        await throttle.attempt(email, address)
    await throttle.succeeded(email, address)


class Source:
    """UserReader that counts how often it is asked, and gives what the test puts in."""

    def __init__(self, user: User | None) -> None:
        self.user = user
        self.asked = 0

    async def get(self, user_id: UserId) -> User | None:
        self.asked += 1
        return self.user


def new_user(first_name: str = "Asha") -> User:
    return User.register(new_email(), PersonName(first_name, "Rao"), NOW)


async def test_a_profile_is_read_once_an_hour(redis_client: Redis) -> None:
    user = new_user()
    source = Source(user)
    cache = RedisUserCache(redis_client, source)
    assert [await cache.get(user.id) for _ in range(3)] == [user] * 3
    assert source.asked == 1
    assert TTL_S - 10 < await redis_client.ttl(f"user:{user.id}") <= TTL_S


async def test_a_change_is_seen_at_once_also_by_a_read_that_began_before_it(redis_client: Redis) -> None:
    before = new_user()
    after = User(id=before.id, email=before.email, name=PersonName("Aasha"), created_at=NOW, timezone="Asia/Dubai")
    source = Source(before)
    cache = RedisUserCache(redis_client, source)

    class ChangedMeanwhile:
        async def get(self, user_id: UserId) -> User | None:
            await cache.changed(after)
            return before

    assert await RedisUserCache(redis_client, ChangedMeanwhile()).get(before.id) == before
    assert await cache.get(before.id) == after
    assert source.asked == 0


async def test_nobody_is_not_remembered(redis_client: Redis) -> None:
    source = Source(None)
    cache = RedisUserCache(redis_client, source)
    user = new_user()
    assert await cache.get(user.id) is None
    source.user = user
    assert await cache.get(user.id) == user


async def test_without_redis_profiles_come_from_the_source(unreachable_redis: Redis) -> None:
    user = new_user()
    source = Source(user)
    cache = RedisUserCache(unreachable_redis, source)
    await cache.changed(user)
    assert [await cache.get(user.id) for _ in range(2)] == [user] * 2
    assert source.asked == 2
