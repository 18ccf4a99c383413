"""Routes of branches: the versions of a turn, and which of them a conversation goes on with."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from services.conversation.application.branches.choose_branch import ChooseBranchRequest
from services.conversation.application.branches.list_versions import ListVersionsRequest
from services.conversation.application.branches.use_cases import BranchUseCases
from services.conversation.presentation.branches.schemas import (
    ChooseBranchBody,
    ChosenBranchResponse,
    VersionResponse,
    VersionsResponse,
)
from services.shared.domain.ids import ConversationId, RunId
from services.shared.infrastructure.problem import problem_responses


def add_branch_routes(router: APIRouter, branches: BranchUseCases, caller: Any) -> None:
    """Add them to the router of conversations."""

    @router.get(
        "/{conversation_id}/turns/{run_id}/versions",
        responses=problem_responses(404, 422),
        summary="List the versions of a turn",
    )
    async def list_versions(user: caller, conversation_id: UUID, run_id: UUID) -> VersionsResponse:
        """What was asked and answered in the place of one turn: its question edited, or its answer given anew.

        `POST /chat` with `replaces` makes another version. Nothing is lost by it.
        """
        found = await branches.list_versions(
            ListVersionsRequest(
                user_id=user.user_id, conversation_id=ConversationId(conversation_id), run_id=RunId(run_id)
            )
        )
        return VersionsResponse(versions=[VersionResponse.of(version) for version in found])

    @router.put("/{conversation_id}/branch", responses=problem_responses(400, 404, 422), summary="Choose a branch")
    async def choose_branch(user: caller, conversation_id: UUID, body: ChooseBranchBody) -> ChosenBranchResponse:
        """Go on with the branch through a turn, up to the newest turn that follows it.

        From then on it is the one that is read, that the next question follows, and of which its answer knows.
        """
        request = ChooseBranchRequest(
            user_id=user.user_id, conversation_id=ConversationId(conversation_id), run_id=RunId(body.run_id)
        )
        return ChosenBranchResponse.of(await branches.choose(request))
