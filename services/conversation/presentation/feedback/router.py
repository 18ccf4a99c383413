"""Routes of feedback: a thumb and a word on an answer, one's own."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from services.conversation.application.feedback.get_feedback import GetFeedbackRequest
from services.conversation.application.feedback.give_feedback import GiveFeedbackRequest
from services.conversation.application.feedback.list_feedback import ListFeedbackRequest
from services.conversation.application.feedback.use_cases import FeedbackUseCases
from services.conversation.application.feedback.withdraw_feedback import WithdrawFeedbackRequest
from services.conversation.domain.feedback.feedback import MAX_COMMENT_LENGTH, Feedback, Rating, Reason
from services.shared.domain.identity import Identity
from services.shared.domain.ids import RunId
from services.shared.infrastructure.problem import problem_responses


class FeedbackBody(BaseModel):
    """What you thought of the answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"rating": "up"},
                {"rating": "down", "reason": "misunderstood", "comment": "I meant the card, not the account."},
            ]
        },
    )

    rating: Rating
    reason: Reason | None = None
    comment: str | None = Field(default=None, max_length=MAX_COMMENT_LENGTH)


class FeedbackResponse(BaseModel):
    """Your word on an answer."""

    run_id: UUID
    message_id: UUID | None = Field(description="The answer's; null when it was cancelled.")
    rating: Rating
    reason: Reason | None
    comment: str | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, feedback: Feedback) -> "FeedbackResponse":
        """The response for feedback."""
        return cls(
            run_id=feedback.run_id,
            message_id=feedback.message_id,
            rating=feedback.rating,
            reason=feedback.reason,
            comment=feedback.comment,
            created_at=feedback.created_at,
            updated_at=feedback.updated_at,
        )


class FeedbackListResponse(BaseModel):
    """A page of your feedback, of the newest answers first."""

    feedback: list[FeedbackResponse]
    before: UUID | None = Field(description="Ask for older ones with it; null on the last page.")


def build_router(feedback: FeedbackUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """The routes, for callers that `current_user` identifies."""
    router = APIRouter(tags=["feedback"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]
    _add_one(router, feedback, caller)

    @router.get("/feedback", summary="List your feedback")
    async def list_feedback(
        user: caller,
        before: Annotated[UUID | None, Query(description="`before` of the page before: older ones.")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ) -> FeedbackListResponse:
        """All you said about answers; nobody reads another person's."""
        page = await feedback.list(
            ListFeedbackRequest(user_id=user.user_id, before=RunId(before) if before else None, limit=limit)
        )
        return FeedbackListResponse(feedback=[FeedbackResponse.of(one) for one in page.feedback], before=page.before)

    return router


def _add_one(router: APIRouter, feedback: FeedbackUseCases, caller: Any) -> None:
    @router.put("/runs/{run_id}/feedback", responses=problem_responses(400, 404, 409, 413), summary="Rate an answer")
    async def give(user: caller, run_id: UUID, body: FeedbackBody) -> FeedbackResponse:
        """A thumb up or down on a run's answer, with a reason and a comment if you like; a later one replaces it."""
        request = GiveFeedbackRequest(
            user_id=user.user_id,
            run_id=RunId(run_id),
            rating=body.rating,
            reason=body.reason,
            comment=body.comment,
        )
        return FeedbackResponse.of(await feedback.give(request))

    @router.get("/runs/{run_id}/feedback", responses=problem_responses(404), summary="Read your rating of an answer")
    async def get(user: caller, run_id: UUID) -> FeedbackResponse:
        """What you said about a run's answer."""
        return FeedbackResponse.of(await feedback.get(GetFeedbackRequest(user_id=user.user_id, run_id=RunId(run_id))))

    @router.delete(
        "/runs/{run_id}/feedback", status_code=204, responses=problem_responses(404), summary="Take a rating back"
    )
    async def withdraw(user: caller, run_id: UUID) -> None:
        """Erase what you said about a run's answer."""
        await feedback.withdraw(WithdrawFeedbackRequest(user_id=user.user_id, run_id=RunId(run_id)))
