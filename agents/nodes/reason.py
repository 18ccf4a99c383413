"""The model's turn: text streams through the figure gate, tool calls end it."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from langgraph.runtime import Runtime

from agents import calculation
from agents.context import TurnContext
from agents.context_window import fit
from agents.models.port import (
    Message,
    MessageToolCall,
    ModelRequest,
    Serving,
    TextDelta,
    ToolCallsRequested,
    ToolSpec,
    Usage,
)
from agents.nodes.draft import Draft
from agents.nodes.evidence import evidence_of
from agents.state import TurnState, answer_of, cost_of, tokens_of_turn
from agents.tokens import count, ready, tokens_at_most, tokens_of
from tools.gateway import ToolGateway


async def reason(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """One completion: either tool calls, or a draft whose verified part is the answer."""
    context = runtime.context
    draft = Draft(context.sink, evidence_of(state, context), answer_of(state))
    if tokens_at_most([*state["context"], *state["turn"]]) > context.limits.context_tokens:
        await ready()
    request = _request(state, context)
    outcome = _Outcome(model=request.only or context.model.name)
    async with aclosing(cast("Any", context.model.stream(request))) as events:
        async for event in events:
            match event:
                case TextDelta():
                    if not draft.take(event.text):
                        break
                case ToolCallsRequested() if request.tools_allowed:
                    outcome.calls = event
                case Usage():
                    outcome.usage = event
                case Serving():
                    outcome.model = event.model
    if outcome.calls is None:
        draft.end()
    if outcome.usage is None:
        await ready()
        outcome.usage = _counted(request, draft)
    return _update(state, draft, outcome, outcome.usage, context)


@dataclass(slots=True)
class _Outcome:
    model: str
    calls: ToolCallsRequested | None = None
    usage: Usage | None = field(default=None)


def _request(state: TurnState, context: TurnContext) -> ModelRequest:
    messages = fit(state["context"], state["turn"], context.limits.context_tokens)
    if state["stopped"]:
        messages = [*messages, _correction(state)]
    return ModelRequest(
        messages=messages,
        tools=_offered(context.gateway, context.identity.scopes),
        tools_allowed=context.limits.allow_tools(state["rounds"], tokens_of_turn(state), cost_of(state)),
        today=context.today,
        timezone=context.timezone,
        only=_begun_by(state, context),
    )


def _begun_by(state: TurnState, context: TurnContext) -> str | None:
    """The model that has spoken in this turn, or asked for a write: no other may go on in its place."""
    models = state.get("models", [])
    wrote = any(context.gateway.writes(name) for name in state.get("tools_called", ()))
    return models[-1] if models and (answer_of(state) or wrote) else None


def _counted(request: ModelRequest, draft: Draft) -> Usage:
    """Our own count, for a completion that was stopped or whose provider does not count."""
    return Usage(tokens_of(request.messages), count(draft.text))


def _correction(state: TurnState) -> Message:
    figures = ", ".join(state["stopped"])
    return {
        "role": "system",
        "content": (
            f"Your draft was stopped: no tool result of this turn holds {figures}. The person has read this much: "
            f"«{answer_of(state)}». Go on right after it, without repeating it, with figures from tool results only."
        ),
    }


@lru_cache(maxsize=16)
def _offered(gateway: ToolGateway, scopes: frozenset[str]) -> tuple[ToolSpec, ...]:
    """What a model may call for a person of these scopes. The same tuple each time: no turn makes sixty objects."""
    specs = (ToolSpec(tool.name, tool.description, tool.parameters()) for tool in gateway.tools(scopes))
    return (*specs, calculation.spec())


def _update(state: TurnState, draft: Draft, outcome: _Outcome, usage: Usage, context: TurnContext) -> TurnState:
    cost = context.limits.prices.cost(outcome.model, usage.prompt_tokens, usage.completion_tokens)
    update: TurnState = {
        "answer": [draft.shown],
        "citations": draft.citations,
        "stopped": draft.stopped,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "models": [outcome.model],
        "costs": [f"{cost or Decimal(0):f}"],
    }
    if outcome.calls is not None:
        step = state["rounds"] + 1
        update["turn"] = [
            {"role": "assistant", "content": draft.text or None, "tool_calls": _numbered(outcome.calls, step)}
        ]
        update["rounds"] = step
    return update


def _numbered(calls: ToolCallsRequested, step: int) -> list[MessageToolCall]:
    """The calls with ids of our own, step and index: unique in the turn, and the same again after a crash."""
    return [
        {"id": f"call_{step}_{index}", "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
        for index, call in enumerate(calls.calls, start=1)
    ]
