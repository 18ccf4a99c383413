"""Turns start in order, a few at a time, and none waits in vain."""

from __future__ import annotations

import asyncio

import pytest

from agents.runs.starts import OverloadedError, Starts


async def test_who_asked_first_starts_first() -> None:
    starts = Starts(at_once=1)
    first = await starts.enter()
    entered: list[str] = []

    async def turn(name: str) -> None:
        start = await starts.enter()
        entered.append(name)
        start.over()

    others = [asyncio.create_task(turn(name)) for name in ("second", "third")]
    await asyncio.sleep(0)
    assert entered == []
    first.over()
    await asyncio.gather(*others)
    assert entered == ["second", "third"]


async def test_a_start_is_over_once() -> None:
    starts = Starts(at_once=1)
    start = await starts.enter()
    start.over()
    start.over()
    await starts.enter()
    waiting = asyncio.create_task(starts.enter())
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_who_has_waited_for_long_is_told_to_come_back() -> None:
    starts = Starts(at_once=1, patience_s=0)
    first = await starts.enter()
    with pytest.raises(OverloadedError) as caught:
        await starts.enter()
    assert caught.value.extra == {"retry_after_s": 5}
    first.over()
    await starts.enter()
