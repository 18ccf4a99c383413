"""Tools about budgets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field

from services.financial.application.budgets.delete_budget import DeleteBudgetRequest
from services.financial.application.budgets.get_budget import GetBudgetRequest
from services.financial.application.budgets.get_budgets import GetBudgetsRequest
from services.financial.application.budgets.set_budget import SetBudgetRequest
from services.financial.application.budgets.views import BudgetHistoryView, BudgetsView, BudgetView
from services.financial.application.use_cases import FinancialUseCases
from services.financial.domain.budgets.budget import Rollover
from services.financial.domain.budgets.errors import BudgetNotFoundError
from services.financial.domain.category import Category
from services.financial.domain.period import Month
from services.shared.domain.identity import Identity
from services.shared.domain.money import Money
from services.shared.domain.written import written
from tools.arguments import Amount
from tools.tool import Preview, Tool, ToolArguments
from tools.writes import finance_write


class BudgetsArguments(ToolArguments):
    """Which month."""

    month: str | None = Field(default=None, max_length=7, description="YYYY-MM; the newest record's month without it")


class SetBudgetArguments(ToolArguments):
    """A category's budget for each month."""

    category: Category = Field(description="a category of spending")
    amount: Amount
    month: str | None = Field(default=None, max_length=7, description="from which month on, YYYY-MM")
    rollover: Rollover | None = Field(default=None, description="what of a month's rest goes into the next")
    alert_percent: int | None = Field(default=None, ge=1, le=100, description="alert when that much is spent")


class DeleteBudgetArguments(ToolArguments):
    """Which budget."""

    category: Category


@dataclass(frozen=True, slots=True)
class BudgetDeletedResult:
    """The budget that is gone."""

    category: Category
    deleted: bool


def budget_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools of the budgets."""

    async def get_budgets(identity: Identity, wanted: BudgetsArguments) -> BudgetsView:
        month = Month.parse(wanted.month) if wanted.month else None
        return await finance.budgets.get_budgets(GetBudgetsRequest(user_id=identity.user_id, month=month))

    reading = Tool(
        name="get_budgets",
        description="Budgets of a month: limit, carried over, spent, left, and whether one is near or over its limit.",
        scope="finance:read",
        arguments=BudgetsArguments,
        run=get_budgets,
    )
    return [reading, _setting(finance), _deleting(finance)]


def _setting(finance: FinancialUseCases) -> Tool[Any]:
    async def set_budget(identity: Identity, wanted: SetBudgetArguments) -> BudgetView:
        return await finance.budgets.set_budget(_request(identity, wanted))

    async def preview(identity: Identity, wanted: SetBudgetArguments) -> Preview:
        request = _request(identity, wanted)
        month = await finance.budgets.set_budget.first_month(request)
        now = await _current(finance, identity, wanted.category)
        details = [
            ("Category", wanted.category.value),
            ("Amount a month", written(request.amount.amount, request.amount.currency)),
        ]
        details.append(("From", str(month)))
        details.append(("Now", written(now.limit, now.currency) if now else "no budget"))
        if wanted.rollover:
            details.append(("Rest of a month", wanted.rollover.value))
        if wanted.alert_percent:
            details.append(("Alert at", f"{wanted.alert_percent}%"))
        verb = "Change" if now else "Set"
        amount = written(request.amount.amount, request.amount.currency)
        return Preview(f"{verb} the monthly budget for {wanted.category} to {amount} from {month} on.", tuple(details))

    return finance_write(
        "set_budget",
        "Set the monthly budget for a category, or change it from a month on.",
        SetBudgetArguments,
        set_budget,
        preview,
    )


def _deleting(finance: FinancialUseCases) -> Tool[Any]:
    async def delete_budget(identity: Identity, wanted: DeleteBudgetArguments) -> BudgetDeletedResult:
        await finance.budgets.delete_budget(DeleteBudgetRequest(user_id=identity.user_id, category=wanted.category))
        return BudgetDeletedResult(wanted.category, deleted=True)

    async def preview(identity: Identity, wanted: DeleteBudgetArguments) -> Preview:
        now = await _current(finance, identity, wanted.category)
        if now is None:
            raise BudgetNotFoundError(wanted.category)
        details = (
            ("Category", wanted.category.value),
            ("Amount a month", written(now.limit, now.currency)),
            ("Since", now.since),
        )
        return Preview(f"Delete the budget for {wanted.category}, with its history and alerts.", details)

    return finance_write(
        "delete_budget",
        "Delete the budget of a category.",
        DeleteBudgetArguments,
        delete_budget,
        preview,
    )


def _request(identity: Identity, wanted: SetBudgetArguments) -> SetBudgetRequest:
    return SetBudgetRequest(
        user_id=identity.user_id,
        category=wanted.category,
        amount=Money(wanted.amount),
        month=Month.parse(wanted.month) if wanted.month else None,
        rollover=wanted.rollover,
        alert_percent=wanted.alert_percent,
    )


async def _current(finance: FinancialUseCases, identity: Identity, category: Category) -> BudgetHistoryView | None:
    """The budget as it is; None without one."""
    request = GetBudgetRequest(user_id=identity.user_id, category=category, months=1)
    try:
        return await finance.budgets.get_budget(request)
    except BudgetNotFoundError:
        return None
