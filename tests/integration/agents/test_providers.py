"""A provider that fails in every way leads to an answer or a typed error in time, and doubles nothing."""

from __future__ import annotations

import pytest

from agents.models.chain import ModelChain
from agents.models.offline.model import OfflineModel
from agents.runs.events import EventType, RunEvent
from services.conversation.application.get_run import GetRunRequest
from tests.integration.agents.conftest import ModelOf, OpenChat
from tests.integration.agents.test_approvals import asked, ended, until_waiting, word
from tests.integration.agents.test_turns import ASKS, TELLS, text_of
from tests.integration.agents.writing import plans
from tests.support.upstream import Reply, Upstream

TIMEOUTS = {"first_token_timeout_s": 0.5, "between_tokens_timeout_s": 0.5}
WISHES = Reply(calls=[("make_plan", {"title": "Goa", "budget": "50000"})])
FAILURES = {
    "500": Reply(status=500),
    "503": Reply(status=503),
    "429": Reply(status=429, retry_after="0"),
    "429-later": Reply(status=429, retry_after="30"),
    "hangs": Reply(hang=True),
    "garbage": Reply(garbage=True),
    "cut": Reply(cut=True),
    "cut-in-a-call": Reply(calls=[("get_balance", {})], cut_call=True),
}
every_failure = pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES.keys())


def problem_of(events: list[RunEvent]) -> str:
    assert events[-1].type is EventType.RUN_FAILED
    return str(events[-1].data["problem"]["code"])


@every_failure
async def test_alone_it_is_a_typed_error(open_chat: OpenChat, model_of: ModelOf, failure: Reply) -> None:
    async with Upstream([failure]) as upstream, open_chat(ModelChain([model_of(upstream, **TIMEOUTS)])) as chat:
        events = await chat.ask()
        assert problem_of(events) == "model-unavailable"
        assert text_of(events) == ""


@every_failure
async def test_before_the_first_word_a_spare_answers(open_chat: OpenChat, model_of: ModelOf, failure: Reply) -> None:
    async with Upstream([failure]) as sick, Upstream([ASKS, TELLS]) as well:
        chain = ModelChain([model_of(sick, **TIMEOUTS), model_of(well, name="spare")])
        async with open_chat(chain) as chat:
            accepted = await chat.engine.submit(chat.identity, chat.request("What do I have?"))
            events = await chat.events(accepted.run)
            assert text_of(events) == "You have ₹1,23,456.50 in all. Well done."
            run = await chat.conversations.get_run(GetRunRequest(user_id=chat.identity.user_id, run_id=accepted.run.id))
            assert run.model == "spare"
            # Two tries, one more in the second round, and then its circuit breaker is open.
            assert len(sick.requests) <= 3
            assert len(well.requests) == 2


@every_failure
async def test_after_a_write_there_is_no_other_model_and_no_second_write(
    open_chat: OpenChat, model_of: ModelOf, failure: Reply
) -> None:
    async with (
        Upstream([WISHES, failure]) as upstream,
        open_chat(ModelChain([model_of(upstream, **TIMEOUTS), OfflineModel()])) as chat,
    ):
        run, events = await until_waiting(chat)
        await chat.engine.decide(chat.identity, word(asked(events)[0]))
        rest = await ended(chat, run, events[-1].seq)
        assert problem_of(rest) == "model-unavailable"
        assert await plans(chat.conversations, run.user_id) == ["plan Goa 50000"]


async def test_a_busy_provider_is_asked_once_more(open_chat: OpenChat, model_of: ModelOf) -> None:
    busy = Reply(status=429, retry_after="0")
    async with Upstream([busy, ASKS, TELLS]) as upstream, open_chat(ModelChain([model_of(upstream)])) as chat:
        events = await chat.ask()
        assert events[-1].type is EventType.RUN_COMPLETED
        assert len(upstream.requests) == 3
        assert upstream.requests[0] == upstream.requests[1]


async def test_cut_in_mid_sentence_nothing_is_said_twice(open_chat: OpenChat, model_of: ModelOf) -> None:
    cut = Reply(text=["You have "], cut=True)
    async with (
        Upstream([cut]) as sick,
        Upstream([TELLS]) as well,
        open_chat(ModelChain([model_of(sick), model_of(well)])) as chat,
    ):
        events = await chat.ask()
        assert problem_of(events) == "model-unavailable"
        assert text_of(events) == "You have "
        assert well.requests == []


async def test_arguments_that_are_no_json_come_back_to_the_model(open_chat: OpenChat, model_of: ModelOf) -> None:
    broken = Reply(calls=[("get_balance", "{not json")])
    async with Upstream([broken, ASKS, TELLS]) as upstream, open_chat(model_of(upstream)) as chat:
        events = await chat.ask()
        assert events[-1].type is EventType.RUN_COMPLETED
        told = upstream.requests[1]["messages"][-1]
        assert told["role"] == "tool"
        assert "not valid JSON" in told["content"]
