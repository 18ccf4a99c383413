"""Routes of memories: what is remembered of the caller, to read, add to, put right and erase."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from services.conversation.application.memory.correct_memory import CorrectMemoryRequest
from services.conversation.application.memory.forget_memory import ForgetMemoryRequest
from services.conversation.application.memory.list_memories import ListMemoriesRequest
from services.conversation.application.memory.remember import RememberRequest
from services.conversation.application.memory.use_cases import MemoryUseCases
from services.conversation.domain.memory.memory import MAX_LENGTH, Memory
from services.shared.domain.identity import Identity
from services.shared.domain.ids import MemoryId
from services.shared.infrastructure.problem import problem_responses


class MemoryBody(BaseModel):
    """What to remember."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=MAX_LENGTH, examples=["I get paid on the last working day of the month."])


class MemoryResponse(BaseModel):
    """One thing that is remembered."""

    id: UUID
    text: str
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, memory: Memory) -> "MemoryResponse":
        """The response for a memory."""
        return cls(id=memory.id, text=memory.text, created_at=memory.created_at, updated_at=memory.updated_at)


class MemoriesResponse(BaseModel):
    """Everything that is remembered, oldest first; a hundred at most."""

    memories: list[MemoryResponse]


def build_router(memory: MemoryUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """The routes, for callers that `current_user` identifies."""
    router = APIRouter(prefix="/memory", tags=["memory"], responses=problem_responses(401, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", summary="List what is remembered")
    async def list_memories(user: caller) -> MemoriesResponse:
        """What answers may know of you beside your records."""
        found = await memory.list(ListMemoriesRequest(user_id=user.user_id))
        return MemoriesResponse(memories=[MemoryResponse.of(one) for one in found])

    @router.post("", status_code=201, responses=problem_responses(400, 409, 413, 422), summary="Remember something")
    async def remember(user: caller, body: MemoryBody) -> MemoryResponse:
        """Have something remembered; the same text again gives the memory there is."""
        return MemoryResponse.of(await memory.remember(RememberRequest(user_id=user.user_id, text=body.text)))

    @router.patch("/{memory_id}", responses=problem_responses(400, 404, 413, 422), summary="Put a memory right")
    async def correct(user: caller, memory_id: UUID, body: MemoryBody) -> MemoryResponse:
        """Give a memory another text."""
        request = CorrectMemoryRequest(user_id=user.user_id, memory_id=MemoryId(memory_id), text=body.text)
        return MemoryResponse.of(await memory.correct(request))

    @router.delete("/{memory_id}", status_code=204, responses=problem_responses(404, 422), summary="Forget something")
    async def forget(user: caller, memory_id: UUID) -> None:
        """Erase a memory."""
        await memory.forget(ForgetMemoryRequest(user_id=user.user_id, memory_id=MemoryId(memory_id)))

    return router
