"""Chat-completions streams from raw bytes, however they are cut."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.models.openai_stream import StreamReader
from agents.models.port import Cut, ModelError, ModelEvent, TextDelta, ToolCall, ToolCallsRequested, Usage
from tools.calls import MAX_ARGUMENTS_CHARS


def chunk(delta: dict[str, object], finish: str | None = None) -> bytes:
    return (
        b"data: " + json.dumps({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}).encode() + b"\n\n"
    )


TEXT = b"".join(
    [
        chunk({"role": "assistant", "content": ""}),
        chunk({"content": "You spent ₹"}),
        chunk({"content": "500"}),
        b": a comment\n\n",
        chunk({}, "stop"),
        b'data: {"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}\n\n',
        b"data: [DONE]\n\n",
    ]
)
CALLS = b"".join(
    [
        chunk({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "get_spending", "arguments": ""}}]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": '{"from": '}}]}),
        chunk({"tool_calls": [{"index": 1, "id": "b", "function": {"name": "list_goals", "arguments": "{}"}}]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": '"2026-10-01"}'}}]}),
        chunk({}, "tool_calls"),
        b"data: [DONE]\n\n",
    ]
)


def read(stream: bytes, cuts: list[int]) -> list[ModelEvent]:
    reader = StreamReader()
    edges = [0, *sorted(set(cuts)), len(stream)]
    events = [event for start, end in pairwise(edges) for event in reader.feed(stream[start:end])]
    return [*events, *reader.end()]


@given(st.lists(st.integers(min_value=1, max_value=len(TEXT) - 1), max_size=20))
def test_text_and_usage_survive_any_cutting(cuts: list[int]) -> None:
    events = read(TEXT, cuts)
    assert "".join(event.text for event in events if isinstance(event, TextDelta)) == "You spent ₹500"
    assert [event for event in events if isinstance(event, Usage)] == [Usage(7, 3)]


def test_what_arrives_together_is_one_piece() -> None:
    assert sum(isinstance(event, TextDelta) for event in read(TEXT, [])) == 1


@given(st.lists(st.integers(min_value=1, max_value=len(CALLS) - 1), max_size=20))
def test_tool_calls_are_put_together(cuts: list[int]) -> None:
    expected = (ToolCall("a", "get_spending", '{"from": "2026-10-01"}'), ToolCall("b", "list_goals", "{}"))
    assert read(CALLS, cuts) == [ToolCallsRequested(expected)]


def test_of_arguments_without_end_no_more_is_kept_than_shows_it() -> None:
    more = chunk({"tool_calls": [{"index": 0, "function": {"name": "get_spending", "arguments": "x" * 10_000}}]})
    reader = StreamReader()
    for _ in range(300):
        reader.feed(more)
    assert MAX_ARGUMENTS_CHARS < len(reader.unsaid or "") < MAX_ARGUMENTS_CHARS + 20_000


@pytest.mark.parametrize(
    ("stream", "says"),
    [
        (chunk({"content": "You spent"}), "ended before"),
        (b"data: {broken\n\n", "broken stream"),
        (b"data: [1, 2]\n\n", "broken stream"),
        (b'data: {"error": {"message": "overloaded"}}\n\n', "reported an error"),
    ],
)
def test_broken_streams_are_errors(stream: bytes, says: str) -> None:
    with pytest.raises(ModelError, match=says):
        read(stream, [])


def test_what_a_provider_says_is_for_the_log_alone() -> None:
    with pytest.raises(ModelError) as raised:
        read(b'data: {"error": {"message": "bad key sk-123"}}\n\n', [])
    assert "sk-123" in raised.value.said
    assert "sk-123" not in str(raised.value)


@pytest.mark.parametrize(
    ("finish", "cut"),
    [("length", [Cut("length")]), ("content_filter", [Cut("content_filter")]), ("stop", [])],
)
def test_an_answer_that_is_not_all_is_told(finish: str, cut: list[Cut]) -> None:
    assert read(chunk({"content": "You"}) + chunk({}, finish), [])[1:] == cut
