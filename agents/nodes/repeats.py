"""Reads that a turn has made already: the same read twice is one call, until something was written."""

from __future__ import annotations

from typing import Any

import orjson

from agents.models.port import MessageToolCall
from agents.state import TurnState
from services.shared.domain.errors import InvalidInputError
from tools.gateway import ToolGateway, ToolNotFoundError


def key_of(gateway: ToolGateway, call: MessageToolCall) -> bytes | None:
    """What two calls have in common when one result serves both: tool and canonical arguments; None if none may."""
    name = call["function"]["name"]
    tool = gateway.find(name)
    if tool is None or not tool.cacheable or gateway.writes(name):
        return None
    try:
        arguments = gateway.canonical(name, call["function"]["arguments"])
    except (InvalidInputError, ToolNotFoundError):
        return None
    return orjson.dumps([name, arguments], option=orjson.OPT_SORT_KEYS)


def results_known(state: TurnState, gateway: ToolGateway) -> dict[bytes, dict[str, Any]]:
    """The results of the turn's reads that still hold, by their key."""
    calls: dict[str, MessageToolCall] = {}
    known: dict[bytes, dict[str, Any]] = {}
    for message in state["turn"]:
        calls |= {call["id"]: call for call in message.get("tool_calls", ())}
        if message["role"] != "tool":
            continue
        call = calls[message["tool_call_id"]]
        result = orjson.loads(message["content"] or "{}")
        if gateway.writes(call["function"]["name"]):
            known.clear()
        elif "error" not in result and (key := key_of(gateway, call)) is not None:
            known[key] = result
    return known
