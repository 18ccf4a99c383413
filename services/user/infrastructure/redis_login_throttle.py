"""Counting attempts to log in, in Redis."""

import hashlib
from collections.abc import Awaitable
from typing import Final, cast

import structlog
from redis.asyncio import Redis

from services.user.domain.email import Email
from services.user.domain.errors import TooManyAttemptsError
from services.user.infrastructure.redis_errors import RedisDownError, bounded

PER_EMAIL: Final = 10
PER_ADDRESS: Final = 100
WINDOW_S: Final = 900

# Counts an attempt under both keys; the seconds to wait when one of them is over its bound, else 0.
_COUNT: Final = """
local wait = 0
for i, key in ipairs(KEYS) do
  local count = redis.call('INCR', key)
  if count == 1 then redis.call('EXPIRE', key, ARGV[#KEYS + 1]) end
  if count > tonumber(ARGV[i]) then wait = math.max(wait, redis.call('TTL', key), 1) end
end
return wait
"""

log = structlog.get_logger(__name__)


class RedisLoginThrottle:
    """LoginThrottle: in 15 minutes 10 attempts per email and address, 100 per address; then their time is waited out.

    When Redis is down attempts pass, with a line in the log: each still costs a hash, few of which run at once.
    """

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._count = client.register_script(_COUNT)

    async def attempt(self, email: Email, address: str) -> None:
        """Count an attempt. TooManyAttemptsError when there were too many."""
        keys = [_email_key(email, address), _address_key(address)]
        try:
            async with bounded():
                wait = await cast("Awaitable[int]", self._count(keys, [PER_EMAIL, PER_ADDRESS, WINDOW_S]))
        except RedisDownError as error:
            log.warning("attempt to log in not counted: Redis is down", error=str(error))
            return
        if wait:
            raise TooManyAttemptsError(wait)

    async def succeeded(self, email: Email, address: str) -> None:
        """Forget the failures of this email; other emails' from the same address still count."""
        try:
            async with bounded():
                await self._client.delete(_email_key(email, address))
        except RedisDownError as error:
            log.warning("attempts to log in not cleared: Redis is down", error=str(error))


def _address_key(address: str) -> str:
    return f"ratelimit:{address}:login"


def _email_key(email: Email, address: str) -> str:
    # The email's hash: a key is no place for personal data, nor for text of any length.
    return f"{_address_key(address)}:{hashlib.sha256(email.address.encode()).hexdigest()[:32]}"
