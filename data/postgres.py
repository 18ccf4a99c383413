"""PostgreSQL through SQLAlchemy's async engine on asyncpg."""

import time
from typing import Any, Final

import asyncpg
import orjson
from sqlalchemy import event, exc, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from data.errors import StoreError

_PING_AFTER_S: Final = 20.0
# PostgreSQL, appendix A: the connection is lost, or disk, memory or connections are used up; admin_shutdown,
# crash_shutdown, cannot_connect_now, io_error, and what a standby says to who takes it for the primary.
_NO_SERVICE_CLASSES: Final = ("08", "53")
_NO_SERVICE: Final = frozenset({"57P01", "57P02", "57P03", "58030", "25006"})

OUTAGES: Final[tuple[type[Exception], ...]] = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresIOError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)
"""The same as asyncpg says it, where it is spoken with directly, besides what the network says (OSError)."""


def async_url(url: str) -> str:
    """A `postgres://` or `postgresql://` URL with the driver that SQLAlchemy needs; others stay as they are."""
    parsed = make_url(url)
    if parsed.drivername in {"postgres", "postgresql"}:
        parsed = parsed.set(drivername="postgresql+asyncpg")
    return parsed.render_as_string(hide_password=False)


def libpq_url(url: str) -> str:
    """The same URL for drivers that speak libpq's form, such as psycopg and asyncpg."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def create_engine(url: str, *, pool_size: int = 20) -> AsyncEngine:
    """A pooled engine of at most `pool_size` connections, opened when needed; a caller waits 10 s for one at most.

    Connections beyond a smaller pool would be opened and closed again under load, each at the cost of ten statements,
    so there are none. The last one given back is used first: its statements are prepared. A connection that the server
    has closed is never handed out, and one that rested for long is tried first.
    """
    engine = create_async_engine(
        async_url(url),
        pool_size=pool_size,
        max_overflow=0,
        pool_use_lifo=True,
        pool_timeout=10,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
    )
    event.listen(engine.sync_engine, "checkin", _note_rest)
    event.listen(engine.sync_engine, "checkout", _require_alive)
    event.listen(engine.sync_engine, "handle_error", _name_outage, retval=True)
    return engine


def _name_outage(context: ExceptionContext) -> BaseException | None:
    """What a server says that goes down, comes up or has no place is an OperationalError, as with other drivers.

    SQLAlchemy knows asyncpg's errors of these kinds as no more than a DBAPIError, and the one of a connection that has
    been closed already as an InterfaceError. One of them tells nothing of the server: a statement that is sent just
    after the server's last word finds the protocol in no state to send it. A cancelled statement costs its connection
    too, but nobody is away: the cancellation goes on.
    """
    told = context.original_exception
    if not isinstance(told, Exception):
        return None
    state = getattr(told, "sqlstate", None) or ""
    too_late = isinstance(told.__cause__, asyncpg.InternalClientError)
    if context.is_disconnect or too_late or state.startswith(_NO_SERVICE_CLASSES) or state in _NO_SERVICE:
        return exc.OperationalError(context.statement, context.parameters, told)
    return None


def _note_rest(_: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info["resting_since"] = time.monotonic()


def _require_alive(connection: DBAPIConnection, entry: ConnectionPoolEntry, _: object) -> None:
    """A round trip at every checkout (`pool_pre_ping`) would double the time of a short transaction.

    A killed server closes its sockets, which asyncpg notices by itself; only a silent network needs the round trip.
    """
    if entry.driver_connection is not None and entry.driver_connection.is_closed():
        raise exc.DisconnectionError("the server closed the connection")
    if time.monotonic() - entry.info.get("resting_since", time.monotonic()) > _PING_AFTER_S:
        try:
            cursor = connection.cursor()
            cursor.execute("SELECT 1")
            cursor.close()
            connection.rollback()
        except Exception as error:
            raise exc.DisconnectionError(str(error)) from error


async def raw_connection(connection: AsyncConnection) -> "asyncpg.Connection[Any]":
    """The asyncpg connection below, for COPY and LISTEN, inside the same transaction."""
    raw = (await connection.get_raw_connection()).driver_connection
    if not isinstance(raw, asyncpg.Connection):
        raise StoreError("PostgreSQL must be reached through asyncpg for this operation.")
    return raw
