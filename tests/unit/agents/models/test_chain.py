"""Fail-over between models, before the first word only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from agents.models.breaker import CircuitBreaker
from agents.models.chain import ModelChain
from agents.models.port import ModelError, ModelEvent, ModelRequest, TextDelta

REQUEST = ModelRequest(messages=[], tools=(), today=date(2026, 11, 24))


@dataclass
class Scripted:
    """Says its words, then fails when told to."""

    name: str
    words: list[str] = field(default_factory=list)
    failure: ModelError | None = None
    asked: int = 0

    async def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        self.asked += 1
        for word in self.words:
            yield TextDelta(word)
        if self.failure is not None:
            raise self.failure


async def said(chain: ModelChain) -> str:
    return "".join([event.text async for event in chain.stream(REQUEST) if isinstance(event, TextDelta)])


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
