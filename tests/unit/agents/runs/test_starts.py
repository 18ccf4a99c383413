"""Turns start in order, a few at a time, and none waits for ever."""

from __future__ import annotations

import asyncio

from agents.runs.starts import Starts


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


async def test_nobody_waits_for_ever_for_those_that_hang() -> None:
    starts = Starts(at_once=1, patience_s=0)
    await starts.enter()
    late = await starts.enter()
    late.over()
    waiting = asyncio.create_task(starts.enter())
    await waiting
