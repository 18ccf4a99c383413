"""Runs as their events, for encoders to tell in other protocols."""

from typing import Any

from agents.runs.events import WAITING, EventType, RunEvent

APPROVAL = "019a8f4e-6f0a-7c3e-9a51-6f0d6f0a7c3e"


def run_of(*events: tuple[EventType, dict[str, Any]]) -> list[RunEvent]:
    return [RunEvent(seq, kind, data) for seq, (kind, data) in enumerate(events, start=1)]


def started() -> tuple[EventType, dict[str, Any]]:
    data = {"run_id": "r1", "conversation_id": "c1", "model": "offline", "prompt_version": "answer/1"}
    return EventType.RUN_STARTED, data


def text(delta: str) -> tuple[EventType, dict[str, Any]]:
    return EventType.TEXT_DELTA, {"delta": delta}


def called(call_id: str = "call_1_1", name: str = "get_net_worth") -> tuple[EventType, dict[str, Any]]:
    return EventType.TOOL_CALL, {"call_id": call_id, "name": name, "arguments": {"as_of": None}}


def answered(call_id: str = "call_1_1", error: dict[str, str] | None = None) -> tuple[EventType, dict[str, Any]]:
    result = {"error": error} if error else {"net_worth": "5.00"}
    return EventType.TOOL_RESULT, {"call_id": call_id, "name": "x", "ok": error is None, "result": result}


def wished() -> tuple[EventType, dict[str, Any]]:
    return EventType.APPROVAL_REQUIRED, {
        "approval_id": APPROVAL,
        "run_id": "r1",
        "call_id": "call_1_1",
        "name": "create_goal",
        "arguments": {"name": "Car"},
        "preview": {"summary": "Set the goal 'Car'.", "details": []},
        "hash": "ab",
        "state": "pending",
        "expires_at": "2026-11-25T09:05:00+00:00",
    }


def waiting() -> tuple[EventType, dict[str, Any]]:
    return EventType.STEP, {"name": WAITING, "approvals": [APPROVAL]}


def completed() -> tuple[EventType, dict[str, Any]]:
    return EventType.RUN_COMPLETED, {"run_id": "r1", "message_id": "m1"}


def failed() -> tuple[EventType, dict[str, Any]]:
    return EventType.RUN_FAILED, {"run_id": "r1", "problem": {"detail": "Too slow.", "code": "turn-deadline"}}
