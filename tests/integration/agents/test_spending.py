"""Runs that fail or are cancelled record what their completions took."""

from __future__ import annotations

import asyncio
from decimal import Decimal

from agents.costs import Price, PriceTable
from agents.limits import TurnLimits
from agents.models.chain import ModelChain
from agents.models.port import ModelError, ModelRequest, Tell, TextDelta, ToolSpec, Usage
from agents.runs.events import EventType
from agents.tokens import count, tokens_of, tokens_of_tools
from services.conversation.application.list_runs import ListRunsRequest
from services.conversation.application.usage.get_usage import GetUsageRequest
from services.conversation.domain.run import Run, RunState
from services.conversation.domain.usage.usage import Usage as UsageOfDay
from tests.integration.agents.conftest import Chat, ModelOf, OpenChat
from tests.integration.agents.test_providers import WISHES
from tests.integration.agents.test_turns import ASKS
from tests.support.upstream import Reply, Upstream

PRICES = PriceTable({"scripted": Price(prompt=Decimal(1), completion=Decimal(2))})
LIMITS = TurnLimits(prices=PRICES)
HALF_SAID = "You have "


class Halting:
    """Says half a sentence, tells its count if it has one, and then fails or says nothing more."""

    name = "scripted"

    def __init__(self, *, usage: Usage | None = None, fails: bool = False) -> None:
        self.requests: list[ModelRequest] = []
        self.halted = asyncio.Event()
        self._usage = usage
        self._fails = fails

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        self.requests.append(request)
        tell(TextDelta(HALF_SAID))
        if self._usage is not None:
            tell(self._usage)
        if self._fails:
            raise ModelError("The stream broke.", retryable=True)
        self.halted.set()
        await asyncio.Event().wait()

    def sent(self) -> int:
        (request,) = self.requests
        return tokens_of(request.messages) + tokens_of_tools(request.tools)


async def recorded(chat: Chat) -> tuple[Run, UsageOfDay]:
    """The person's only run and their usage, which have to agree."""
    (usage,) = (await chat.conversations.get_usage(GetUsageRequest(user_id=chat.identity.user_id))).days
    (run,) = await chat.conversations.list_runs(ListRunsRequest(user_id=chat.identity.user_id))
    assert (usage.prompt_tokens, usage.completion_tokens) == (run.prompt_tokens, run.completion_tokens)
    assert usage.model == run.model == "scripted"
    assert usage.cost_usd == (run.prompt_tokens + 2 * Decimal(run.completion_tokens)) / 1_000_000
    return run, usage


async def cancelled(chat: Chat, model: Halting) -> tuple[Run, UsageOfDay]:
    run = (await chat.engine.submit(chat.identity, chat.request("What do I have?"))).run
    await model.halted.wait()
    await chat.engine.cancel(run)
    found, usage = await recorded(chat)
    assert found.state is RunState.CANCELLED
    return found, usage


async def test_a_stream_that_breaks_is_counted_after_the_rounds_before_it(
    open_chat: OpenChat, model_of: ModelOf
) -> None:
    async with (
        Upstream([ASKS, Reply(text=[HALF_SAID], cut=True)]) as upstream,
        open_chat(ModelChain([model_of(upstream)]), limits=LIMITS) as chat,
    ):
        events = await chat.ask()
        assert events[-1].type is EventType.RUN_FAILED
        run, _ = await recorded(chat)
        assert run.completion_tokens == 5 + count(HALF_SAID)
        assert run.prompt_tokens == 11 + tokens_of(upstream.requests[1]["messages"]) + _told(upstream)


def _told(upstream: Upstream) -> int:
    """The tokens of the tools, whose form the provider's request wraps."""
    functions = [one["function"] for one in upstream.requests[0]["tools"]]
    return tokens_of_tools(ToolSpec(one["name"], one["description"], one["parameters"]) for one in functions)


async def test_a_call_that_breaks_off_is_counted(open_chat: OpenChat, model_of: ModelOf) -> None:
    cut = Reply(calls=WISHES.calls, cut_call=True)
    async with Upstream([cut]) as upstream, open_chat(model_of(upstream), limits=LIMITS) as chat:
        await chat.ask()
        run, _ = await recorded(chat)
        assert run.completion_tokens > 5
        assert run.prompt_tokens > 100


async def test_a_provider_that_refuses_has_taken_nothing(open_chat: OpenChat, model_of: ModelOf) -> None:
    async with Upstream([Reply(status=500)]) as upstream, open_chat(model_of(upstream), limits=LIMITS) as chat:
        await chat.ask()
        run, _ = await recorded(chat)
        assert (run.prompt_tokens, run.completion_tokens) == (0, 0)


async def test_a_cancelled_run_is_counted_here(open_chat: OpenChat) -> None:
    model = Halting()
    async with open_chat(model, limits=LIMITS) as chat:
        run, _ = await cancelled(chat, model)
        assert (run.prompt_tokens, run.completion_tokens) == (model.sent(), count(HALF_SAID))


async def test_what_the_provider_reported_counts(open_chat: OpenChat) -> None:
    model = Halting(usage=Usage(700, 3))
    async with open_chat(model, limits=LIMITS) as chat:
        run, _ = await cancelled(chat, model)
        assert (run.prompt_tokens, run.completion_tokens) == (700, 3)


async def test_a_turn_that_took_too_long_is_counted(open_chat: OpenChat) -> None:
    model = Halting()
    async with open_chat(model, limits=LIMITS, deadline_s=1) as chat:
        events = await chat.ask()
        assert events[-1].type is EventType.RUN_FAILED
        run, _ = await recorded(chat)
        assert (run.prompt_tokens, run.completion_tokens) == (model.sent(), count(HALF_SAID))


async def test_a_try_that_broke_is_counted_beside_the_one_that_answered(open_chat: OpenChat, model_of: ModelOf) -> None:
    cut = Reply(calls=WISHES.calls, cut_call=True)
    tells = Reply(text=["Nothing to tell."])
    async with (
        Upstream([cut]) as sick,
        Upstream([tells]) as upstream,
        open_chat(ModelChain([model_of(sick), model_of(upstream)]), limits=LIMITS) as chat,
    ):
        events = await chat.ask()
        assert events[-1].type is EventType.RUN_COMPLETED
        run, _ = await recorded(chat)
        assert run.prompt_tokens == 11 + tokens_of(upstream.requests[0]["messages"]) + _told(upstream)
        assert run.completion_tokens > 5 + 5
