"""Completions that a crash has taken from the state and not from the run's log: those that asked for reads."""

from __future__ import annotations

import orjson

from agents.context import TurnContext
from agents.models.port import MessageToolCall
from agents.state import TurnState


def recalled(state: TurnState, context: TurnContext) -> TurnState | None:
    """The next completion as the log tells it; None when it is still to be made.

    Its calls have been told together, and perhaps their results, so it is not to be asked for again: another answer
    would contradict what the person's clients have seen. What it took is not in the log, nor who it was: the model that
    spoke last, or the usual one.
    """
    step = state["rounds"] + 1
    calls = _told(context, step)
    if not calls:
        return None
    models = state.get("models", [])
    return {
        "turn": [{"role": "assistant", "content": None, "tool_calls": calls}],
        "rounds": step,
        "stopped": [],
        "cut": "",
        "models": [models[-1] if models else context.model.name],
        "costs": ["0"],
        "prompt_tokens": 0,
        "completion_tokens": 0,
    }


def call_id(step: int, index: int) -> str:
    """The id of a call, of a round and a place in it that begin at 1: unique in the turn, the same after a crash."""
    return f"call_{step}_{index}"


def _told(context: TurnContext, step: int) -> list[MessageToolCall]:
    calls: list[MessageToolCall] = []
    while (told := context.sink.said.calls.get(call_id(step, len(calls) + 1))) is not None:
        arguments = told["arguments"]
        calls.append(
            {
                "id": told["call_id"],
                "type": "function",
                "function": {
                    "name": told["name"],
                    "arguments": arguments if isinstance(arguments, str) else orjson.dumps(arguments).decode(),
                },
            }
        )
    return calls
