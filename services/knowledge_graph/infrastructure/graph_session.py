"""Transactions on the graph: retried where that helps, and an unreachable graph told as such."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Final, LiteralString

from data.graph import AsyncDriver, AsyncManagedTransaction, graph_errors
from services.shared.domain.errors import UnavailableError

_PAUSES_S: Final = (0.02, 0.04, 0.08, 0.16, 0.32)


@asynccontextmanager
async def reachable() -> AsyncIterator[None]:
    """Turn the driver's word for a graph that cannot be reached into ours."""
    try:
        yield
    except (graph_errors.ServiceUnavailable, graph_errors.SessionExpired) as error:
        raise UnavailableError("The knowledge graph cannot be reached at the moment. Try again shortly.") from error


async def write(driver: AsyncDriver, statements: Sequence[LiteralString], parameters: Mapping[str, str]) -> None:
    """Run statements in one transaction.

    Two transactions that MERGE one key at once may both try to make it, and one of them breaks the constraint: it is
    tried again, and then finds the node there. The driver itself retries only errors that the server calls transient.
    """

    async def work(transaction: AsyncManagedTransaction) -> None:
        for statement in statements:
            await (await transaction.run(statement, dict(parameters))).consume()

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
