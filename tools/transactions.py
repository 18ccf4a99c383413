"""Tools that look at single transactions and at payments that come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import Field

from services.financial.application.find_recurring_payments import FindRecurringPaymentsRequest
from services.financial.application.search_transactions import SearchTransactionsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import RecurringPaymentsView, TransactionSearchView
from services.financial.domain.categorisation.rule import Direction
from services.financial.domain.filters import Sort
from services.shared.domain.identity import Identity
from services.shared.domain.ids import AccountId
from tools.arguments import AccountRef, Amount, CategoryName, PayeeText
from tools.tool import Cost, Tool, ToolArguments


class SearchArguments(ToolArguments):
    """What to look for; every condition given has to hold."""

    from_: date | None = Field(default=None, alias="from", description="first day, YYYY-MM-DD")
    to: date | None = Field(default=None, description="last day, included")
    category: CategoryName = None
    payee: PayeeText = None
    account_id: AccountRef = None
    direction: Direction | None = Field(default=None, description="debit is money out, credit is money in")
    min_amount: Amount | None = Field(default=None, description="smallest size, whatever the sign")
    max_amount: Amount | None = Field(default=None, description="largest size, whatever the sign")
    text: str | None = Field(default=None, max_length=200, description="found in payee or narration")
    tag: str | None = Field(default=None, max_length=40, description="a label that the person gave")
    sort: Sort = Sort.NEWEST
    limit: int = Field(default=10, ge=1, le=50, description="how many to list; totals are of all matches")


class RecurringArguments(ToolArguments):
    """Which recurring payments; all of them when nothing is said."""

    category: CategoryName = None
    payee: PayeeText = None


def transaction_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over transactions."""

    async def search_transactions(identity: Identity, wanted: SearchArguments) -> TransactionSearchView:
        return await finance.search_transactions(
            SearchTransactionsRequest(
                user_id=identity.user_id,
                start=wanted.from_,
                end=wanted.to,
                category=wanted.category,
                payee=wanted.payee,
                account_id=AccountId(wanted.account_id) if wanted.account_id else None,
                direction=wanted.direction,
                min_amount=wanted.min_amount,
                max_amount=wanted.max_amount,
                text=wanted.text,
                tag=wanted.tag,
                sort=wanted.sort,
                limit=wanted.limit,
            )
        )

    async def find_recurring_payments(identity: Identity, wanted: RecurringArguments) -> RecurringPaymentsView:
        request = FindRecurringPaymentsRequest(user_id=identity.user_id)
        return await finance.find_recurring_payments(replace(request, category=wanted.category, payee=wanted.payee))

    return [
        Tool(
            name="search_transactions",
            description="Find single transactions; count and totals are of all matches, the list holds the first.",
            scope="finance:read",
            arguments=SearchArguments,
            run=search_transactions,
        ),
        Tool(
            name="find_recurring_payments",
            description="Subscriptions, rent, EMIs, SIPs, premiums and other payments that come back, with due days.",
            scope="finance:read",
            arguments=RecurringArguments,
            run=find_recurring_payments,
            cost=Cost.HIGH,
        ),
    ]
