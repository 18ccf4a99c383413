"""Ending asyncio tasks for certain, and work that is not to be broken off."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine
from typing import Any, Final, TypeVar

T = TypeVar("T")

_INSIST_AFTER_S: Final = 5.0


async def end(tasks: Collection[asyncio.Task[Any]], *, insist_after_s: float = _INSIST_AFTER_S) -> None:
    """Cancel tasks and wait until all have ended; what came of them can be asked of them.

    A cancellation can be lost: `asyncio.wait_for` of Python 3.11, which the pools of drivers use, forgets one that
    comes as its work ends. So a task that has not ended after a while is cancelled again.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=insist_after_s)


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """The result of work that is not broken off: who is cancelled meanwhile is so once it has ended.

    Who is cancelled again does not wait any longer; the work goes on all the same.
    """
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise
