"""What completions take: as their providers say, or as tiktoken counts what was sent and received."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from io import StringIO

import orjson

from agents.costs import PriceTable
from agents.models.port import (
    Cut,
    Lost,
    ModelError,
    ModelEvent,
    ModelRequest,
    Serving,
    TextDelta,
    ToolCallsRequested,
    Usage,
)
from agents.state import TurnState, cost_of
from agents.tokens import count, ready, tokens_of, tokens_of_tools
from services.conversation.domain.run import Spent


@dataclass(slots=True)
class Completion:
    """One completion while it is made.

    `received` is all that the model has said, whether it may be shown or not. `lost` are tries by other models, or the
    same, that broke and were repeated.
    """

    request: ModelRequest
    model: str
    received: StringIO = field(default_factory=StringIO)
    calls: ToolCallsRequested | None = None
    usage: Usage | None = None
    cut: Cut | None = None
    lost: list[Completion] = field(default_factory=list)
    _began: bool = False

    def note(self, event: ModelEvent) -> None:
        """Something has come from the model."""
        self._began = self._began or not isinstance(event, Lost)
        match event:
            case TextDelta():
                self.received.write(event.text)
            case ToolCallsRequested() if self.request.tools_allowed:
                self.calls = event
            case Usage():
                self.usage = event
            case Cut():
                self.cut = event
            case Serving():
                self.model = event.model
            case Lost():
                lost = Completion(self.request, event.model)
                lost.received.write(event.received)
                self.lost.append(lost)

    def broke(self, error: ModelError) -> None:
        """The model has failed; where nothing had come of an answer, nothing is taken."""
        if error.received is None and not self._began:
            self.usage = Usage(0, 0)
        self.received.write(error.received or "")

    async def spent(self, prices: PriceTable) -> Spent:
        """Tokens and list price of all tries."""
        usage = await self._usage()
        spent = Spent(
            model=self.model,
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            cost_usd=prices.cost(self.model, usage.prompt_tokens, usage.completion_tokens) or Decimal(0),
        )
        for one in self.lost:
            spent = (await one.spent(prices)).and_then(spent)
        return spent

    async def _usage(self) -> Usage:
        if self.usage is None:
            await ready()
            sent = tokens_of(self.request.messages) + tokens_of_tools(self.request.tools)
            self.usage = Usage(sent, count(self.received.getvalue() + _text(self.calls)))
        return self.usage


class Meter:
    """The completions of one turn that this process has begun, by their number: the last may be in no checkpoint."""

    def __init__(self) -> None:
        self._completions: dict[int, Completion] = {}

    def begin(self, number: int, completion: Completion) -> Completion:
        """Note a completion, in the place of one of the same number that is made anew."""
        self._completions[number] = completion
        return completion

    async def spent(self, state: TurnState, prices: PriceTable) -> Spent:
        """All that the turn took: what its state knows, and the completions after that."""
        models = state.get("models", [])
        spent = Spent(
            model=models[-1] if models else None,
            prompt_tokens=state.get("prompt_tokens", 0),
            completion_tokens=state.get("completion_tokens", 0),
            cost_usd=cost_of(state),
        )
        for number in sorted(self._completions):
            if number >= len(models):
                spent = spent.and_then(await self._completions[number].spent(prices))
        return spent


def _text(calls: ToolCallsRequested | None) -> str:
    return (
        orjson.dumps([{"name": one.name, "arguments": one.arguments} for one in calls.calls]).decode() if calls else ""
    )
