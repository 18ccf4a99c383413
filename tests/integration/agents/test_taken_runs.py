"""Runs that another process takes over from one that was only asleep: it wakes up and finds that it has no say."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, cast

import pytest
from redis.asyncio import Redis

from agents.models.port import ModelRequest, Tell, TextDelta
from api.background import background
from data.leases import RedisLeases
from services.conversation.application.get_run import GetRunRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.run import RunState
from tests.integration.agents.conftest import OpenChat
from tests.integration.agents.test_turns import text_of
from tests.integration.agents.writing import Clock


class Sleeper:
    """Says a word, and sleeps until it is woken; what it then does is `wakes_to`."""

    name = "sleeper"

    def __init__(self, wakes_to: str, first: str = "Wait, ", last: str = "please.") -> None:
        self._wakes_to = wakes_to
        self._first, self._last = first, last
        self.asleep, self.woken, self.stopped = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        tell(TextDelta(self._first))
        self.asleep.set()
        try:
            await self.woken.wait()
            if self._wakes_to == "fail":
                raise RuntimeError("too late")
            tell(TextDelta(self._last))
            if self._wakes_to == "listen":
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.stopped.set()
            raise


class Awake:
    """Answers in other words."""

    name = "awake"

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        tell(TextDelta("I am here."))


@pytest.mark.parametrize("wakes_to", ["speak", "listen", "fail"])
async def test_who_wakes_up_after_its_run_was_taken_changes_nothing(open_chat: OpenChat, wakes_to: str) -> None:
    sleeper, later = Sleeper(wakes_to), Clock()
    later.ahead = timedelta(seconds=5)
    async with (
        open_chat(sleeper, owner="asleep") as asleep,
        open_chat(Awake(), owner="awake", clock=later) as awake,
    ):
        accepted = await asleep.engine.submit(asleep.identity, asleep.request("Anybody here?"))
        watching = asyncio.create_task(asleep.events(accepted.run))
        await sleeper.asleep.wait()
        async with contextlib.aclosing(awake.engine.follow(accepted.run)) as frames:
            async for part in frames:
                if b"Wait, " in part:
                    break
        await awake.engine.take_over()
        told = await awake.events(accepted.run)
        sleeper.woken.set()
        async with asyncio.timeout(30):
            assert await watching == told
        run = await awake.conversations.get_run(GetRunRequest(user_id=awake.identity.user_id, run_id=accepted.run.id))
        assert text_of(told) == run.answer == "Wait, \n\nI am here."
        assert run.state is RunState.COMPLETED
        assert await awake.events(accepted.run) == told


async def test_an_orphan_is_found_behind_all_that_others_work_on(open_chat: OpenChat, redis_client: Redis) -> None:
    def one_by_one(usual: ConversationUseCases) -> ConversationUseCases:
        return replace(usual, list_unfinished_runs=cast("Any", partial(usual.list_unfinished_runs, limit=1)))

    later = Clock()
    async with open_chat(Awake(), clock=later, changed=one_by_one) as chat:
        taken, orphan = [(await chat.conversations.accept_turn(chat.request("Hello?"))).run for _ in range(2)]
        other = RedisLeases(redis_client, owner="other", prefix="test-lease", ttl_ms=60_000)
        assert await other.acquire(str(taken.id))
        later.ahead = timedelta(seconds=5)
        await chat.engine.take_over()
        async with asyncio.timeout(30):
            assert text_of(await chat.events(orphan)) == "I am here."
        await other.release(str(taken.id))


async def test_who_wakes_up_and_finds_its_lease_with_another_stops(open_chat: OpenChat) -> None:
    sleeper, other, later = Sleeper("speak"), Sleeper("speak", "I am ", "here."), Clock()
    later.ahead = timedelta(seconds=5)
    async with (
        open_chat(sleeper, owner="asleep") as asleep,
        open_chat(other, owner="awake", clock=later) as awake,
    ):
        run = (await asleep.engine.submit(asleep.identity, asleep.request("Anybody here?"))).run
        watching = asyncio.create_task(asleep.events(run))
        await sleeper.asleep.wait()
        await awake.engine.take_over()
        async with background(awake.engine.run_forever(), asleep.engine.run_forever()), asyncio.timeout(30):
            await sleeper.stopped.wait()
            other.woken.set()
            told = await watching
        run = await awake.conversations.get_run(GetRunRequest(user_id=awake.identity.user_id, run_id=run.id))
        assert text_of(told) == run.answer == "Wait, \n\nI am here."
        assert run.state is RunState.COMPLETED
        assert await awake.events(run) == told
