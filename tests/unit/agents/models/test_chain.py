"""Fail-over between models, before the first word only."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date

import pytest

from agents.models.breaker import CircuitBreaker
from agents.models.chain import ModelChain
from agents.models.pacing import paced
from agents.models.port import ModelError, ModelEvent, ModelRequest, Serving, Tell, TextDelta
from agents.models.retry_budget import RetryBudget

REQUEST = ModelRequest(messages=[], tools=(), today=date(2026, 11, 24))


@dataclass
class Scripted:
    """Says its words, then fails when told to."""

    name: str
    words: list[str] = field(default_factory=list)
    failure: ModelError | None = None
    asked: int = 0

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        self.asked += 1
        for word in self.words:
            tell(TextDelta(word))
        if self.failure is not None:
            raise self.failure


async def told(chain: ModelChain, request: ModelRequest = REQUEST) -> list[ModelEvent]:
    events: list[ModelEvent] = []
    await chain.stream(request, events.append)
    return events


async def said(chain: ModelChain) -> str:
    return "".join(event.text for event in await told(chain) if isinstance(event, TextDelta))


async def test_the_next_model_answers_when_one_fails_before_its_first_word() -> None:
    down = Scripted("down", failure=ModelError("503", retryable=True))
    assert await said(ModelChain([down, Scripted("spare", ["hello"])])) == "hello"


async def test_nothing_is_said_twice() -> None:
    cut = Scripted("cut", ["You spent "], ModelError("cut", retryable=True))
    spare = Scripted("spare", ["hello"])
    with pytest.raises(ModelError, match="cut"):
        await said(ModelChain([cut, spare]))
    assert spare.asked == 0


async def test_a_refusal_is_not_shopped_around() -> None:
    refusing = Scripted("refusing", failure=ModelError("bad request", retryable=False))
    spare = Scripted("spare", ["hello"])
    with pytest.raises(ModelError, match="bad request"):
        await said(ModelChain([refusing, spare]))
    assert spare.asked == 0


async def test_a_model_that_keeps_failing_is_left_alone() -> None:
    down, spare = Scripted("down", failure=ModelError("503", retryable=True)), Scripted("spare", ["hello"])
    chain = ModelChain([down, spare])
    for _ in range(5):
        assert await said(chain) == "hello"
    assert down.asked == 3


def test_the_breaker_lets_one_try_through_after_its_cool_down() -> None:
    now = 0.0
    breaker = CircuitBreaker(threshold=2, cooldown_s=30, monotonic=lambda: now)
    breaker.failed()
    assert breaker.allows()
    breaker.failed()
    assert not breaker.allows()
    now = 31.0
    assert breaker.allows()
    assert not breaker.allows()
    breaker.succeeded()
    assert breaker.allows()


@dataclass
class Recovering:
    """Fails so many times before its first word, and then speaks."""

    name: str
    failures: list[ModelError]
    asked: int = 0

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        self.asked += 1
        if self.failures:
            raise self.failures.pop(0)
        tell(TextDelta("here"))


def busy(retry_after_s: float | None = 0) -> ModelError:
    return ModelError("busy", retryable=True, repeatable=True, retry_after_s=retry_after_s)


async def test_a_model_that_was_busy_for_a_moment_is_asked_once_more() -> None:
    model, spare = Recovering("busy", [busy()]), Scripted("spare", ["hello"])
    assert await said(ModelChain([model, spare])) == "here"
    assert (model.asked, spare.asked) == (2, 0)


async def test_a_provider_that_wants_more_time_is_passed_over() -> None:
    model, spare = Recovering("busy", [busy(30)]), Scripted("spare", ["hello"])
    assert await said(ModelChain([model, spare])) == "hello"
    assert model.asked == 1


async def test_repeats_are_a_tenth_of_what_is_asked() -> None:
    budget = RetryBudget(most=2)
    assert [budget.take() for _ in range(3)] == [True, True, False]
    for _ in range(11):
        budget.asked()
    assert [budget.take() for _ in range(2)] == [True, False]


async def test_who_serves_is_said_first_and_a_turn_stays_with_it() -> None:
    down, spare = Scripted("down", failure=ModelError("503", retryable=True)), Scripted("spare", ["hello"])
    chain = ModelChain([down, spare])
    events = await told(chain)
    assert events == [Serving("spare"), TextDelta("hello")]
    assert await told(chain, replace(REQUEST, only="spare")) == events
    assert down.asked == 1
    with pytest.raises(ModelError, match="503"):
        await told(chain, replace(REQUEST, only="down"))
    assert spare.asked == 2


async def test_a_stream_that_stops_is_not_waited_for() -> None:
    async def stuck() -> AsyncIterator[str]:
        yield "one"
        await asyncio.Event().wait()

    stream = paced(stuck(), between_s=0.01)
    assert await anext(stream) == "one"
    with pytest.raises(ModelError, match="too long") as failure:
        await anext(stream)
    assert failure.value.retryable


async def test_a_stream_in_time_is_heard_whole() -> None:
    async def quick() -> AsyncIterator[int]:
        for number in range(3):
            yield number

    assert [number async for number in paced(quick(), first_s=5)] == [0, 1, 2]
