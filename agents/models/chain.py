"""Several models in order of preference: the next is asked when one fails before it has said anything."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Sequence
from typing import Final

import structlog

from agents.models.breaker import CircuitBreaker
from agents.models.port import Lost, ModelError, ModelEvent, ModelRequest, ReasoningModel, Serving, Tell
from agents.models.retry_budget import RetryBudget

log = structlog.get_logger(__name__)

_LONGEST_WAIT_S: Final = 2.0
_TRIES: Final = 2


class ModelChain:
    """Fails over before the first event only: what a person has read is never said again by another model.

    A turn that has begun to speak or to write stays with the model that did (`ModelRequest.only`). A retryable failure
    is tried once more with the same model, if its provider does not ask for more than two seconds and the retry budget
    allows it, before the next model is asked.
    """

    def __init__(self, models: Sequence[ReasoningModel]) -> None:
        if not models:
            raise ValueError("a chain needs at least one model")
        self._links = [(model, CircuitBreaker(), RetryBudget()) for model in models]

    @property
    def name(self) -> str:
        """The name of the preferred model."""
        return self._links[0][0].name

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        """One completion by the first model that can. Raises the last ModelError when none can."""
        failure = ModelError(
            "Every configured model is resting after failures. Try again in half a minute.", retryable=True
        )
        for model, breaker, budget in self._asked(request):
            for attempt in range(1, _TRIES + 1):
                voice = _Voice(model.name, tell)
                try:
                    await model.stream(request, voice)
                except ModelError as error:
                    breaker.failed()
                    log.warning(
                        "model.failed",
                        model=model.name,
                        error=str(error),
                        provider=error.said,
                        said=voice.said,
                        attempt=attempt,
                    )
                    if voice.said or not error.retryable:
                        raise
                    failure = error
                else:
                    breaker.succeeded()
                    return
                if failure.received is not None:
                    tell(Lost(model.name, failure.received))
                    failure.received = None
                if attempt == _TRIES or not breaker.allows() or not await _may_repeat(failure, budget):
                    break
        raise failure

    def _asked(self, request: ModelRequest) -> Iterator[tuple[ReasoningModel, CircuitBreaker, RetryBudget]]:
        """The models that may answer, one after the other."""
        for model, breaker, budget in self._links:
            if request.only in (None, model.name) and breaker.allows():
                budget.asked()
                yield model, breaker, budget


class _Voice:
    """What one model tells, after who it is."""

    __slots__ = ("_name", "_tell", "said")

    def __init__(self, name: str, tell: Tell) -> None:
        self._name = name
        self._tell = tell
        self.said = False

    def __call__(self, event: ModelEvent) -> None:
        if not self.said:
            self.said = True
            self._tell(Serving(self._name))
        self._tell(event)


async def _may_repeat(failure: ModelError, budget: RetryBudget) -> bool:
    """Wait as the provider asks, or a moment, before the same model is tried again; False to ask the next."""
    wait_s = failure.retry_after_s if failure.retry_after_s is not None else random.uniform(0.05, 0.25)  # noqa: S311
    if wait_s > _LONGEST_WAIT_S or not failure.repeatable or not budget.take():
        return False
    await asyncio.sleep(wait_s)
    return True
