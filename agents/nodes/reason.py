"""The model's turn: text streams through the figure gate, tool calls end it."""

from __future__ import annotations

from dataclasses import dataclass, field

from langgraph.runtime import Runtime

from agents import calculation
from agents.context import TurnContext
from agents.models.port import Message, MessageToolCall, ModelRequest, TextDelta, ToolCallsRequested, ToolSpec, Usage
from agents.nodes.draft import Draft
from agents.nodes.evidence import evidence_of
from agents.state import TurnState, answer_of
from tools.tool import Tool

MAX_ROUNDS = 8


async def reason(state: TurnState, runtime: Runtime[TurnContext]) -> TurnState:
    """One completion: either tool calls, or a draft whose verified part is the answer."""
    context = runtime.context
    draft = Draft(context.sink, evidence_of(state, context), answer_of(state))
    outcome = _Outcome()
    async for event in context.model.stream(_request(state, context)):
        match event:
            case TextDelta():
                if not draft.take(event.text):
                    break
            case ToolCallsRequested() if state["rounds"] < MAX_ROUNDS:
                outcome.calls = event
            case Usage():
                outcome.usage = event
    if outcome.calls is None:
        draft.end()
    return _update(state, draft, outcome)


@dataclass(slots=True)
class _Outcome:
    calls: ToolCallsRequested | None = None
    usage: Usage = field(default_factory=lambda: Usage(0, 0))


def _request(state: TurnState, context: TurnContext) -> ModelRequest:
    messages = [*state["context"], *state["turn"]]
    if state["stopped"]:
        messages.append(_correction(state))
    return ModelRequest(
        messages=messages,
        tools=(*(_spec(tool) for tool in context.gateway.tools(context.identity)), calculation.spec()),
        tools_allowed=state["rounds"] < MAX_ROUNDS,
        today=context.today,
        timezone=context.timezone,
    )


def _correction(state: TurnState) -> Message:
    figures = ", ".join(state["stopped"])
    return {
        "role": "system",
        "content": (
            f"Your draft was stopped: no tool result of this turn holds {figures}. The person has read this much: "
            f"«{answer_of(state)}». Go on right after it, without repeating it, with figures from tool results only."
        ),
    }


def _spec(tool: Tool[object]) -> ToolSpec:  # type: ignore[type-var]
    return ToolSpec(tool.name, tool.description, tool.parameters())


def _update(state: TurnState, draft: Draft, outcome: _Outcome) -> TurnState:
    update: TurnState = {
        "answer": [draft.shown],
        "citations": draft.citations,
        "stopped": draft.stopped,
        "prompt_tokens": outcome.usage.prompt_tokens,
        "completion_tokens": outcome.usage.completion_tokens,
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
