"""Turns are worked on in order, a few at a time, those that have begun first, and none waits in vain."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from agents.runs.slots import OverloadedError, Slot, Slots


def _waiting(entry: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    return asyncio.create_task(entry)


async def test_who_asked_first_starts_first() -> None:
    slots = Slots(1)
    first = await slots.enter()
    entered: list[str] = []

    async def turn(name: str) -> None:
        slot = await slots.enter()
        entered.append(name)
        slot.leave()

    others = [asyncio.create_task(turn(name)) for name in ("second", "third")]
    await asyncio.sleep(0)
    assert entered == []
    first.leave()
    await asyncio.gather(*others)
    assert entered == ["second", "third"]


async def test_who_has_begun_goes_on_before_anybody_starts() -> None:
    slots = Slots(1)
    begun = await slots.enter()
    begun.leave()
    other = await slots.enter()
    new, again = _waiting(slots.enter()), _waiting(begun.again())
    await asyncio.sleep(0)
    other.leave()
    await again
    assert not new.done()
    begun.leave()
    await new


async def test_a_slot_is_left_once_and_taken_once() -> None:
    slots = Slots(1)
    slot = await slots.enter()
    await slot.again()
    slot.leave()
    slot.leave()
    await slots.enter()
    waiting = _waiting(slots.enter())
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_who_takes_long_holds_nobody_up() -> None:
    slots = Slots(1, at_most_s=0)
    slow = await slots.enter()
    other = await slots.enter()
    slow.leave()
    other.leave()
    assert isinstance(await slots.enter(), Slot)


async def test_who_has_waited_for_long_is_told_to_come_back() -> None:
    slots = Slots(1, patience_s=0)
    first = await slots.enter()
    with pytest.raises(OverloadedError) as caught:
        await slots.enter()
    assert caught.value.extra == {"retry_after_s": 5}
    first.leave()
    await slots.enter()


async def test_a_slot_handed_to_who_gives_up_at_that_moment_goes_on_to_the_next() -> None:
    slots = Slots(1)
    first = await slots.enter()
    gone, next_one = _waiting(slots.enter()), _waiting(slots.enter())
    await asyncio.sleep(0)
    first.leave()
    gone.cancel()
    assert isinstance(await next_one, Slot)
    assert gone.cancelled()


async def test_who_gave_up_while_waiting_is_passed_over() -> None:
    slots = Slots(1)
    first = await slots.enter()
    gone, next_one = _waiting(slots.enter()), _waiting(slots.enter())
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait({gone})
    first.leave()
    assert isinstance(await next_one, Slot)


async def test_a_turn_that_nobody_waits_for_holds_none() -> None:
    slot = Slot()
    await slot.again()
    assert not slot.is_held
    slot.leave()
    assert not slot.is_held


async def test_who_was_let_in_does_not_wait_again() -> None:
    slots = Slots(1)
    async with slots.admit():
        slot = await slots.enter()
    assert slot.is_held
    other = _waiting(slots.enter())
    await asyncio.sleep(0)
    assert not other.done()
    slot.leave()
    await other


async def test_who_was_let_in_and_began_no_turn_lets_the_next_in() -> None:
    slots = Slots(1)
    async with slots.admit():
        pass
    assert (await slots.enter()).is_held


async def test_who_was_let_in_and_dawdled_waits_anew() -> None:
    slots = Slots(1, at_most_s=0)
    async with slots.admit():
        other = await slots.enter_anew()
        other.leave()
        assert (await slots.enter()).is_held


async def test_one_admission_begins_one_turn_without_waiting() -> None:
    slots = Slots(1)
    async with slots.admit():
        first = await slots.enter()
        second = _waiting(slots.enter())
        await asyncio.sleep(0)
        assert not second.done()
        first.leave()
        await second


async def test_who_cannot_be_let_in_soon_is_told_to_come_back() -> None:
    slots = Slots(1, patience_s=0)
    await slots.enter()
    with pytest.raises(OverloadedError):
        async with slots.admit():
            pytest.fail("let in without a slot")
