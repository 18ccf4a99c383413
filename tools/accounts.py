"""Tools about accounts: balances and net worth."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from services.financial.application.get_net_worth import GetNetWorthRequest
from services.financial.application.list_accounts import ListAccountsRequest
from services.financial.application.use_cases import FinancialUseCases
from services.financial.application.views import AccountsView, NetWorthView
from services.financial.domain.account import AccountType
from services.shared.domain.identity import Identity
from tools.tool import Tool, ToolArguments

Text = Annotated[str | None, Field(max_length=200)]


class ListAccountsArguments(ToolArguments):
    """Which accounts; all of them when nothing is said."""

    account_type: AccountType | None = None
    institution: Text = Field(default=None, description="part of the bank's name")
    name: Text = Field(default=None, description="part of the account's name")


class NetWorthArguments(ToolArguments):
    """The day; now when nothing is said."""

    as_of: date | None = Field(default=None, description="YYYY-MM-DD")


def account_tools(finance: FinancialUseCases) -> list[Tool[Any]]:
    """Tools over accounts."""

    async def list_accounts(identity: Identity, wanted: ListAccountsArguments) -> AccountsView:
        return await finance.list_accounts(
            ListAccountsRequest(
                user_id=identity.user_id,
                account_type=wanted.account_type,
                institution=wanted.institution,
                name=wanted.name,
            )
        )

    async def get_net_worth(identity: Identity, wanted: NetWorthArguments) -> NetWorthView:
        return await finance.get_net_worth(GetNetWorthRequest(user_id=identity.user_id, as_of=wanted.as_of))

    return [
        Tool(
            name="list_accounts",
            description="The person's accounts with balances (owed money is negative) and their total.",
            scope="finance:read",
            arguments=ListAccountsArguments,
            run=list_accounts,
        ),
        Tool(
            name="get_net_worth",
            description="Assets, liabilities and net worth, now or on a day, with each account's balance.",
            scope="finance:read",
            arguments=NetWorthArguments,
            run=get_net_worth,
        ),
    ]
