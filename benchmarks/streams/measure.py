"""Streams: what a token costs, how soon the first one comes, and what many, slow and long conversations do to that.

One API process on a core of its own, everything durable on, its events delivered by a worker process; a scripted model
endpoint and the load generator on the other cores. Beside it, on the same core and in the same run, LangChain's
`create_agent` does the same work (see `baseline`).
"""

from __future__ import annotations

import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvloop

from benchmarks.figures import Figure
from benchmarks.streams.load import Chat, Target, ask, ask_all, require_complete
from benchmarks.streams.processes import Measured, baseline, endpoint, keep_to_other_cores, nivesh, nivesh_alone
from tests.support.client import Person

TOKENS = 200
TOGETHER = 64
STREAMS = 1000
STALLED = 0.1
TURNS = (1, 10, 100, 1000)
ROUNDS = 3
_BLOCK = 8
_QUESTION = "Say it. [[tokens={tokens} every_ms={every_ms:g} tool=get_net_worth]]"


def measure() -> Iterator[Figure]:
    """All of it; the order is from what disturbs least to what disturbs most."""
    keep_to_other_cores()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home, endpoint() as model:
        with nivesh_alone(Path(home) / "alone", model) as server, _asking(server) as target:
            cost = statistics.median(_round(server, target, every_ms=20).per_cpu_s for _ in range(ROUNDS))
            yield Figure("turn_cpu_with_its_events", TOKENS / cost * 1000, "ms")
        with nivesh(Path(home) / "beside", model) as server, _asking(server) as target:
            with baseline(model) as peer:
                yield from _tokens(server, target, peer)
            yield from _long_conversation(server, target)
            yield from _stalled(target)
            yield from _many(server, target)


@contextmanager
def _asking(server: Measured) -> Iterator[Target]:
    """A person's chat, warm."""
    with Person.register(f"http://127.0.0.1:{server.port}") as person:
        target = Target(server.port, "/api/v1/chat", {"authorization": str(person.http.headers["Authorization"])})
        _warm(target)
        yield target


def _warm(target: Target) -> None:
    require_complete(_run(target, 3, 1, every_ms=0), TOKENS, target.final)
    require_complete(_run(target, TOGETHER, TOGETHER, every_ms=0), TOKENS, target.final)


def _run(target: Target, chats: int, at_once: int, every_ms: float, tokens: int = TOKENS) -> list[Chat]:
    question = _QUESTION.format(tokens=tokens, every_ms=every_ms)
    done = uvloop.run(ask_all(target, question, chats, at_once))
    require_complete(done, tokens, target.final)
    return done


@dataclass(frozen=True, slots=True)
class _Round:
    """64 chats at once: tokens per second of the process's own processor time, and what their clients waited for."""

    per_cpu_s: float
    first_ms: float
    silence_ms: float


def _round(process: Measured, target: Target, every_ms: float) -> _Round:
    chats = TOGETHER * (4 if every_ms == 0 else 1)
    before = process.cpu_s()
    done = _run(target, chats, TOGETHER, every_ms)
    time.sleep(0.5)
    return _Round(
        per_cpu_s=chats * TOKENS / (process.cpu_s() - before),
        first_ms=_p50_ms(done),
        silence_ms=_high([chat.longest_gap_s for chat in done], 0.95) * 1000,
    )


def _tokens(server: Measured, target: Target, peer: Measured) -> Iterator[Figure]:
    """Rounds of both in turn, for the machine's speed changes within minutes; of each figure the middle one."""
    alone = [_run(target, 1, 1, every_ms=0)[0] for _ in range(20)]
    yield Figure("first_token_1_chat_p50", _p50_ms(alone), "ms", bar=25)
    peer_target = Target(peer.port, "/chat", final=b"[DONE]")
    _warm(peer_target)
    for name, every_ms, least in (("64_chats", 0, 20_000), ("paced", 20, 10_000)):
        rounds = [(_round(server, target, every_ms), _round(peer, peer_target, every_ms)) for _ in range(ROUNDS)]
        cost = statistics.median(ours.per_cpu_s for ours, _ in rounds)
        yield Figure(f"tokens_per_cpu_s_{name}", cost, "tokens/s", bar=least, at_most=False)
        times = statistics.median(ours.per_cpu_s / theirs.per_cpu_s for ours, theirs in rounds)
        yield Figure(f"times_langgraph_{name}", times, "times", bar=4, at_most=False)
    yield Figure("first_token_64_chats_p50", statistics.median(ours.first_ms for ours, _ in rounds), "ms", bar=150)
    yield Figure("langgraph_first_token_64_p50", statistics.median(theirs.first_ms for _, theirs in rounds), "ms")
    yield Figure("longest_silence_p95", statistics.median(ours.silence_ms for ours, _ in rounds), "ms", bar=40)


def _long_conversation(server: Measured, target: Target) -> Iterator[Figure]:
    """Processor time of a turn around turns 1, 10, 100 and 1,000 of conversations that are gone on with in turn."""
    question = _QUESTION.format(tokens=20, every_ms=0)

    async def converse(conversation: str | None, turns: int) -> str:
        for _ in range(turns):
            done = await ask(target, question, conversation=conversation)
            require_complete([done], 20, target.final)
            conversation = conversation or _conversation_of(done)
        if conversation is None:
            raise ValueError("a conversation has at least one turn")
        return conversation

    async def measured() -> dict[int, float]:
        conversations = {turn: await converse(None, max(1, turn - _BLOCK * ROUNDS // 2)) for turn in TURNS}
        costs = dict.fromkeys(TURNS, 0.0)
        for _ in range(ROUNDS):
            for turn, conversation in conversations.items():
                before = server.cpu_s()
                await converse(conversation, _BLOCK)
                costs[turn] += server.cpu_s() - before
        return costs

    around = {turn: cost / (_BLOCK * ROUNDS) for turn, cost in uvloop.run(measured()).items()}
    for turn in TURNS:
        yield Figure(f"turn_{turn}_cpu", around[turn] * 1000, "ms")
    yield Figure("turn_1000_over_turn_100", around[1000] / around[100], "times", bar=1.2)


def _conversation_of(chat: Chat) -> str:
    found = re.search(rb"(?i)x-conversation-id: *([0-9a-f-]+)", chat.content)
    if found is None:
        raise RuntimeError("the conversation has no id")
    return found[1].decode()


def _stalled(target: Target) -> Iterator[Figure]:
    """The others' 99th percentile of gaps between tokens, with a tenth of the clients not reading, over without."""
    question = _QUESTION.format(tokens=TOKENS, every_ms=20)

    async def gaps(stalling: int) -> float:
        stalled = [asyncio.create_task(_stall(target)) for _ in range(stalling)]
        done = await asyncio.gather(*(ask(target, question) for _ in range(TOGETHER - stalling)))
        for task in stalled:
            task.cancel()
        return _high([gap for chat in done for gap in chat.gaps], 0.99)

    without = statistics.median(uvloop.run(gaps(0)) for _ in range(3))
    with_stalled = statistics.median(uvloop.run(gaps(int(TOGETHER * STALLED))) for _ in range(3))
    yield Figure("stalled_tenth_gap_p99", with_stalled / without, "times", bar=1.2)


async def _stall(target: Target) -> None:
    await ask(target, _QUESTION.format(tokens=20_000, every_ms=0), read_delay_s=3600)


def _many(server: Measured, target: Target) -> Iterator[Figure]:
    """What 1,000 open streams add to the resident memory. They come at 10 a second, so that all are open at once."""
    idle = server.memory_mb()
    question = _QUESTION.format(tokens=110, every_ms=1000)

    async def hold() -> float:
        async def one(index: int) -> Chat:
            await asyncio.sleep(index / 10)
            return await ask(target, question)

        streams = [asyncio.create_task(one(index)) for index in range(STREAMS)]
        peak = 0.0
        while not all(stream.done() for stream in streams):
            peak = max(peak, server.memory_mb())
            await asyncio.sleep(0.2)
        require_complete([stream.result() for stream in streams], 110, target.final)
        return peak

    yield Figure("memory_of_1000_streams", uvloop.run(hold()) - idle, "MB", bar=400)


def _p50_ms(chats: Sequence[Chat]) -> float:
    return statistics.median(chat.first_s for chat in chats) * 1000


def _high(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
