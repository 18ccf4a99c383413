"""Bounding what a slow or absent Redis can cost a request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from redis.exceptions import RedisError

DEADLINE_S: Final = 0.5


class RedisDownError(Exception):
    """Redis did not answer in time."""


@asynccontextmanager
async def bounded() -> AsyncIterator[None]:
    """Turn an error of Redis, or no answer within `DEADLINE_S`, into RedisDownError."""
    try:
        async with asyncio.timeout(DEADLINE_S):
            yield
    except (RedisError, TimeoutError, OSError) as error:
        raise RedisDownError(str(error) or type(error).__name__) from error
