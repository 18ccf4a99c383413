"""Batches of records on their way through the consumers."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from data.outbox.inbox import Handling
from data.outbox.records import HeldBackError, OutboxRecord
from services.shared.application.event_record import EventRecord
from services.shared.domain.ids import new_uuid
from services.shared.infrastructure.dispatch import HandlerSet

ASHA, RAVI = new_uuid(), new_uuid()


def record(key: UUID, number: int, name: str = "Happened", topic: str = "test") -> OutboxRecord:
    return OutboxRecord(new_uuid(), topic, name, str(key), datetime.now(UTC), {"number": number})


class MemoryInbox:
    """What was noted, and how often it was asked; like a server, it can be away."""

    def __init__(self) -> None:
        self.noted: set[Handling] = set()
        self.asked: list[set[Handling]] = []
        self.is_away = False

    async def handled(self, asked: Collection[Handling]) -> set[Handling]:
        self.asked.append(set(asked))
        return self.noted & set(asked)

    async def note(self, handled: Collection[Handling]) -> None:
        if self.is_away:
            raise ConnectionError("the inbox is away")
        self.noted |= set(handled)


class Collector:
    """Keeps what it gets, and fails on numbers that it is told to."""

    topics = frozenset({"test"})

    def __init__(self, consumer: str, names: frozenset[str] | None = None, failing: Collection[int] = ()) -> None:
        self.consumer = consumer
        self.names = names
        self.failing = set(failing)
        self.got: list[tuple[UUID, object]] = []

    async def handle(self, event: EventRecord) -> None:
        await asyncio.sleep(0)
        if event.payload["number"] in self.failing:
            raise ConnectionError(f"{self.consumer} is down")
        self.got.append((event.user_id, event.payload["number"]))

    def of(self, key: UUID) -> list[object]:
        return [number for user, number in self.got if user == key]


class Gatherer(Collector):
    """Takes many at once, all or none, but for numbers that it leaves."""

    def __init__(self, consumer: str, failing: Collection[int] = (), leaving: Collection[int] = ()) -> None:
        super().__init__(consumer, failing=failing)
        self.leaving = set(leaving)
        self.together: list[object] = []

    async def handle_together(self, events: Sequence[EventRecord]) -> Sequence[EventRecord]:
        if any(event.payload["number"] in self.failing for event in events):
            raise ConnectionError(f"{self.consumer} is down")
        left = [event for event in events if event.payload["number"] in self.leaving]
        self.together.extend(event.payload["number"] for event in events if event not in left)
        return left


def kinds(outcomes: Sequence[Exception | None]) -> list[type[Exception] | None]:
    return [None if outcome is None else type(outcome) for outcome in outcomes]


async def test_a_batch_is_looked_up_once_and_noted_once_and_handled_in_order() -> None:
    inbox, one, other = MemoryInbox(), Collector("one"), Collector("other")
    records = [record(key, number) for number in range(20) for key in (ASHA, RAVI)]
    handlers = HandlerSet(inbox, [one, other])
    assert await handlers.handle(records) == [None] * 40
    assert await handlers.handle(records) == [None] * 40
    assert one.of(ASHA) == one.of(RAVI) == other.of(ASHA) == other.of(RAVI) == list(range(20))
    assert [len(asked) for asked in inbox.asked] == [80, 80]


async def test_a_handler_gets_and_keeps_a_memory_of_its_own_events_only() -> None:
    inbox, picky = MemoryInbox(), Collector("picky", frozenset({"Wanted"}))
    wanted = record(ASHA, 2, "Wanted")
    outcomes = await HandlerSet(inbox, [picky]).handle(
        [record(ASHA, 1), wanted, record(ASHA, 3, "Wanted", "elsewhere")]
    )
    assert outcomes == [None] * 3
    assert picky.of(ASHA) == [2]
    assert inbox.noted == {Handling("picky", wanted.event_id)}


async def test_a_failure_holds_back_its_own_key_and_comes_again_to_who_failed() -> None:
    failing, steady = Collector("failing", failing={2}), Collector("steady")
    handlers = HandlerSet(MemoryInbox(), [failing, steady])
    records = [*(record(ASHA, number) for number in (1, 2, 3)), record(RAVI, 9)]
    assert kinds(await handlers.handle(records)) == [None, ConnectionError, HeldBackError, None]
    assert (failing.of(ASHA), failing.of(RAVI)) == ([1], [9])
    assert (steady.of(ASHA), steady.of(RAVI)) == ([1, 2], [9])
    failing.failing.clear()
    assert await handlers.handle(records[1:3]) == [None, None]
    assert failing.of(ASHA) == steady.of(ASHA) == [1, 2, 3]


async def test_what_was_handled_and_not_noted_is_handled_again() -> None:
    inbox, collector = MemoryInbox(), Collector("c")
    handlers, records = HandlerSet(inbox, [collector]), [record(ASHA, number) for number in (1, 2)]
    inbox.is_away = True
    with pytest.raises(ConnectionError, match="inbox"):
        await handlers.handle(records)
    inbox.is_away = False
    assert await handlers.handle(records) == [None, None]
    assert collector.of(ASHA) == [1, 2, 1, 2]


async def test_a_record_that_is_in_a_batch_twice_is_handled_once() -> None:
    collector, twice = Collector("c"), record(ASHA, 1)
    assert await HandlerSet(MemoryInbox(), [collector]).handle([twice, record(ASHA, 2), twice]) == [None] * 3
    assert collector.of(ASHA) == [1, 2]


async def test_who_can_take_many_gets_them_together_and_what_is_left_one_by_one() -> None:
    gatherer, collector = Gatherer("gatherer", leaving={3}), Collector("c", failing={1})
    handlers = HandlerSet(MemoryInbox(), [gatherer, collector])
    records = [record(ASHA, 1), record(ASHA, 2), record(RAVI, 3)]
    assert kinds(await handlers.handle(records)) == [ConnectionError, HeldBackError, None]
    collector.failing.clear()
    assert await handlers.handle(records[:2]) == [None, None]
    assert gatherer.together == [1, 2]
    assert gatherer.got == [(RAVI, 3)]


async def test_what_cannot_be_taken_together_fails_for_those_alone_who_cannot_have_it() -> None:
    gatherer = Gatherer("gatherer", failing={2})
    handlers = HandlerSet(MemoryInbox(), [gatherer])
    records = [record(ASHA, 1), record(ASHA, 2), record(ASHA, 3), record(RAVI, 9)]
    assert kinds(await handlers.handle(records)) == [None, ConnectionError, HeldBackError, None]
    assert (gatherer.of(ASHA), gatherer.of(RAVI)) == ([1], [9])


async def test_people_are_served_side_by_side() -> None:
    met = asyncio.Barrier(2)

    class Meeting(Collector):
        async def handle(self, event: EventRecord) -> None:
            await met.wait()
            await super().handle(event)

    meeting = Meeting("meeting")
    records = [record(key, number) for number in range(2) for key in (ASHA, RAVI)]
    assert await asyncio.wait_for(HandlerSet(MemoryInbox(), [meeting]).handle(records), 10) == [None] * 4
    assert meeting.of(ASHA) == meeting.of(RAVI) == [0, 1]


async def test_the_handlers_of_a_record_are_cancelled_with_the_batch() -> None:
    started, inbox = asyncio.Event(), MemoryInbox()

    class Stuck(Collector):
        async def handle(self, _: EventRecord) -> None:
            started.set()
            await asyncio.Event().wait()

    handling = asyncio.create_task(HandlerSet(inbox, [Stuck("stuck")]).handle([record(ASHA, 1)]))
    await started.wait()
    handling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await handling
    assert inbox.noted == set()
