"""Turns through the graph on real stores: figures verified, failures typed, crashes survived."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, cast

import asyncpg
import pytest
from redis.asyncio import Redis

from agents.models.chain import ModelChain
from agents.models.offline.model import OfflineModel
from agents.models.port import ModelRequest, Tell, TextDelta, ToolCall, ToolCallsRequested
from agents.runs.events import FINAL_EVENTS, EventType, RunEvent
from data.checkpoints import SCHEMA
from data.embedded import EngineAddress
from data.leases import RedisLeases
from data.postgres import libpq_url
from services.conversation.application.complete_turn import CompleteTurnRequest
from services.conversation.application.get_run import GetRunRequest
from services.conversation.application.start_run import StartRunRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.domain.run import Run, RunResult, RunStart, RunState
from services.shared.domain.ids import MessageId, RunId, new_uuid
from tests.integration.agents.conftest import Chat, ModelOf, OpenChat
from tests.integration.agents.writing import Clock
from tests.support.upstream import Reply, Upstream

ASKS = Reply(calls=[("get_balance", {})])
TELLS = Reply(text=["You have ", "₹1,23,", "456.50", " in all. ", "Well done."])


def text_of(events: list[RunEvent]) -> str:
    return "".join(event.data["delta"] for event in events if event.type is EventType.TEXT_DELTA)


async def test_a_turn_through_the_openai_sdk(open_chat: OpenChat, model_of: ModelOf) -> None:
    async with Upstream([ASKS, TELLS]) as upstream, open_chat(model_of(upstream)) as chat:
        events = await chat.ask()
        assert text_of(events) == "You have ₹1,23,456.50 in all. Well done."
        cited = [event.data for event in events if event.type is EventType.CITATION]
        assert cited == [{"figure": "₹1,23,456.50", "call_id": "call_1_1", "path": "$.balance"}]
        first, second = upstream.requests
        assert [message["role"] for message in first["messages"]] == ["system", "user"]
        assert {tool["function"]["name"] for tool in first["tools"]} == {"get_balance", "make_plan", "calculate"}
        assert first["stream"] is True
        assert [message["role"] for message in second["messages"]] == ["system", "user", "assistant", "tool"]
        assert '"balance":"123456.50"' in second["messages"][-1]["content"]
        assert events[-2].data == {"prompt_tokens": 22, "completion_tokens": 10, "model": "scripted"}


async def test_the_next_turn_knows_the_one_before(open_chat: OpenChat, model_of: ModelOf) -> None:
    async with Upstream([ASKS, TELLS, Reply(text=["As I said."])]) as upstream, open_chat(model_of(upstream)) as chat:
        accepted = await chat.engine.submit(chat.identity, chat.request("What do I have?"))
        await chat.events(accepted.run)
        again = await chat.engine.submit(
            chat.identity,
            type(chat.request("x"))(
                user_id=chat.identity.user_id, message="Sure?", conversation_id=accepted.run.conversation_id
            ),
        )
        await chat.events(again.run)
        roles = [message["role"] for message in upstream.requests[-1]["messages"]]
        assert roles == ["system", "user", "assistant", "user"]


async def test_an_invented_figure_goes_back_once_and_is_then_left_out(open_chat: OpenChat, model_of: ModelOf) -> None:
    lies = Reply(text=["You have ₹1,23,456.50. ", "Also ₹777.00 in gold. ", "Bye."])
    async with Upstream([ASKS, lies, lies]) as upstream, open_chat(model_of(upstream)) as chat:
        events = await chat.ask()
        said = text_of(events)
        assert "777" not in said
        assert said.startswith("You have ₹1,23,456.50. ")
        assert "left a sentence out" in said
        correction = upstream.requests[2]["messages"][-1]
        assert correction["role"] == "system"
        assert "₹777.00" in correction["content"]
        assert events[-1].type is EventType.RUN_COMPLETED


async def test_a_model_that_corrects_itself_is_heard(open_chat: OpenChat, model_of: ModelOf) -> None:
    lies, corrects = Reply(text=["You have ₹5."]), Reply(text=["You have ₹1,23,456.50."])
    async with Upstream([ASKS, lies, corrects]) as upstream, open_chat(model_of(upstream)) as chat:
        assert text_of(await chat.ask()).split("have")[-1] == " ₹1,23,456.50."


@pytest.mark.parametrize(
    "failure",
    [Reply(status=500), Reply(status=429), Reply(hang=True), Reply(garbage=True), Reply(cut=True)],
    ids=["500", "429", "hangs", "broken", "cut"],
)
async def test_the_offline_model_answers_when_the_provider_fails(
    open_chat: OpenChat, model_of: ModelOf, failure: Reply
) -> None:
    async with Upstream([failure]) as upstream:
        model = ModelChain(
            [model_of(upstream, first_token_timeout_s=0.5, between_tokens_timeout_s=0.5), OfflineModel()]
        )
        async with open_chat(model) as chat:
            events = await chat.ask("hello")
            assert "I answer questions about your own money" in text_of(events)
            assert events[-1].type is EventType.RUN_COMPLETED


async def test_a_stream_cut_in_mid_sentence_is_a_typed_failure(open_chat: OpenChat, model_of: ModelOf) -> None:
    async with (
        Upstream([Reply(text=["You have "], cut=True)]) as upstream,
        open_chat(ModelChain([model_of(upstream), OfflineModel()])) as chat,
    ):
        events = await chat.ask()
        assert events[-1].type is EventType.RUN_FAILED
        assert events[-1].data["problem"]["code"] == "model-unavailable"


async def test_a_turn_ends_at_its_deadline(open_chat: OpenChat, model_of: ModelOf) -> None:
    async with Upstream([Reply(hang=True)]) as upstream, open_chat(model_of(upstream), deadline_s=0.5) as chat:
        events = await chat.ask()
        assert events[-1].data["problem"]["code"] == "turn-deadline"


class EndlessTools:
    """Asks for tools for ever, until it may not any more."""

    name = "endless"

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        if request.tools_allowed:
            tell(ToolCallsRequested((ToolCall("x", "get_balance", "{}"), ToolCall("y", "nonsense", "{"))))
        else:
            tell(TextDelta("I give up."))


async def test_eight_rounds_of_tools_are_the_most(open_chat: OpenChat) -> None:
    async with open_chat(EndlessTools()) as chat:
        events = await chat.ask()
        assert sum(event.type is EventType.TOOL_CALL for event in events) == 16
        assert text_of(events) == "I give up."
        failed = [event.data for event in events if event.type is EventType.TOOL_RESULT and not event.data["ok"]]
        assert {result["result"]["error"]["code"] for result in failed} == {"tool-not-found"} or failed


class Interrupted:
    """Says some words, then waits for ever the first time; after that it may begin with others."""

    name = "interrupted"

    def __init__(self, again: str = "You have ") -> None:
        self._beginnings = ["You have ", again]
        self.waiting = asyncio.Event()
        self.times = 0
        self.wishes = 0

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        if request.messages[-1]["role"] != "tool":
            self.wishes += 1
            tell(ToolCallsRequested((ToolCall("x", "get_balance", "{}"),)))
            return
        self.times += 1
        tell(TextDelta(self._beginnings[self.times > 1]))
        if self.times == 1:
            self.waiting.set()
            await asyncio.Event().wait()
        tell(TextDelta("₹1,23,456.50. "))
        tell(TextDelta("Well done."))


async def test_a_run_is_taken_over_where_its_log_ends_and_says_nothing_twice(open_chat: OpenChat) -> None:
    model = Interrupted()
    async with open_chat(model, owner="dead") as dead:
        accepted = await dead.engine.submit(dead.identity, dead.request("What do I have?"))
        await model.waiting.wait()
        run_id = accepted.run.id
    async with open_chat(model, owner="heir") as heir:
        await _until_taken_over(heir, run_id)
        events = await heir.events(accepted.run)
        assert text_of(events) == "You have ₹1,23,456.50. Well done."
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert sum(event.type is EventType.TOOL_CALL for event in events) == model.wishes == 1
        run = await heir.conversations.get_run(GetRunRequest(user_id=heir.identity.user_id, run_id=run_id))
        assert (run.state, run.answer) == (RunState.COMPLETED, text_of(events))


async def test_a_model_that_finds_other_words_after_a_crash_begins_anew(open_chat: OpenChat) -> None:
    model = Interrupted("You own ")
    async with open_chat(model, owner="dead") as dead:
        accepted = await dead.engine.submit(dead.identity, dead.request("What do I have?"))
        await model.waiting.wait()
    async with open_chat(model, owner="heir") as heir:
        await _until_taken_over(heir, accepted.run.id)
        said = text_of(await heir.events(accepted.run))
        assert said == "You have \n\nYou own ₹1,23,456.50. Well done."
        run = await heir.conversations.get_run(GetRunRequest(user_id=heir.identity.user_id, run_id=accepted.run.id))
        assert run.answer == said


class Away:
    """A use case whose store cannot be reached the first time."""

    def __init__(self, usual: Callable[..., Awaitable[Any]], error: Exception | None = None) -> None:
        self._usual = usual
        self._error = error or OSError("the store is away")
        self.tried = asyncio.Event()

    async def __call__(self, request: object) -> Any:
        if not self.tried.is_set():
            self.tried.set()
            raise self._error
        return await self._usual(request)


async def test_who_follows_a_run_that_was_left_open_hears_how_it_ends(open_chat: OpenChat) -> None:
    left: list[Away] = []

    def away(usual: ConversationUseCases) -> ConversationUseCases:
        left.extend((Away(usual.complete_turn), Away(usual.fail_run)))
        return dataclasses.replace(usual, complete_turn=cast("Any", left[0]), fail_run=cast("Any", left[1]))

    async with open_chat(OfflineModel(), changed=away) as chat:
        accepted = await chat.engine.submit(chat.identity, chat.request("What do I have?"))
        following = asyncio.create_task(chat.events(accepted.run))
        await left[1].tried.wait()
        await _until_taken_over(chat, accepted.run.id)
        async with asyncio.timeout(30):
            events = await following
        assert events[-1].type is EventType.RUN_COMPLETED
        assert [event.seq for event in events] == list(range(1, len(events) + 1))


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError("refused"), asyncpg.CannotConnectNowError("the database system is starting up")]
)
async def test_a_store_that_was_away_for_a_moment_fails_no_run(open_chat: OpenChat, error: Exception) -> None:
    left: list[Away] = []

    def away(usual: ConversationUseCases) -> ConversationUseCases:
        left.append(Away(usual.complete_turn, error))
        return dataclasses.replace(usual, complete_turn=cast("Any", left[0]))

    async with open_chat(OfflineModel(), changed=away) as chat:
        accepted = await chat.engine.submit(chat.identity, chat.request("What do I have?"))
        following = asyncio.create_task(chat.events(accepted.run))
        await left[0].tried.wait()
        await _until_taken_over(chat, accepted.run.id)
        async with asyncio.timeout(30):
            events = await following
        assert [event.type for event in events if event.type in FINAL_EVENTS] == [EventType.RUN_COMPLETED]


async def test_a_store_that_stays_away_fails_a_run_that_is_overdue(open_chat: OpenChat) -> None:
    def away(usual: ConversationUseCases) -> ConversationUseCases:
        return dataclasses.replace(usual, complete_turn=cast("Any", Away(usual.complete_turn, ConnectionError())))

    clock = Clock()
    async with open_chat(OfflineModel(), changed=away, clock=clock) as chat:
        accepted = await chat.conversations.accept_turn(chat.request("What do I have?"))
        clock.ahead = timedelta(minutes=5)
        following = asyncio.create_task(chat.events(accepted.run))
        await _until_taken_over(chat, accepted.run.id)
        async with asyncio.timeout(30):
            assert (await following)[-1].type is EventType.RUN_FAILED


async def test_nothing_of_a_conversation_is_readable_in_its_checkpoints(
    open_chat: OpenChat, model_of: ModelOf, postgres_address: EngineAddress
) -> None:
    async with Upstream([ASKS, TELLS]) as upstream, open_chat(model_of(upstream)) as chat:
        await chat.ask("A very recognisable question?")
    contents = ""
    async with asyncpg.create_pool(libpq_url(postgres_address.url), min_size=1) as pool:
        for table in ("states", "writes"):
            contents += str([dict(row) for row in await pool.fetch(f"TABLE {SCHEMA}.{table}")])
    assert "aes256gcm" in contents
    for secret in ("Well done", "recognisable", "1,23,456.50", "123456.50"):
        assert secret not in contents


async def begun_elsewhere(chat: Chat) -> Run:
    """A run that another process works on, which will die."""
    run = (await chat.conversations.accept_turn(chat.request("What do I have?"))).run
    start = RunStart(model="m", prompt_id="answer", prompt_version="1", prompt_hash="0", owner="dead")
    await chat.conversations.start_run(StartRunRequest(user_id=run.user_id, run_id=run.id, start=start))
    return run


async def closed_elsewhere(chat: Chat, run: Run) -> Run:
    """The run once that process has closed it; it dies before it has said so."""
    result = RunResult(
        answer="You have ₹5.",
        message_id=MessageId(new_uuid()),
        model="m",
        prompt_tokens=3,
        completion_tokens=2,
        citations=({"figure": "₹5", "call_id": "call_1_1", "path": "$.balance"},),
    )
    return await chat.conversations.complete_turn(CompleteTurnRequest(user_id=run.user_id, run=run, result=result))


TOLD_FROM_THE_RECORD = [EventType.TEXT_DELTA, EventType.CITATION, EventType.USAGE, EventType.RUN_COMPLETED]


async def test_a_closed_run_whose_log_lost_its_end_is_told_from_the_record(open_chat: OpenChat) -> None:
    async with open_chat(OfflineModel()) as chat:
        closed = await closed_elsewhere(chat, await begun_elsewhere(chat))
        first, again = await chat.events(closed), await chat.events(closed)
        assert first == again
        assert text_of(first) == "You have ₹5."
        assert [event.type for event in first] == TOLD_FROM_THE_RECORD


async def test_the_lease_of_a_process_that_died_after_closing_is_waited_out(
    open_chat: OpenChat, redis_client: Redis
) -> None:
    async with open_chat(OfflineModel()) as chat:
        run = await begun_elsewhere(chat)
        assert await RedisLeases(redis_client, owner="dead", prefix="test-lease", ttl_ms=4_000).acquire(str(run.id))
        closed = await closed_elsewhere(chat, run)
        async with asyncio.timeout(30):
            assert [event.type for event in await chat.events(closed)] == TOLD_FROM_THE_RECORD


async def test_who_follows_while_that_process_closes_and_dies_is_told_too(open_chat: OpenChat) -> None:
    async with open_chat(OfflineModel()) as chat:
        run = await begun_elsewhere(chat)
        followers = [asyncio.create_task(chat.events(run)) for _ in range(3)]
        await asyncio.sleep(0)
        await closed_elsewhere(chat, run)
        async with asyncio.timeout(30):
            told = await asyncio.gather(*followers)
        assert [[event.type for event in events] for events in told] == [TOLD_FROM_THE_RECORD] * 3


async def _until_taken_over(chat: Chat, run_id: RunId) -> None:
    """The engine looks for orphans by itself; here it is told to, until it has found this one and finished it."""
    request = GetRunRequest(user_id=chat.identity.user_id, run_id=run_id)
    async with asyncio.timeout(30):
        while not (await chat.conversations.get_run(request)).is_finished:
            await chat.engine.take_over()
            await asyncio.sleep(0.05)


async def test_an_answer_knows_its_own_branch_only(open_chat: OpenChat, model_of: ModelOf) -> None:
    replies = [Reply(text=[text]) for text in ("Yes.", "No.", "Perhaps.", "Well.")]
    async with Upstream(replies) as upstream, open_chat(model_of(upstream)) as chat:

        async def ask(message: str | None, replaces: RunId | None = None) -> Run:
            request = dataclasses.replace(chat.request(""), message=message, replaces=replaces, conversation_id=place)
            accepted = await chat.engine.submit(chat.identity, request)
            await chat.events(accepted.run)
            return accepted.run

        place = None
        place = (await ask("first?")).conversation_id
        second = await ask("second?")
        await ask(None, second.id)
        await ask("third?")
        said = [[message["content"] for message in request["messages"][1:]] for request in upstream.requests]
        assert said[2] == said[1] == ["first?", "Yes.", "second?"]
        assert said[3] == ["first?", "Yes.", "second?", "Perhaps.", "third?"]
