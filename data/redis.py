"""Redis (or Valkey) through redis.asyncio."""

from typing import Any

import hiredis
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError


def create_redis(url: str, *, max_connections: int = 64) -> Redis:
    """A client on a bounded pool: a caller waits up to 5 s for a connection (the default pool raises at its limit).

    Commands are retried three times when the connection breaks, so they must be safe to repeat. Values are bytes.
    """
    pool = BlockingConnectionPool.from_url(
        url,
        max_connections=max_connections,
        timeout=5,
        socket_connect_timeout=2,
        socket_timeout=10,
        health_check_interval=30,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.02), 3),
        retry_on_error=[RedisConnectionError, RedisTimeoutError],
    )
    pool.connection_class = _packing_in_c(pool.connection_class)
    return Redis(connection_pool=pool)


def _packing_in_c(connection_class: type[AbstractConnection]) -> type[AbstractConnection]:
    """The connection, plain or with TLS, with commands packed by hiredis: redis.asyncio uses it for answers alone.

    In Python the packing of an entry of a run's log takes as long as all that is done with the token in it.
    """
    return type(connection_class.__name__, (_PackingInC, connection_class), {})


class _PackingInC(AbstractConnection):
    def pack_command(self, *args: Any) -> list[bytes]:
        """A name of two words, as in `SCRIPT LOAD`, is two arguments to the server."""
        name, *rest = args
        return [hiredis.pack_command((*name.split(), *rest))]
