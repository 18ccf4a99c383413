"""What a program is told of its call: by the run's events, in whatever order they ended."""

from __future__ import annotations

from typing import Any

import pytest

from agents.runs.events import WAITING, EventType, RunEvent
from api.protocols.program_calls import what_came

ASKED = (
    EventType.APPROVAL_REQUIRED,
    {"call_id": "one", "approval_id": "a", "preview": {}, "expires_at": "2026-10-31T10:05:00+05:30"},
)
WAITS = (EventType.STEP, {"name": WAITING, "approvals": ["a"]})
RESULT = (EventType.TOOL_RESULT, {"call_id": "one", "ok": True, "result": {"kept": 1}})
REFUSED = (EventType.TOOL_RESULT, {"call_id": "one", "ok": False, "result": {"error": {"code": "declined"}}})
CANCELLED = (EventType.RUN_CANCELLED, {"run_id": "r"})
FAILED = (EventType.RUN_FAILED, {"run_id": "r", "problem": {"code": "deadline"}})
DONE = {"status": "done", "result": {"kept": 1}}


def told(*parts: tuple[EventType, dict[str, Any]]) -> list[RunEvent]:
    return [RunEvent(seq, kind, data) for seq, (kind, data) in enumerate(parts, start=1)]


def test_what_waits_is_told_with_its_approval() -> None:
    answer = what_came(told(ASKED, WAITS))
    assert (answer["status"], answer["approval_id"]) == ("approval_required", "a")


@pytest.mark.parametrize("ending", [CANCELLED, FAILED, (EventType.RUN_COMPLETED, {})])
def test_what_was_done_stays_done_however_the_run_ended(ending: tuple[EventType, dict[str, Any]]) -> None:
    assert what_came(told(ASKED, WAITS, RESULT, ending)) == DONE
    assert what_came(told(ASKED, WAITS, RESULT, ending), "one") == DONE


@pytest.mark.parametrize(
    ("events", "code"),
    [((ASKED, WAITS, REFUSED), "declined"), ((ASKED, WAITS, CANCELLED), "cancelled"), ((ASKED, FAILED), "deadline")],
)
def test_what_was_not_done_says_why(events: tuple[tuple[EventType, dict[str, Any]], ...], code: str) -> None:
    answer = what_came(told(*events))
    assert (answer["status"], answer["result"]["error"]["code"]) == ("not_done", code)


def test_only_the_call_that_is_meant_counts() -> None:
    other = (EventType.TOOL_RESULT, {"call_id": "two", "ok": True, "result": {"kept": 2}})
    assert what_came(told(ASKED, WAITS, RESULT, other), "one") == DONE


def test_a_run_that_has_left_no_events_is_not_done() -> None:
    assert what_came([]) == {"status": "not_done", "result": {"error": {}}}
