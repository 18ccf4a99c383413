"""Tools about what is remembered of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import Field

from services.conversation.application.memory.correct_memory import CorrectMemoryRequest
from services.conversation.application.memory.forget_memory import ForgetMemoryRequest
from services.conversation.application.memory.list_memories import ListMemoriesRequest
from services.conversation.application.memory.remember import RememberRequest
from services.conversation.application.memory.use_cases import MemoryUseCases
from services.conversation.domain.memory.memory import MAX_LENGTH, MemoryNotFoundError, parse_memory
from services.shared.domain.identity import Identity
from services.shared.domain.ids import MemoryId
from tools.profile import NoArguments
from tools.tool import Effect, Preview, Tool, ToolArguments


class RememberArguments(ToolArguments):
    """What to remember."""

    text: str = Field(min_length=1, max_length=MAX_LENGTH, description="one sentence, as the person would say it")


class ForgetArguments(ToolArguments):
    """Which memory."""

    memory_id: UUID = Field(description="memory_id from list_memories")


class CorrectArguments(ForgetArguments, RememberArguments):
    """Which memory, and what it shall say."""


@dataclass(frozen=True, slots=True)
class MemoryResult:
    """One thing that is remembered."""

    memory_id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class MemoriesResult:
    """Everything that is remembered."""

    memories: tuple[MemoryResult, ...]


@dataclass(frozen=True, slots=True)
class ForgottenResult:
    """What was erased."""

    forgotten: str


def memory_tools(memory: MemoryUseCases) -> list[Tool[Any]]:
    """Tools over memories; what is remembered is only ever a person's own, approved words."""

    async def list_memories(identity: Identity, _: NoArguments) -> MemoriesResult:
        found = await memory.list(ListMemoriesRequest(user_id=identity.user_id))
        return MemoriesResult(tuple(MemoryResult(one.id, one.text) for one in found))

    return [
        Tool(
            name="list_memories",
            description="What the person has asked to be remembered about them.",
            scope="chat:read",
            arguments=NoArguments,
            run=list_memories,
            cacheable=False,
        ),
        _remember_tool(memory),
        _correct_tool(memory),
        _forget_tool(memory),
    ]


def _remember_tool(memory: MemoryUseCases) -> Tool[RememberArguments]:
    async def remember(identity: Identity, wanted: RememberArguments) -> MemoryResult:
        kept = await memory.remember(RememberRequest(user_id=identity.user_id, text=wanted.text))
        return MemoryResult(kept.id, kept.text)

    async def preview(_: Identity, wanted: RememberArguments) -> Preview:
        return Preview(f"Remember: “{parse_memory(wanted.text)}”")

    return Tool(
        name="remember",
        description="Remember one sentence about the person for later conversations, in their own words.",
        scope="chat:write",
        arguments=RememberArguments,
        run=remember,
        effect=Effect.WRITE,
        preview=preview,
    )


def _correct_tool(memory: MemoryUseCases) -> Tool[CorrectArguments]:
    async def correct(identity: Identity, wanted: CorrectArguments) -> MemoryResult:
        kept = await memory.correct(
            CorrectMemoryRequest(user_id=identity.user_id, memory_id=MemoryId(wanted.memory_id), text=wanted.text)
        )
        return MemoryResult(kept.id, kept.text)

    async def preview(identity: Identity, wanted: CorrectArguments) -> Preview:
        before = await _text_of(memory, identity, wanted.memory_id)
        return Preview(f"Remember: “{parse_memory(wanted.text)}”", (("In place of", before),))

    return Tool(
        name="correct_memory",
        description="Put one of the person's memories right, in their own words.",
        scope="chat:write",
        arguments=CorrectArguments,
        run=correct,
        effect=Effect.WRITE,
        preview=preview,
    )


def _forget_tool(memory: MemoryUseCases) -> Tool[ForgetArguments]:
    async def forget(identity: Identity, wanted: ForgetArguments) -> ForgottenResult:
        text = await _text_of(memory, identity, wanted.memory_id)
        await memory.forget(ForgetMemoryRequest(user_id=identity.user_id, memory_id=MemoryId(wanted.memory_id)))
        return ForgottenResult(text)

    async def preview(identity: Identity, wanted: ForgetArguments) -> Preview:
        return Preview(f"Forget: “{await _text_of(memory, identity, wanted.memory_id)}”")

    return Tool(
        name="forget",
        description="Erase one of the person's memories.",
        scope="chat:write",
        arguments=ForgetArguments,
        run=forget,
        effect=Effect.WRITE,
        preview=preview,
    )


async def _text_of(memory: MemoryUseCases, identity: Identity, memory_id: UUID) -> str:
    found = await memory.list(ListMemoriesRequest(user_id=identity.user_id))
    text = next((one.text for one in found if one.id == memory_id), None)
    if text is None:
        raise MemoryNotFoundError
    return text
