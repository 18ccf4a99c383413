"""The errors by which the drivers say that a store cannot be reached."""

from typing import Final

from pymongo.errors import ConnectionFailure
from redis.exceptions import RedisError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from data.graph import graph_errors
from data.postgres import OUTAGES
from services.shared.domain.errors import UnavailableError

STORE_FAILURES: Final[tuple[type[Exception], ...]] = (
    ConnectionError,
    ConnectionFailure,
    InterfaceError,
    OperationalError,
    PoolTimeoutError,
    RedisError,
    graph_errors.ServiceUnavailable,
    *OUTAGES,
)


def is_outage(error: BaseException) -> bool:
    """Whether the error says that a store is away, or was while it was spoken with."""
    return isinstance(error, STORE_FAILURES)


def unavailable() -> UnavailableError:
    """What the caller is told: which store it was is in the log only."""
    return UnavailableError("A store that this needs cannot be reached at the moment. Try again shortly.")
