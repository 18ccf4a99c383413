"""Transactions on the graph: retried where that helps, and an unreachable graph told as such."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

from data.graph import AsyncDriver, AsyncManagedTransaction, graph_errors
from services.shared.domain.errors import UnavailableError

_PAUSES_S: Final = (0.02, 0.04, 0.08, 0.16, 0.32, 0.64)
Work = Callable[[AsyncManagedTransaction], Awaitable[None]]
Rows = list[dict[str, Any]]


@asynccontextmanager
async def reachable() -> AsyncIterator[None]:
    """Turn the driver's word for a graph that cannot be reached into ours."""
    try:
        yield
    except (graph_errors.ServiceUnavailable, graph_errors.SessionExpired) as error:
        raise UnavailableError("The knowledge graph cannot be reached at the moment. Try again shortly.") from error


async def write(driver: AsyncDriver, work: Work) -> None:
    """Run work in one transaction.

    Two transactions that MERGE one key at once may both try to make it, and one of them breaks the constraint: it is
    tried again, and then finds the node there. The driver itself retries only errors that the server calls transient.
    """
    async with reachable(), driver.session() as session:
        for pause_s in (*_PAUSES_S, None):
            try:
                await session.execute_write(work)
            except graph_errors.ConstraintError:
                if pause_s is None:
                    raise
                await asyncio.sleep(pause_s)
            else:
                return


async def read(driver: AsyncDriver, statement: str, **parameters: Any) -> Rows:
    """The rows of one query."""

    async def work(transaction: AsyncManagedTransaction) -> Rows:
        return await rows_of(transaction, statement, **parameters)

    async with reachable(), driver.session() as session:
        return await session.execute_read(work)


async def rows_of(transaction: AsyncManagedTransaction, statement: str, **parameters: Any) -> Rows:
    """The rows of one statement of a transaction; a write gives none."""
    return await (await transaction.run(statement, parameters)).data()
