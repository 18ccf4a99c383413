"""Tools about what is paid again and again: subscriptions worth a look, bills that are due."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from services.financial.application.analysis.get_bills_calendar import GetBillsCalendarRequest
from services.financial.application.analysis.recurring_views import BillsCalendarView, SubscriptionsView
from services.financial.application.analysis.review_subscriptions import ReviewSubscriptionsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.shared.domain.identity import Identity
from tools.profile import NoArguments
from tools.tool import Cost, Tool, ToolArguments


class BillsArguments(ToolArguments):
    """Which days."""

    from_: date | None = Field(default=None, alias="from", description="first day, YYYY-MM-DD; today without it")
    days: int = Field(default=30, ge=1, le=366, description="how many days")


def commitment_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over subscriptions and bills."""

    async def review_subscriptions(identity: Identity, _: NoArguments) -> SubscriptionsView:
        return await finance.analysis.review_subscriptions(ReviewSubscriptionsRequest(user_id=identity.user_id))

    async def get_upcoming_bills(identity: Identity, wanted: BillsArguments) -> BillsCalendarView:
        return await finance.analysis.get_bills_calendar(
            GetBillsCalendarRequest(user_id=identity.user_id, start=wanted.from_, days=wanted.days)
        )

    return [
        Tool(
            name="review_subscriptions",
            description="Subscriptions with cost a month and a year, price rises, next day, and reasons why one may be "
            "unused or forgotten (two for one purpose, nothing bought, charged twice, trial became paid).",
            scope="finance:read",
            arguments=NoArguments,
            run=review_subscriptions,
            cost=Cost.HIGH,
        ),
        Tool(
            name="get_upcoming_bills",
            description="Bills calendar: rent, EMIs, SIPs, premiums, subscriptions, utilities and card bills by the "
            "day they are due, with totals; what is overdue comes apart.",
            scope="finance:read",
            arguments=BillsArguments,
            run=get_upcoming_bills,
            cost=Cost.HIGH,
        ),
    ]
