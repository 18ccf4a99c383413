"""Routes of conversations: list, open, read, rename, delete."""

from collections.abc import Callable
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.conversation.application.delete_conversation import DeleteConversationRequest
from services.conversation.application.get_conversation import GetConversationRequest
from services.conversation.application.list_conversations import ListConversationsRequest
from services.conversation.application.rename_conversation import RenameConversationRequest
from services.conversation.application.start_conversation import StartConversationRequest
from services.conversation.application.use_cases import ConversationUseCases
from services.conversation.presentation.branches.routes import add_branch_routes
from services.conversation.presentation.schemas import (
    ConversationDetailResponse,
    ConversationListResponse,
    ConversationResponse,
    RenameConversationBody,
    StartConversationBody,
)
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ConversationId, RunId
from services.shared.infrastructure.problem import Problem

Responses = dict[int | str, dict[str, Any]]

_NOT_LOGGED_IN: Final[Responses] = {401: {"model": Problem, "description": "Not logged in."}}
_INVALID: Final[Responses] = {422: {"model": Problem, "description": "A value is malformed or out of range."}}
_MALFORMED: Final[Responses] = {400: {"model": Problem, "description": "The body is not JSON."}}
_NOT_FOUND: Final[Responses] = {404: {"model": Problem, "description": "No such conversation among yours."}}
_BUSY: Final[Responses] = {409: {"model": Problem, "description": "It is still answering a question."}}
_TOO_LARGE: Final[Responses] = {413: {"model": Problem, "description": "The title is too long."}}
_UNAVAILABLE: Final[Responses] = {503: {"model": Problem, "description": "A store cannot be reached."}}


def build_router(use_cases: ConversationUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """The routes, for callers that `current_user` identifies."""
    router = APIRouter(prefix="/conversations", tags=["conversations"], responses=_NOT_LOGGED_IN | _UNAVAILABLE)
    caller = Annotated[Identity, Depends(current_user)]
    _add_list_routes(router, use_cases, caller)
    _add_item_routes(router, use_cases, caller)
    _add_rename_route(router, use_cases, caller)
    add_branch_routes(router, use_cases.branches, caller)
    return router


def _add_list_routes(router: APIRouter, use_cases: ConversationUseCases, caller: Any) -> None:
    @router.get("", responses=_INVALID, summary="List conversations")
    async def list_conversations(
        user: caller,
        cursor: Annotated[str | None, Query(description="`next_cursor` of the page before.")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> ConversationListResponse:
        """Your conversations, the last used first."""
        request = ListConversationsRequest(user_id=user.user_id, cursor=cursor, limit=limit)
        return ConversationListResponse.of(await use_cases.list_conversations(request))

    @router.post("", status_code=201, responses=_MALFORMED | _INVALID | _TOO_LARGE, summary="Open a conversation")
    async def start_conversation(user: caller, body: StartConversationBody) -> ConversationResponse:
        """Open a conversation before its first question; POST /chat opens one by itself as well."""
        request = StartConversationRequest(user_id=user.user_id, title=body.title)
        return ConversationResponse.of(await use_cases.start_conversation(request))


def _add_item_routes(router: APIRouter, use_cases: ConversationUseCases, caller: Any) -> None:
    @router.get("/{conversation_id}", responses=_NOT_FOUND | _INVALID, summary="Read a conversation")
    async def get_conversation(
        user: caller,
        conversation_id: UUID,
        before: Annotated[UUID | None, Query(description="`before` of the page before: older messages.")] = None,
        branch: Annotated[UUID | None, Query(description="A run of the branch to read; else the chosen one.")] = None,
        turns: Annotated[int, Query(ge=1, le=100, description="How many turns.")] = 50,
    ) -> ConversationDetailResponse:
        """A conversation with the last messages of one branch, in the order they were said."""
        request = GetConversationRequest(
            user_id=user.user_id,
            conversation_id=ConversationId(conversation_id),
            before=RunId(before) if before is not None else None,
            branch=RunId(branch) if branch is not None else None,
            turns=turns,
        )
        return ConversationDetailResponse.of_view(await use_cases.get_conversation(request))

    @router.delete(
        "/{conversation_id}",
        status_code=204,
        responses=_NOT_FOUND | _BUSY | _INVALID,
        summary="Delete a conversation",
    )
    async def delete_conversation(user: caller, conversation_id: UUID) -> None:
        """Delete a conversation and everything said in it."""
        await use_cases.delete_conversation(
            DeleteConversationRequest(user_id=user.user_id, conversation_id=ConversationId(conversation_id))
        )


def _add_rename_route(router: APIRouter, use_cases: ConversationUseCases, caller: Any) -> None:
    @router.patch(
        "/{conversation_id}",
        responses=_MALFORMED | _NOT_FOUND | _INVALID | _TOO_LARGE,
        summary="Rename a conversation",
    )
    async def rename_conversation(
        user: caller, conversation_id: UUID, body: RenameConversationBody
    ) -> ConversationResponse:
        """Give a conversation a title of your own; until then its first question is its title."""
        request = RenameConversationRequest(
            user_id=user.user_id, conversation_id=ConversationId(conversation_id), title=body.title
        )
        return ConversationResponse.of(await use_cases.rename_conversation(request))
