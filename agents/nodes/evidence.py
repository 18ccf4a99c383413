"""The evidence of a turn, built anew from its messages."""

from __future__ import annotations

from typing import Any

import orjson

from agents.context import TurnContext
from agents.state import TurnState
from agents.verification.evidence import Evidence
from services.shared.domain.errors import InvalidInputError
from tools.calls import parse_arguments


def evidence_of(state: TurnState, context: TurnContext) -> Evidence:
    """All results of the turn's tool calls, failed ones left out, and what of the question may be repeated."""
    evidence = Evidence(context.today)
    evidence.add_question(context.question)
    arguments = {
        call["id"]: call["function"]["arguments"] for message in state["turn"] for call in message.get("tool_calls", ())
    }
    for call_id, result in results_of(state).items():
        evidence.add_call(call_id, _arguments(arguments.get(call_id, "")), result)
    return evidence


def results_of(state: TurnState) -> dict[str, Any]:
    """The results of the turn's tool calls so far, by call id; failed ones left out."""
    results = {
        message["tool_call_id"]: orjson.loads(message["content"] or "{}")
        for message in state["turn"]
        if message["role"] == "tool"
    }
    return {call_id: result for call_id, result in results.items() if "error" not in result}


def _arguments(text: str) -> dict[str, Any]:
    try:
        return parse_arguments(text)
    except InvalidInputError:
        return {}
