"""The route of usage."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field

from services.conversation.application.usage.get_usage import GetUsage, GetUsageRequest
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses


class DayResponse(BaseModel):
    """What one model took on one day."""

    day: date
    model: str
    runs: int
    prompt_tokens: int
    completion_tokens: int
    cost_usd: Decimal


class QuotaResponse(BaseModel):
    """What one person may take in a day; null is no bound."""

    runs: int | None
    tokens: int | None
    cost_usd: Decimal | None


class UsageResponse(BaseModel):
    """What the caller's questions have taken. Costs are list prices in US dollars; a model without a price costs 0."""

    from_: date = Field(alias="from", serialization_alias="from")
    to: date
    runs: int
    prompt_tokens: int
    completion_tokens: int
    cost_usd: Decimal = Field(examples=["0.0132"])
    quota_per_day: QuotaResponse
    days: list[DayResponse]


def build_router(get_usage: GetUsage, current_user: Callable[..., Any]) -> APIRouter:
    """`GET /usage`, for callers that `current_user` identifies."""
    router = APIRouter(tags=["usage"])
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("/usage", responses=problem_responses(401, 422, 503), summary="Tokens and cost of your questions")
    async def usage(
        user: caller,
        from_: Annotated[date | None, Query(alias="from", description="first day; 30 days ago unless given")] = None,
        to: Annotated[date | None, Query(description="last day, included; today unless given")] = None,
    ) -> UsageResponse:
        """Runs, tokens and cost by day and model, at most 366 days, and the bounds of a day."""
        view = await get_usage(GetUsageRequest(user_id=user.user_id, start=from_, end=to))
        return UsageResponse.model_validate(
            {
                "from": view.from_,
                "to": view.to,
                "runs": view.runs,
                "prompt_tokens": view.prompt_tokens,
                "completion_tokens": view.completion_tokens,
                "cost_usd": view.cost_usd,
                "quota_per_day": QuotaResponse(
                    runs=view.quota_runs, tokens=view.quota_tokens, cost_usd=view.quota_cost_usd
                ),
                "days": [DayResponse.model_validate(day, from_attributes=True) for day in view.days],
            }
        )

    return router
