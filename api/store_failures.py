"""The errors by which the drivers say that a store cannot be reached."""

from typing import Final

import asyncpg
from pymongo.errors import ConnectionFailure
from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from data.graph import graph_errors
from services.shared.domain.errors import UnavailableError

STORE_FAILURES: Final[tuple[type[Exception], ...]] = (
    ConnectionError,
    ConnectionFailure,
    InterfaceError,
    OperationalError,
    PoolTimeoutError,
    RedisError,
    graph_errors.ServiceUnavailable,
)

# Of PostgreSQL without SQLAlchemy in between, as the checkpoints speak with it.
_POSTGRES_FAILURES: Final[tuple[type[Exception], ...]] = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
)


def is_outage(error: BaseException) -> bool:
    """Whether the error says that a store is away, or was while it was spoken with."""
    return isinstance(error, (*STORE_FAILURES, *_POSTGRES_FAILURES))


def unavailable() -> UnavailableError:
    """What the caller is told: which store it was is in the log only."""
    return UnavailableError("A store that this needs cannot be reached at the moment. Try again shortly.")
