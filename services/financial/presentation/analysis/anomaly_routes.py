"""The route of payments that stand out."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field

from services.financial.application.analysis.find_anomalies import FindAnomaliesRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.category import Category
from services.financial.presentation.responses import Exact, From, LeftOutResponse, ViewResponse
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses

Days = Annotated[int, Query(ge=1, le=366, description="Among the last days of the records.")]
Limit = Annotated[int, Query(ge=1, le=100, description="How many to list; the count is of all.")]


class AnomalyResponse(ViewResponse):
    """A payment that stands out; `reason` says why in words and figures."""

    kind: str = Field(examples=["unusual_for_payee"])
    kinds: list[str]
    transaction_id: UUID
    date: date
    payee: str
    category: Category
    account: str
    amount: Exact = Field(examples=["8499.00"])
    currency: str
    usual: Exact | None = Field(description="The median it was measured by.")
    score: Exact | None = Field(description="Its modified z-score (Iglewicz and Hoaglin).")
    related_transaction_id: UUID | None = Field(description="The charge that it repeats.")
    reason: str


class AnomaliesResponse(ViewResponse):
    """What stands out, newest first."""

    from_: date = From
    to: date
    known_from: date
    as_of: date
    currency: str
    count: int
    anomalies: list[AnomalyResponse]
    left_out: list[LeftOutResponse]


def build_anomaly_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/finance/anomalies`."""
    router = APIRouter(prefix="/finance", tags=["finance"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]

    @router.get("/anomalies", summary="Payments that stand out")
    async def anomalies(user: caller, days: Days = 90, limit: Limit = 50) -> AnomaliesResponse:
        """Unusual amounts by payee and category, duplicate charges and large first payments, with reasons."""
        request = FindAnomaliesRequest(user_id=user.user_id, days=days, limit=limit)
        return AnomaliesResponse.model_validate(await use_cases.analysis.find_anomalies(request))

    return router
