"""Approvals over HTTP: what waits for the caller's word, and the word."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from agents.approvals import Word, shown
from agents.runs.engine import RunEngine
from services.conversation.application.approvals.get_approval import GetApprovalRequest
from services.conversation.application.approvals.list_pending_approvals import ListPendingApprovalsRequest
from services.conversation.application.approvals.use_cases import ApprovalUseCases
from services.conversation.domain.approvals.approval import Approval, ApprovalState, Decision
from services.shared.domain.identity import Identity
from services.shared.domain.ids import ApprovalId
from services.shared.infrastructure.problem import problem_responses


class DetailResponse(BaseModel):
    """One line of a preview."""

    label: str = Field(examples=["Target"])
    value: str = Field(examples=["₹5,00,000.00"])


class PreviewResponse(BaseModel):
    """What will be done, in words and figures made by the server."""

    summary: str = Field(examples=["Set the goal 'Car': ₹5,00,000.00 by 1 Apr 2028."])
    details: list[DetailResponse]


class ApprovalResponse(BaseModel):
    """A write that a model wishes for. `hash` binds what is shown to what will be done."""

    approval_id: UUID
    run_id: UUID = Field(description="the run that waits; follow it with GET /runs/{run_id}/events")
    call_id: str = Field(examples=["call_1_1"])
    name: str = Field(description="the tool", examples=["create_goal"])
    arguments: dict[str, Any] = Field(description="exactly what the tool will be given")
    preview: PreviewResponse
    hash: str = Field(description="SHA-256 over run, call, tool and canonical arguments")
    state: ApprovalState
    expires_at: datetime

    @classmethod
    def of(cls, approval: Approval) -> "ApprovalResponse":
        """The response for an approval."""
        return cls.model_validate(shown(approval))


class ApprovalsResponse(BaseModel):
    """What waits for the caller's word, oldest first."""

    approvals: list[ApprovalResponse]


class DecisionBody(BaseModel):
    """A decision on exactly what was shown."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"decision": "approve", "hash": "9f86…"}]}
    )

    decision: Decision
    hash: str = Field(min_length=1, max_length=128, description="the `hash` of what was shown")
    arguments: dict[str, Any] | None = Field(
        default=None, description="with `edit`: all arguments, as they shall be; this approves them"
    )


def build_approvals_router(
    engine: RunEngine, approvals: ApprovalUseCases, current_user: Callable[..., Any]
) -> APIRouter:
    """`GET /approvals`, `GET /approvals/{id}` and `POST /approvals/{id}`."""
    router = APIRouter(prefix="/approvals", tags=["approvals"])
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("", responses=problem_responses(401, 503), summary="List what waits for your approval")
    async def list_pending(user: caller) -> ApprovalsResponse:
        """Writes that a model wishes to do in your name and that you can still decide, oldest first."""
        pending = await approvals.list_pending(ListPendingApprovalsRequest(user_id=user.user_id))
        return ApprovalsResponse(approvals=[ApprovalResponse.of(approval) for approval in pending])

    @router.get("/{approval_id}", responses=problem_responses(401, 404, 422, 503), summary="Read an approval")
    async def get_approval(user: caller, approval_id: UUID) -> ApprovalResponse:
        """One approval as it stands."""
        request = GetApprovalRequest(user_id=user.user_id, approval_id=ApprovalId(approval_id))
        return ApprovalResponse.of(await approvals.get(request))

    @router.post(
        "/{approval_id}",
        responses=problem_responses(400, 401, 403, 404, 409, 413, 422, 503),
        summary="Approve, edit or reject",
    )
    async def decide(user: caller, approval_id: UUID, body: DecisionBody) -> ApprovalResponse:
        """Decide once, within five minutes. An edit is shown back with its new preview and hash, and is approved."""
        word = Word(
            approval_id=ApprovalId(approval_id), decision=body.decision, digest=body.hash, arguments=body.arguments
        )
        return ApprovalResponse.of(await engine.decide(user, word))

    return router
