"""Completions that a crash has taken from the state and not from the run's log: those that asked for reads."""

from __future__ import annotations

import orjson

from agents.context import TurnContext
from agents.models.port import ToolCall, ToolCallsRequested, Usage
from agents.spending import Completion
from agents.state import TurnState


def recall(completion: Completion, state: TurnState, context: TurnContext) -> bool:
    """Let the completion be what the log tells of it; False when it is still to be made.

    Its calls have been told together, and perhaps their results, so it is not to be asked for again: another answer
    would contradict what the person's clients have seen. Its tokens were told just before, with its step.
    """
    calls = _told(context, state["rounds"] + 1)
    if not calls:
        return False
    completion.note(ToolCallsRequested(calls))
    step = context.sink.said.steps.get(state["steps"] + 1, {})
    completion.note(Usage(step.get("prompt_tokens", 0), step.get("completion_tokens", 0)))
    return True


def call_id(step: int, index: int) -> str:
    """The id of a call, of a round and a place in it that begin at 1: unique in the turn, the same after a crash."""
    return f"call_{step}_{index}"


def _told(context: TurnContext, step: int) -> tuple[ToolCall, ...]:
    calls: list[ToolCall] = []
    while (told := context.sink.said.calls.get(call_id(step, len(calls) + 1))) is not None:
        arguments = told["arguments"]
        text = arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode()
        calls.append(ToolCall(told["call_id"], told["name"], text))
    return tuple(calls)
