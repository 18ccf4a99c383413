"""Group commit: what all runs have to say at a moment goes to the log in one round trip, then to the clients."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import Final

import structlog

from agents.runs.events import RunEvent, frames_after, parse
from agents.runs.log import NOTHING, LogEntry, Refused, RunLog
from agents.runs.sink import RunSink

log = structlog.get_logger(__name__)

# What is said within so long is written together, the longer the more runs speak: a run that speaks alone is written at
# once, but a write and a frame for each token of many would cost more than the tokens.
_PACE_PER_RUN_S: Final = 0.00075
_SLOWEST_PACE_S: Final = 0.03
# So soon if a run has its first words to say. Who had nothing to say then is silent for two pauses: so the next are
# only a little longer each, until none is shorter than what most models take for a token.
_PACE_OF_FIRST_WORDS_S: Final = 0.008
_SLOWER_BY_S: Final = 0.006
# Who is so late has more to do than to tidy up.
_LATE_S: Final = 0.005


class RunLogWriter:
    """The one task of a process that writes to the log. Opened runs are followed here; others through the log."""

    def __init__(self, run_log: RunLog, tidy: Callable[[bool], None] = lambda in_haste: None) -> None:
        """`tidy` is what may take a while, less of it in haste: while first words come.

        It is done when all clients have just heard something.
        """
        self._log = run_log
        self._tidy = tidy
        self._sinks: dict[str, RunSink] = {}
        self._dirty: dict[str, RunSink] = {}
        self._batch: list[tuple[RunSink, LogEntry]] = []
        self._before: list[Callable[[], None]] = []
        self._wake = asyncio.Event()
        self._hurry = asyncio.Event()

    async def open(self, run_id: str) -> RunSink:
        """A sink for a run that this process works on; a resumed run goes on after what the log already holds."""
        entries = await self._log.read(run_id)
        sink = RunSink(run_id, self.wake, entries)
        self._sinks[run_id] = sink
        return sink

    def open_new(self, run_id: str) -> RunSink:
        """A sink for a run that has said nothing yet, without asking the log."""
        return self._sinks.setdefault(run_id, RunSink(run_id, self.wake))

    async def told(self, run_id: str) -> list[RunEvent]:
        """The events that are in the log."""
        return [event for entry in await self._log.read(run_id) for event in parse(entry.frames)]

    async def has_end(self, run_id: str) -> bool:
        """Whether the log ends with a final event."""
        last = await self._log.last(run_id)
        return last is not None and last.final

    def close(self, sink: RunSink) -> None:
        """The run has ended and all is written; who still follows keeps the sink until the end."""
        self._sinks.pop(sink.run_id, None)

    def lose(self, run_id: str) -> None:
        """Another process has taken the run: nothing more is written of it here."""
        if (sink := self._sinks.get(run_id)) is not None:
            sink.lose()

    def end(self, run_id: str) -> None:
        """The run is over, whether or not its log (still) says so: who follows the log is let go."""
        self._log.end(run_id)

    def wake(self, sink: RunSink) -> None:
        """Have the sink's events written soon."""
        self._dirty[sink.run_id] = sink
        self._wake.set()
        if sink.has_first_words:
            self._hurry.set()

    def before_writing(self, work: Callable[[], None]) -> None:
        """Have something done just before what was said is written: soon, and with what else waits for that."""
        self._before.append(work)
        self._wake.set()

    def follow(self, run_id: str, after_seq: int = 0) -> AsyncGenerator[bytes, None]:
        """The run's frames above `after_seq`, wherever it is worked on."""
        sink = self._sinks.get(run_id)
        return self._follow_sink(sink, after_seq) if sink is not None else self._follow_log(run_id, after_seq)

    async def run(self) -> None:
        """Write until cancelled; what was said before the end is still written."""
        loop, calm, paused_s = asyncio.get_running_loop(), True, 0.0
        try:
            while True:
                await self._wake.wait()
                self._wake.clear()
                began = loop.time()
                self._prepare()
                in_haste = self._hurry.is_set()
                written = await self._write()
                if written and calm:
                    await self._rest(in_haste)
                paused_s, calm = await self._pause(began, pace_after(written, paused_s))
        finally:
            with contextlib.suppress(Exception):
                while self._batch or self._dirty:
                    await self._write()

    def _prepare(self) -> None:
        before, self._before = self._before, []
        for work in before:
            try:
                work()
            except Exception:
                log.exception("run_log.not_prepared")

    async def _rest(self, in_haste: bool) -> None:
        """Tidy up: the clients were woken when this began, and then sent what they wait for."""
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self._tidy(in_haste)

    async def _pause(self, began: float, pace_s: float) -> tuple[float, bool]:
        """Let more be said. How long it was from one write to the next, and whether the loop came round in time."""
        loop, until = asyncio.get_running_loop(), began + pace_s
        calm = await _comes_by(min(until, began + _PACE_OF_FIRST_WORDS_S))
        if loop.time() < until:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(until):
                    await self._hurry.wait()
        return loop.time() - began, calm

    async def _write(self) -> int:
        """Write what was said since the last time; of how many runs that was. What was broken off is written again."""
        if not self._batch:
            dirty, self._dirty = self._dirty, {}
            self._hurry.clear()
            self._batch = [(sink, entry) for sink in dirty.values() if (entry := sink.take()) is not None]
        batch = self._batch
        if not batch:
            return 0
        written = {sink.run_id: sink.last_seq for sink, _ in batch}
        refused = await self._append([(sink.run_id, entry) for sink, entry in batch], written)
        if refused.lost:
            log.warning("run_log.told_again", run_ids=sorted(refused.lost))
            again = [(sink, entry) for sink, entry in batch if sink.run_id in refused.lost]
            await self._append([(sink.run_id, said) for sink, entry in again for said in (*sink.entries, entry)])
        for sink, entry in batch:
            if sink.run_id in refused.taken:
                sink.lose()
            else:
                sink.publish(entry)
        self._batch = []
        return len(batch)

    async def _append(self, entries: list[tuple[str, LogEntry]], after: Mapping[str, int] = NOTHING) -> Refused:
        """Append, waiting out a lost log: the entries are numbered, so trying again writes none twice."""
        pause_s = 0.05
        while True:
            try:
                return await self._log.append(entries, after)
            except Exception as error:
                log.warning("run_log.append_failed", error=repr(error), retry_in_s=pause_s)
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, 2.0)

    async def _follow_sink(self, sink: RunSink, after_seq: int) -> AsyncGenerator[bytes, None]:
        async for frames in sink.follow(after_seq):
            yield frames
        if not sink.is_finished:
            async with contextlib.aclosing(self._follow_log(sink.run_id, max(after_seq, sink.last_seq))) as followed:
                async for frames in followed:
                    yield frames

    async def _follow_log(self, run_id: str, after_seq: int) -> AsyncGenerator[bytes, None]:
        async for entry in self._log.follow(run_id, after_seq):
            frames = frames_after(entry.frames, after_seq)
            after_seq = max(after_seq, entry.last_seq)
            if frames:
                yield frames


def pace_after(runs: int, before_s: float) -> float:
    """Seconds from a write of so many runs to the next, unless a run has its first words to say; `before_s` to this."""
    return min(runs * _PACE_PER_RUN_S, _SLOWEST_PACE_S, before_s + _SLOWER_BY_S)


async def _comes_by(moment: float) -> bool:
    """Wait until the loop's time; whether the loop, with all its work, came round to it in time."""
    loop = asyncio.get_running_loop()
    if (pause_s := moment - loop.time()) > 0:
        await asyncio.sleep(pause_s)
    return loop.time() - moment < _LATE_S
