"""Bodies of the budget routes. Amounts are decimal strings; see the views for what each figure means."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from services.financial.application.budgets.set_budget import SetBudgetRequest
from services.financial.domain.budgets.budget import Rollover
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.financial.presentation.responses import Exact, LeftOutResponse, ViewResponse
from services.shared.domain.ids import UserId
from services.shared.domain.money import Money


class SetBudgetBody(BaseModel):
    """How much for each month, from when on, what of a rest goes over, and when to alert."""

    model_config = ConfigDict(extra="forbid")

    amount: str = Field(max_length=40, examples=["12000.00"])
    month: str | None = Field(
        default=None, max_length=7, description="First month, YYYY-MM; the newest record's without it."
    )
    rollover: Rollover | None = Field(default=None, description="Stays as it is, or none, without it.")
    alert_percent: int | None = Field(default=None, ge=1, le=100, description="Stays as it is, or 80, without it.")

    def to_request(self, user_id: UserId, category: Category) -> SetBudgetRequest:
        """The command's request; InvalidInputError for an amount or a month that is none."""
        return SetBudgetRequest(
            user_id=user_id,
            category=category,
            amount=Money.parse(self.amount),
            month=None if self.month is None else Month.parse(self.month),
            rollover=self.rollover,
            alert_percent=self.alert_percent,
        )


class BudgetResponse(ViewResponse):
    """A budget in one month."""

    category: Category
    month: str = Field(examples=["2026-10"])
    since: str = Field(description="The budget's first month.")
    currency: str
    limit: Exact = Field(examples=["12000.00"])
    carried_over: Exact
    available: Exact
    spent: Exact
    remaining: Exact
    used_percent: Exact | None
    level: str = Field(examples=["near"], description="ok, near or exceeded.")
    projected: Exact | None = Field(description="At the pace of the month so far.")
    exceeds_at_this_pace: bool
    rollover: Rollover
    alert_percent: int


class BudgetsResponse(ViewResponse):
    """Every budget in one month, by category."""

    month: str
    as_of: date
    currency: str
    total_available: Exact
    total_spent: Exact
    total_remaining: Exact
    spent_without_budget: Exact
    budgets: list[BudgetResponse]
    left_out: list[LeftOutResponse]


class BudgetHistoryResponse(ViewResponse):
    """One budget month after month, oldest first; `limit` is the one that was set last."""

    category: Category
    as_of: date
    currency: str
    since: str
    limit: Exact
    limit_from: str
    rollover: Rollover
    alert_percent: int
    months: list[BudgetResponse]
    left_out: list[LeftOutResponse]


class BudgetAlertResponse(ViewResponse):
    """An alert; the figures are of the moment it was given."""

    category: Category
    month: str
    level: str
    currency: str
    available: Exact
    spent: Exact
    raised_at: datetime


class BudgetAlertsResponse(ViewResponse):
    """Alerts, newest first."""

    alerts: list[BudgetAlertResponse]
