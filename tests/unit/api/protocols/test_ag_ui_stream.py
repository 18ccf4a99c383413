"""AG-UI events: by the package's own types, under the client's ids, an approval an interrupt."""

from __future__ import annotations

from typing import Any

import orjson

from agents.runs.events import EventType, RunEvent
from api.protocols.ag_ui_stream import AgUiStream
from tests.unit.api.protocols.runs import (
    APPROVAL,
    answered,
    called,
    completed,
    failed,
    run_of,
    started,
    text,
    waiting,
    wished,
)


def told(events: list[RunEvent]) -> list[dict[str, Any]]:
    stream = AgUiStream("thread", "run", "message")
    frames = (stream.begin() + stream.encode(events)).split(b"\n\n")
    return [orjson.loads(frame.removeprefix(b"data: ")) for frame in frames[:-1]]


def test_a_turn_with_a_tool() -> None:
    events = told(run_of(started(), called(), answered(), text("You have "), text("₹5."), completed()))

    assert [event["type"] for event in events] == [
        "RUN_STARTED",
        "STATE_SNAPSHOT",
        "TOOL_CALL_START",
        "TOOL_CALL_ARGS",
        "TOOL_CALL_END",
        "TOOL_CALL_RESULT",
        "TEXT_MESSAGE_START",
        "TEXT_MESSAGE_CONTENT",
        "TEXT_MESSAGE_CONTENT",
        "TEXT_MESSAGE_END",
        "RUN_FINISHED",
    ]
    assert (events[-1]["threadId"], events[-1]["runId"], events[-1]["outcome"]) == (
        "thread",
        "run",
        {"type": "success"},
    )


def test_what_needs_approval_is_an_interrupt_that_says_what_will_happen() -> None:
    finished = told(run_of(started(), called(), wished(), waiting()))[-1]
    (interrupt,) = finished["outcome"]["interrupts"]

    assert finished["outcome"]["type"] == "interrupt"
    assert (interrupt["id"], interrupt["toolCallId"], interrupt["message"]) == (
        APPROVAL,
        "call_1_1",
        "Set the goal 'Car'.",
    )
    assert interrupt["responseSchema"]["required"] == ["approved"]
    assert interrupt["expiresAt"] == "2026-11-25T09:05:00+00:00"


def test_a_failure_is_an_error_after_the_open_text_is_closed() -> None:
    events = told(run_of(started(), text("You"), failed()))

    assert [event["type"] for event in events][-2:] == ["TEXT_MESSAGE_END", "RUN_ERROR"]
    assert (events[-1]["message"], events[-1]["code"]) == ("Too slow.", "turn-deadline")


def test_a_cancelled_run_says_so() -> None:
    events = told(run_of(started(), (EventType.RUN_CANCELLED, {"run_id": "r1"})))

    assert events[-1]["outcome"] == {"type": "cancelled"}


def test_citations_are_custom_events() -> None:
    citation = {"figure": "₹5", "call_id": "call_1_1", "path": "$.net_worth"}
    events = told(run_of(started(), (EventType.CITATION, citation)))

    assert (events[-1]["name"], events[-1]["value"]) == ("citation", citation)
