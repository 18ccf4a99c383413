"""A turn of the offline model against canned tool results, `calculate` worked out as the program does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from agents.calculation import calculate
from agents.models.offline.planner import next_step
from agents.models.offline.results import Call
from agents.models.port import FunctionCall, Message, MessageToolCall
from tests.unit.agents.models.offline.test_questions import TODAY

Answers = Mapping[str, dict[str, Any]]


def told(question: str, answers: Answers, earlier: list[Message] | None = None) -> tuple[str, list[Call]]:
    """What is said in the end, and the calls on the way there."""
    messages: list[Message] = [*(earlier or []), {"role": "user", "content": question}]
    made: list[Call] = []
    results: dict[str, Any] = {}
    while (step := next_step(messages, TODAY, frozenset({*answers, "calculate"}))).calls:
        for call in step.calls:
            made.append(call)
            number = f"call_{len(made)}"
            arguments = json.loads(call.arguments_json)
            results[number] = calculate(arguments, results) if call.tool == "calculate" else answers[call.tool]
            messages += _answered(call, number, results[number])
    return step.text, made


def _answered(call: Call, number: str, content: dict[str, Any]) -> list[Message]:
    function: FunctionCall = {"name": call.tool, "arguments": call.arguments_json}
    made: MessageToolCall = {"id": number, "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [made]},
        {"role": "tool", "tool_call_id": number, "content": json.dumps(content)},
    ]
