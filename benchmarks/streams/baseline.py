"""What everybody would write first, to compare with: `python -m benchmarks.streams.baseline PORT UPSTREAM_PORT`.

LangChain's `create_agent` with one tool, its answer streamed by `stream_mode="messages"`, its state kept by LangGraph's
SQLite checkpointer, behind FastAPI and uvicorn. The chat model is as thin as the interface allows: the openai SDK's
stream, a message chunk for each of its chunks.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import uvicorn
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from langchain.agents import create_agent
from langchain.tools import tool
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.messages.tool import ToolCallChunk, tool_call_chunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_core.utils.function_calling import convert_to_openai_tool
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletionChunk
from pydantic import BaseModel


@tool
def get_net_worth() -> str:
    """What the person owns and owes."""
    return '{"net_worth": "0.00"}'


class SdkChatModel(BaseChatModel):
    """A chat model on the openai SDK's own stream."""

    client: Any

    @property
    def _llm_type(self) -> str:
        return "openai-sdk"

    def bind_tools(self, tools: Any, **_: Any) -> Any:
        """The model with tools offered."""
        return self.bind(tools=[convert_to_openai_tool(one) for one in tools])

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        raise NotImplementedError("this model only streams")

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[ChatGenerationChunk]:
        stream = await self.client.chat.completions.create(
            model="scripted", messages=convert_to_openai_messages(messages), stream=True, tools=kwargs.get("tools")
        )
        async for chunk in stream:
            if chunk.choices:
                generation = ChatGenerationChunk(message=_message(chunk))
                if run_manager is not None:
                    await run_manager.on_llm_new_token(generation.text, chunk=generation)
                yield generation


def _message(chunk: ChatCompletionChunk) -> AIMessageChunk:
    delta = chunk.choices[0].delta
    return AIMessageChunk(content=delta.content or "", tool_call_chunks=_calls(chunk))


def _calls(chunk: ChatCompletionChunk) -> list[ToolCallChunk]:
    return [
        tool_call_chunk(
            name=part.function.name if part.function else None,
            args=part.function.arguments if part.function else None,
            id=part.id,
            index=part.index,
        )
        for part in chunk.choices[0].delta.tool_calls or ()
    ]


class Question(BaseModel):
    """A question."""

    message: str


def build(agent: Any) -> FastAPI:
    """POST /chat answers with one server-sent event per message chunk."""
    app = FastAPI()

    @app.post("/chat")
    async def chat(question: Question) -> StreamingResponse:
        async def events() -> AsyncIterator[bytes]:
            state = {"messages": [{"role": "user", "content": question.message}]}
            config = {"configurable": {"thread_id": uuid4().hex}}
            async for message, _ in agent.astream(state, config, stream_mode="messages"):
                if isinstance(message, AIMessageChunk) and message.content:
                    yield b"data: %b\n\n" % orjson.dumps({"delta": message.content})
            yield b"data: [DONE]\n\n"

        return StreamingResponse(events(), media_type="text/event-stream")

    return app


async def _serve(port: int, upstream_port: int) -> None:
    client = AsyncOpenAI(api_key="none", base_url=f"http://127.0.0.1:{upstream_port}/v1")
    with tempfile.TemporaryDirectory() as directory:
        async with AsyncSqliteSaver.from_conn_string(str(Path(directory) / "checkpoints.sqlite")) as saver:
            agent = create_agent(SdkChatModel(client=client), tools=[get_net_worth], checkpointer=saver)
            await uvicorn.Server(uvicorn.Config(build(agent), port=port, log_level="error")).serve()


if __name__ == "__main__":
    import uvloop

    uvloop.run(_serve(int(sys.argv[1]), int(sys.argv[2])))
