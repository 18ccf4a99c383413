"""Any LangChain chat model, by name (`provider:model`), on the general path: one message chunk per token."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.messages.utils import convert_to_messages

from agents.models.langchain_message import Message
from agents.models.pacing import paced
from agents.models.port import ModelError, ModelRequest, Tell, TextDelta


class LangChainModel:
    """Adapts a LangChain chat model to the port."""

    def __init__(self, model: BaseChatModel, name: str) -> None:
        self._model = model
        self._name = name

    @classmethod
    def by_name(cls, name: str) -> LangChainModel:
        """The model that LangChain knows by this name; its provider's package must be installed.

        Raises ModelError that says which package is missing or which name is unknown.
        """
        # Imported here: the package is large, and most runs use another model.
        from langchain.chat_models import init_chat_model

        try:
            return cls(init_chat_model(name), name)
        except (ImportError, ValueError) as error:
            raise ModelError(f"The chat model '{name}' cannot be used: {error}", retryable=False) from error

    @property
    def name(self) -> str:
        """The name it was asked for by."""
        return self._name

    async def stream(self, request: ModelRequest, tell: Tell) -> None:
        """One completion. Every exception of the provider becomes a retryable ModelError."""
        message = Message()
        try:
            async with aclosing(self._chunks(request)) as chunks:
                async for chunk in chunks:
                    message.add(chunk)
                    if text := chunk.text:
                        tell(TextDelta(text))
                    if message.is_too_long:
                        break
        except ModelError as error:
            error.received = message.unsaid
            raise
        for event in message.end():
            tell(event)

    async def _chunks(self, request: ModelRequest) -> AsyncGenerator[AIMessage, None]:
        tools = [
            {"type": "function", "function": {"name": t.name, "description": t.description, "parameters": t.parameters}}
            for t in request.tools
            if request.tools_allowed
        ]
        runnable = self._model.bind_tools(tools) if tools else self._model
        try:
            messages = convert_to_messages([dict(message) for message in request.messages])
            async for chunk in paced(runnable.astream(messages)):
                if isinstance(chunk, AIMessage):
                    yield chunk
        except ModelError:
            raise
        except Exception as error:
            raise ModelError(f"The model '{self._name}' failed.", retryable=True, said=str(error)) from error
