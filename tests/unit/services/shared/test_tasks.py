"""Tasks end when they are told to, even when a library loses the first word."""

from __future__ import annotations

import asyncio

from api.background import background
from services.shared.application.tasks import end


async def _deaf(heard: list[str]) -> None:
    """Works for ever, and loses the first cancellation as `asyncio.wait_for` of Python 3.11 can."""
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            heard.append("cancelled")
            if len(heard) > 1:
                raise


async def test_a_task_that_lost_its_cancellation_is_told_again() -> None:
    heard: list[str] = []
    task = asyncio.create_task(_deaf(heard))
    await asyncio.sleep(0)
    await end([task], insist_after_s=0.01)
    assert task.cancelled()
    assert heard == ["cancelled", "cancelled"]


async def test_what_runs_beside_others_is_told_again_too() -> None:
    heard: list[str] = []

    async def together() -> None:
        await asyncio.gather(_deaf(heard), _deaf([]))

    task = asyncio.create_task(together())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await end([task], insist_after_s=0.01)
    assert task.done()
    assert heard == ["cancelled", "cancelled"]


async def test_the_end_of_a_block_ends_what_runs_beside_it() -> None:
    ended = asyncio.Event()

    async def beside() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    async with background(beside()):
        await asyncio.sleep(0)
    assert ended.is_set()


async def test_ended_tasks_need_no_waiting() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    await task
    await end([task])
    assert not task.cancelled()
