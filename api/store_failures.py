"""The errors by which the drivers say that a store cannot be reached."""

from typing import Final

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


def unavailable() -> UnavailableError:
    """What the caller is told: which store it was is in the log only."""
    return UnavailableError("A store that this needs cannot be reached at the moment. Try again shortly.")
