"""What is told of a LangChain model's messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.fake_chat_models import FakeMessagesListChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, ToolCall, ToolCallChunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from agents.models import port
from agents.models.langchain_model import LangChainModel
from agents.models.port import Cut, ModelError, ModelEvent, ModelRequest, TextDelta, ToolCallsRequested, Usage
from tools.calls import MAX_ARGUMENTS_CHARS

REQUEST = ModelRequest(messages=[{"role": "user", "content": "What do I have?"}], tools=(), today=date(2026, 11, 24))


class Streaming(BaseChatModel):
    """Streams its chunks, and fails then if it is to."""

    chunks: list[AIMessageChunk]
    fails: bool = False
    streamed: int = 0

    @property
    def _llm_type(self) -> str:
        return "streaming"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError

    async def _astream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> AsyncIterator[ChatGenerationChunk]:
        for chunk in self.chunks:
            self.streamed += 1
            yield ChatGenerationChunk(message=chunk)
        if self.fails:
            raise ValueError("bad key sk-123")


async def told(model: Streaming) -> list[ModelEvent]:
    events: list[ModelEvent] = []
    await LangChainModel(model, "streaming").stream(REQUEST, events.append)
    return events


def calling(arguments: str, name: str | None = None) -> AIMessageChunk:
    chunk = ToolCallChunk(name=name, args=arguments, id="c1" if name else None, index=0, type="tool_call_chunk")
    return AIMessageChunk(content="", tool_call_chunks=[chunk])


async def test_text_comes_as_it_is_made_and_the_rest_at_the_end() -> None:
    usage = {"input_tokens": 12, "output_tokens": 3, "total_tokens": 15}
    chunks = [
        AIMessageChunk(content="You "),
        AIMessageChunk(content="spent"),
        calling('{"to": ', "get_spending"),
        calling('"2026-10-31"}'),
        AIMessageChunk.model_validate({"content": "", "usage_metadata": usage}),
    ]
    call = port.ToolCall("c1", "get_spending", '{"to": "2026-10-31"}')
    assert await told(Streaming(chunks=chunks)) == [
        TextDelta("You "),
        TextDelta("spent"),
        Usage(12, 3),
        ToolCallsRequested((call,)),
    ]


async def test_a_call_that_came_whole_is_told_too() -> None:
    whole = AIMessageChunk(content="", tool_calls=[ToolCall(name="get_profile", args={"a": 1}, id=None)])
    assert await told(Streaming(chunks=[whole])) == [
        ToolCallsRequested((port.ToolCall("call_0", "get_profile", '{"a": 1}'),))
    ]


async def test_a_model_that_does_not_stream_is_heard_too() -> None:
    calls = [ToolCall(name="get_profile", args={}, id="c1"), ToolCall(name="get_net_worth", args={}, id="c2")]
    model = FakeMessagesListChatModel(responses=[AIMessage("One moment.", tool_calls=calls)])
    events: list[ModelEvent] = []
    await LangChainModel(model, "whole").stream(REQUEST, events.append)
    wanted = (port.ToolCall("c1", "get_profile", "{}"), port.ToolCall("c2", "get_net_worth", "{}"))
    assert events == [TextDelta("One moment."), ToolCallsRequested(wanted)]


@pytest.mark.parametrize("arguments", ['{"from": "2026-10-01", "to', "{not json"])
async def test_a_call_that_is_broken_is_told_as_it_was_written(arguments: str) -> None:
    (event,) = await told(Streaming(chunks=[calling(arguments, "get_spending")]))
    assert event == ToolCallsRequested((port.ToolCall("c1", "get_spending", arguments),))


async def test_arguments_without_end_are_not_waited_for() -> None:
    model = Streaming(chunks=[calling('{"a": 1,', "get_spending"), *[calling("[" * 10_000)] * 50])
    (event,) = await told(model)
    assert isinstance(event, ToolCallsRequested)
    assert MAX_ARGUMENTS_CHARS < len(event.calls[0].arguments) < MAX_ARGUMENTS_CHARS + 20_000
    assert model.streamed < 10


@pytest.mark.parametrize(
    ("about", "cut"),
    [
        ({"finish_reason": "length"}, [Cut("length")]),
        ({"stop_reason": "max_tokens"}, [Cut("length")]),
        ({"finish_reason": "SAFETY"}, [Cut("content_filter")]),
        ({"stop_reason": "refusal"}, [Cut("content_filter")]),
        ({"finish_reason": "stop"}, []),
    ],
)
async def test_an_answer_that_is_not_all_is_told(about: dict[str, str], cut: list[ModelEvent]) -> None:
    assert await told(Streaming(chunks=[AIMessageChunk(content="", response_metadata=about)])) == cut


async def test_what_a_provider_says_is_for_the_log_alone() -> None:
    with pytest.raises(ModelError, match="failed") as raised:
        await told(Streaming(chunks=[AIMessageChunk(content="You ")], fails=True))
    assert "sk-123" in raised.value.said
    assert "sk-123" not in str(raised.value)
    assert raised.value.retryable
