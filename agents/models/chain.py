"""Several models in order of preference: the next is asked when one fails before it has said anything."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import structlog

from agents.models.breaker import CircuitBreaker
from agents.models.port import ModelError, ModelEvent, ModelRequest, ReasoningModel

log = structlog.get_logger(__name__)


class ModelChain:
    """Fails over before the first event only: what a person has read is never said again by another model."""

    def __init__(self, models: Sequence[ReasoningModel]) -> None:
        if not models:
            raise ValueError("a chain needs at least one model")
        self._links = [(model, CircuitBreaker()) for model in models]

    @property
    def name(self) -> str:
        """The name of the preferred model."""
        return self._links[0][0].name

    async def stream(self, request: ModelRequest) -> AsyncIterator[ModelEvent]:
        """One completion by the first model that can. Raises the last ModelError when none can."""
        failure = ModelError(
            "Every configured model is resting after failures. Try again in half a minute.", retryable=True
        )
        for model, breaker in self._links:
            if not breaker.allows():
                continue
            said = False
            try:
                async for event in model.stream(request):
                    said = True
                    yield event
            except ModelError as error:
                breaker.failed()
                log.warning("model.failed", model=model.name, error=str(error), said=said)
                if said or not error.retryable:
                    raise
                failure = error
            else:
                breaker.succeeded()
                return
        raise failure
