"""Chunks of the AI SDK: what is opened is closed, a step is a round, an approval ends the stream."""

from __future__ import annotations

import orjson
import pytest

from agents.runs.events import EventType, RunEvent
from api.protocols.ai_sdk_stream import UiMessageStream
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


def types_of(events: list[RunEvent]) -> list[str]:
    stream = UiMessageStream()
    return [chunk["type"] for event in events for chunk in stream.chunks(event)]


def test_a_turn_with_a_tool_is_two_steps_of_one_message() -> None:
    events = run_of(started(), called(), answered(), text("You have "), text("₹5."), completed())

    assert types_of(events) == [
        "start",
        "start-step",
        "tool-input-available",
        "tool-output-available",
        "finish-step",
        "start-step",
        "text-start",
        "text-delta",
        "text-delta",
        "text-end",
        "finish-step",
        "finish",
    ]


def test_text_between_rounds_is_a_text_of_its_own() -> None:
    stream = UiMessageStream()
    events = run_of(started(), text("Let me look."), called(), answered(), text("Done."), completed())
    texts = [chunk["id"] for event in events for chunk in stream.chunks(event) if chunk["type"] == "text-start"]

    assert texts == ["text-1", "text-2"]


def test_tools_of_one_round_share_a_step() -> None:
    events = run_of(started(), called("a"), called("b"), answered("b"), answered("a"), text("x"), completed())

    assert types_of(events).count("start-step") == 2


def test_what_needs_approval_ends_the_stream_with_the_request() -> None:
    stream = UiMessageStream()
    chunks = [chunk for event in run_of(started(), called(), wished(), waiting()) for chunk in stream.chunks(event)]

    assert [chunk["type"] for chunk in chunks][-4:] == [
        "tool-approval-request",
        "data-approval",
        "finish-step",
        "finish",
    ]
    assert chunks[-4] == {"type": "tool-approval-request", "approvalId": APPROVAL, "toolCallId": "call_1_1"}


@pytest.mark.parametrize(
    ("code", "expected"), [("declined", "tool-output-denied"), ("invalid-input", "tool-output-error")]
)
def test_a_result_that_is_none_says_why(code: str, expected: str) -> None:
    assert expected in types_of(run_of(started(), called(), answered(error={"code": code, "detail": "No."})))


def test_a_failure_closes_what_is_open_and_says_why() -> None:
    stream = UiMessageStream()
    chunks = [chunk for event in run_of(started(), text("You"), failed()) for chunk in stream.chunks(event)]

    assert [chunk["type"] for chunk in chunks][-3:] == ["text-end", "finish-step", "error"]
    assert chunks[-1]["errorText"] == "Too slow."


def test_a_cancelled_run_aborts() -> None:
    assert types_of(run_of(started(), text("You"), (EventType.RUN_CANCELLED, {"run_id": "r1"})))[-1] == "abort"


def test_frames_are_json_after_data() -> None:
    frames = UiMessageStream().encode(run_of(started())).split(b"\n\n")

    assert [orjson.loads(frame.removeprefix(b"data: "))["type"] for frame in frames[:-1]] == ["start", "start-step"]
    assert frames[-1] == b""
