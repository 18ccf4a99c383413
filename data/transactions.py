"""One transaction around several units of work: whoever opens a connection inside it gets the transaction's own.

The surrounding transaction belongs to the task that opened it. A task started inside it (a background run, parallel
reads) has a transaction of its own, as two tasks cannot use one connection and it may outlive this one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

AfterCommit = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Surrounding:
    """An open transaction, the task it belongs to, and what is to follow its commit."""

    connection: AsyncConnection
    task: asyncio.Task[object] | None
    after_commit: list[AfterCommit] = field(default_factory=list)


_surrounding: ContextVar[Surrounding | None] = ContextVar("surrounding_transaction", default=None)


# An engine's reader refers to the engine's pool, not to the engine.
_readers: WeakKeyDictionary[AsyncEngine, AsyncEngine] = WeakKeyDictionary()


def surrounding() -> Surrounding | None:
    """The transaction that the running task has around it, if any."""
    found = _surrounding.get()
    return found if found is not None and found.task is asyncio.current_task() else None


@asynccontextmanager
async def surround(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Open a transaction that commits when the block ends and rolls back when it raises.

    Units of work inside it become savepoints of it, so that their changes and events are kept together or not at all;
    what they want done after their commit is done after this one. Inside another it is a savepoint itself.
    """
    around = surrounding()
    if around is not None:
        async with around.connection.begin_nested():
            yield around.connection
        return
    async with engine.connect() as connection:
        transaction = Surrounding(connection, asyncio.current_task())
        token = _surrounding.set(transaction)
        try:
            async with connection.begin():
                yield connection
        finally:
            _surrounding.reset(token)
    for follow in transaction.after_commit:
        await follow()


def connect(engine: AsyncEngine) -> AbstractAsyncContextManager[AsyncConnection]:
    """A connection to read on: the surrounding transaction's, which sees its own changes, or one from the pool.

    The latter opens no transaction, which saves two round trips: at READ COMMITTED each statement sees what is
    committed when it begins, in a transaction or not. For `SET LOCAL` or a lock there is `surround`.
    """
    around = surrounding()
    return _opened(_without_transactions(engine)) if around is None else nullcontext(around.connection)


@asynccontextmanager
async def _opened(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection that SQLAlchemy closes in a task of its own, so that it is not cancelled, only if the block raises.

    Otherwise there is nothing to roll back, and giving it back to the pool waits for nothing.
    """
    async with AsyncExitStack() as if_raised:
        connection = await if_raised.enter_async_context(engine.connect())
        yield connection
        if_raised.pop_all()
    await connection.close()


@asynccontextmanager
async def planning_anew(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection in a transaction whose statements are planned for the values that they are given.

    After five uses PostgreSQL plans a statement for the average person, who has a hundred transactions: for one with a
    million that plan may take minutes.
    """
    async with surround(engine) as connection:
        await connection.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
        yield connection


def _without_transactions(engine: AsyncEngine) -> AsyncEngine:
    """The engine, on the same pool, each of whose statements commits by itself."""
    found = _readers.get(engine)
    if found is None:
        found = _readers[engine] = engine.execution_options(isolation_level="AUTOCOMMIT")
    return found
