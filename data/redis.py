"""Redis (or Valkey) through redis.asyncio."""

import asyncio
from typing import Any, cast

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
    pool = _LeanPool.from_url(
        url,
        max_connections=max_connections,
        timeout=5,
        socket_connect_timeout=2,
        socket_timeout=10,
        health_check_interval=30,
        retry=Retry(ExponentialBackoff(cap=0.5, base=0.02), 3),
        retry_on_error=[RedisConnectionError, RedisTimeoutError],
    )
    pool.connection_class = _lean(pool.connection_class)
    return Redis(connection_pool=pool)


class _LeanPool(BlockingConnectionPool):
    """Gives and takes a connection at once while nobody waits for one.

    The locks, timers and measurements that it is otherwise given and taken with cost as much as a command.
    """

    _waiting = 0

    async def get_connection(self, command_name: Any = None, *keys: Any, **options: Any) -> AbstractConnection:
        """A connection that is ready for a command."""
        if not self._available_connections or self._is_ordered:
            self._waiting += 1
            try:
                return cast("AbstractConnection", await super().get_connection())  # type: ignore[no-untyped-call]
            finally:
                self._waiting -= 1
        connection: AbstractConnection = self.get_available_connection()  # type: ignore[no-untyped-call]
        try:
            await self.ensure_connection(connection)
        except BaseException:
            await self.release(connection)
            raise
        return connection

    async def release(self, connection: AbstractConnection) -> None:
        """Take a connection back."""
        if self._is_ordered or connection.should_reconnect():  # type: ignore[no-untyped-call]
            await super().release(connection)
            return
        self._in_use_connections.remove(connection)
        self._available_connections.append(connection)

    @property
    def _is_ordered(self) -> bool:
        return self._waiting > 0 or self._in_maintenance


def _lean(connection_class: type[AbstractConnection]) -> type[AbstractConnection]:
    """The connection, plain or with TLS, with less of redis-py's own work in each command."""
    return type(connection_class.__name__, (_LeanConnection, connection_class), {})


class _LeanConnection(AbstractConnection):
    def pack_command(self, *args: Any) -> list[bytes]:
        """By hiredis, which redis.asyncio uses for answers alone.

        In Python the packing of an entry of a run's log takes as long as all that is done with the token in it. A name
        of two words, as in `SCRIPT LOAD`, is two arguments to the server.
        """
        name, *rest = args
        return [hiredis.pack_command((*name.split(), *rest))]

    async def send_packed_command(self, command: Any, check_health: bool = True) -> None:
        """Without a timer, and before Python 3.12 a task, around what goes to the socket without waiting."""
        writer = self._writer
        if writer is not None and isinstance(command, list) and self._is_fit() and _takes_at_once(writer.transport):
            writer.writelines(command)
        else:
            await super().send_packed_command(command, check_health)

    def _is_fit(self) -> bool:
        return self.is_connected and asyncio.get_running_loop().time() <= self.next_health_check


def _takes_at_once(transport: asyncio.WriteTransport) -> bool:
    return not transport.is_closing() and transport.get_write_buffer_size() == 0
