"""Tools about money in and money out over a period."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from services.financial.application.get_cash_flow import GetCashFlowRequest
from services.financial.application.get_income import GetIncomeRequest
from services.financial.application.get_spending import GetSpendingRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import CashFlowView, FlowView
from services.financial.domain.filters import Grouping
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from tools.arguments import AccountRef, CategoryName, PayeeText, PeriodArguments
from tools.tool import Tool


class FlowArguments(PeriodArguments):
    """A period, what to restrict it to, and what to break it down by."""

    category: CategoryName = None
    payee: PayeeText = None
    account_id: AccountRef = None
    group_by: Grouping = Grouping.CATEGORY
    top: int | None = Field(default=None, ge=1, le=1000, description="keep only the largest groups")


class CashFlowArguments(PeriodArguments):
    """The period."""


def cash_flow_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over flows."""

    async def get_spending(identity: Identity, wanted: FlowArguments) -> FlowView:
        return await finance.get_spending(GetSpendingRequest(**_flow(identity, wanted)))

    async def get_income(identity: Identity, wanted: FlowArguments) -> FlowView:
        return await finance.get_income(GetIncomeRequest(**_flow(identity, wanted)))

    async def get_cash_flow(identity: Identity, wanted: CashFlowArguments) -> CashFlowView:
        return await finance.get_cash_flow(GetCashFlowRequest(user_id=identity.user_id, period=wanted.period()))

    return [
        Tool(
            name="get_spending",
            description="Spending of a period: total, count, monthly average and groups by category, payee, month or "
            "account. Refunds are taken off; transfers between own accounts and card bills do not count.",
            scope="finance:read",
            arguments=FlowArguments,
            run=get_spending,
        ),
        Tool(
            name="get_income",
            description="Income of a period (salary, interest, other): total, count, monthly average and groups.",
            scope="finance:read",
            arguments=FlowArguments,
            run=get_income,
        ),
        Tool(
            name="get_cash_flow",
            description="Income against spending of a period: net, savings rate, and the same for every month.",
            scope="finance:read",
            arguments=CashFlowArguments,
            run=get_cash_flow,
        ),
    ]


def _flow(identity: Identity, wanted: FlowArguments) -> dict[str, Any]:
    return {
        "user_id": identity.user_id,
        "period": wanted.period(),
        "category": wanted.category,
        "payee": wanted.payee,
        "account_id": AccountId(wanted.account_id) if wanted.account_id else None,
        "group_by": wanted.group_by,
        "top": wanted.top,
    }
