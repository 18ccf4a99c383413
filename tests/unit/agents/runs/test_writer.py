"""The run log's writer: numbered once, durable first, the same bytes for everyone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import partial

import pytest

from agents.runs.events import EventType, frames_after, parse
from agents.runs.log import NOTHING, LogEntry
from agents.runs.sink import RunSink
from agents.runs.writer import RunLogWriter, pace_after
from api.background import background
from data.stream_log import Refused


class MemoryLog:
    """A log in memory that can be made to fail."""

    def __init__(self) -> None:
        self.entries: dict[str, list[LogEntry]] = {}
        self.appends = 0
        self.failures = 0
        self.taken: set[str] = set()
        self.answering = asyncio.Event()
        self.answering.set()
        self.appended = asyncio.Event()

    async def append(self, entries: Sequence[tuple[str, LogEntry]], after: Mapping[str, int] = NOTHING) -> Refused:
        self.appends += 1
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the log is down")
        lost = {run_id for run_id, _ in entries if after.get(run_id) and not self.entries.get(run_id)}
        for run_id, entry in entries:
            if run_id not in lost | self.taken:
                self.entries.setdefault(run_id, []).append(entry)
        self.appended.set()
        await self.answering.wait()
        return Refused(frozenset(lost), frozenset(self.taken))

    async def read(self, run_id: str, after_seq: int = 0) -> list[LogEntry]:
        return [entry for entry in self.entries.get(run_id, []) if entry.last_seq > after_seq]

    async def last(self, run_id: str) -> LogEntry | None:
        return self.entries[run_id][-1] if self.entries[run_id] else None

    def end(self, run_id: str) -> None:
        pass

    async def follow(self, run_id: str, after_seq: int = 0) -> AsyncIterator[LogEntry]:
        for entry in await self.read(run_id, after_seq):
            yield entry


@pytest.fixture
async def log() -> MemoryLog:
    return MemoryLog()


@pytest.fixture
async def writer(log: MemoryLog) -> AsyncIterator[RunLogWriter]:
    writing = RunLogWriter(log)
    task = asyncio.create_task(writing.run())
    yield writing
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def everything(frames: AsyncIterator[bytes]) -> bytes:
    return b"".join([part async for part in frames])


async def test_text_said_together_is_one_event_and_one_append(log: MemoryLog, writer: RunLogWriter) -> None:
    sink = writer.open_new("r1")
    for word in ("You ", "spent ", "nothing."):
        sink.text(word)
    sink.emit(EventType.RUN_COMPLETED, {"run_id": "r1"})
    await sink.finished()
    events = list(parse(log.entries["r1"][0].frames))
    assert [(event.seq, event.type) for event in events] == [(1, EventType.TEXT_DELTA), (2, EventType.RUN_COMPLETED)]
    assert events[0].data == {"delta": "You spent nothing."}
    assert log.appends == 1


async def test_runs_that_speak_together_share_an_append(log: MemoryLog, writer: RunLogWriter) -> None:
    sinks = [writer.open_new(f"r{number}") for number in range(50)]
    for sink in sinks:
        sink.text("hello")
        sink.emit(EventType.RUN_COMPLETED, {})
    await asyncio.gather(*(sink.finished() for sink in sinks))
    assert log.appends == 1


async def test_what_is_done_before_writing_is_written_with_the_rest(log: MemoryLog, writer: RunLogWriter) -> None:
    def fail() -> None:
        raise LookupError

    sinks = [writer.open_new(f"r{number}") for number in range(2)]
    writer.before_writing(fail)
    for sink in sinks:
        writer.before_writing(partial(sink.emit, EventType.RUN_COMPLETED, {}))
    await asyncio.gather(*(sink.finished() for sink in sinks))
    assert log.appends == 1


@pytest.mark.parametrize(
    ("say", "how"),
    [
        (lambda sink: sink.text("hello"), "tidied in haste"),
        (lambda sink: sink.emit(EventType.STEP, {}), "tidied"),
    ],
    ids=["first words", "something else"],
)
async def test_what_takes_a_while_is_done_when_the_clients_have_heard(
    say: Callable[[RunSink], None], how: str, log: MemoryLog
) -> None:
    heard: list[str] = []
    tidied = asyncio.Event()

    def tidy(in_haste: bool) -> None:
        heard.append("tidied in haste" if in_haste else "tidied")
        tidied.set()

    async def follow() -> None:
        async for _ in writing.follow("r1"):
            heard.append("client")

    writing = RunLogWriter(log, tidy)
    sink = writing.open_new("r1")
    async with background(follow(), writing.run()):
        await asyncio.sleep(0)
        say(sink)
        await tidied.wait()
    assert heard == ["client", how]


async def test_nothing_that_takes_a_while_is_done_when_the_loop_is_late(log: MemoryLog) -> None:
    tidied: list[None] = []
    writing = RunLogWriter(log, lambda _: tidied.append(None))
    sink = writing.open_new("r1")
    async with background(writing.run()):
        log.answering.clear()
        sink.text("hello")
        await log.appended.wait()
        # The log takes longer than a moment to answer, so that the next write comes late.
        asyncio.get_running_loop().call_later(0.02, log.answering.set)
        await log.answering.wait()
        sink.emit(EventType.RUN_COMPLETED, {})
        await sink.finished()
        for _ in range(5):
            await asyncio.sleep(0)
    assert len(tidied) == 1


async def test_first_words_do_not_wait_for_the_others_pace(log: MemoryLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agents.runs.writer.pace_after", lambda *_: 3600.0)
    writing = RunLogWriter(log)
    speaking, silent = writing.open_new("r1"), writing.open_new("r2")
    async with asyncio.timeout(10), background(writing.run()):
        speaking.text("one")
        await log.appended.wait()
        log.appended.clear()
        speaking.text(" two")
        silent.text("hello")
        await log.appended.wait()
    assert [len(log.entries[run_id]) for run_id in ("r1", "r2")] == [2, 1]
    assert log.appends == 2


def test_a_pace_grows_slowly_again_after_first_words() -> None:
    paces = [0.008]
    for _ in range(4):
        paces.append(pace_after(64, paces[-1]))
    assert paces == pytest.approx([0.008, 0.014, 0.020, 0.026, 0.030])
    assert pace_after(1, 0.030) < 0.001


async def test_a_client_sees_only_what_is_durable(log: MemoryLog, writer: RunLogWriter) -> None:
    log.failures = 2
    sink = writer.open_new("r1")
    following = asyncio.create_task(everything(writer.follow("r1")))
    sink.text("hello")
    sink.emit(EventType.RUN_COMPLETED, {})
    frames = await following
    assert log.failures == 0
    assert frames == b"".join(entry.frames for entry in log.entries["r1"])


async def test_a_log_that_was_emptied_is_told_all_of_it_again(log: MemoryLog, writer: RunLogWriter) -> None:
    sink = writer.open_new("r1")
    sink.text("You spent ")
    await log.appended.wait()
    log.entries.clear()
    sink.text("nothing.")
    sink.emit(EventType.RUN_COMPLETED, {})
    await sink.finished()
    events = [event for entry in log.entries["r1"] for event in parse(entry.frames)]
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.data["delta"] for event in events[:2]] == ["You spent ", "nothing."]


async def test_following_from_any_event_gives_the_rest_byte_for_byte(log: MemoryLog, writer: RunLogWriter) -> None:
    sink = writer.open_new("r1")
    for number in range(6):
        sink.emit(EventType.STEP, {"number": number})
        await asyncio.sleep(0)
    sink.emit(EventType.RUN_COMPLETED, {})
    await sink.finished()
    whole = await everything(writer.follow("r1"))
    for event in list(parse(whole))[:-1]:
        assert await everything(writer.follow("r1", event.seq)) == frames_after(whole, event.seq)
    writer.close(sink)
    assert await everything(writer.follow("r1", 3)) == frames_after(whole, 3)


async def test_who_heard_more_than_was_said_hears_nothing_twice(log: MemoryLog, writer: RunLogWriter) -> None:
    sink = writer.open_new("r1")
    sink.emit(EventType.STEP, {"number": 1})
    await log.appended.wait()
    following = [asyncio.create_task(everything(writer.follow("r1", after))) for after in (2, 1000)]
    await asyncio.sleep(0)
    sink.emit(EventType.STEP, {"number": 2})
    sink.emit(EventType.RUN_COMPLETED, {})
    await sink.finished()
    some, none = await asyncio.gather(*following)
    assert [event.seq for event in parse(some)] == [3]
    assert none == b""


async def test_a_resumed_run_goes_on_numbering_and_says_nothing_twice(log: MemoryLog, writer: RunLogWriter) -> None:
    first = writer.open_new("r1")
    first.emit_once(EventType.TOOL_CALL, {"call_id": "call_1_1"})
    first.text("You spent ")
    await log.appended.wait()
    writer.close(first)
    again = await writer.open("r1")
    assert again.said.text == "You spent "
    again.emit_once(EventType.TOOL_CALL, {"call_id": "call_1_1"})
    again.emit_once(EventType.TOOL_CALL, {"call_id": "call_1_2"})
    again.emit(EventType.RUN_COMPLETED, {})
    await again.finished()
    events = [event for entry in log.entries["r1"] for event in parse(entry.frames)]
    assert [event.seq for event in events] == [1, 2, 3, 4]
    assert [e.data["call_id"] for e in events if e.type is EventType.TOOL_CALL] == ["call_1_1", "call_1_2"]


async def test_a_run_that_another_process_has_taken_is_written_no_more(log: MemoryLog, writer: RunLogWriter) -> None:
    sink = writer.open_new("r1")
    sink.text("You spent ")
    await log.appended.wait()
    told: list[str] = []
    sink.on_lost = lambda: told.append("lost")
    log.taken = {"r1"}
    sink.text("nothing.")
    sink.emit(EventType.RUN_COMPLETED, {})
    following = asyncio.create_task(everything(writer.follow("r1")))
    await asyncio.gather(sink.finished(), sink.park())
    assert [event.data for event in parse(await following)] == [{"delta": "You spent "}]
    assert told == ["lost"]
    assert sink.take() is None


async def test_what_was_being_written_when_the_process_ends_is_written_whole(log: MemoryLog) -> None:
    writing = RunLogWriter(log)
    task, sink = asyncio.create_task(writing.run()), writing.open_new("r1")
    log.answering.clear()
    sink.text("You spent ")
    await log.appended.wait()
    sink.text("nothing.")
    task.cancel()
    log.answering.set()
    await asyncio.gather(task, return_exceptions=True)
    logged = list(dict.fromkeys(log.entries["r1"]))
    assert [event.data["delta"] for entry in logged for event in parse(entry.frames)] == ["You spent ", "nothing."]
    assert [entry.last_seq for entry in sink.entries] == [1, 2]
