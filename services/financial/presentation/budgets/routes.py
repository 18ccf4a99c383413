"""Routes of budgets."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from services.financial.application.budgets.delete_budget import DeleteBudgetRequest
from services.financial.application.budgets.get_budget import GetBudgetRequest
from services.financial.application.budgets.get_budgets import GetBudgetsRequest
from services.financial.application.budgets.list_budget_alerts import ListBudgetAlertsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.financial.presentation.budgets.schemas import (
    BudgetAlertsResponse,
    BudgetHistoryResponse,
    BudgetResponse,
    BudgetsResponse,
    SetBudgetBody,
)
from services.shared.domain.identity import Identity
from services.shared.infrastructure.problem import problem_responses

MonthName = Annotated[
    str | None, Query(max_length=7, description="YYYY-MM; the newest record's without it.", examples=["2026-10"])
]
Months = Annotated[int, Query(ge=1, le=120, description="How many months.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many.")]


def build_budget_router(use_cases: FinancialUseCases, current_user: Callable[..., Any]) -> APIRouter:
    """`/finance/budgets` and `/finance/budget-alerts`."""
    router = APIRouter(prefix="/finance", tags=["budgets"], responses=problem_responses(401, 422, 503))
    caller = Annotated[Identity, Depends(current_user)]
    budgets = use_cases.budgets

    @router.get("/budgets", summary="Budgets of a month")
    async def get_budgets(user: caller, month: MonthName = None) -> BudgetsResponse:
        """Every budget: its limit, what was carried over, spent and left, and whether an alert is due."""
        request = GetBudgetsRequest(user_id=user.user_id, month=Month.parse(month) if month else None)
        return BudgetsResponse.model_validate(await budgets.get_budgets(request))

    @router.get("/budgets/{category}", responses=problem_responses(404), summary="One budget over time")
    async def get_budget(user: caller, category: Category, months: Months = 12) -> BudgetHistoryResponse:
        """One budget's months, up to the newest record's."""
        request = GetBudgetRequest(user_id=user.user_id, category=category, months=months)
        return BudgetHistoryResponse.model_validate(await budgets.get_budget(request))

    @router.put("/budgets/{category}", responses=problem_responses(400), summary="Set a budget")
    async def set_budget(user: caller, category: Category, body: SetBudgetBody) -> BudgetResponse:
        """Set the category's budget, or change it from a month on; earlier months keep their limit."""
        return BudgetResponse.model_validate(await budgets.set_budget(body.to_request(user.user_id, category)))

    @router.delete("/budgets/{category}", status_code=204, responses=problem_responses(404), summary="Give a budget up")
    async def delete_budget(user: caller, category: Category) -> None:
        """Remove the category's budget with its history and alerts."""
        await budgets.delete_budget(DeleteBudgetRequest(user_id=user.user_id, category=category))

    @router.get("/budget-alerts", summary="Alerts of budgets")
    async def budget_alerts(user: caller, limit: Limit = 50) -> BudgetAlertsResponse:
        """Alerts of the last months' budgets, newest first."""
        request = ListBudgetAlertsRequest(user_id=user.user_id, limit=limit)
        return BudgetAlertsResponse.model_validate(await budgets.list_alerts(request))

    return router
