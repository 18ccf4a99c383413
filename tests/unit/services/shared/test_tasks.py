"""Tasks end when they are told to, even when a library loses the first word, and not before their work is done."""

from __future__ import annotations

import asyncio

import pytest

from api.background import background
from services.shared.application.tasks import end, to_its_end


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


async def test_work_that_is_not_to_be_broken_off_ends_before_who_is_cancelled() -> None:
    done: list[str] = []
    goes_on = asyncio.Event()

    async def work() -> str:
        await goes_on.wait()
        done.append("work")
        return "result"

    async def person() -> None:
        try:
            await to_its_end(work())
        finally:
            done.append("person")

    task = asyncio.create_task(person())
    await asyncio.sleep(0)
    task.cancel()
    asyncio.get_running_loop().call_soon(goes_on.set)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert done == ["work", "person"]
    assert await to_its_end(work()) == "result"


async def test_who_is_cancelled_twice_waits_no_longer_and_the_work_goes_on() -> None:
    goes_on, done = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        await goes_on.wait()
        done.set()

    task = asyncio.create_task(to_its_end(work()))
    await asyncio.sleep(0)
    await end([task], insist_after_s=0.01)
    assert task.cancelled()
    goes_on.set()
    await done.wait()
